"""What comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from portalgen.notices.notices_file import Notice

__all__ = ["Due", "coming"]


@attrs.frozen(kw_only=True, order=True)
class Due:
    """A day on which something is due.

    Attributes:
        day: The day, in Denmark.
        notice: The notice's id.
        what: What happens then.
    """

    day: date
    notice: str
    what: str


def coming(notices: Iterable[Notice], today: date) -> tuple[Due, ...]:
    """List what is due from a day on, the nearest first."""
    found: list[Due] = []
    for one in notices:
        if one.test and one.test >= today:
            found.append(
                Due(day=one.test, notice=one.id, what="in test: try the new client against it")
            )
        if one.production and one.production >= today:
            found.append(
                Due(day=one.production, notice=one.id, what="in production: users must have it")
            )
    return tuple(sorted(found))
