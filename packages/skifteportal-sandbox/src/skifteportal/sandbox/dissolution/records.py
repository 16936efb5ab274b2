"""Everything in a dissolution case: listed, read, made, changed, taken away. Written once for all kinds."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from skifteportal.sandbox.answers import Fault, json_answer
from skifteportal.sandbox.call import Call, page_of
from skifteportal.sandbox.case_store import Case, Record
from skifteportal.sandbox.clock import timestamp
from skifteportal.sandbox.dissolution.access import (
    case_of,
    liquidators_record,
    own_record,
    roles_in,
)
from skifteportal.sandbox.dissolution.deadlines import standing
from skifteportal.sandbox.dissolution.effects import open_task
from skifteportal.sandbox.dissolution.kinds import Kind
from skifteportal.sandbox.dissolution.requests import check_untreated, of_task
from skifteportal.sandbox.documents import settle_documents
from skifteportal.sandbox.entry_glance import entry_glance
from skifteportal.sandbox.identifiers import new_id
from skifteportal.sandbox.messages import Answer

__all__ = [
    "create",
    "delete",
    "filed",
    "for_task",
    "get",
    "get_all",
    "new_record",
    "record_of",
    "show",
    "update",
]


def show(call: Call, record: Record) -> Mapping[str, Any]:
    """Make the JSON of a record, as the operation's schema has it.

    Args:
        call: The call.
        record: What to show.
    """
    known = {
        **record.data,
        "id": record.id,
        "oprettelsestidspunkt": timestamp(record.created),
        "redigeringstidspunkt": timestamp(record.changed),
        "indberetter": record.party or None,
        "harBilag": bool(record.data.get("bilag")),
        "slettet": record.deleted,
        "status": standing(record, call.world.clock),
    }
    return {
        name: known[name] for name in call.operation.answer_members if known.get(name) is not None
    }


def _glance(member: str) -> Callable[[bytes], Any]:
    """Return what reads a member of `show` off a record's row: the status of those in long lists doesn't go by the day."""
    return entry_glance(member, within=("data",), files="data.bilag")


def _readable(kind: Kind, call: Call, case: Case, record: Record) -> bool:
    return (
        record.kind == kind.name
        and kind.sees(call, case, record)
        and (not record.deleted or call.world.settings.deleted_visible)
    )


def _seen(kind: Kind, call: Call, case: Case) -> Sequence[Record]:
    """Return what the caller may see of a kind: a list that a store keeps where there is one, which may be long."""
    deleted = call.world.settings.deleted_visible
    if kind.sees is own_record:
        return case.records.of_kind(kind.name, holder=call.caller.holder, deleted=deleted)
    if kind.sees is liquidators_record and "LIKVIDATOR" in roles_in(call, case):
        return case.records.of_kind(kind.name, deleted=deleted)
    return [record for record in case.of_kind(kind.name) if _readable(kind, call, case, record)]


def get_all(kind: Kind, call: Call) -> Answer:
    """List what the caller may see of a kind; nothing for those without a part in the case."""
    case = case_of(call)
    seen = _seen(kind, call, case)
    return page_of(call, seen, lambda record: show(call, record), glances=_glance)


def record_of(kind: Kind, call: Call, case: Case, *, parameter: str = "") -> Record:
    """Return the record that the path names.

    Args:
        kind: Of which kind it must be.
        call: The call.
        case: In which case.
        parameter: The path's parameter; the kind's own unless given.

    Raises:
        Fault: 404: there is none, or none for the caller.
    """
    name = parameter or kind.parameter
    found = case.records.get(call.parameters.path[name].lower())
    gone = found is not None and found.deleted and call.request.method != "GET"
    if found is None or gone or not _readable(kind, call, case, found):
        raise Fault(404, f"Der findes ingen {kind.name} med dette id i sagen", field=name)
    return found


def get(kind: Kind, call: Call) -> Answer:
    """Read one."""
    return json_answer(200, show(call, record_of(kind, call, case_of(call))))


def filed(call: Call) -> dict[str, Any]:
    """Return what was filed, without members that the specification doesn't know, and with its documents found."""
    return settle_documents(call, call.operation.body_members.of(call.body))


def new_record(
    call: Call,
    case: Case,
    kind: str,
    data: Mapping[str, Any],
    *,
    shared: Sequence[str] = (),
    identifier: str = "",
) -> Record:
    """Enter something that the caller made.

    Args:
        call: The call.
        case: The case.
        kind: The name of its schema.
        data: Its members.
        shared: The roles that see it too.
        identifier: Its id; a new one unless given.
    """
    now = call.world.clock.now_ns()
    record = Record(
        id=identifier or new_id(),
        kind=kind,
        case=case.id,
        data=data,
        created=now,
        changed=now,
        holder=call.caller.holder,
        party=call.caller.party,
        shared=frozenset(shared),
    )
    case.add(record)
    return record


def create(kind: Kind, call: Call) -> Answer:
    """Make one, and answer with the whole of it."""
    case = case_of(call)
    kind.may(call, case)
    for rule in (*kind.create_rules, *kind.rules):
        rule(call, case)
    data = {**kind.starts(call), **filed(call), **kind.derived}
    record = new_record(call, case, kind.name, data)
    if kind.task:
        record.task = open_task(call, case, kind.task)
        record.data = {**record.data, "opgaveId": record.task}
    kind.effect(call, case, record)
    return json_answer(call.world.settings.created_status, show(call, record))


def update(kind: Kind, call: Call) -> Answer:
    """Change one: the body replaces what was filed, and the rest stays."""
    case = case_of(call)
    record = record_of(kind, call, case)
    kind.may(call, case)
    for rule in kind.rules:
        rule(call, case)
    kept = {name: value for name, value in record.data.items() if name in {*kind.derived, "part"}}
    record.data = {**kind.starts(call), **kept, **filed(call)}
    record.changed = call.world.clock.now_ns()
    return json_answer(200, show(call, record))


def delete(kind: Kind, call: Call) -> Answer:
    """Take one away, or withdraw it: a request stays, with a status that says so."""
    case = case_of(call)
    record = record_of(kind, call, case)
    kind.may(call, case)
    now = call.world.clock.now_ns()
    if kind.request is not None:
        check_untreated(call, kind.request, record)
        record.amend(now, status="TILBAGEKALDT")
    else:
        record.deleted, record.changed = True, now
    return Answer(status=call.world.settings.deleted_status)


def for_task(kind: Kind, call: Call) -> Answer:
    """Read what belongs to a task; the newest report where there are several.

    Raises:
        Fault: The task has none, or there is no such task for the caller.
    """
    case = case_of(call)
    identifier = call.parameters.path["opgaveId"].lower()
    task = case.records.get(identifier)
    if task is None or task.kind != "opgave" or not kind.sees(call, case, task):
        raise Fault(404, "Opgaven findes ikke i sagen", field="opgaveId")
    record = of_task(case, kind.name, identifier)
    if record is None:
        raise call.refuse(kind.no_task, field="opgaveId")
    return json_answer(200, show(call, record))
