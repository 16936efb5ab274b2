"""Court districts (retskredse) and the courts' offices (embeder): open to everybody (guide 4.5.6)."""

from collections.abc import Mapping
from typing import Any, Final

from skifteportal.sandbox.answers import Fault, json_answer
from skifteportal.sandbox.call import Call, Handler, Handlers, page_of
from skifteportal.sandbox.messages import Answer
from skifteportal.sandbox.registers.data import registers

__all__ = ["HANDLERS"]


def _as_it_is(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    return entry


def _found(
    call: Call, register: Mapping[str, Mapping[str, Any]], parameter: str
) -> Mapping[str, Any]:
    found = register.get(call.parameters.path[parameter])
    if found is None:
        raise Fault(
            404, f"Der findes ingen {parameter.removesuffix('Id')} med dette id", field=parameter
        )
    return found


def _districts(call: Call) -> Answer:
    return page_of(call, list(registers().districts.values()), _as_it_is)


def _district(call: Call) -> Answer:
    return json_answer(200, _found(call, registers().districts, "retskredsId"))


def _offices_of(call: Call) -> Answer:
    district = _found(call, registers().districts, "retskredsId")
    known = registers()
    offices = [known.offices[office] for office in known.offices_of[district["id"]]]
    return page_of(call, offices, _as_it_is)


def _offices(call: Call) -> Answer:
    return page_of(call, list(registers().offices.values()), _as_it_is)


def _office(call: Call) -> Answer:
    return json_answer(200, _found(call, registers().offices, "embedeId"))


HANDLERS: Final[Handlers] = {
    "getAllRetskreds": Handler(run=_districts),
    "getRetskreds": Handler(run=_district),
    "getAllEmbedeForRetskreds": Handler(run=_offices_of),
    "getAllEmbede": Handler(run=_offices),
    "getEmbede": Handler(run=_office),
}
