"""What is not like the others in a case: the case itself, its documents, and acts that make several things at once."""

from collections.abc import Container, Mapping
from datetime import date
from functools import partial
from typing import Any, Final

from skifteportal.sandbox.answers import Fault, json_answer
from skifteportal.sandbox.call import Call, page_of
from skifteportal.sandbox.case_store import Case, Record, document_ids
from skifteportal.sandbox.clock import timestamp, today
from skifteportal.sandbox.dissolution.access import (
    appointed,
    case_of,
    roles_in,
    shared_record,
)
from skifteportal.sandbox.dissolution.appointment import appointments, in_office, resigned
from skifteportal.sandbox.dissolution.deadlines import standing
from skifteportal.sandbox.dissolution.declarations import recipients_askable
from skifteportal.sandbox.dissolution.kinds import CREDITORS, GENERAL, LIQUIDATORS, Kind
from skifteportal.sandbox.dissolution.records import filed, new_record, record_of, show
from skifteportal.sandbox.dissolution.rules import mappable
from skifteportal.sandbox.documents import download
from skifteportal.sandbox.messages import Answer
from skifteportal.sandbox.registers.data import registers

__all__ = [
    "attachment_of",
    "case_document",
    "case_history",
    "get_case",
    "get_liquidators",
    "request_declarations",
    "resign",
]

_LEADER: Final = ("id", "part", "rolle", "fratraadtDato", "aktiv")
_DEADLINE: Final = ("id", "type", "modtager", "fristdato", "status", "opgaveId")
_DOCUMENT: Final = Kind(name="sagsdokument", sees=shared_record)
_EVENT: Final = Kind(name="sagshaendelse", sees=shared_record)
_KINDS: Final = (_EVENT, *GENERAL, *CREDITORS, *LIQUIDATORS)
_SHOWING: Final = {
    kind.name: [other for other in _KINDS if other.name == kind.name] for kind in _KINDS
}


def _part(call: Call, record: Record, names: tuple[str, ...]) -> dict[str, Any]:
    known = {"id": record.id, **record.data, "status": standing(record, call.world.clock)}
    return {name: known[name] for name in names if known.get(name) is not None}


def get_case(call: Call) -> Answer:
    """Read a case; those without a part in it see what is public, and empty lists (getSag)."""
    case = case_of(call)
    company = registers().companies[case.company]
    related = bool(roles_in(call, case))

    def listed(kind: str) -> list[Record]:
        if not related:
            return []
        return [record for record in case.of_kind(kind) if shared_record(call, case, record)]

    liquidators = case.of_kind("likvidator") if related else ()
    shown: dict[str, Any] = {
        "id": case.id,
        "oprettelsestidspunkt": timestamp(case.created),
        "redigeringstidspunkt": timestamp(case.changed),
        "sagsnummer": case.number,
        "status": case.status,
        "selskab": {
            "cvrNummer": case.company,
            "navn": company["navn"],
            "adresse": company["adresse"],
        },
        "retskredsId": case.district,
        "embedeId": case.office,
        "modtaget": case.received.isoformat(),
        "likvidatorer": [*appointments(liquidators, call.world.clock)],
        "tidligereLedelse": [_part(call, record, _LEADER) for record in listed("tidligereLedelse")],
        "frister": [_part(call, record, _DEADLINE) for record in listed("frist")],
        "erAfsluttet": case.closed,
    }
    if case.reopening is not None:
        shown["genoptagelsesfrist"] = case.reopening.isoformat()
    return json_answer(200, shown)


def case_history(call: Call) -> Answer:
    """List what happened in a case, as far as the court shares it (getSagensGang)."""
    case = case_of(call)
    seen = [event for event in case.of_kind("sagshaendelse") if shared_record(call, case, event)]
    return page_of(call, seen, partial(_event, call))


def _event(call: Call, record: Record) -> Mapping[str, Any]:
    return {**show(call, record), "tidspunkt": timestamp(record.created)}


