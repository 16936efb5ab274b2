"""What a portal holds when it starts: the guide's own estate, estates for each rule, and some made up by a fixed seed.

Every CPR number but the guide's is of the replacement form, with 60 added to the day: such numbers are never entered
in the register of persons (portal-facts 3.1), so they can belong to nobody. The guide's has month 34.
"""

import random
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Final

import msgspec

from skifteportal.sandbox.clock import Clock, nanoseconds, today
from skifteportal.sandbox.pki.leaf import Company
from skifteportal.sandbox.registers.data import registers
from skifteportal.sandbox.seed_dissolutions import add_dissolutions
from skifteportal.sandbox.store import Client, Estate, Person, Store

__all__ = ["EXAMPLE_CPR", "EXAMPLE_DAR", "EXAMPLE_PERSON", "RECEIPT_CPR", "companies", "seeded"]

_SEED: Final = 1183
_OLDEST: Final = 98
_YOUNGEST: Final = 45
_YEAR: Final = 365.25
_NAMESPACE: Final = uuid.UUID("5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f0000")
# Forms of administration that begin with a notice to creditors; boudlæg has none (portal-facts 6.2).
_WITH_NOTICE: Final = frozenset({"PRIVAT_SKIFTE", "FORENKLET_PRIVAT_SKIFTE", "BOBESTYRERBO"})


@cache
def _data() -> Mapping[str, Any]:
    text = files("skifteportal.sandbox").joinpath("seed_data.json").read_bytes()
    data: Mapping[str, Any] = msgspec.json.decode(text)
    return data


EXAMPLE_CPR: Final = "4634875520"
"""The CPR number of the guide's example 5, whose estate example 6 shows."""

EXAMPLE_PERSON: Final = "6dc24b2e-0097-4ec4-b7f5-d75edb7547ea"
"""The personId of the deceased in the guide's example 6."""

EXAMPLE_DAR: Final = "9369a624-757a-4a37-ad06-b7c0d84228bf"
"""The darId that the guide looks up (4.5.5); in the sandbox it is that person's address."""

RECEIPT_CPR: Final = "7103414012"
"""The CPR number of Ione Koss, in whose estate the guide's receipt is given (4.3.3)."""


def companies() -> tuple[tuple[Company, bool], ...]:
    """Return the companies that get certificates, each with whether the portal has registered it."""
    return tuple(
        (
            Company(**{name: value for name, value in entry.items() if name != "registered"}),
            entry["registered"],
        )
        for entry in _data()["companies"]
    )


def seeded(clients: Iterable[Client], *, clock: Clock) -> Store:
    """Make a store as a portal has it when it starts; the same for the same date.

    Args:
        clients: API users that may ask for tokens.
        clock: Deadlines are reckoned from its date.
    """
    store = Store(clients=clients)
    for company, registered in companies():
        if registered:
            store.companies.add(company.cvr)
            store.api_users.add(company.cvr)
    now = today(clock)
    store.add_estates([_guide(), *_cases(now), *_generated(now)])
    for estate in store.estates.values():
        store.add_people(_people_of(estate))
    living = _data()["living"]
    store.add_people([Person(id=_identifier("living"), cpr=living["cpr"], name=living["name"])])
    serials = {company.cvr: company.serial_number for company, _ in companies()}
    add_dissolutions(store, clock=clock, serials=serials)
    store.commit()
    return store


def _people_of(estate: Estate) -> Iterator[Person]:
    """Yield the deceased, and whoever settles the estate."""
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
    data = _data()
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


def _identifier(name: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, name))


def _guide() -> Estate:
    entry = _data()["guide"]
    deceased = entry["details"]["afdoede"]
    return Estate(
        id=entry["id"],
        cpr=entry["cpr"],
        created=nanoseconds(entry["created"]),
        changed=nanoseconds(entry["changed"]),
        details=entry["details"],
        name=deceased["navn"],
        address=deceased["adresse"],
        number=_number(entry["id"], entry["created"][:4]),
    )


def _number(identifier: str, year: int | str) -> str:
    """Make up an estate's number of the court's (SKS number); its form is not known."""
    return f"SKS {uuid.UUID(identifier).int % 100_000}-{year}"


def _cases(now: date) -> Iterator[Estate]:
    """Make the estates that show one thing each; a docs page can name them by their fixed ids."""
    chance = random.Random(_SEED)  # noqa: S311 - made-up people, not secrets
    for case in _data()["cases"]:
        notice = case.get("notice_days_ago")
        yield _estate(
            chance,
            identifier=case["id"],
            name=case["name"],
            cpr=case["cpr"],
            died=now - timedelta(days=case["died_days_ago"]),
            notice=None if notice is None else now - timedelta(days=notice),
            form=case.get("form"),
            protected=case.get("protected", False),
        )


def _generated(now: date) -> Iterator[Estate]:
    data = _data()
    chance = random.Random(_SEED + 1)  # noqa: S311 - made-up people, not secrets
    for index in range(data["generated"]):
        died = now - timedelta(days=chance.randint(20, 900))
        born = died - timedelta(
            days=int(chance.randint(_YOUNGEST, _OLDEST) * _YEAR) + chance.randint(0, 364)
        )
        form = chance.choice([None, *data["forms"]])
        yield _estate(
            chance,
            identifier=_identifier(f"estate {index}"),
            name=f"{chance.choice(data['first_names'])} {chance.choice(data['surnames'])}",
            cpr=_replacement_cpr(chance, born),
            died=died,
            notice=died + timedelta(days=chance.randint(14, 20)) if form in _WITH_NOTICE else None,
            form=form,
            protected=False,
        )


def _replacement_cpr(chance: random.Random, born: date) -> str:
    """Make a number of the replacement form; a seventh digit of 0 to 3 says that the person was born in the 1900s."""
    return f"{born.day + 60:02d}{born:%m%y}{chance.randint(0, 3999):04d}"


def _birthday(cpr: str) -> date:
    """Read the day of birth of a made-up CPR number: all of the seed's people were born in the 1900s."""
    return date(1900 + int(cpr[4:6]), int(cpr[2:4]), int(cpr[:2]) - 60)


def _estate(
    chance: random.Random,
    *,
    identifier: str,
    name: str,
    cpr: str,
    died: date,
    notice: date | None,
    form: str | None,
    protected: bool,
) -> Estate:
    data = _data()
    town = chance.choice(data["towns"])
    address = {
        "id": _identifier(f"address {identifier}"),
        "adresselinje": f"{chance.choice(data['streets'])} {chance.randint(1, 98)}",
        "postnummer": town["postnummer"],
        "by": town["by"],
    }
    deceased: dict[str, Any] = {
        "personId": _identifier(f"person {cpr}"),
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
        party = {"type": "PERSON", "person": {"personId": _identifier(f"contact {identifier}")}}
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
        number=_number(identifier, died.year),
    )
