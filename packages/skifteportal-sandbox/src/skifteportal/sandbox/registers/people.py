"""The register of persons: how much is told depends on the caller's relation to the person (guide 4.5.2).

What each relation shows is an assumption: of the dead everything that their estates show to everybody; of people in
the caller's own cases the name, and to liquidators all there is; of everybody else no more than the id.
"""

from typing import Any, Final

from skifteportal.sandbox.answers import Fault, json_answer
from skifteportal.sandbox.call import Call, Handler, Handlers
from skifteportal.sandbox.dissolution.access import roles_in
from skifteportal.sandbox.doedsbo.kinds import KINDS
from skifteportal.sandbox.messages import Answer
from skifteportal.sandbox.store import Person

__all__ = ["HANDLERS"]

_KINDS: Final = tuple(kind.name for kind in KINDS)


def _get(call: Call) -> Answer:
    found = call.world.store.persons.get(call.parameters.path["personId"].lower())
    if found is None:
        raise Fault(404, "Personen findes ikke", field="personId")
    members = _everything(found)
    return json_answer(200, {name: members[name] for name in _told(call, found) if name in members})


def _everything(person: Person) -> dict[str, Any]:
    members = {
        "personId": person.id,
        "navn": person.name,
        "foedselsdato": person.born,
        "adresse": person.address,
        "erNavnAdresseBeskyttet": person.protected,
        "doedsdato": person.died,
    }
    return {name: value for name, value in members.items() if value is not None}


def _told(call: Call, person: Person) -> tuple[str, ...]:
    if person.id == call.caller.person or _as_liquidator(call, person):
        return tuple(_everything(person))
    if person.died is not None:
        shown = ("personId", "navn", "foedselsdato", "erNavnAdresseBeskyttet", "doedsdato")
        return shown if person.protected else (*shown, "adresse")
    if not person.protected and _in_own_case(call, person):
        return ("personId", "navn", "erNavnAdresseBeskyttet")
    return ("personId",)


def _roles(call: Call, person: Person) -> frozenset[str]:
    """Return the caller's roles in the cases that the person has a part in."""
    found: frozenset[str] = frozenset()
    store = call.world.store
    for case in {record.case for record in store.records_naming(person.id)}:
        found |= roles_in(call, store.cases[case])
    return found


def _as_liquidator(call: Call, person: Person) -> bool:
    return "LIKVIDATOR" in _roles(call, person)


def _in_own_case(call: Call, person: Person) -> bool:
    store, company = call.world.store, call.caller.company
    settled = store.estates_with(person.id)
    part = any(store.has_part_in(estate.id, _KINDS, company=company) for estate in settled)
    return part or bool(_roles(call, person))


HANDLERS: Final[Handlers] = {"getPerson": Handler(run=_get)}
