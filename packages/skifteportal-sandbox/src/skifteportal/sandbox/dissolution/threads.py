"""Threads of messages between a liquidator and the court (henvendelsestråde), by case or all of one's own (guide 4.5.3)."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from skifteportal.sandbox.answers import Fault, json_answer
from skifteportal.sandbox.call import Call, Handler, Handlers, page_of
from skifteportal.sandbox.case_store import Case, Record, document_ids
from skifteportal.sandbox.clock import timestamp
from skifteportal.sandbox.dissolution.access import (
    appointed_though_closed,
    case_of,
    check_open,
    own_record,
)
from skifteportal.sandbox.dissolution.records import filed, new_record, show
from skifteportal.sandbox.documents import download, settle_documents
from skifteportal.sandbox.identifiers import new_id
from skifteportal.sandbox.messages import Answer

__all__ = ["HANDLERS", "HANDLERS_IN_CASE"]

_KIND: Final = "henvendelseTraad"
_PARAMETER: Final = "henvendelseTraadId"


def _message(call: Call, sent: Mapping[str, Any]) -> dict[str, Any]:
    now = timestamp(call.world.clock.now_ns())
    return {
        **sent,
        "id": new_id(),
        "oprettelsestidspunkt": now,
        "redigeringstidspunkt": now,
        "afsender": call.caller.party,
    }


def _own_threads(call: Call, case: Case) -> Sequence[Record]:
    if not call.caller.acts_in(case.id):
        return ()
    return case.records.of_kind(_KIND, holder=call.caller.holder)


def _check_writer(call: Call, case: Case) -> None:
    appointed_though_closed(call, case)
    if not call.world.settings.messages_in_closed_case:
        check_open(call, case)


def _answer_with_message(call: Call, case: Case, thread: Record) -> Answer:
    """Add a message to a thread: it waits for an answer again."""
    _check_writer(call, case)
    message = _message(call, filed(call))
    messages = [*thread.data["henvendelser"], message]
    thread.amend(call.world.clock.now_ns(), henvendelser=messages, status="UBESVARET")
    return json_answer(call.world.settings.created_status, message)


def _add_thread(call: Call) -> Answer:
    case = call.world.store.cases.get(call.body["sagId"].lower())
    if case is None:
        raise Fault(404, "Sagen findes ikke", field="sagId")
    _check_writer(call, case)
    messages: list[Mapping[str, Any]] = [
        _message(call, settle_documents(call, sent, field=f"henvendelser.{index}."))
        for index, sent in enumerate(filed(call)["henvendelser"])
    ]
    data = {
        "sagId": case.id,
        "emneord": call.body["emneord"],
        "status": "UBESVARET",
        "henvendelser": messages,
    }
    thread = new_record(call, case, _KIND, data)
    return json_answer(call.world.settings.created_status, show(call, thread))


def _all_threads(call: Call) -> Answer:
    wanted = call.parameters.query.get("sagId")
    store, caller = call.world.store, call.caller
    found: Sequence[Record]
    if wanted is None:
        found = store.records_of(_KIND, holder=caller.holder)
        if caller.cases is not None:  # a participant that is tied to some
            found = [thread for thread in found if caller.acts_in(thread.case)]
    else:
        case = store.cases.get(wanted.lower())
        found = [] if case is None else _own_threads(call, case)
    return page_of(call, found, lambda thread: show(call, thread))


def _own_with_id(call: Call, identifier: str) -> Record | None:
    caller = call.caller
    for thread in call.world.store.records_with_id(identifier):
        own = thread.kind == _KIND and thread.holder == caller.holder
        if own and caller.acts_in(thread.case):
            return thread
    return None


def _own_thread(call: Call) -> tuple[Case, Record]:
    found = _own_with_id(call, call.parameters.path[_PARAMETER].lower())
    if found is None:
        raise Fault(404, "Henvendelsestråden findes ikke", field=_PARAMETER)
    return call.world.store.cases[found.case], found


def _get_thread(call: Call) -> Answer:
    return json_answer(200, show(call, _own_thread(call)[1]))


def _add_message(call: Call) -> Answer:
    return _answer_with_message(call, *_own_thread(call))


def _threads_in_case(call: Call) -> Answer:
    return page_of(call, _own_threads(call, case_of(call)), lambda thread: show(call, thread))


def _thread_in_case(call: Call) -> tuple[Case, Record]:
    """Return the thread that the path names.

    Raises:
        Fault: There is none, or it belongs to another case: each has a code of its own.
    """
    case = case_of(call)
    identifier = call.parameters.path[_PARAMETER].lower()
    found = case.records.get(identifier)
    if found is not None and found.kind == _KIND and own_record(call, case, found):
        return case, found
    elsewhere = _own_with_id(call, identifier) is not None
    code = "sag.henvendelse.traad.findes.ikke"
    raise call.refuse(f"{code}.paa.sag" if elsewhere else code, field=_PARAMETER)


def _get_thread_in_case(call: Call) -> Answer:
    return json_answer(200, show(call, _thread_in_case(call)[1]))


def _add_message_in_case(call: Call) -> Answer:
    return _answer_with_message(call, *_thread_in_case(call))


def _document_in_thread(call: Call) -> Answer:
    thread = _thread_in_case(call)[1]
    identifier = call.parameters.path["dokumentId"].lower()
    if identifier not in document_ids(thread.data):
        raise Fault(404, "Dokumentet findes ikke i henvendelsestråden", field="dokumentId")
    document = call.world.store.documents[identifier]
    return download(document.name, document.content)


HANDLERS: Final[Handlers] = {
    "getAllHenvendelseTraad": Handler(run=_all_threads),
    "addHenvendelseTraad": Handler(run=_add_thread),
    "getHenvendelseTraad": Handler(run=_get_thread),
    "addHenvendelse": Handler(run=_add_message),
}

HANDLERS_IN_CASE: Final[Handlers] = {
    "getAllHenvendelseTraadForSag": Handler(run=_threads_in_case),
    "getHenvendelseTraadForSag": Handler(run=_get_thread_in_case),
    "addHenvendelseForSag": Handler(run=_add_message_in_case),
    "getHenvendelseDokumentFil": Handler(run=_document_in_thread),
}
