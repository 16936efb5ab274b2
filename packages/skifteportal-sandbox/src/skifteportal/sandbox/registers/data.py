"""What the registers hold: always the same, so read once. Courts and towns are Denmark's, everything else is made up.

Of the court districts' ids only those seen in DAWA (dawadocs.dataforsyningen.dk) are real, and 1183 is the guide's; those that
begin with 99 are made up, as are all streets, telephone numbers and mail addresses.
"""

import uuid
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any, Final

import attrs
import msgspec

from skifteportal.sandbox.registers.made_up import made_up_addresses, made_up_companies

__all__ = ["Registers", "address_line", "registers", "short_address"]

_NAMESPACE: Final = uuid.UUID("5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f00da")
_WITHOUT_LETTERS: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", " ": "", ".": ""})


@attrs.frozen(kw_only=True, repr=False)
class Registers:
    """The registers, each by the id that its entries are named by; the entries are ready to send.

    Attributes:
        addresses: By darId.
        addresses_by_line: The same in the form of other registers, by first line and postcode.
        companies: By CVR number.
        districts: Court districts (retskredse).
        offices: Courts' offices (embeder).
        offices_of: The offices that handle a district's cases.
    """

    addresses: Mapping[str, Mapping[str, Any]]
    addresses_by_line: Mapping[tuple[str, str], Mapping[str, str]]
    companies: Mapping[str, Mapping[str, Any]]
    districts: Mapping[str, Mapping[str, Any]]
    offices: Mapping[str, Mapping[str, Any]]
    offices_of: Mapping[str, tuple[str, ...]]


def address_line(entry: Mapping[str, str]) -> str:
    """Write the first line of an address: street, number, floor and door."""
    inside = " ".join(
        part
        for part in (f"{entry['etage']}." if "etage" in entry else "", entry.get("doer", ""))
        if part
    )
    line = f"{entry['vejnavn']} {entry['husnummer']}"
    return f"{line}, {inside}" if inside else line


def _address(entry: Mapping[str, str]) -> dict[str, str]:
    town = f"{entry['postnummer']} {entry['by']}"
    parts = (address_line(entry), entry.get("supplerendeBynavn", ""), town)
    return {**entry, "adressebetegnelse": ", ".join(part for part in parts if part)}


def short_address(entry: Mapping[str, str]) -> dict[str, str]:
    """Write an address as it stands in other registers: with its darId, in the form of a letter's."""
    return {
        "darId": entry["darId"],
        "adresselinje": address_line(entry),
        "postnummer": entry["postnummer"],
        "by": entry["by"],
        "landekode": "DK",
    }


def _court_address(entry: Mapping[str, str]) -> dict[str, str]:
    return {
        "darId": str(uuid.uuid5(_NAMESPACE, entry["id"])),
        "vejnavn": entry["street"],
        "husnummer": entry["number"],
        **{name: entry[name] for name in ("postnummer", "by", "kommunekode")},
    }


def _office(entry: Mapping[str, str], *, kind: str, hours: str) -> dict[str, Any]:
    domain = entry["name"].lower().translate(_WITHOUT_LETTERS)
    return {
        "id": entry["id"],
        "navn": entry["name"],
        "type": kind,
        "adresse": short_address(_court_address(entry)),
        "telefon": entry["phone"],
        "email": f"skifteretten@{domain}.example",
        "hjemmeside": f"https://{domain}.example/",
        "aabningstider": hours,
    }


def _companies(
    entries: Iterator[Mapping[str, Any]], addresses: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for entry in entries:
        shown = {name: value for name, value in entry.items() if name != "darId"}
        yield entry["cvrNummer"], {**shown, "adresse": short_address(addresses[entry["darId"]])}


@cache
def registers() -> Registers:
    """Return the registers."""
    text = files("skifteportal.sandbox").joinpath("seed_registers.json").read_bytes()
    data: Mapping[str, Any] = msgspec.json.decode(text)
    districts, maritime, hours = data["districts"], data["maritime"], data["hours"]
    courts = (_court_address(entry) for entry in (*districts, maritime))
    made_up = made_up_addresses(districts)
    addresses = {
        entry["darId"]: _address(entry) for entry in (*data["addresses"], *courts, *made_up)
    }
    offices = {entry["id"]: _office(entry, kind="BYRET", hours=hours) for entry in districts}
    offices[maritime["id"]] = _office(maritime, kind="SOE_OG_HANDELSRET", hours=hours)
    return Registers(
        addresses=addresses,
        addresses_by_line={
            (address_line(entry), entry["postnummer"]): short_address(entry)
            for entry in addresses.values()
        },
        companies=dict(_companies(chain(data["companies"], made_up_companies()), addresses)),
        districts={
            entry["id"]: {"id": entry["id"], "navn": entry["name"], "embedeId": entry["id"]}
            for entry in districts
        },
        offices=offices,
        # dissolutions in and around Copenhagen are the Maritime and Commercial Court's (domstol.dk)
        offices_of={
            entry["id"]: (entry["id"], maritime["id"]) if entry.get("maritime") else (entry["id"],)
            for entry in districts
        },
    )
