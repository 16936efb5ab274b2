"""The register of companies (CVR): by number, or by a part of the name."""

from typing import Final

from skifteportal.sandbox.answers import Fault, json_answer
from skifteportal.sandbox.call import Call, Handler, Handlers, page_of
from skifteportal.sandbox.messages import Answer
from skifteportal.sandbox.registers.data import registers
from skifteportal.sandbox.registers.searching import either

__all__ = ["HANDLERS"]


def _get(call: Call) -> Answer:
    found = registers().companies.get(call.parameters.path["cvrNummer"])
    if found is None:
        raise Fault(404, "Virksomheden findes ikke", field="cvrNummer")
    return json_answer(200, found)


def _search(call: Call) -> Answer:
    name, value = either(call, "cvrNummer", "navn")
    found = [
        entry
        for entry in registers().companies.values()
        if (
            entry[name] == value
            if name == "cvrNummer"
            else value.casefold() in entry[name].casefold()
        )
    ]
    return page_of(call, found, lambda entry: entry)


HANDLERS: Final[Handlers] = {
    "getVirksomhed": Handler(run=_get),
    "soegVirksomheder": Handler(run=_search),
}
