"""A difference between two schemas before it is known from where they are reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from portalgen.diff.effect import Effect

if TYPE_CHECKING:
    from portalgen.diff.trail import Step

__all__ = ["Found", "by_inclusion"]


@attrs.frozen(eq=False, kw_only=True)
class Found:
    """A difference between two schemas.

    Attributes:
        kind: What kind it is.
        location: Where it stands.
        effect: What it does to the values that are accepted.
        base: What stood there.
        revision: What stands there now.
        member: The property that it is about, or nothing.
        new_member: The property's new name, if it was renamed.
        step: The step down to what changed, from the schema; None for itself.
        guards: What the law must know.
        values: The members of an enum that come or go.
    """

    kind: str
    location: str
    effect: Effect
    base: Any = None
    revision: Any = None
    member: str = ""
    new_member: str = ""
    step: Step | None = None
    guards: frozenset[str] = frozenset()
    values: tuple[Any, ...] = ()


def by_inclusion(*, fewer: bool, more: bool) -> Effect:
    """Name the effect on a set that lost something, got something, or both."""
    if fewer and more:
        return Effect.INCOMPARABLE
    if fewer:
        return Effect.NARROW
    return Effect.WIDEN if more else Effect.EQUAL
