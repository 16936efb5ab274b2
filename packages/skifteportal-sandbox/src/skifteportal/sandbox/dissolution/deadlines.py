"""Deadlines in a case, which run out by the sandbox's clock."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from skifteportal.sandbox.case_store import Case, Record
from skifteportal.sandbox.clock import Clock, today

__all__ = ["active_deadlines", "over", "standing"]

_RUNNING: Final = {"frist": "AKTIV", "erklaeringsanmodning": "AFVENTER"}
_EXPIRED: Final = "UDLOEBET"


def over(day: str, clock: Clock) -> bool:
    """Whether a last day has passed.

    Args:
        day: The last day, ISO 8601.
        clock: The portal's time.
    """
    return date.fromisoformat(day) < today(clock)


def standing(record: Record, clock: Clock) -> str | None:
    """Return a record's status today: what runs until a day has run out after it.

    Args:
        record: A deadline, a request for a declaration, or anything else.
        clock: The portal's time.
    """
    status: str | None = record.data.get("status")
    runs = record.kind in _RUNNING and status == _RUNNING[record.kind]
    return _EXPIRED if runs and over(record.data["fristdato"], clock) else status


def active_deadlines(case: Case, kind: str, clock: Clock) -> Iterator[Record]:
    """Yield the deadlines of a kind that still run.

    Args:
        case: The case.
        kind: As `fristType` has it.
        clock: The portal's time.
    """
    for deadline in case.of_kind("frist"):
        if deadline.data["type"] == kind and standing(deadline, clock) == "AKTIV":
            yield deadline
