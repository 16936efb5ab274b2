"""Where the law is not the last word, each with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from portalgen.diff.level import Level

if TYPE_CHECKING:
    from portalgen.diff.report import Direction

__all__ = ["WIRE_EXCEPTIONS", "LawException"]


@attrs.frozen(kw_only=True)
class LawException:
    """An exception from the law.

    Attributes:
        name: What it is called in a report.
        kinds: The kinds of edits that it covers.
        directions: Whether it holds for what is sent, answered, or both.
        guards: What must be known of the edit.
        level: The level instead.
        reason: Why, as a clause.
    """

    name: str
    kinds: frozenset[str]
    directions: frozenset[Direction] = frozenset({"request", "response"})
    guards: frozenset[str] = frozenset()
    level: Level
    reason: str

    def covers(self, kind: str, direction: Direction, guards: frozenset[str]) -> bool:
        """Tell whether an edit is an exception of this sort."""
        return kind in self.kinds and direction in self.directions and self.guards <= guards


_ANSWERS: frozenset[Direction] = frozenset({"response"})
WIRE_EXCEPTIONS: tuple[LawException, ...] = (
    LawException(
        name="unknown-names-are-skipped",
        kinds=frozenset(
            {
                *("property-added", "required-property-added", "write-only-off", "header-added"),
                *("other-names-widened", "other-names-narrowed"),
            }
        ),
        directions=_ANSWERS,
        level=Level.MINOR,
        reason="a reader skips what it does not know; the portal calls additions minor (guide 5.2)",
    ),
    LawException(
        name="readers-miss-what-is-gone",
        kinds=frozenset({"property-removed", "write-only-on", "header-removed"}),
        directions=_ANSWERS,
        level=Level.MAJOR,
        reason="no answer breaks the old schema, but who shows or stores it finds nothing any more",
    ),
    LawException(
        name="readers-check-no-patterns",
        kinds=frozenset({"pattern-added", "pattern-removed", "pattern-changed"}),
        directions=_ANSWERS,
        level=Level.MINOR,
        reason="a pattern is checked where something is sent; no reader refuses an answer for it",
    ),
    LawException(
        name="extensible-lists-grow",
        kinds=frozenset({"enum-value-added"}),
        directions=_ANSWERS,
        guards=frozenset({"extensible"}),
        level=Level.MINOR,
        reason="the list says itself that it may grow",
    ),
    LawException(
        name="answers-have-no-defaults",
        kinds=frozenset({"default-added", "default-removed", "default-changed"}),
        directions=_ANSWERS,
        level=Level.NONE,
        reason="a default says what an omission in a call means; an answer is taken as it comes",
    ),
    LawException(
        name="a-success-is-waited-for",
        kinds=frozenset({"success-status-removed"}),
        level=Level.MAJOR,
        reason="a client waits for that success, and it never comes",
    ),
    LawException(
        name="an-omission-stays-open",
        kinds=frozenset({"default-removed"}),
        directions=frozenset({"request"}),
        level=Level.MINOR,
        reason="a call that leaves it out is still accepted, and nothing says that it means something else",
    ),
    LawException(
        name="nothing-to-tell-apart",
        kinds=frozenset({"read-only-on"}),
        guards=frozenset({"only-sent"}),
        level=Level.MINOR,
        reason=(
            "readOnly tells what is answered from what is sent in one object; this object is never answered, "
            "and OpenAPI has a server put up with the member (SHOULD NOT be sent)"
        ),
    ),
    LawException(
        name="successes-are-a-class",
        kinds=frozenset({"success-status-added"}),
        guards=frozenset({"other-success"}),
        level=Level.MINOR,
        reason="the old success still stands beside it, and any 2xx is a success (RFC 9110, 15)",
    ),
    LawException(
        name="errors-are-a-class",
        kinds=frozenset({"error-status-added", "error-status-removed"}),
        level=Level.MINOR,
        reason="any error may come at any time, and a client treats an unknown one by its class (RFC 9110, 15)",
    ),
    LawException(
        name="no-news",
        kinds=frozenset({"undeprecated", "scheme-removed", "scheme-added"}),
        level=Level.NONE,
        reason="no call and no answer is another for it",
    ),
    LawException(
        name="consent-is-given-anew",
        kinds=frozenset({"authorization-url-changed"}),
        level=Level.MINOR,
        reason="a person at a browser follows the new address; a client that has its token does not need it",
    ),
)