def case_document(call: Call) -> Answer:
    """Download one of a case's documents, or one that something in the case shows the caller (getSagsdokumentFil)."""
    case = case_of(call)
    identifier = call.parameters.path["dokumentId"].lower()
    if not _referred_to(call, case, identifier):
        identifier = record_of(_DOCUMENT, call, case, parameter="dokumentId").id
    document = call.world.store.documents[identifier]
    return download(document.name, document.content)


def _referred_to(call: Call, case: Case, document: str) -> bool:
    """Whether something that the caller sees in a case refers to a document: a decision, an answer to a message."""
    return any(
        record.case == case.id
        and record.kind in _SHOWING
        and any(kind.sees(call, case, record) for kind in _SHOWING[record.kind])
        for record in call.world.store.records_referring(document)
    )


def attachment_of(kind: Kind, call: Call) -> Answer:
    """Download a document that a registration refers to: it is the filer's, so the document store won't give it."""
    record = record_of(kind, call, case_of(call))
    identifier = call.parameters.path["dokumentId"].lower()
    if identifier not in document_ids(record.data):
        raise Fault(404, "Bilaget findes ikke", field="dokumentId")
    document = call.world.store.documents[identifier]
    return download(document.name, document.content)


def get_liquidators(call: Call) -> Answer:
    """List a case's liquidators, past ones too (getAllLikvidator)."""
    case = case_of(call)
    related = case.records.get(call.caller.profile) is not None
    found = case.of_kind("likvidator") if related else ()
    return json_answer(200, [*appointments(found, call.world.clock)])


def request_declarations(call: Call) -> Answer:
    """Ask former management for declarations: one request, and one deadline, for each (anmodErklaering)."""
    case = case_of(call)
    appointed(call, case)
    mappable(call, case)
    day: str = call.body["fristdato"]
    recipients_askable(call, case, call.body["modtagere"], day)
    made: list[Mapping[str, Any]] = []
    for party in filed(call)["modtagere"]:
        asked = {"modtager": party, "fristdato": day, "status": "AFVENTER"}
        record = new_record(
            call, case, "erklaeringsanmodning", asked, shared=("TIDLIGERE_LEDELSE",)
        )
        deadline = {**asked, "type": "ERKLAERING", "status": "AKTIV"}
        new_record(call, case, "frist", deadline, shared=("LIKVIDATOR", "TIDLIGERE_LEDELSE"))
        made.append(show(call, record))
    return json_answer(call.world.settings.created_status, made)


def resign(call: Call) -> Answer:
    """Resign as liquidator; who does so today or earlier is a former one at once, others when the day comes (fratraedLikvidator)."""
    case = case_of(call)
    appointed(call, case)
    mappable(call, case)
    clock = call.world.clock
    entries: list[Mapping[str, Any]] = filed(call)["fratraedelser"]
    leaving: dict[str, Mapping[str, Any]] = {}
    for index, entry in enumerate(entries):
        liquidator = _liquidator(call, case, entry["likvidatorId"], index, leaving)
        leaving[liquidator.id] = entry
    made: list[Mapping[str, Any]] = []
    for identifier, entry in leaving.items():
        named: str | None = entry.get("fratraedelsesdato")
        day = today(clock) if named is None else date.fromisoformat(named)
        resigned(case.records[identifier], day, clock)
        made.append(show(call, new_record(call, case, "fratraedelse", entry)))
    return json_answer(call.world.settings.created_status, made)


def _liquidator(
    call: Call, case: Case, identifier: str, index: int, leaving: Container[str]
) -> Record:
    """Return a liquidator who may resign: handling.part.ikke.en.del.af.sagen, or one who is not appointed now.

    Who stands twice in the list is appointed no more the second time.
    """
    found = case.records.get(identifier.lower())
    field = f"fratraedelser.{index}.likvidatorId"
    if found is None or found.kind != "likvidator":
        raise call.refuse("handling.part.ikke.en.del.af.sagen", field=field)
    if found.id in leaving or not in_office(found, call.world.clock):
        raise call.refuse("handling.likvidator.fratraed.likvidator.ikke.udpeget", field=field)
    return found
