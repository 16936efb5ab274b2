"""Parties and addresses in what is filed: found in the registers, or refused (doedsbo.f6, f41, f42)."""

from collections.abc import Mapping
from typing import Any, Final

from skifteportal.sandbox.call import Asked
from skifteportal.sandbox.named_parties import unnamed
from skifteportal.sandbox.registers.data import registers

__all__ = ["check_address", "settle_parties", "settle_party"]

_PARTIES: Final = ("kreditor", "debitor", "paaVegneAf")


def check_address(call: Asked, address: Mapping[str, Any], *, field: str) -> None:
    """Refuse an address whose id in the address register is not known.

    Args:
        call: The call it came in.
        address: The address.
        field: Where it stands in the body.

    Raises:
        Fault: doedsbo.f6.
    """
    dar = address.get("darId")
    if (
        dar is not None
        and not call.world.settings.darid_known
        and dar.lower() not in registers().addresses
    ):
        raise call.refuse("doedsbo.f6", dar, field=f"{field}.darId")


def settle_parties(call: Asked, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was filed with every person named by id: a CPR number is looked up and never kept.

    Args:
        call: The call it came in.
        data: What was filed, judged by the schema.

    Raises:
        Fault: doedsbo.f6, f41 or f42.
    """
    return {
        name: settle_party(call, value, field=name) if name in _PARTIES else value
        for name, value in data.items()
    }


def settle_party(call: Asked, party: Mapping[str, Any], *, field: str) -> Mapping[str, Any]:
    """Return one party with a person named by id.

    Args:
        call: The call it came in.
        party: The party, judged by the schema.
        field: Where it stands in the body.

    Raises:
        Fault: doedsbo.f6, f41 or f42.
    """
    foreigner = party.get("udenlandskPerson", {})
    check_address(call, foreigner.get("adresse", {}), field=f"{field}.udenlandskPerson.adresse")
    settled = _with_id(call, party, field=field)
    if call.world.settings.parties_named:
        problem = unnamed(call.world.store, settled, field=field)
        if problem is not None:
            raise call.refuse("doedsbo.f41", field=problem[0])
    return settled


def _with_id(call: Asked, party: Mapping[str, Any], *, field: str) -> Mapping[str, Any]:
    """Return a party with a person named by id, if it is one."""
    if "person" not in party:
        return party
    person = party["person"]
    cpr = person.get("cprNummer")
    if cpr is None:
        return {
            **party,
            "person": {name: value for name, value in person.items() if name == "personId"},
        }
    known = call.world.store.people.get(cpr)
    if known is None:
        raise call.refuse("doedsbo.f42", field=f"{field}.person.cprNummer")
    if person.get("navn", known.name).casefold() != known.name.casefold():
        raise call.refuse("doedsbo.f41", field=f"{field}.person.navn")
    return {**party, "person": {"personId": known.id}}
