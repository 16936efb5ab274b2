"""Ids of what the portal makes: random UUIDs (RFC 9562, version 4)."""

import random
from typing import Final

__all__ = ["new_id"]

# Nobody need be unable to guess them: they are no secrets. One of its own, since users seed the module's.
_RANDOM: Final = random.Random()  # noqa: S311


def new_id() -> str:
    """Return a new id: what ``str(uuid.uuid4())`` gives, which asks the system each time and takes five times as long."""
    digits = f"{_RANDOM.getrandbits(128):032x}"
    variant = "89ab"[int(digits[16], 16) % 4]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"
