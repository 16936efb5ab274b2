"""Reading the certificates in PEM text, in any order (RFC 7468)."""

import re
from collections.abc import Sequence

from cryptography import x509

from skifteportal.auth._bundle import above, issued
from skifteportal.auth._sniff import not_pkcs12
from skifteportal.auth.errors import NoCertificate, NotACertificateFile

__all__ = ["certificates", "load_certificates"]

_BLOCK = re.compile(
    rb"-----BEGIN (X509 )?CERTIFICATE-----.*?-----END (X509 )?CERTIFICATE-----", re.DOTALL
)


def certificates(data: bytes, *, source: str) -> list[x509.Certificate]:
    """Return the certificates in PEM text, in its order; the rest of the text is passed over.

    One certificate in DER will do too: that is how authorities publish theirs (.cer, .crt).

    Raises:
        NotACertificateFile: There is none, or one is damaged.
    """
    blocks = [match[0] for match in _BLOCK.finditer(data)]
    if not blocks and (alone := _der(data)):
        return [alone]
    if not blocks:
        other = "" if not_pkcs12(data) else " It is a PKCS#12 file: use Certificate.from_p12."
        raise NotACertificateFile(
            f"There is no PEM certificate (-----BEGIN CERTIFICATE-----) in {source}.{other}",
            source=source,
        )
    found: list[x509.Certificate] = []
    for number, block in enumerate(blocks, start=1):
        try:
            found.append(x509.load_pem_x509_certificate(block))
        except ValueError:
            raise NotACertificateFile(
                f"Certificate {number} of {len(blocks)} in {source} is damaged. Copy it again.",
                source=source,
            ) from None
    return found


def load_certificates(data: bytes, *, source: str) -> tuple[x509.Certificate, ...]:
    """Read a chain without a key: the certificate that issued none of the others comes first.

    Raises:
        NotACertificateFile: There is no certificate, or one is damaged.
        NoCertificate: There are several that issued none of the others.
    """
    found = certificates(data, source=source)
    leaves = [c for c in found if not _issued_one_of(c, found)]
    if len(leaves) != 1:
        raise NoCertificate(
            f"{source} holds {len(found)} certificates, and it can't be told which of them is meant: "
            "give the certificate and those above it, and no others.",
            source=source,
        )
    return above(leaves[0], found)


def _issued_one_of(issuer: x509.Certificate, others: Sequence[x509.Certificate]) -> bool:
    return any(issued(issuer, other) for other in others if other != issuer)


def _der(data: bytes) -> x509.Certificate | None:
    try:
        return x509.load_der_x509_certificate(data)
    except ValueError:
        return None
