"""Reading a PKCS#12 file: one private key, its certificate, and the certificates above it."""

from collections.abc import Sequence

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import pkcs12

from skifteportal.auth._bundle import Bundle, chain_of, usable_key
from skifteportal.auth._old_ciphers import refuse_old_ciphers
from skifteportal.auth._password import Password, spellings, text_of
from skifteportal.auth._sniff import not_pkcs12
from skifteportal.auth.errors import (
    NoPrivateKey,
    NotACertificateFile,
    WrongPassword,
)

__all__ = ["load"]

_Opened = tuple[object, x509.Certificate | None, list[x509.Certificate]]

_REENCODE = (
    "openssl pkcs12 -legacy -in old.p12 -nodes | openssl pkcs12 -export -out new.p12 "
    "(the key passes through a pipe, never a file)"
)


def load(
    data: bytes, *, password: Password, source: str, extra: Sequence[x509.Certificate] = ()
) -> Bundle:
    """Open a PKCS#12 file.

    Takes about 0.12 s with an RSA-3072 key, which OpenSSL validates: do it once.

    Args:
        data: The file's bytes.
        password: The password, or what returns it; called once. "" for a file without one.
        source: What to call the file in errors.
        extra: Certificates above it that the file may lack.

    Raises:
        CertificateError: One of its kinds, saying what is wrong with the file.
        ConfigurationError: The password is not text.
    """
    if problem := not_pkcs12(data):
        raise NotACertificateFile(f"The certificate in {source} {problem}", source=source)
    text = text_of(password, source=source)
    key, certificate, others = _open(data, text, source)
    certificates = [*([certificate] if certificate else []), *others]
    if key is None:
        raise NoPrivateKey(
            f"There is no private key in {source}, only {len(certificates)} certificate(s). "
            'Export it again with "include the private key".',
            source=source,
        )
    key = usable_key(key, source=source)
    return Bundle(key, chain_of(key.public_key(), [*certificates, *extra], source=source))


def _open(data: bytes, password: str, source: str) -> _Opened:
    reason = ""
    for spelling in spellings(password):
        try:
            return pkcs12.load_key_and_certificates(data, spelling)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            reason = reason or str(error)
    refuse_old_ciphers(data, source=source, remedy=_REENCODE)
    if not reason or "password" in reason.lower():
        raise WrongPassword(
            f"The password does not open {source}. MitID Erhverv shows it once, when the "
            "certificate is issued; if it is lost, order a new certificate.",
            source=source,
        )
    raise NotACertificateFile(
        f"{source} begins like a PKCS#12 file, but can't be read: it is damaged, or encrypted in a "
        "way that this OpenSSL does not know. Copy or download it again, or re-encode it: "
        f"{_REENCODE}.",
        source=source,
    )
