"""The register of addresses: by darId, by a text as on a letter, or by street, number and postcode."""

from typing import Any, Final

from skifteportal.sandbox.answers import Fault, json_answer
from skifteportal.sandbox.call import Call, Handler, Handlers, page_of
from skifteportal.sandbox.messages import Answer
from skifteportal.sandbox.registers.data import registers
from skifteportal.sandbox.registers.searching import words

__all__ = ["HANDLERS"]

_PARTS: Final = ("vejnavn", "husnummer", "postnummer")


def _get(call: Call) -> Answer:
    found = registers().addresses.get(call.parameters.path["darId"].lower())
    if found is None:
        raise Fault(404, "Adressen findes ikke", field="darId")
    return json_answer(200, found)


def _search(call: Call) -> Answer:
    body: dict[str, Any] = call.body
    wanted = words(body.get("tekst") or "")
    parts = {name: words(body[name]) for name in _PARTS if body.get(name)}
    if not wanted and not parts:
        text = "Angiv tekst, eller vejnavn, husnummer og postnummer"
        raise Fault(call.world.settings.schema_status, text, field="tekst")
    found = [
        entry
        for entry in registers().addresses.values()
        if set(wanted) <= set(words(entry["adressebetegnelse"]))
        and all(words(entry[name]) == value for name, value in parts.items())
    ]
    return page_of(call, found, lambda entry: entry)


HANDLERS: Final[Handlers] = {
    "getAdresse": Handler(run=_get),
    "soegAdresser": Handler(run=_search),
}
