"""What a kind of edit is, and what it can do to a user's code."""

from __future__ import annotations

from enum import Enum

import attrs

__all__ = ["Kind", "Surface", "alone", "pair"]


class Surface(Enum):
    """What an edit does to what a user's code sees of the generated package."""

    NOTHING = "nothing"
    TEXT = "text"
    ADDS = "adds"
    REMOVES = "removes"
    RENAMES = "renames"
    REQUIRES = "requires"
    BEHAVES = "behaves"
    TYPE = "type"


@attrs.frozen
class Kind:
    """A kind of edit.

    Attributes:
        name: Its name.
        mirror: What it is when base and revision change places.
        says: What happened, as a clause; `{base}` and `{revision}` stand for what stood and stands there.
        request: What it does to code that sends.
        response: What it does to code that reads.
        area: The part of a document that it is about.
    """

    name: str
    mirror: str
    says: str
    request: Surface
    response: Surface
    area: str = "schema"


def pair(
    one: str,
    other: str,
    says: tuple[str, str],
    surfaces: tuple[Surface, Surface, Surface, Surface],
    area: str = "schema",
) -> tuple[Kind, Kind]:
    """Two kinds that mirror each other; the surfaces are request, response of one, then of the other."""
    return (
        Kind(one, other, says[0], surfaces[0], surfaces[1], area),
        Kind(other, one, says[1], surfaces[2], surfaces[3], area),
    )


def alone(name: str, says: str, request: Surface, response: Surface, area: str = "schema") -> Kind:
    """A kind that is its own mirror."""
    return Kind(name, name, says, request, response, area)
