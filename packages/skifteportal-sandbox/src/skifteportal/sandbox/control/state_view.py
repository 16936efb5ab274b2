"""What the portal remembers, to look at: estates and dissolution cases, and what was filed in them, a page at a time."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

from skifteportal import specs
from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.case_store import Case, Record
from skifteportal.sandbox.clock import timestamp
from skifteportal.sandbox.control.command import Command
from skifteportal.sandbox.control.control import Control
from skifteportal.sandbox.control.schemas import DIGITS
from skifteportal.sandbox.estate_store import Estate, Registration
from skifteportal.sandbox.store import Store

__all__ = ["VIEWS"]

T = TypeVar("T")
_SIZE: Final = 50
_PAGE: Final[Mapping[str, Any]] = {
    "type": "object",
    "properties": {
        "first": DIGITS,
        "size": {
            "type": "string",
            "pattern": "^[1-9][0-9]{0,2}$",
            "description": "a number from 1 to 999",
        },
    },
    "additionalProperties": False,
}
_SEARCH: Final[Mapping[str, Any]] = {
    **_PAGE,
    "properties": {**_PAGE["properties"], "id": {"type": "string", "minLength": 1}},
}


def _newest(entries: Sequence[T], query: Mapping[str, Any], show: Callable[[T], Any]) -> Any:
    """Return a page of a list, the newest first, as the query asks; nothing but the page is read."""
    total, first = len(entries), int(query.get("first", 0))
    stop = max(total - first, 0)
    start = max(stop - int(query.get("size", _SIZE)), 0)
    shown = [show(entry) for entry in entries[start:stop]]
    return {"total": total, "first": first, "entries": shown[::-1]}


def _times(thing: Estate | Registration | Case | Record) -> dict[str, str]:
    return {"created": timestamp(thing.created), "changed": timestamp(thing.changed)}


def _estate(store: Store, estate: Estate) -> dict[str, Any]:
    return {
        "id": estate.id,
        "number": estate.number,
        "title": estate.name,
        "subject": estate.cpr,
        "status": "UDLEVERET" if estate.handed_over else "UNDER_BEHANDLING",
        "notice": None if estate.notice is None else estate.notice.isoformat(),
        "filed": len(store.filed_in_estate(estate.id)),
        **_times(estate),
    }


def _case(_store: Store, case: Case) -> dict[str, Any]:
    return {
        "id": case.id,
        "number": case.number,
        "title": case.number,
        "subject": case.company,
        "status": case.status,
        "filed": len(case.records),
        **_times(case),
    }


def _registration(filed: Registration) -> dict[str, Any]:
    return {
        "id": filed.id,
        "kind": filed.kind,
        "by": filed.company,
        "deleted": filed.deleted,
        "data": {**filed.data, **filed.derived},
        "files": [one.name for one in filed.attachments.values()],
        **_times(filed),
    }


def _record(record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "kind": record.kind,
        "by": record.holder,
        "deleted": record.deleted,
        "data": dict(record.data),
        "files": [],
        **_times(record),
    }


def _estates(control: Control, _path: Mapping[str, str], query: Mapping[str, Any]) -> Any:
    with control.portal.transaction() as world:
        store = world.store
        found: Sequence[Estate] = store.estates.all()
        if "id" in query:
            found = _matching(store.estates, query["id"]) or store.estates_of(query["id"])
        return _newest(found, query, lambda estate: _estate(store, estate))


def _cases(control: Control, _path: Mapping[str, str], query: Mapping[str, Any]) -> Any:
    with control.portal.transaction() as world:
        store = world.store
        found: Sequence[Case] = store.cases.all()
        if "id" in query:
            found = _matching(store.cases, query["id"]) or store.cases_about([query["id"]])
        return _newest(found, query, lambda case: _case(store, case))


def _matching(table: Mapping[str, T], identifier: str) -> list[T]:
    found = table.get(identifier)
    return [] if found is None else [found]


def _in_estate(control: Control, path: Mapping[str, str], query: Mapping[str, Any]) -> Any:
    with control.portal.transaction() as world:
        estate = world.store.estates.get(path["doedsbojournalId"])
        if estate is None:
            raise Fault(404, "There is no such estate", field="doedsbojournalId")
        filed = _newest(world.store.filed_in_estate(estate.id), query, _registration)
        about = {**_estate(world.store, estate), "data": dict(estate.details)}
        return {**filed, "about": about}


def _in_case(control: Control, path: Mapping[str, str], query: Mapping[str, Any]) -> Any:
    with control.portal.transaction() as world:
        case = world.store.cases.get(path["sagId"])
        if case is None:
            raise Fault(404, "There is no such case", field="sagId")
        filed = _newest(case.records.all(), query, _record)
        dates = {"modtaget": case.received, "genoptagelsesfrist": case.reopening}
        data = {name: day.isoformat() for name, day in dates.items() if day is not None}
        about = {**_case(world.store, case), "data": data}
        return {**filed, "about": about}


def _codes(_control: Control, _path: Mapping[str, str], _query: Mapping[str, Any]) -> Any:
    base = specs.registry()["docs_url"]
    return {
        code: {
            "text": entry["text"],
            "explanation": entry["explanation"],
            "action": entry["action"],
            "url": f"{base}errors/{code}/",
        }
        for code, entry in specs.error_codes().items()
    }


VIEWS: Final[tuple[Command, ...]] = (
    Command(
        name="estates",
        method="GET",
        path="/_sandbox/state/doedsbojournaler",
        summary="Estates, the newest first; with `id` the one of that id, or those of that CPR number.",
        schema=_SEARCH,
        run=_estates,
    ),
    Command(
        name="estate",
        method="GET",
        path="/_sandbox/state/doedsbojournaler/{doedsbojournalId}",
        summary="An estate, and what was filed in it by anybody, the newest first.",
        schema=_PAGE,
        run=_in_estate,
    ),
    Command(
        name="cases",
        method="GET",
        path="/_sandbox/state/tvangsoploesningssager",
        summary="Dissolution cases, the newest first; with `id` the one of that id, or those about that CVR number.",
        schema=_SEARCH,
        run=_cases,
    ),
    Command(
        name="case",
        method="GET",
        path="/_sandbox/state/tvangsoploesningssager/{sagId}",
        summary="A dissolution case, and everything in it, the newest first.",
        schema=_PAGE,
        run=_in_case,
    ),
    Command(
        name="codes",
        method="GET",
        path="/_sandbox/codes",
        summary="The portal's business codes: what each means, what to do about it, and its page.",
        schema={"type": "object", "additionalProperties": False},
        run=_codes,
    ),
)
"""The commands that show state, in the order of the documentation."""
