"""Deadlines in a case, which run out by the sandbox's clock, and are moved."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from skifteportal.sandbox.case_store import Case, Record
from skifteportal.sandbox.clock import Clock, today
from skifteportal.sandbox.dissolution.parties import Identity, identity

__all__ = ["active_deadlines", "declaration_asked", "moved", "over", "runs", "standing"]

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
    started = record.kind in _RUNNING and status == _RUNNING[record.kind]
    return _EXPIRED if started and over(record.data["fristdato"], clock) else status


def runs(record: Record, clock: Clock) -> bool:
    """Whether a deadline, or a request for a declaration, still runs.

    Args:
        record: It.
        clock: The portal's time.
    """
    return standing(record, clock) == _RUNNING[record.kind]


def active_deadlines(case: Case, kind: str, clock: Clock) -> Iterator[Record]:
    """Yield the deadlines of a kind that still run.

    Args:
        case: The case.
        kind: As `fristType` has it.
        clock: The portal's time.
    """
    for deadline in case.of_kind("frist"):
        if deadline.data["type"] == kind and runs(deadline, clock):
            yield deadline


def declaration_asked(case: Case, kind: str, who: Identity | None) -> Iterator[Record]:
    """Yield what asks somebody for a declaration: the requests, or their deadlines.

    Args:
        case: The case.
        kind: ``erklaeringsanmodning`` or ``frist``.
        who: Who is asked.
    """
    for record in case.of_kind(kind):
        of_declarations = record.data.get("type", "ERKLAERING") == "ERKLAERING"
        if of_declarations and identity(record.data["modtager"]) == who:
            yield record


def moved(case: Case, deadline: Record, day: str, clock: Clock) -> None:
    """Move a deadline, and whatever has the same last day because of it.

    That is its task, the request for a declaration, or the last day to ask for reopening.

    Args:
        case: The case.
        deadline: The deadline.
        day: Its new last day, ISO 8601.
        clock: The portal's time.
    """
    now = clock.now_ns()
    before: str = deadline.data["fristdato"]
    deadline.amend(now, fristdato=day)
    task = case.records.get(deadline.data.get("opgaveId", ""))
    if task is not None:
        task.amend(now, fristdato=day)
    if deadline.data["type"] == "ERKLAERING":
        who = identity(deadline.data["modtager"])
        for request in declaration_asked(case, "erklaeringsanmodning", who):
            if request.data["fristdato"] == before:
                request.amend(now, fristdato=day)
    elif deadline.data["type"] == "GENOPTAGELSE":
        case.reopening = date.fromisoformat(day)
        case.changed = now
