"""Reading a PKCS#12 file: one private key, its certificate, and the certificates above it."""

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

import attrs
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.decrepit.ciphers.algorithms import RC2
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, pkcs12

from skifteportal.auth._sniff import not_pkcs12, old_ciphers
from skifteportal.auth.errors import (
    CertificateFileUnreadable,
    NoCertificate,
    NoPrivateKey,
    NotACertificateFile,
    OldEncryption,
    WrongKindOfCertificate,
    WrongPassword,
)
from skifteportal.core.errors import ConfigurationError

__all__ = ["Bundle", "Password", "PrivateKey", "load", "read"]

Password = str | Callable[[], str]
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
_Opened = tuple[object, x509.Certificate | None, list[x509.Certificate]]

_REENCODE = (
    "openssl pkcs12 -legacy -in old.p12 -nodes | openssl pkcs12 -export -out new.p12 "
    "(the key passes through a pipe, never a file)"
)


@attrs.frozen(repr=False, eq=False)
class Bundle:
    """What was in the file.

    Attributes:
        key: The private key.
        chain: The certificate of that key first, then each one's issuer, as far as they are there.
    """

    key: PrivateKey
    chain: tuple[x509.Certificate, ...]


def read(source: str | os.PathLike[str] | bytes) -> tuple[bytes, str]:
    """Return the bytes of a PKCS#12 file, and what to call it in errors."""
    if isinstance(source, bytes):
        return source, "the given bytes"
    path = Path(source)
    try:
        return path.read_bytes(), str(path)
    except FileNotFoundError:
        problem = "does not exist" + ("" if path.is_absolute() else f" in {Path.cwd()}")
    except IsADirectoryError:
        problem = "is a folder: give the .p12 file in it"
    except OSError as error:
        problem = f"can't be read: {error.strerror}"
    raise CertificateFileUnreadable(
        f"The certificate file {path} {problem}.", source=str(path)
    ) from None


def load(data: bytes, *, password: Password, source: str) -> Bundle:
    """Open a PKCS#12 file.

    Takes about 0.12 s with an RSA-3072 key, which OpenSSL validates: do it once.

    Args:
        data: The file's bytes.
        password: The password, or what returns it; called once. "" for a file without one.
        source: What to call the file in errors.

    Raises:
        CertificateError: One of its kinds, saying what is wrong with the file.
        ConfigurationError: The password is not text.
    """
    if problem := not_pkcs12(data):
        raise NotACertificateFile(f"The certificate in {source} {problem}", source=source)
    text = password() if callable(password) else password
    if not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance] - callers may not type-check
        raise ConfigurationError(
            f"The password of {source} must be str, not {type(text).__name__}: give the text "
            "itself, the encoding is done here."
        )
    key, certificate, others = _open(data, text, source)
    certificates = [*([certificate] if certificate else []), *others]
    if key is None:
        raise NoPrivateKey(
            f"There is no private key in {source}, only {len(certificates)} certificate(s). "
            'Export it again with "include the private key".',
            source=source,
        )
    if not isinstance(key, PrivateKey):
        raise WrongKindOfCertificate(
            f"The key in {source} is neither RSA nor EC ({type(key).__name__}): an OCES3 "
            "certificate has an RSA key.",
            source=source,
        )
    return Bundle(key, _ordered(key, certificates, source))


def _open(data: bytes, password: str, source: str) -> _Opened:
    reason = ""
    for spelling in _spellings(password):
        try:
            return pkcs12.load_key_and_certificates(data, spelling)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            reason = reason or str(error)
    # OpenSSL calls a cipher that it does not know a wrong password too, so that comes first.
    if (old := old_ciphers(data)) and not _legacy_ciphers_work():
        raise OldEncryption(
            f"{source} is encrypted with {' and '.join(old)}, which this OpenSSL does not read "
            f"(its legacy provider is absent). Re-encode it on a machine that has it: {_REENCODE}.",
            source=source,
        )
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


def _spellings(password: str) -> list[bytes]:
    """The password as given, then as the same text may have been written elsewhere.

    A password read from a file ends in a newline; "å" is one character or two (macOS); an
    environment variable that is not UTF-8 arrives with its bytes escaped (PEP 383), and was
    Latin-1 then.
    """
    texts = [password, password.rstrip("\r\n")]
    texts += [unicodedata.normalize(form, texts[1]) for form in ("NFC", "NFD")]
    spellings = [_encoded(text) for text in texts]
    if (raw := _encoded(password, "surrogateescape")) is not None:
        spellings.append(raw.decode("latin-1").encode())
    return [spelling for spelling in dict.fromkeys(spellings) if spelling is not None]


def _encoded(text: str, errors: str = "strict") -> bytes | None:
    try:
        return text.encode("utf-8", errors)
    except UnicodeEncodeError:  # half a character; its exception would hold the text
        return None


def _legacy_ciphers_work() -> bool:
    try:
        Cipher(RC2(bytes(16)), modes.CBC(bytes(8))).encryptor()
    except UnsupportedAlgorithm:
        return False
    return True


def _ordered(
    key: PrivateKey, certificates: list[x509.Certificate], source: str
) -> tuple[x509.Certificate, ...]:
    """Leaf, issuing, root. The order in the file is not to be relied on."""
    public = _public_bytes(key.public_key())
    leaf = next((c for c in certificates if _public_bytes(c.public_key()) == public), None)
    if leaf is None:
        raise NoCertificate(
            f"There is a private key in {source}, but no certificate that belongs to it "
            f"({len(certificates)} others). Export it again with its certificate chain.",
            source=source,
        )
    chain = [leaf]
    while chain[-1].issuer != chain[-1].subject:
        issuer = next((c for c in certificates if _issued(c, chain[-1])), None)
        if issuer is None or issuer in chain:
            break
        chain.append(issuer)
    return tuple(chain)


def _public_bytes(key: CertificatePublicKeyTypes) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True
