"""The court opens a dissolution case, says where it stands, appoints liquidators, sets deadlines and gives tasks."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.case_store import CLOSED, Case, Record
from skifteportal.sandbox.clock import today
from skifteportal.sandbox.court.act import Act, CourtCall
from skifteportal.sandbox.court.dissolution_access import case_of, enter, happened, party_of, told
from skifteportal.sandbox.court.estates_schemas import CVR, DAY, PARTY, TEXT, body
from skifteportal.sandbox.dissolution.appointment import (
    appointed_again,
    appointed_now,
    in_office,
)
from skifteportal.sandbox.dissolution.deadlines import active_deadlines
from skifteportal.sandbox.dissolution.declarations import recipients_askable
from skifteportal.sandbox.dissolution.liquidators import check_not_appointed, check_valid
from skifteportal.sandbox.identifiers import new_id
from skifteportal.sandbox.registers.data import registers
from skifteportal.sandbox.store import Profile

__all__ = ["ACTS", "appoint"]

_OPEN: Final = ("MODTAGET", "UNDER_BEHANDLING")
_FIRST_NUMBER: Final = 1001
_ASKED: Final = ("LIKVIDATOR", "TIDLIGERE_LEDELSE")
_TASKS: Final = (
    "FRISTUDSAETTELSE",
    "KAEREMAAL",
    "MEDLIKVIDATORANMODNING",
    "REDEGOERELSE",
    "KONKURSBEGAERING",
    "REVISORANMODNING",
)


def _told(case: Case) -> Mapping[str, Any]:
    return {
        "id": case.id,
        "sagsnummer": case.number,
        "status": case.status,
        "cvrNummer": case.company,
        "retskredsId": case.district,
        "embedeId": case.office,
    }


def _open(call: CourtCall) -> Mapping[str, Any]:
    """opretSag: sag.opret.manglende.genoptagelsesfrist."""
    store, sent, known = call.world.store, call.body, registers()
    for name, register in (("cvrNummer", known.companies), ("retskredsId", known.districts)):
        if sent[name] not in register:
            raise Fault(call.world.settings.schema_status, "Findes ikke", field=name)
    company: str = sent["cvrNummer"]
    reopening: str | None = sent.get("genoptagelsesfrist")
    earlier = bool(store.cases_about([company]))
    if reopening is None and not earlier:
        raise call.refuse("sag.opret.manglende.genoptagelsesfrist", field="genoptagelsesfrist")
    now, moment = today(call.world.clock), call.world.clock.now_ns()
    case = Case(
        id=new_id(),
        number=f"SKS {_FIRST_NUMBER + len(store.cases)}/{now.year}",
        company=company,
        office=known.offices_of[sent["retskredsId"]][-1],
        district=sent["retskredsId"],
        received=now,
        reopening=None if reopening is None else date.fromisoformat(reopening),
        status="MODTAGET",
        created=moment,
        changed=moment,
    )
    store.cases[case.id] = case
    happened(call, case, "MODTAGET", "Sagen er modtaget fra Erhvervsstyrelsen")
    if reopening is not None:
        data = {"type": "GENOPTAGELSE", "fristdato": reopening, "status": "AKTIV"}
        enter(call, case, "frist", data)
    return _told(case)


def _set_status(call: CourtCall) -> Mapping[str, Any]:
    """opdaterSagStatus: sag.status.afsluttet."""
    case = case_of(call)
    if case.closed:
        raise call.refuse("sag.status.afsluttet", field="status")
    case.status = call.body["status"]
    case.changed = call.world.clock.now_ns()
    happened(call, case, "STATUS", f"Sagens status er {case.status}")
    return _told(case)


def appoint(call: CourtCall, case: Case, profile: Profile) -> Record:
    """Make somebody a liquidator of a case, from today; who is one already stays one.

    Args:
        call: The act.
        case: The case.
        profile: The liquidator's profile.
    """
    clock = call.world.clock
    record = case.records.get(profile.id)
    if record is None:
        data = appointed_now(profile, clock)
        record = enter(call, case, "likvidator", data, identifier=profile.id)
    elif in_office(record, clock):
        return record
    else:
        appointed_again(record, profile, clock)
    if case.status == "MODTAGET":
        case.status = "UNDER_BEHANDLING"
    happened(call, case, "LIKVIDATOR_UDPEGET", "Likvidator er udpeget")
    return record


def _appoint(call: CourtCall) -> Mapping[str, Any]:
    """udpegLikvidator: sag.likvidator.ikke.valid."""
    case, sent = case_of(call), call.body
    identifier: str = sent["likvidatorId"] if "likvidatorId" in sent else _profile_of(call).id
    profile = check_valid(call, case, identifier)
    check_not_appointed(call, case, profile)
    record = appoint(call, case, profile)
    return {**told(record), "aktiv": in_office(record, call.world.clock)}


def _profile_of(call: CourtCall) -> Profile:
    """Return the profile of a person in a firm: a new one at the first appointment, with nobody invited (guide 3.2.1)."""
    store, sent = call.world.store, call.body
    person, company = store.persons.get(sent["personId"].lower()), sent["cvrNummer"]
    for name, known in (("personId", person), ("cvrNummer", registers().companies.get(company))):
        if known is None:
            raise Fault(call.world.settings.schema_status, "Findes ikke", field=name)
    assert person is not None  # noqa: S101 - else it was refused
    for profile in store.profiles.values():
        if (profile.person, profile.company) == (person.id, company):
            return profile
    made = Profile(
        id=new_id(), person=person.id, name=person.name, company=company, participants=()
    )
    store.profiles[made.id] = made
    return made


def _set_deadline(call: CourtCall) -> Mapping[str, Any]:
    """saetFrist: handling.redegoerelse.aktiv.frist, and the codes of requests for declarations."""
    case, sent = case_of(call), call.body
    kind: str = sent["type"]
    deadline = {**sent, "status": "AKTIV"}
    party = party_of(sent["modtager"]) if "modtager" in sent else None
    if party is not None:
        deadline["modtager"] = party
    if kind == "ERKLAERING":
        if party is None:
            text = "modtager mangler: en erklæring afgives af en person"
            raise Fault(call.world.settings.schema_status, text, field="modtager")
        recipients_askable(call, case, [party], sent["fristdato"])
        asked = {"modtager": party, "fristdato": sent["fristdato"], "status": "AFVENTER"}
        enter(call, case, "erklaeringsanmodning", asked, shared=_ASKED)
        return told(enter(call, case, "frist", deadline, shared=_ASKED))
    if kind == "REDEGOERELSE":
        if next(active_deadlines(case, kind, call.world.clock), None) is not None:
            raise call.refuse("handling.redegoerelse.aktiv.frist", field="type")
        task = {"type": kind, "status": "AKTIV", "fristdato": sent["fristdato"]}
        deadline["opgaveId"] = enter(call, case, "opgave", task).id
        return told(enter(call, case, "frist", deadline, shared=["LIKVIDATOR"]))
    case.reopening = date.fromisoformat(sent["fristdato"])
    return told(enter(call, case, "frist", deadline))


def _give_task(call: CourtCall) -> Mapping[str, Any]:
    return told(enter(call, case_of(call), "opgave", {**call.body, "status": "AKTIV"}))


_CASES: Final = "/court/tvangsoploesningssager"
ACTS: Final = (
    Act(
        name="opretSag",
        method="POST",
        path=_CASES,
        summary="Open a dissolution case of a company in the register; its first takes a deadline for reopening.",
        schema=body(
            "cvrNummer",
            "retskredsId",
            cvrNummer=CVR,
            retskredsId=TEXT,
            genoptagelsesfrist=DAY,
        ),
        run=_open,
    ),
    Act(
        name="opdaterSagStatus",
        method="PUT",
        path=f"{_CASES}/{{sagId}}/status",
        summary="Say where a case stands; the four last statuses end it.",
        schema=body("status", status={"enum": [*_OPEN, *sorted(CLOSED)]}),
        run=_set_status,
    ),
    Act(
        name="udpegLikvidator",
        method="POST",
        path=f"{_CASES}/{{sagId}}/likvidatorer",
        summary=(
            "Appoint a liquidator, named by the id of the profile, or for the first time by person and firm: "
            "then there is a profile, whose id is the likvidatorId."
        ),
        schema={
            **body(likvidatorId=TEXT, personId=TEXT, cvrNummer=CVR),
            "oneOf": [{"required": ["likvidatorId"]}, {"required": ["personId", "cvrNummer"]}],
        },
        run=_appoint,
    ),
    Act(
        name="saetFrist",
        method="POST",
        path=f"{_CASES}/{{sagId}}/frister",
        summary="Set a deadline: for a report (with its task), for a declaration (with its request), or for reopening.",
        schema=body(
            "type",
            "fristdato",
            type={"enum": ["ERKLAERING", "REDEGOERELSE", "GENOPTAGELSE"]},
            modtager=PARTY,
            fristdato=DAY,
        ),
        run=_set_deadline,
    ),
    Act(
        name="givOpgave",
        method="POST",
        path=f"{_CASES}/{{sagId}}/opgaver",
        summary="Give the liquidator a task.",
        schema=body("type", type={"enum": list(_TASKS)}, fristdato=DAY),
        run=_give_task,
    ),
)
