"""Estates: searching for them, following them, reading one."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from skifteportal.sandbox.answers import Fault, json_answer, json_object
from skifteportal.sandbox.call import Call, page_of
from skifteportal.sandbox.clock import nanoseconds, timestamp, today
from skifteportal.sandbox.doedsbo.parties import check_address
from skifteportal.sandbox.doedsbo.rules import search_terms
from skifteportal.sandbox.messages import Answer
from skifteportal.sandbox.shapes import plain
from skifteportal.sandbox.store import Estate

__all__ = ["check_search", "estate_of", "find_changed", "get_estate", "search", "shown"]


def estate_of(call: Call) -> Estate:
    """Return the estate that the path names, to look at.

    Raises:
        Fault: 404, there is no such estate.
    """
    estate = call.world.store.estates.look(call.parameters.path["doedsbojournalId"].lower())
    if estate is None:
        raise Fault(404, "Dødsbojournalen findes ikke", field="doedsbojournalId")
    return estate


def shown(estate: Estate, *, to: str = "") -> dict[str, Any]:
    """Write an estate as a company sees it.

    Args:
        estate: The estate.
        to: CVR number of the company; empty for the court, which sees all.
    """
    told = not to or estate.tells(to)
    members = {
        name: value
        for name, value in estate.details.items()
        if told or name not in {"kontaktperson", "bobestyrer"}
    }
    return {
        "id": estate.id,
        "oprettelsestidspunkt": timestamp(estate.created),
        "redigeringstidspunkt": timestamp(estate.changed),
        **members,
    }


def _to_caller(call: Call) -> Callable[[Estate], dict[str, Any]]:
    return partial(shown, to=call.caller.company)


def check_search(call: Call) -> None:
    """Judge a search before the schema does: doedsbo.f1, f2."""
    body = json_object(call.body)
    breach = None if body is None else search_terms(body, today(call.world.clock))
    if breach is not None:
        raise call.refuse(breach.code, field=breach.field)


def search(call: Call) -> Answer:
    """Find estates by the deceased's CPR number, or by name and address (searchBo)."""
    query: Mapping[str, Any] = call.body
    store = call.world.store
    cpr = query.get("cprNummer")
    if cpr is not None:
        if cpr not in store.people:
            raise call.refuse("doedsbo.f42", field="cprNummer")
        return page_of(call, store.estates_of(cpr), _to_caller(call))
    check_address(call, query["adresse"], field="adresse")
    named = store.estates_named(query["navn"])
    found = [estate for estate in named if _lived_at(estate, query["adresse"])]
    return page_of(call, found, _to_caller(call))


def _lived_at(estate: Estate, address: Mapping[str, Any]) -> bool:
    """Whether the deceased lived there; members that the specification does not know may be anything."""
    wanted = {name: value for name, value in address.items() if value and isinstance(value, str)}
    return bool(wanted) and all(
        plain(estate.address.get(name, "")) == plain(value) for name, value in wanted.items()
    )


def find_changed(call: Call) -> Answer:
    """Find those of the given estates that were changed after a moment (findChangedSince)."""
    since = nanoseconds(call.body["aendretSiden"])
    wanted = {identifier.lower() for identifier in call.body["doedsbojournalIder"]}
    found = call.world.store.estates_changed(wanted, since=since)
    return page_of(call, found, _to_caller(call))


def get_estate(call: Call) -> Answer:
    """Read one estate (getBo)."""
    return json_answer(200, _to_caller(call)(estate_of(call)))
