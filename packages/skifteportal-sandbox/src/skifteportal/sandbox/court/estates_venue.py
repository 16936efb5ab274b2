"""Which court an estate belongs to (værneting): that of the deceased's address."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from skifteportal.sandbox.registers.data import registers

__all__ = ["venue_of"]


def venue_of(address: Mapping[str, Any]) -> str | None:
    """Return the id of the court district that an address lies in; None where it cannot be told.

    It is told by the municipality that the register of addresses has for the address, or for its postcode. The
    register of the sandbox's is small: most of Denmark's postcodes are not in it.

    Args:
        address: With a darId that the register has, or a postcode.
    """
    entry = registers().addresses.get(str(address.get("darId", "")).lower(), address)
    municipality = entry.get("kommunekode") or _municipality(str(entry.get("postnummer", "")))
    return _districts().get(municipality)


def _municipality(postcode: str) -> str:
    return next(
        (
            str(entry["kommunekode"])
            for entry in registers().addresses.values()
            if entry["postnummer"] == postcode
        ),
        "",
    )


@cache
def _districts() -> Mapping[str, str]:
    """Return the district of each municipality that a court sits in."""
    known = registers()
    seats = {
        (office["adresse"]["postnummer"], identifier)
        for identifier, office in known.offices.items()
        if identifier in known.districts
    }
    return {_municipality(postcode): identifier for postcode, identifier in seats}
