"""Made-up estates and the people in them: from a fixed seed, so always the same for the same day.

Every CPR number is of the replacement form, with 60 added to the day: such numbers are never entered in the register of
persons (cpr.dk, erstatningspersonnumre), so they can belong to nobody.
"""

import random
import uuid
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Final

import msgspec

from skifteportal.sandbox.clock import nanoseconds
from skifteportal.sandbox.estate_store import Estate
from skifteportal.sandbox.party_store import Person
from skifteportal.sandbox.registers.data import registers

__all__ = [
    "estate_number",
    "identifier_of",
    "made_up_estate",
    "made_up_estates",
    "people_of",
    "seed_data",
]

_OLDEST: Final = 98
_YOUNGEST: Final = 45
_YEAR: Final = 365.25
_NAMESPACE: Final = uuid.UUID("5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f0000")
# Forms of administration that begin with a notice to creditors; boudlæg has none (dødsboskifteloven § 81).
_WITH_NOTICE: Final = frozenset({"PRIVAT_SKIFTE", "FORENKLET_PRIVAT_SKIFTE", "BOBESTYRERBO"})


@cache
def seed_data() -> Mapping[str, Any]:
    """Return what the seed is made from."""
    text = files("skifteportal.sandbox").joinpath("seed_data.json").read_bytes()
    data: Mapping[str, Any] = msgspec.json.decode(text)
    return data


def people_of(estate: Estate) -> Iterator[Person]:
    """Yield the deceased, and whoever settles the estate.

    Args:
        estate: A made-up estate, or the guide's.
    """
    deceased = estate.details["afdoede"]
    protected = deceased["erNavnAdresseBeskyttet"]
    yield Person(
        id=deceased["personId"],
        cpr=estate.cpr,
        name=estate.name,
        born=deceased["foedselsdato"],
        died=estate.details["vigtigeDatoer"]["doedsdato"],
        address=None if protected else _with_dar_id(estate.address),
        protected=protected,
    )
    chance = random.Random(estate.id)  # noqa: S311 - made-up people, not secrets
    data = seed_data()
    for member in ("kontaktperson", "bobestyrer"):
        party = estate.details.get(member, {}).get("part")
        if party is not None:
            name = f"{chance.choice(data['first_names'])} {chance.choice(data['surnames'])}"
            yield Person(id=party["person"]["personId"], name=name)


def _with_dar_id(address: Mapping[str, str]) -> Mapping[str, str]:
    """Write an estate's address as the register of persons has it, with a darId if the register of addresses has it."""
    line, postcode = address["adresselinje"], address["postnummer"]
    plain = {
        "adresselinje": line,
        "postnummer": postcode,
        "by": address["by"],
        "landekode": "DK",
    }
    return registers().addresses_by_line.get((line, postcode), plain)


def identifier_of(name: str) -> str:
    """Return the id of something made up, always the same for the same name."""
    return str(uuid.uuid5(_NAMESPACE, name))


def estate_number(identifier: str, year: int | str) -> str:
    """Make up an estate's number of the court's (SKS number); its form is not known.

    Args:
        identifier: The estate's id.
        year: The year it was opened in.
    """
    return f"SKS {uuid.UUID(identifier).int % 100_000}-{year}"


def made_up_estates(
    now: date, *, count: int, chance: random.Random, named: str = "estate"
) -> Iterator[Estate]:
    """Make estates of people who died in the last two and a half years, each with a CPR number of its own.

    Args:
        now: The day they are made on.
        count: How many.
        chance: Where the choices come from.
        named: What their ids are made from, with a number.
    """
    data = seed_data()
    taken: set[str] = set()
    for index in range(count):
        died = now - timedelta(days=chance.randint(20, 900))
        born = died - timedelta(
            days=int(chance.randint(_YOUNGEST, _OLDEST) * _YEAR) + chance.randint(0, 364)
        )
        form = chance.choice([None, *data["forms"]])
        identifier = identifier_of(f"{named} {index}")
        name = f"{chance.choice(data['first_names'])} {chance.choice(data['surnames'])}"
        cpr = _replacement_cpr(chance, born, taken)
        yield made_up_estate(
            chance,
            identifier=identifier,
            name=name,
            cpr=cpr,
            died=died,
            notice=died + timedelta(days=chance.randint(14, 20)) if form in _WITH_NOTICE else None,
            form=form,
            protected=False,
            town=chance.choice(_towns()),
        )


