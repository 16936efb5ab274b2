"""Where a comparison collects what it finds before it is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from portalgen.diff.effect import Edit, Effect

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portalgen.diff.contract import Call
    from portalgen.diff.python_names import Package
    from portalgen.diff.report import Direction, PythonName
    from portalgen.diff.spec_view import SpecView
    from portalgen.diff.trail import Root

__all__ = ["Collector", "Meeting"]


@attrs.frozen(eq=False, kw_only=True)
class Meeting:
    """An operation that stands in both documents.

    Attributes:
        number: Its number, for the bits in an edit.
        old: It in the base.
        new: It in the revision.
    """

    number: int
    old: Call
    new: Call

    @property
    def bit(self) -> int:
        """The operation among others."""
        return 1 << self.number


@attrs.define(eq=False, kw_only=True)
class Collector:
    """What a comparison knows and has found.

    Attributes:
        old: The base.
        new: The revision.
        package: How the package names things.
        edits: The edits found.
        roots: The parts of messages whose schemas are to be compared.
        names: The operations' names, by number.
        renamed: The component schemas that have another name now: the old, and the new.
    """

    old: SpecView
    new: SpecView
    package: Package
    edits: list[Edit] = attrs.field(factory=list[Edit])
    roots: list[Root] = attrs.field(factory=list["Root"])
    names: list[str] = attrs.field(factory=list[str])
    renamed: Mapping[str, str] = attrs.field(factory=dict[str, str])

    def add(
        self,
        kind: str,
        location: str,
        effect: Effect,
        *,
        operations: int = 0,
        direction: Direction | None = None,
        base: Any = None,
        revision: Any = None,
        guards: frozenset[str] = frozenset(),
        python: tuple[PythonName, ...] = (),
        line: str = "",
    ) -> None:
        """Remember an edit that is about no schema."""
        self.edits.append(
            Edit(
                kind=kind,
                location=location,
                effect=effect,
                operations=operations,
                direction=direction,
                base=base,
                revision=revision,
                guards=guards,
                python=python,
                line=line,
            )
        )

    def number(self, name: str) -> int:
        """Give an operation its number."""
        self.names.append(name)
        return len(self.names) - 1
