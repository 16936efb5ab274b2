"""The court adds documents, says who sees what, and answers messages."""

from collections.abc import Mapping
from typing import Any, Final

from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.case_store import Document, Record
from skifteportal.sandbox.clock import timestamp
from skifteportal.sandbox.court.act import Act, CourtCall
from skifteportal.sandbox.court.dissolution_access import (
    COURTS_PARTY,
    ROLE_LIST,
    case_of,
    enter,
    found,
    references,
    told,
)
from skifteportal.sandbox.court.estates_schemas import TEXT, body
from skifteportal.sandbox.dissolution.kinds import SHARED_KINDS
from skifteportal.sandbox.identifiers import new_id
from skifteportal.sandbox.pdf_page import one_page_pdf
from skifteportal.sandbox.state import Several

__all__ = ["ACTS"]


def _add_document(call: CourtCall) -> Mapping[str, Any]:
    case, sent = case_of(call), call.body
    moment = call.world.clock.now_ns()
    document = Document(
        id=new_id(),
        name=f"{sent['navn']}.pdf",
        content=one_page_pdf(sent["navn"], *sent.get("linjer", ())),
        created=moment,
    )
    call.world.store.documents[document.id] = document
    data = {
        "navn": sent["navn"],
        "filnavn": document.name,
        "type": "application/pdf",
        "stoerelse": len(document.content),
        "oprettet": timestamp(moment),
        "kategori": sent.get("kategori", "ANDET"),
    }
    roles = sent.get("roller", ())
    return told(enter(call, case, "sagsdokument", data, shared=roles, identifier=document.id))


def _share(call: CourtCall) -> Mapping[str, Any]:
    case = case_of(call)
    record = found(case, call.body["id"], field="id")
    if record.kind not in SHARED_KINDS:
        known = ", ".join(sorted(SHARED_KINDS))
        text = f"{record.kind} deles ikke: hvem der ser det, følger af sagen. Det, der deles, er {known}"
        raise Fault(call.world.settings.schema_status, text, field="id")
    record.shared = Several(call.body["roller"])
    return told(record)


def _answer(call: CourtCall) -> Mapping[str, Any]:
    case, sent = case_of(call), call.body
    kinds = ("henvendelse", "henvendelseTraad")
    record = found(case, call.path["henvendelseId"], *kinds, field="henvendelseId")
    moment = call.world.clock.now_ns()
    now = timestamp(moment)
    message = {
        "id": new_id(),
        "oprettelsestidspunkt": now,
        "redigeringstidspunkt": now,
        "afsender": COURTS_PARTY,
        "tekst": sent["tekst"],
        "dokumenter": references(call, sent.get("dokumenter", ()), field="dokumenter"),
    }
    record.amend(moment, **_with(record, message))
    return told(record)


def _with(record: Record, message: Mapping[str, Any]) -> dict[str, Any]:
    if record.kind == "henvendelse":
        return {"svar": [*record.data["svar"], message]}
    return {"henvendelser": [*record.data["henvendelser"], message], "status": "BESVARET"}


_CASE: Final = "/court/tvangsoploesningssager/{sagId}"
ACTS: Final = (
    Act(
        name="tilfoejDokument",
        method="POST",
        path=f"{_CASE}/dokumenter",
        summary="Add a document of the court's, a page with the given lines, for the given roles; nobody else sees it.",
        schema=body(
            "navn",
            navn=TEXT,
            linjer={"type": "array", "items": TEXT},
            kategori=TEXT,
            roller=ROLE_LIST,
        ),
        run=_add_document,
    ),
    Act(
        name="delMedRoller",
        method="PUT",
        path=f"{_CASE}/deling",
        summary=(
            "Say which roles see a document, a decision or whatever else the court shares; all others no longer do, "
            "but whoever made it."
        ),
        schema=body("id", "roller", id=TEXT, roller=ROLE_LIST),
        run=_share,
    ),
    Act(
        name="besvarHenvendelse",
        method="POST",
        path=f"{_CASE}/henvendelser/{{henvendelseId}}/svar",
        summary="Answer a liquidator's thread, or the message of somebody else.",
        schema=body("tekst", tekst=TEXT, dokumenter={"type": "array", "items": TEXT}),
        run=_answer,
    ),
)
