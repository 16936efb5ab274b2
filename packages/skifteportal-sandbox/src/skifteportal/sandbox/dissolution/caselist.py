"""The case list (sagshylde): cases found by company, and the caller's own (guide 4.5.1)."""

from collections.abc import Mapping
from typing import Any, Final

from skifteportal.sandbox.call import Call, Handler, Handlers, page_of
from skifteportal.sandbox.case_store import Case
from skifteportal.sandbox.dissolution.access import roles_in
from skifteportal.sandbox.messages import Answer
from skifteportal.sandbox.registers.data import registers
from skifteportal.sandbox.registers.searching import either

__all__ = ["HANDLERS"]


def _company_name(case: Case) -> str:
    name: str = registers().companies[case.company]["navn"]
    return name


def _shown(case: Case) -> Mapping[str, Any]:
    return {
        "sagId": case.id,
        "sagsnummer": case.number,
        "sagstype": "TVANGSOPLOESNING",
        "status": case.status,
        "selskab": {"cvrNummer": case.company, "navn": _company_name(case)},
        "retskredsId": case.district,
        "embedeId": case.office,
    }


def _search(call: Call) -> Answer:
    name, value = either(call, "cvrNummer", "navn")
    found = [
        case
        for case in call.world.store.cases.values()
        if (
            case.company == value
            if name == "cvrNummer"
            else value.casefold() in _company_name(case).casefold()
        )
    ]
    return page_of(call, found, _shown)


def _own(call: Call) -> Answer:
    mine = [
        (case, roles)
        for case in call.world.store.cases.values()
        if (roles := roles_in(case, call.caller))
    ]
    return page_of(call, mine, lambda entry: {**_shown(entry[0]), "roller": sorted(entry[1])})


HANDLERS: Final[Handlers] = {
    "soegSager": Handler(run=_search),
    "hentSager": Handler(run=_own),
}
