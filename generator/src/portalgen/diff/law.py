"""The law: the level of an edit on the wire follows from its effect and its direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from portalgen.diff.effect import Effect
from portalgen.diff.exceptions import WIRE_EXCEPTIONS
from portalgen.diff.level import Level

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portalgen.diff.report import Direction

__all__ = ["LAW", "Ruling", "rule_wire"]


@attrs.frozen
class Ruling:
    """A level, and what decides it.

    Attributes:
        level: The level.
        law: The cell of the law, as `narrow x request`, or the name of the exception.
        reason: Why, as a clause.
    """

    level: Level
    law: str
    reason: str


_BOTH: tuple[Direction, Direction] = ("request", "response")
LAW: Mapping[tuple[Effect, Direction], tuple[Level, str]] = {
    (Effect.NARROW, "request"): (Level.MAJOR, "calls that were accepted are refused"),
    (Effect.WIDEN, "request"): (Level.MINOR, "all calls that were accepted still are, and more"),
    (Effect.NARROW, "response"): (Level.MINOR, "every answer that can come could come before"),
    (Effect.WIDEN, "response"): (Level.MAJOR, "answers can come that could not before"),
    (Effect.INCOMPARABLE, "request"): (
        Level.MAJOR,
        "calls that were accepted are refused or mean something else",
    ),
    (Effect.INCOMPARABLE, "response"): (Level.MAJOR, "answers come that could not before"),
    **{(Effect.EQUAL, one): (Level.NONE, "the same is accepted and answered") for one in _BOTH},
    **{(Effect.RENAME, one): (Level.NONE, "the name does not travel") for one in _BOTH},
    **{
        (Effect.LIFECYCLE, one): (Level.MINOR, "it still works, and a change is announced")
        for one in _BOTH
    },
    **{(Effect.TEXT, one): (Level.NONE, "only words are others") for one in _BOTH},
}


def rule_wire(
    kind: str, effect: Effect, direction: Direction | None, guards: frozenset[str]
) -> Ruling:
    """Judge an edit on the wire.

    Args:
        kind: Its kind.
        effect: What it does to what is accepted.
        direction: Whether it is about what is sent or answered; what is about neither is as if sent.
        guards: What else is known of it.
    """
    side = direction or "request"
    for one in WIRE_EXCEPTIONS:
        if one.covers(kind, side, guards):
            return Ruling(one.level, one.name, one.reason)
    level, reason = LAW[effect, side]
    return Ruling(level, f"{effect.value} x {side}", reason)
