"""How to come from a message to a schema inside it: what a witness is built along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import attrs

if TYPE_CHECKING:
    from portalgen.diff.report import Direction
    from portalgen.diff.schema import Site

__all__ = ["Root", "Step", "Trail"]


@attrs.frozen(eq=False, kw_only=True)
class Root:
    """A part of a message that has a schema.

    Attributes:
        line: The request line, and the answer's status if it is one.
        part: `body`, `query startdato`, `header X-Total-Count`.
        direction: Whether it is sent or answered.
        base: Its schema in the base.
        revision: Its schema in the revision.
        operation: The number of the operation.
        guards: What the law must know of it.
        stem: How an object written in place is named, as in `AddKravBody`.
        parameter: The name of the parameter that it is, or nothing.
    """

    line: str
    part: str
    direction: Direction
    base: Site
    revision: Site
    operation: int
    guards: frozenset[str] = frozenset()
    stem: str = ""
    parameter: str = ""


@attrs.frozen
class Step:
    """One step down: a property, the items, other names, or a member of a union.

    Attributes:
        kind: Which of them.
        name: The property's name, or the member's number in each side as `1:2`.
    """

    kind: Literal["property", "items", "additional", "member"]
    name: str = ""


@attrs.frozen(eq=False)
class Trail:
    """The root and the steps from it."""

    root: Root
    steps: tuple[Step, ...] = ()

    def down(self, step: Step) -> Trail:
        """Go one step further."""
        return Trail(self.root, (*self.steps, step))