@cache
def _towns() -> tuple[Mapping[str, str], ...]:
    """Return every court's town, with its own district."""
    return tuple(
        {
            "postnummer": office["adresse"]["postnummer"],
            "by": office["adresse"]["by"],
            "retskredsId": district,
        }
        for district, office in registers().offices.items()
        if district in registers().districts
    )


def _replacement_cpr(chance: random.Random, born: date, taken: set[str]) -> str:
    """Make a number of the replacement form; a seventh digit of 0 to 3 says that the person was born in the 1900s."""
    number = f"{born.day + 60:02d}{born:%m%y}{chance.randint(0, 3999):04d}"
    while number in taken:
        number = f"{number[:6]}{(int(number[6:]) + 1) % 4000:04d}"
    taken.add(number)
    return number


def _birthday(cpr: str) -> date:
    """Read the day of birth of a made-up CPR number: all of the seed's people were born in the 1900s."""
    return date(1900 + int(cpr[4:6]), int(cpr[2:4]), int(cpr[:2]) - 60)


def made_up_estate(
    chance: random.Random,
    *,
    identifier: str,
    name: str,
    cpr: str,
    died: date,
    notice: date | None,
    form: str | None,
    protected: bool,
    town: Mapping[str, str],
) -> Estate:
    """Make an estate whose days fit together, in a town whose postcode and court district are right.

    Args:
        chance: Where the choices come from.
        identifier: Its id.
        name: The deceased's name.
        cpr: The deceased's CPR number, of the replacement form.
        died: The day of death.
        notice: The day of the notice to creditors, if there was one.
        form: The form of administration, if it was handed over.
        protected: Whether the deceased's name and address are protected.
        town: Where the deceased lived: `postnummer`, `by` and `retskredsId`.
    """
    data = seed_data()
    address = {
        "id": identifier_of(f"address {identifier}"),
        "adresselinje": f"{chance.choice(data['streets'])} {chance.randint(1, 98)}",
        "postnummer": town["postnummer"],
        "by": town["by"],
    }
    deceased: dict[str, Any] = {
        "personId": identifier_of(f"person {cpr}"),
        "navn": name,
        "foedselsdato": _birthday(cpr).isoformat(),
    }
    if not protected:
        deceased["adresse"] = address
    details: dict[str, Any] = {
        "afdoede": {**deceased, "erNavnAdresseBeskyttet": protected},
        "retskredsId": town["retskredsId"],
        "vigtigeDatoer": {"doedsdato": died.isoformat()},
    }
    if form is not None:
        handed_over = (died + timedelta(days=12)).isoformat()
        party = {"type": "PERSON", "person": {"personId": identifier_of(f"contact {identifier}")}}
        details["skifteform"] = {"skifteform": form, "udleveringsdato": handed_over}
        details["bobestyrer" if form == "BOBESTYRERBO" else "kontaktperson"] = {"part": party}
        details["vigtigeDatoer"]["boUdleveret"] = handed_over
    opened = nanoseconds(f"{died + timedelta(days=5)}T{chance.randint(7, 14):02d}:00:00Z")
    opened += chance.randrange(3600 * 10**9)
    return Estate(
        id=identifier,
        cpr=cpr,
        created=opened,
        changed=opened + chance.randrange(10**9),
        details=details,
        name=name,
        address=address,
        notice=notice,
        number=estate_number(identifier, died.year),
    )
