"""Sealing what is stored: encrypted, bound to whom it belongs to, and under a name that says nothing.

AES-256-GCM with a random nonce; names by HMAC-SHA256. Both keys are derived from the user's by HKDF
(RFC 5869), so that no key serves two purposes.
"""

import base64
import binascii
import hmac
import os
from collections.abc import Callable, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from skifteportal.core.errors import ConfigurationError

__all__ = ["Key", "Seal", "seals_of"]

Key = str | bytes
"""32 bytes, or their base64 (43 or 44 characters)."""

_KEY_BYTES = 32
_NONCE_BYTES = 12


class Seal:
    """What one key can do.

    Args:
        key: The 32 bytes.
    """

    def __init__(self, key: bytes) -> None:
        derived = HKDF(SHA256(), length=64, salt=None, info=b"skifteportal-auth token store 1")
        both = derived.derive(key)
        self._aead = AESGCM(both[:32])
        self._naming = both[32:]

    def name(self, identity: str) -> str:
        """The name under which something of an identity's is stored."""
        return hmac.digest(self._naming, identity.encode(), "sha256").hex()

    def close(self, content: bytes, identity: str) -> str:
        """Encrypt what belongs to an identity."""
        nonce = os.urandom(_NONCE_BYTES)
        sealed = nonce + self._aead.encrypt(nonce, content, identity.encode())
        return base64.b64encode(sealed).decode()

    def open(self, sealed: str | bytes, identity: str) -> bytes | None:
        """Decrypt it; None if it is damaged, of another key, or another identity's."""
        try:
            data = base64.b64decode(sealed, validate=True)
            return self._aead.decrypt(data[:_NONCE_BYTES], data[_NONCE_BYTES:], identity.encode())
        except (ValueError, InvalidTag):  # bad base64, or too short a nonce, are ValueErrors
            return None


def seals_of(key: Callable[[], Key | Sequence[Key]]) -> list[Seal]:
    """Ask for the keys, and make their seals.

    Raises:
        ConfigurationError: The function raised, or gave something else. Its text holds no key.
    """
    try:
        given = key()
    except Exception as error:
        raise ConfigurationError(
            f"The function that gives the token store's key raised {type(error).__name__}."
        ) from error
    try:
        keys = [given] if isinstance(given, str | bytes) else list(given)
    except TypeError:
        keys = []
    found = [data for each in keys if (data := _bytes(each)) is not None]
    if keys and len(found) == len(keys):
        return [Seal(data) for data in found]
    raise ConfigurationError(
        "The function that gives the token store's key must return 32 random bytes, their base64, or "
        "several of these with the newest first. Make one with secrets.token_urlsafe(32)."
    )


def _bytes(key: object) -> bytes | None:
    if isinstance(key, str):
        try:
            key = base64.b64decode(key + "=" * (-len(key) % 4), altchars=b"-_", validate=True)
        except (ValueError, binascii.Error):
            return None
    return key if isinstance(key, bytes) and len(key) == _KEY_BYTES else None
