"""The case list (sagshylde): cases found by company, and the caller's own (guide 4.5.1)."""

from collections.abc import Mapping
from typing import Any, Final

from skifteportal.sandbox.call import Call, Handler, Handlers, page_of
from skifteportal.sandbox.case_store import Case
from skifteportal.sandbox.dissolution.access import caller_keys, roles_in
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
    if name == "cvrNummer":
        companies = [value]
    else:
        wanted, known = value.casefold(), registers().companies
        companies = [cvr for cvr, entry in known.items() if wanted in entry["navn"].casefold()]
    return page_of(call, call.world.store.cases_about(companies), _shown)


def _own(call: Call) -> Answer:
    mine = [
        (case, roles)
        for case in call.world.store.cases_with(caller_keys(call.caller))
        if (roles := roles_in(call, case))
    ]
    return page_of(call, mine, lambda entry: {**_shown(entry[0]), "roller": sorted(entry[1])})


HANDLERS: Final[Handlers] = {
    "soegSager": Handler(run=_search),
    "hentSager": Handler(run=_own),
}
