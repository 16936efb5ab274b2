"""The document store (dokumentlager): files that belong to whoever uploaded them, and are referred to by id (guide 4.5.7)."""

from collections.abc import Mapping
from typing import Any, Final

from skifteportal.sandbox.answers import Fault, json_answer
from skifteportal.sandbox.call import Call, Handler, Handlers
from skifteportal.sandbox.case_store import Document
from skifteportal.sandbox.clock import timestamp
from skifteportal.sandbox.disposition import attachment, file_name
from skifteportal.sandbox.identifiers import new_id
from skifteportal.sandbox.messages import Answer
from skifteportal.sandbox.pdf_rules import check_document

__all__ = ["HANDLERS", "download", "sent_name", "settle_documents"]

_PDF: Final = "application/pdf"


def sent_name(call: Call) -> str:
    """Return the file name that an upload carries.

    Raises:
        Fault: It carries none.
    """
    name = file_name(call.request.header("Content-Disposition") or "")
    if name is None:
        raise Fault(
            call.world.settings.schema_status,
            'Content-Disposition must carry a file name: filename="faktura.pdf"',
            field="Content-Disposition",
        )
    return name


def download(name: str, content: bytes) -> Answer:
    """Answer with a PDF file.

    Args:
        name: Its file name.
        content: The file, bytes.
    """
    headers = (("Content-Type", _PDF), ("Content-Disposition", attachment(name)))
    return Answer(status=200, headers=headers, body=content)


def _owned(call: Call, identifier: str) -> Document | None:
    found = call.world.store.documents.get(identifier.lower())
    return found if found is not None and found.holder == call.caller.holder else None


def settle_documents(call: Call, data: Mapping[str, Any], *, field: str = "") -> dict[str, Any]:
    """Return what was filed with its documents found: `bilag` names them by id, `dokumenter` by id, file name and title.

    Args:
        call: The call it came in.
        data: What was filed, judged by the schema.
        field: Where it stands in the body, with a point behind it.

    Raises:
        Fault: A document is not there, or is somebody else's: upload and reference take the same token's holder.
    """
    settled = dict(data)
    for name in ("bilag", "dokumenter"):
        if name in data:
            settled[name] = [
                _reference(call, sent, field=f"{field}{name}.{index}")
                for index, sent in enumerate(data[name])
            ]
    return settled


def _reference(call: Call, sent: str | Mapping[str, Any], *, field: str) -> Mapping[str, Any]:
    identifier = sent if isinstance(sent, str) else sent["dokumentId"]
    found = _owned(call, identifier)
    if found is None:
        text = "Dokumentet findes ikke i dokumentlageret, eller det tilhører en anden"
        where = field if isinstance(sent, str) else f"{field}.dokumentId"
        raise Fault(call.world.settings.schema_status, text, field=where)
    named = {"filnavn": found.name, "navn": found.name} if isinstance(sent, str) else sent
    return {"dokumentId": found.id, "filnavn": named["filnavn"], "navn": named["navn"]}


def _shown(document: Document) -> dict[str, Any]:
    party = document.party
    person = party["type"] == "PERSON"
    return {
        "id": document.id,
        "navn": document.name,
        "oprettet": timestamp(document.created),
        "stoerelse": len(document.content),
        "type": _PDF,
        "metadata": {
            "oprettet_af_part_type": party["type"].lower(),
            "oprettet_af_part_id": party["person"]["personId"]
            if person
            else party["virksomhed"]["cvrNummer"],
        },
    }


def _add(call: Call) -> Answer:
    name = sent_name(call)
    content: bytes = call.body
    document = Document(
        id=new_id(),
        name=name,
        content=content,
        created=call.world.clock.now_ns(),
        holder=call.caller.holder,
        party=call.caller.party,
    )
    call.world.store.documents[document.id] = document
    return json_answer(call.world.settings.created_status, _shown(document))


def _document_of(call: Call) -> Document:
    found = _owned(call, call.parameters.path["dokumentId"])
    if found is None:
        raise Fault(404, "Dokumentet findes ikke", field="dokumentId")
    return found


def _get(call: Call) -> Answer:
    return json_answer(200, _shown(_document_of(call)))


def _file(call: Call) -> Answer:
    found = _document_of(call)
    return download(found.name, found.content)


def _delete(call: Call) -> Answer:
    found = _document_of(call)
    store = call.world.store
    if store.records_referring(found.id):
        status = call.world.settings.referred_status
        raise Fault(status, "Der henvises til dokumentet", field="dokumentId")
    del store.documents[found.id]
    return Answer(status=call.world.settings.deleted_status)


HANDLERS: Final[Handlers] = {
    "addV2": Handler(run=_add, admit=sent_name, scan=check_document),
    "getDokument": Handler(run=_get),
    "getFil": Handler(run=_file),
    "deleteDokument": Handler(run=_delete),
}
