"""Reading a private key in PEM text, encrypted or not (RFC 7468, RFC 5958, OpenSSL's own form)."""

import base64
import re

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from skifteportal.auth._bundle import PrivateKey, usable_key
from skifteportal.auth._old_ciphers import refuse_old_ciphers
from skifteportal.auth._password import Password, spellings, text_of
from skifteportal.auth.errors import NoPrivateKey, NotACertificateFile, WrongPassword

__all__ = ["load_key"]

_BLOCK = re.compile(rb"-----BEGIN ([A-Z ]*PRIVATE KEY)-----(.*?)-----END \1-----", re.DOTALL)
_OPENSSL_S = b"Proc-Type: 4,ENCRYPTED"
_REENCODE = "openssl pkcs8 -topk8 -in old.pem -out new.pem"


def load_key(data: bytes, *, password: Password | None, source: str) -> PrivateKey:
    """Read the first key in a text.

    Takes about 0.1 s with an RSA-3072 key, which OpenSSL validates: do it once.

    Args:
        data: The text.
        password: The password, or what returns it; called once, if the key is encrypted.
        source: What to call the file in errors.

    Raises:
        NoPrivateKey: There is none.
        WrongPassword: It is encrypted, and the password does not open it, or none was given.
        OldEncryption: It is encrypted with a cipher that this OpenSSL lacks.
        NotACertificateFile: It is damaged.
        WrongKindOfCertificate: It is neither RSA nor EC.
        ConfigurationError: The password is not text.
    """
    block = _BLOCK.search(data)
    if block is None:
        raise NoPrivateKey(
            f"There is no private key (-----BEGIN PRIVATE KEY-----) in {source}. If it is in a file "
            "of its own, give that as key.",
            source=source,
        )
    encrypted = block[1].startswith(b"ENCRYPTED") or _OPENSSL_S in block[2]
    if not encrypted:
        return _opened(block, [None], source)
    if password is None:
        raise WrongPassword(
            f"The private key in {source} is encrypted, and no password was given.", source=source
        )
    return _opened(block, [*spellings(text_of(password, source=source))], source)


def _opened(block: re.Match[bytes], passwords: list[bytes | None], source: str) -> PrivateKey:
    reason = ""
    for password in passwords:
        try:
            return usable_key(load_pem_private_key(block[0], password), source=source)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            reason = reason or str(error)
    refuse_old_ciphers(_der(block[2]), source=f"The private key in {source}", remedy=_REENCODE)
    if "password" in reason.lower():
        raise WrongPassword(
            f"The password does not open the private key in {source}.", source=source
        )
    raise NotACertificateFile(
        f"The private key in {source} can't be read: it is damaged, or encrypted in a way that this "
        f"OpenSSL does not know. Copy it again, or re-encode it: {_REENCODE}.",
        source=source,
    )


def _der(text: bytes) -> bytes:
    try:
        return base64.b64decode(text)
    except ValueError:
        return b""
