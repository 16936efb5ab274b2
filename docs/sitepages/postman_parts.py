"""Small parts that every Postman file is made of."""

from __future__ import annotations

import uuid
from typing import Any, Literal

__all__ = ["id_of", "pair", "script"]

_NAMES = uuid.UUID("6f3f0d3e-6a55-4a52-9d0b-3f4a4f0c5a10")


def id_of(*parts: str) -> str:
    """Name a thing by an id that is the same in every run.

    Args:
        parts: What it is called, from the outside to the inside.
    """
    return str(uuid.uuid5(_NAMES, "/".join(parts)))


def pair(key: str, value: str, *, kind: str = "", disabled: bool = False) -> dict[str, Any]:
    """Make a key with its value.

    Args:
        key: The key.
        value: The value.
        kind: The value's type, if one is to be written.
        disabled: Whether Postman leaves it out until somebody ticks it.
    """
    more = {"type": kind} if kind else {}
    return {"key": key, "value": value, **more, **({"disabled": True} if disabled else {})}


def script(*lines: str, when: Literal["test", "prerequest"] = "test") -> list[dict[str, Any]]:
    """Make a script that Postman runs.

    Args:
        lines: Its lines.
        when: ``test`` is after the answer, ``prerequest`` before the request.
    """
    body = {"type": "text/javascript", "exec": [*lines]}
    return [{"listen": when, "script": body}]
