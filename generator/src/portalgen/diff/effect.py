"""What an edit does to what is accepted, and an edit itself."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from portalgen.diff.report import Direction, PythonName
    from portalgen.diff.trail import Trail

__all__ = ["MIRRORED", "Edit", "Effect"]


class Effect(Enum):
    """What an edit does to the set of values (or calls) that the document accepts."""

    NARROW = "narrow"
    WIDEN = "widen"
    EQUAL = "equal"
    INCOMPARABLE = "incomparable"
    RENAME = "rename"
    LIFECYCLE = "lifecycle"
    TEXT = "text"


# What the same edit does when base and revision change places.
MIRRORED = {
    Effect.NARROW: Effect.WIDEN,
    Effect.WIDEN: Effect.NARROW,
    Effect.EQUAL: Effect.EQUAL,
    Effect.INCOMPARABLE: Effect.INCOMPARABLE,
    Effect.RENAME: Effect.RENAME,
    Effect.LIFECYCLE: Effect.LIFECYCLE,
    Effect.TEXT: Effect.TEXT,
}


@attrs.define(eq=False, kw_only=True)
class Edit:
    """One difference, seen from one direction, before it is judged.

    Attributes:
        kind: What kind it is, as in `property-removed`.
        location: A JSON pointer, into the base where it stands there.
        effect: What it does to what is accepted.
        direction: Whether it concerns what is sent or what is answered; None for neither.
        base: What stood there.
        revision: What stands there now.
        guards: What the law must know besides, as in `error` for an answer that is none of success.
        operations: The numbers of the operations that reach it, as bits.
        python: The Python names that it touches.
        retyped: The annotations before and after, where it may change one.
        holders: The attributes or arguments that have them.
        trail: How to come to it from a message, for a witness.
        line: Of an edit that is about no schema, the request line that shows it.
    """

    kind: str
    location: str
    effect: Effect
    direction: Direction | None = None
    base: Any = None
    revision: Any = None
    guards: frozenset[str] = frozenset()
    operations: int = 0
    python: tuple[PythonName, ...] = ()
    retyped: tuple[str, str] | None = None
    holders: tuple[PythonName, ...] = ()
    trail: Trail | None = None
    line: str = ""
