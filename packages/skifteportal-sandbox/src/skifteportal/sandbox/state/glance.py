"""Reading one member off a row, without reading the rest of it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

import msgspec

__all__ = ["glance"]

_BETWEEN: Final = "."


def glance(*paths: str) -> Callable[[bytes], Any]:
    """Return what reads a member of rows, which is much faster than to read the objects.

    Args:
        *paths: Where the member is: ``created``, or ``data.beloeb`` for one within another; of several the first that
            is there.

    Returns:
        Gives the member of a row, None if it is null or not there; numbers digit for digit.
    """
    ways = [path.split(_BETWEEN) for path in paths]
    read = msgspec.json.Decoder(_struct(ways), float_hook=Decimal).decode

    def member(row: bytes) -> Any:
        seen = read(row)
        for way in ways:
            found: Any = seen
            for step in way:
                found = getattr(found, step, None)
            if found is not None:
                return found
        return None

    return member


def _struct(ways: list[list[str]]) -> type[msgspec.Struct]:
    """Make the type of an object that has these members and no others."""
    inner: dict[str, list[list[str]]] = {}
    for first, *rest in ways:
        inner.setdefault(first, []).append(rest)
    fields = [
        (name, _struct(rests) | None if all(rests) else Any, None) for name, rests in inner.items()
    ]
    return msgspec.defstruct("Seen", fields)
