"""The court decides on requests, publishes, forwards appeals, and enters what the High Court decided."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.case_store import Case, Record
from skifteportal.sandbox.clock import timestamp, today
from skifteportal.sandbox.court.act import Act, CourtCall
from skifteportal.sandbox.court.dissolution_access import (
    ROLE_LIST,
    ROLES,
    case_of,
    enter,
    found,
    happened,
    references,
    told,
)
from skifteportal.sandbox.court.dissolution_opening import appoint
from skifteportal.sandbox.court.estates_schemas import DAY, TEXT, body
from skifteportal.sandbox.dissolution.deadlines import moved
from skifteportal.sandbox.dissolution.requests import (
    REQUESTS,
    RequestKind,
    check_untreated,
    of_task,
    untreated,
)

__all__ = ["ACTS"]

_GRANTED: Final = "IMOEDEKOMMET"
_DECISIONS: Final = {
    "revisoranmodning": ("REVISION", "Anmodning om revisor"),
    "medlikvidatoranmodning": ("MEDLIKVIDATOR", "Anmodning om medlikvidator"),
    "konkursbegaering": ("KONKURS", "Konkursbegæring"),
}
_INSIDE: Final = ("LIKVIDATOR", "TIDLIGERE_LIKVIDATOR")


def _decide(call: CourtCall) -> Mapping[str, Any]:
    """behandlAnmodning: the codes of each kind for a task that has none, and a request that is decided or not there."""
    case = case_of(call)
    kind = REQUESTS.get(call.path["anmodninger"])
    if kind is None:
        raise Fault(404, f"Der er {', '.join(REQUESTS)}", field="anmodninger")
    record = _asked_for(call, case, kind)
    check_untreated(call, kind, record)
    assert record is not None  # noqa: S101 - else it was refused
    outcome, now = call.body["udfald"], call.world.clock.now_ns()
    if kind.name == "redegoerelse":
        record.amend(now, status="BEHANDLET")
    elif kind.name == "fristudsaettelse":
        record.amend(now, status=outcome)
        if outcome == _GRANTED:
            _extend(call, case, record)
    else:
        members = {"udfald": outcome} if kind.decided else {}
        record.amend(now, status="AFGJORT", **members)
        _draft(call, case, record, outcome)
    task = case.records.get(record.task)
    if task is not None:
        task.amend(now, status="UDFOERT")
    return told(record)


def _asked_for(call: CourtCall, case: Case, kind: RequestKind) -> Record | None:
    """Return the request that a task belongs to, of several the one that waits; without a task, one that waits."""
    identifier: str | None = call.body.get("opgaveId")
    if identifier is None:
        return untreated(case, kind.name)
    record = untreated(case, kind.name, task=identifier.lower())
    if record is None:
        record = of_task(case, kind.name, identifier)
    if record is None:
        raise call.refuse(kind.wrong_task, field="opgaveId")
    return record


def _extend(call: CourtCall, case: Case, request: Record) -> None:
    """Move the deadline: to the day that the court names, else to the one that was wished for; never to an earlier one."""
    deadline = case.records[request.data["fristId"].lower()]
    until: str = deadline.data["fristdato"]
    day: str = call.body.get("fristdato", request.data.get("oensketFrist", until))
    if date.fromisoformat(day) < date.fromisoformat(until):
        text = f"Fristen løber til {until}: nævn en senere fristdato, eller afslå anmodningen"
        raise Fault(call.world.settings.schema_status, text, field="fristdato")
    moved(case, deadline, day, call.world.clock)


def _draft(call: CourtCall, case: Case, request: Record, outcome: str) -> None:
    """Write the decision on a request; nobody sees it before it is published."""
    kind, heading = _DECISIONS[request.kind]
    data = {
        "type": kind,
        "afsagt": today(call.world.clock).isoformat(),
        "overskrift": heading,
        "tekst": f"{heading}: {'imødekommet' if outcome == _GRANTED else 'afslået'}.",
    }
    enter(call, case, "afgoerelse", data, shared=_INSIDE, task=request.task)


def _pronounce(call: CourtCall) -> Mapping[str, Any]:
    case, sent = case_of(call), dict(call.body)
    roles = sent.pop("roller", ROLES)
    if "dokumenter" in sent:
        sent["dokumenter"] = references(call, sent["dokumenter"], field="dokumenter")
    data = {"afsagt": today(call.world.clock).isoformat(), **sent}
    return told(enter(call, case, "afgoerelse", data, shared=roles))


def _publish(call: CourtCall) -> Mapping[str, Any]:
    case = case_of(call)
    if "afslutningId" in call.body:
        return _publish_closing(call, case)
    decision = found(case, call.body["afgoerelseId"], "afgoerelse", field="afgoerelseId")
    _published(call, decision)
    limit = today(call.world.clock) + timedelta(days=call.world.settings.appeal_days)
    decision.amend(decision.changed, kaerefrist=decision.data.get("kaerefrist", limit.isoformat()))
    decided = [  # a list: an appointment enters something
        request
        for kind in _DECISIONS
        for request in case.of_kind(kind)
        if request.task == decision.task and request.data["status"] == "AFGJORT"
    ]
    for request in decided:
        _carry_out(call, case, request)
    happened(call, case, "AFGOERELSE", decision.data["overskrift"])
    return told(decision)


def _published(call: CourtCall, record: Record) -> None:
    if "publiceret" in record.data:
        raise Fault(call.world.settings.conflict_status, "Allerede publiceret")
    now = call.world.clock.now_ns()
    record.amend(now, publiceret=timestamp(now))


def _carry_out(call: CourtCall, case: Case, request: Record) -> None:
    request.amend(call.world.clock.now_ns(), status="PUBLICERET")
    if request.kind == "medlikvidatoranmodning" and request.data["udfald"] == _GRANTED:
        appoint(call, case, call.world.store.profiles[request.data["likvidatorId"].lower()])


def _publish_closing(call: CourtCall, case: Case) -> Mapping[str, Any]:
    """End the case as its liquidator proposed, with a decision of its own: sag.status.afsluttet where it has ended already."""
    if case.closed:
        raise call.refuse("sag.status.afsluttet", field="afslutningId")
    closing = found(case, call.body["afslutningId"], "afslutning", field="afslutningId")
    _published(call, closing)
    case.status = closing.data["udfald"]
    now = today(call.world.clock)
    decision = {
        "type": "AFSLUTNING",
        "afsagt": now.isoformat(),
        "publiceret": closing.data["publiceret"],
        "overskrift": "Sagen er afsluttet",
        "tekst": f"Sagen er afsluttet: {case.status}.",
        "kaerefrist": (now + timedelta(days=call.world.settings.appeal_days)).isoformat(),
    }
    enter(call, case, "afgoerelse", decision)
    happened(call, case, "AFSLUTNING", "Sagen er afsluttet")
    return told(closing)


def _forward(call: CourtCall) -> Mapping[str, Any]:
    """videresendKaeremaal: the two codes of missing letters, and sag.kaeremaal.opgave.ikke.tilknyttet."""
    case, sent = case_of(call), call.body
    appeal = found(case, call.path["kaeremaalId"], "kaeremaal", field="kaeremaalId")
    for name, letter in (
        ("skrivelseLandsrettenDokumentId", "landsretten"),
        ("skrivelseKaereafgiftDokumentId", "kaereafgift"),
    ):
        if name not in sent:
            raise call.refuse(f"handling.kaeremaal.skrivelse.{letter}.mangelfuld", field=name)
        references(call, [sent[name]], field=name)
    if sent.get("opgaveId", appeal.task).lower() != appeal.task:
        raise call.refuse("sag.kaeremaal.opgave.ikke.tilknyttet", field="opgaveId")
    now = call.world.clock.now_ns()
    appeal.amend(now, status="VIDERESENDT")
    case.records[appeal.task].amend(now, status="UDFOERT")
    happened(call, case, "KAEREMAAL", "Et kæremål er sendt til landsretten")
    return told(appeal)


def _record(call: CourtCall) -> Mapping[str, Any]:
    """tilfoejRetsbog: sag.retsbog.landsret.ikke.udfyldt.korrekt, sag.retsbog.tilfoej.kaeremaal.ikke.fundet."""
    case, sent = case_of(call), call.body
    if sent["instans"] == "LANDSRET" and not {"udestaaendeId", "udfald"} <= sent.keys():
        raise call.refuse("sag.retsbog.landsret.ikke.udfyldt.korrekt", field="udestaaendeId")
    data = {
        "instans": sent["instans"],
        "retsmoededato": sent.get("retsmoededato", today(call.world.clock).isoformat()),
        "dokument": references(call, [sent["dokumentId"]], field="dokumentId")[0],
    }
    identifier = sent.get("udestaaendeId")
    if identifier is not None:
        appeal = case.records.get(identifier.lower())
        if appeal is None or appeal.kind != "kaeremaal":
            code = "sag.retsbog.tilfoej.kaeremaal.ikke.fundet"
            raise call.refuse(code, identifier, field="udestaaendeId")
        data["kaeremaalId"] = appeal.id
        if "udfald" in sent:
            appeal.amend(call.world.clock.now_ns(), status="AFGJORT")
    if "udfald" in sent:
        data["udfald"] = sent["udfald"]
    return told(enter(call, case, "retsbog", data, shared=sent.get("roller", ROLES)))


_CASE: Final = "/court/tvangsoploesningssager/{sagId}"
ACTS: Final = (
    Act(
        name="behandlAnmodning",
        method="POST",
        path=f"{_CASE}/{{anmodninger}}/behandling",
        summary=f"Decide on a request; anmodninger is one of {', '.join(REQUESTS)}.",
        schema=body(
            "udfald", udfald={"enum": [_GRANTED, "AFSLAAET"]}, opgaveId=TEXT, fristdato=DAY
        ),
        run=_decide,
    ),
    Act(
        name="afsigAfgoerelse",
        method="POST",
        path=f"{_CASE}/afgoerelser",
        summary="Make a decision and say which roles it is shared with; nobody sees it before it is published.",
        schema=body(
            "type",
            "overskrift",
            type=TEXT,
            overskrift=TEXT,
            tekst=TEXT,
            kaerefrist=DAY,
            dokumenter={"type": "array", "items": TEXT},
            roller=ROLE_LIST,
        ),
        run=_pronounce,
    ),
    Act(
        name="publicer",
        method="POST",
        path=f"{_CASE}/publiceringer",
        summary="Publish a decision, which then takes effect, or a proposed closing, which then ends the case.",
        schema={
            **body(afgoerelseId=TEXT, afslutningId=TEXT),
            "oneOf": [{"required": ["afgoerelseId"]}, {"required": ["afslutningId"]}],
        },
        run=_publish,
    ),
    Act(
        name="videresendKaeremaal",
        method="POST",
        path=f"{_CASE}/kaeremaal/{{kaeremaalId}}/videresendelse",
        summary="Forward an appeal to the High Court, with the court's two letters.",
        schema=body(
            skrivelseLandsrettenDokumentId=TEXT, skrivelseKaereafgiftDokumentId=TEXT, opgaveId=TEXT
        ),
        run=_forward,
    ),
    Act(
        name="tilfoejRetsbog",
        method="POST",
        path=f"{_CASE}/retsboeger",
        summary="Enter a court record; one of the High Court's settles an appeal.",
        schema=body(
            "instans",
            "dokumentId",
            instans={"enum": ["BYRET", "SOE_OG_HANDELSRET", "LANDSRET"]},
            dokumentId=TEXT,
            udestaaendeId=TEXT,
            udfald={"enum": ["STADFAESTET", "AENDRET", "OPHAEVET", "HJEMVIST", "AFVIST"]},
            retsmoededato=DAY,
            roller=ROLE_LIST,
        ),
        run=_record,
    ),
)
