"""Encryption that only OpenSSL's legacy provider reads, which not every machine has."""

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.decrepit.ciphers.algorithms import RC2
from cryptography.hazmat.primitives.ciphers import Cipher, modes

from skifteportal.auth.errors import OldEncryption

__all__ = ["refuse_old_ciphers"]

# pkcs-12PbeIds (RFC 7292, appendix C), DER: 1.2.840.113549.1.12.1.<n>
_PBE = b"\x06\x0a\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x01"
_OLD = {1: "RC4-128", 2: "RC4-40", 5: "RC2-128", 6: "RC2-40"}


def refuse_old_ciphers(der: bytes, *, source: str, remedy: str) -> None:
    """Raise if the encryption is one that this OpenSSL lacks: it calls that a wrong password.

    Args:
        der: What could not be opened.
        source: What to call the file in errors.
        remedy: The command that encrypts it anew.

    Raises:
        OldEncryption: It is.
    """
    old = [name for number, name in _OLD.items() if _PBE + bytes([number]) in der]
    if old and not _legacy_ciphers_work():
        raise OldEncryption(
            f"{source} is encrypted with {' and '.join(old)}, which this OpenSSL does not read "
            f"(its legacy provider is absent). Re-encode it on a machine that has it: {remedy}.",
            source=source,
        )


def _legacy_ciphers_work() -> bool:
    try:
        Cipher(RC2(bytes(16)), modes.CBC(bytes(8))).encryptor()
    except UnsupportedAlgorithm:
        return False
    return True
