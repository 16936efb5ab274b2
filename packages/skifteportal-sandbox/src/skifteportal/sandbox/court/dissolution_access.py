"""How the court's acts find a dissolution case and what is in it, and enter something there."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, get_args

from skifteportal import specs
from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.case_store import Case, Record, Role
from skifteportal.sandbox.clock import timestamp
from skifteportal.sandbox.court.act import CourtCall
from skifteportal.sandbox.identifiers import new_id
from skifteportal.sandbox.known_members import KnownMembers

__all__ = [
    "COURTS_PARTY",
    "ROLES",
    "ROLE_LIST",
    "case_of",
    "enter",
    "found",
    "happened",
    "party_of",
    "references",
    "told",
]

COURTS_PARTY: Final[Mapping[str, str]] = {"type": "ANDEN", "anden": "Skifteretten"}
"""The court, as it signs its answers."""

ROLES: Final[tuple[str, ...]] = get_args(Role)
"""What somebody can be in a case."""

ROLE_LIST: Final[Mapping[str, Any]] = {"type": "array", "items": {"enum": list(ROLES)}}
"""Roles in an act's body."""


def case_of(call: CourtCall) -> Case:
    """Return the case that an act's path names.

    Raises:
        Fault: 404, there is no such case.
    """
    case = call.world.store.cases.get(call.path["sagId"].lower())
    if case is None:
        raise Fault(404, "Sagen findes ikke", field="sagId")
    return case


def found(case: Case, identifier: str, *kinds: str, field: str) -> Record:
    """Return something in a case.

    Args:
        case: The case.
        identifier: Its id.
        *kinds: What it may be; anything unless given.
        field: Where the id stands.

    Raises:
        Fault: 404, there is none.
    """
    record = case.records.get(identifier.lower())
    if record is None or record.deleted or (kinds and record.kind not in kinds):
        raise Fault(404, "Findes ikke i sagen", field=field)
    return record


def enter(
    call: CourtCall,
    case: Case,
    kind: str,
    data: Mapping[str, Any],
    *,
    shared: Iterable[str] = ROLES,
    identifier: str = "",
    task: str = "",
) -> Record:
    """Enter something of the court's.

    Args:
        call: The act.
        case: The case.
        kind: The name of its schema.
        data: Its members.
        shared: The roles that see it.
        identifier: Its id; a new one unless given.
        task: The task that it belongs to.
    """
    now = call.world.clock.now_ns()
    record = Record(
        id=identifier or new_id(),
        kind=kind,
        case=case.id,
        data=data,
        created=now,
        changed=now,
        shared=frozenset(shared),
        task=task,
    )
    case.add(record)
    case.changed = now
    return record


def happened(call: CourtCall, case: Case, kind: str, heading: str) -> None:
    """Note in the case's history what happened, for everybody with a part in it.

    Args:
        call: The act.
        case: The case.
        kind: Of what type it is.
        heading: What it is called.
    """
    enter(call, case, "sagshaendelse", {"type": kind, "overskrift": heading})


def references(call: CourtCall, identifiers: Iterable[str], *, field: str) -> list[dict[str, str]]:
    """Return references to documents of the court's own.

    Args:
        call: The act.
        identifiers: Their ids.
        field: Where they stand.

    Raises:
        Fault: One is not there, or is a caller's.
    """
    return [_reference(call, identifier, field) for identifier in identifiers]


def _reference(call: CourtCall, identifier: str, field: str) -> dict[str, str]:
    document = call.world.store.documents.get(identifier.lower())
    if document is None or document.holder:
        text = "Dokumentet er ikke rettens: opret det først med tilfoejDokument"
        raise Fault(call.world.settings.schema_status, text, field=field)
    title = document.name.removesuffix(".pdf")
    return {"dokumentId": document.id, "filnavn": document.name, "navn": title}


def party_of(sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a party with what the portal tells of parties, and nothing else: no CPR number.

    Args:
        sent: The party, as the court was told.
    """
    schema = {"$ref": "#/components/schemas/part"}
    known = KnownMembers(document=specs.spec("tvangsoploesning-dirigent"), schema=schema)
    party: Mapping[str, Any] = known.of(sent)
    return party


def told(record: Record) -> Mapping[str, Any]:
    """Return something in a case as the court sees it."""
    return {
        "id": record.id,
        "oprettelsestidspunkt": timestamp(record.created),
        "redigeringstidspunkt": timestamp(record.changed),
        **record.data,
        "deltMed": sorted(record.shared),
    }
