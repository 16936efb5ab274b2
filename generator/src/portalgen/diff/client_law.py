"""The second law: what an edit does to a user's code after the upgrade, with our generator.

Arguments are keyword-only, lists of values are open, unknown members are kept, nothing is checked before it is
sent, and methods are named after their operationId. So what counts is which public names go, and which
annotations change to a type that the old code does not fit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from portalgen.diff.exceptions import LawException
from portalgen.diff.kind import Surface
from portalgen.diff.kinds import KINDS
from portalgen.diff.law import Ruling
from portalgen.diff.level import Level
from portalgen.diff.python_names import UNTYPED, assignable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portalgen.diff.report import Direction

__all__ = ["CLIENT_EXCEPTIONS", "SURFACES", "rule_client"]

SURFACES: Mapping[Surface, tuple[Level, str]] = {
    Surface.NOTHING: (Level.NONE, "no name and no text of the package depends on it"),
    Surface.TEXT: (Level.PATCH, "only docstrings change"),
    Surface.ADDS: (Level.MINOR, "names or a warning are added, and none goes"),
    Surface.REMOVES: (Level.MAJOR, "names that it may use are gone"),
    Surface.RENAMES: (Level.MAJOR, "a name that it may use is another now"),
    Surface.REQUIRES: (Level.MAJOR, "it must give something that it need not give before"),
    Surface.BEHAVES: (Level.MINOR, "the package's next version follows by itself"),
}
_SAME = "the annotation stays as it is"
_FITS = "the annotation changes, and code that fitted it still does"
_CLASHES = "the annotation changes to a type that code may not fit"
_REFUSED = "the generator has no type for it, and makes no package of it"

CLIENT_EXCEPTIONS: tuple[LawException, ...] = (
    LawException(
        name="headers-are-not-attributes",
        kinds=frozenset(KINDS),
        guards=frozenset({"header"}),
        level=Level.PATCH,
        reason="answers' headers are no attributes of the package",
    ),
    LawException(
        name="no-class",
        kinds=frozenset({"schema-removed", "schema-added", "schema-renamed"}),
        guards=frozenset({"no-class"}),
        level=Level.NONE,
        reason="the package has no class for it",
    ),
    LawException(
        name="errors-have-classes",
        kinds=frozenset({"media-type-removed", "media-type-added"}),
        guards=frozenset({"error"}),
        level=Level.PATCH,
        reason="errors are raised by status, whatever they are written as",
    ),
)


def rule_client(
    kind: str,
    direction: Direction | None,
    guards: frozenset[str],
    retyped: tuple[str, str] | None,
) -> Ruling:
    """Judge what an edit does to a user's code.

    Args:
        kind: Its kind.
        direction: Whether it is about what is sent or answered; what is about neither is as if sent.
        guards: What else is known of it.
        retyped: The annotations before and after, where it is about a type.
    """
    side = direction or "request"
    for one in CLIENT_EXCEPTIONS:
        if one.covers(kind, side, guards):
            return Ruling(one.level, one.name, one.reason)
    surface = KINDS[kind].request if side == "request" else KINDS[kind].response
    if surface is Surface.TYPE:
        return _typed(side, retyped)
    level, reason = SURFACES[surface]
    return Ruling(level, f"{surface.value} x {side}", reason)


def _typed(side: Direction, retyped: tuple[str, str] | None) -> Ruling:
    law = f"type x {side}"
    if retyped is None or retyped[0] == retyped[1]:
        return Ruling(Level.PATCH, law, _SAME)
    before, after = retyped
    if UNTYPED in after:
        return Ruling(Level.MAJOR, law, _REFUSED)
    fits = assignable(before, after) if side == "request" else assignable(after, before)
    return Ruling(Level.MINOR, law, _FITS) if fits else Ruling(Level.MAJOR, law, _CLASHES)
