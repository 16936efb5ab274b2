"""What a certificate file shows without its password.

MitID Erhverv leaves the certificates in its .p12 files unencrypted and encrypts the key only.
"""

import attrs
from cryptography import x509

from skifteportal.auth._bundle import above, issued
from skifteportal.auth._pem import certificates
from skifteportal.auth._sniff import not_pkcs12

__all__ = ["Peek", "peek"]

# CertBag (RFC 7292, 4.2.3) with x509Certificate, 1.2.840.113549.1.9.22.1
_X509_CERTIFICATE = bytes.fromhex("060a2a864886f70d01091601")
_EXPLICIT_0 = 0xA0
_OCTET_STRING = 0x04
_LONG_FORM = 0x80
_WIDEST = 4


@attrs.frozen
class Peek:
    """What is to be seen.

    Attributes:
        kind: "PKCS#12", or "certificates" for PEM or DER without more.
        chain: The certificate first, then those above it; empty if they are encrypted too.
    """

    kind: str
    chain: tuple[x509.Certificate, ...]


def peek(data: bytes, *, source: str) -> Peek:
    """Look into a file.

    Args:
        data: Its bytes.
        source: What to call it in errors.

    Raises:
        NotACertificateFile: It is neither PKCS#12 nor a certificate.
    """
    if not_pkcs12(data) is None:
        return Peek("PKCS#12", _chain(_bags(data)))
    return Peek("certificates", _chain(certificates(data, source=source)))


def _chain(found: list[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """The certificate that issued none of the others, and those above it."""
    for each in found:
        if not any(issued(each, other) for other in found if other != each):
            return above(each, found)
    return ()


def _bags(data: bytes) -> list[x509.Certificate]:
    found: list[x509.Certificate] = []
    for after in data.split(_X509_CERTIFICATE)[1:]:
        inside = _content(_content(after, _EXPLICIT_0), _OCTET_STRING)
        try:
            found.append(x509.load_der_x509_certificate(inside))
        except ValueError:  # it is another kind of bag, or cut off
            continue
    return found


def _content(data: bytes, tag: int) -> bytes:
    """What is in the element at the beginning of some DER; nothing if it has another tag."""
    if len(data) < 2 or data[0] != tag:  # noqa: PLR2004 - tag and length
        return b""
    first = data[1]
    width = first - _LONG_FORM if first > _LONG_FORM else 0
    if width > _WIDEST:
        return b""
    length = int.from_bytes(data[2 : 2 + width], "big") if width else first
    return data[2 + width : 2 + width + length]
