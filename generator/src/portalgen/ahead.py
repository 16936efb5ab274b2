"""What of an API is in test only, by the portal's notices: for warnings and docstrings of its package."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from portalgen.escape import SpecText
from portalgen.names import pascal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from portalgen.notices import Notice, Notices
    from portalgen.registry import ApiEntry

__all__ = ["Ahead", "find_ahead", "note_for"]


@attrs.frozen(kw_only=True)
class Ahead:
    """What is new in one version.

    Attributes:
        version: The version.
        in_force: The day on which it comes into production; None if it isn't known.
        operations: The operationIds that are new in it.
        fields: The fields that are new in it: `schema.field`.
        source: Where that was read.
    """

    version: str
    in_force: date | None
    operations: tuple[SpecText, ...]
    fields: tuple[SpecText, ...]
    source: SpecText

    @property
    def note(self) -> SpecText:
        """What a docstring says of it."""
        when = (
            "The day it comes into production isn't known yet"
            if self.in_force is None
            else f"In production from {self.in_force}"
        )
        return SpecText(f"{when} ({self.source.raw}).")


def find_ahead(entry: ApiEntry, notices: Notices) -> tuple[Ahead, ...]:
    """Find what a package should say of notices, the oldest version first.

    The answer does not depend on the day on which it is asked, or a package would change by itself: a
    client looks at the day. Left out is what was in production already when the newest version that the
    package has was announced.

    Args:
        entry: The API, with the version that its package is made from.
        notices: All notices.
    """
    known = [one for one in notices.of(entry.api) if one.numbers[1] <= _numbers(entry.version)]
    asked = max((one.announced for one in known if one.announced), default=None)
    return tuple(
        _ahead(one)
        for one in known
        if (one.operations or one.fields)
        and not (one.production and asked and one.production <= asked)
    )


def note_for(
    ahead: Iterable[Ahead], *, operation: str = "", field: tuple[str, str] = ("", "")
) -> SpecText:
    """Say when an operation, or a field of a class, comes into production; empty if it is there.

    Args:
        ahead: What is ahead.
        operation: An operationId.
        field: A class's name and the field's name in JSON.
    """
    for one in ahead:
        if operation in {name.raw for name in one.operations}:
            return one.note
        if field in {_class_and_field(name.raw) for name in one.fields}:
            return one.note
    return SpecText("")


def _ahead(notice: Notice) -> Ahead:
    made_up = "made up, to show what a notice does: " if notice.made_up else ""
    return Ahead(
        version=notice.version,
        in_force=notice.production,
        operations=tuple(SpecText(name) for name in notice.operations),
        fields=tuple(SpecText(name) for name in notice.fields),
        source=SpecText(f"{made_up}{notice.source}"),
    )


def _class_and_field(name: str) -> tuple[str, str]:
    schema, _, field = name.partition(".")
    return pascal(schema), field


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split("."))
