"""What a portal holds when it starts: the guide's own estate, estates for each rule, and some made up by a fixed seed.

Every CPR number but the guide's is of the replacement form, with 60 added to the day: such numbers are never entered
in the register of persons (cpr.dk, erstatningspersonnumre), so they can belong to nobody. The guide's has month 34.
"""

import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

import attrs

from skifteportal.sandbox.clock import Clock, nanoseconds, today
from skifteportal.sandbox.pki.leaf import Company
from skifteportal.sandbox.seed_dissolutions import add_dissolutions
from skifteportal.sandbox.seed_estates import (
    estate_number,
    identifier_of,
    made_up_estate,
    made_up_estates,
    people_of,
    seed_data,
)
from skifteportal.sandbox.store import Client, Estate, Person, Store

__all__ = [
    "EXAMPLE_CPR",
    "EXAMPLE_DAR",
    "EXAMPLE_PERSON",
    "RECEIPT_CPR",
    "Certified",
    "companies",
    "seeded",
]

_SEED: Final = 1183
EXAMPLE_CPR: Final = "4634875520"
"""The CPR number of the guide's example 5, whose estate example 6 shows."""

EXAMPLE_PERSON: Final = "6dc24b2e-0097-4ec4-b7f5-d75edb7547ea"
"""The personId of the deceased in the guide's example 6."""

EXAMPLE_DAR: Final = "9369a624-757a-4a37-ad06-b7c0d84228bf"
"""The darId that the guide looks up (4.5.5); in the sandbox it is that person's address."""

RECEIPT_CPR: Final = "7103414012"
"""The CPR number of Ione Koss, in whose estate the guide's receipt is given (4.3.3)."""


@attrs.frozen(kw_only=True)
class Certified:
    """A company that gets a certificate.

    Attributes:
        company: The company.
        file: What its .p12 file is called, without the ending.
        registered: Whether the portal has registered it.
    """

    company: Company
    file: str
    registered: bool


def companies() -> tuple[Certified, ...]:
    """Return the companies that get certificates: first the one that `.env` names, then the one that signs for it."""
    return tuple(
        Certified(
            company=Company(**{name: entry[name] for name in attrs.fields_dict(Company)}),
            file=entry["file"],
            registered=entry["registered"],
        )
        for entry in seed_data()["companies"]
    )


def seeded(clients: Iterable[Client], *, clock: Clock) -> Store:
    """Make a store as a portal has it when it starts; the same for the same date.

    Args:
        clients: API users that may ask for tokens.
        clock: Deadlines are reckoned from its date.
    """
    store = Store(clients=clients)
    for certified in companies():
        if certified.registered:
            store.companies.add(certified.company.cvr)
            store.api_users.add(certified.company.cvr)
    now = today(clock)
    store.add_estates([_guide(), *_cases(now), *_made_up(now)])
    for estate in store.estates.values():
        store.add_people(people_of(estate))
    living = seed_data()["living"]
    store.add_people([Person(id=identifier_of("living"), cpr=living["cpr"], name=living["name"])])
    serials = {one.company.cvr: one.company.serial_number for one in companies()}
    add_dissolutions(store, clock=clock, serials=serials)
    store.commit()
    return store


def _guide() -> Estate:
    entry = seed_data()["guide"]
    deceased = entry["details"]["afdoede"]
    return Estate(
        id=entry["id"],
        cpr=entry["cpr"],
        created=nanoseconds(entry["created"]),
        changed=nanoseconds(entry["changed"]),
        details=entry["details"],
        name=deceased["navn"],
        address=deceased["adresse"],
        number=estate_number(entry["id"], entry["created"][:4]),
    )


def _cases(now: date) -> Iterator[Estate]:
    """Make the estates that show one thing each; a docs page can name them by their fixed ids."""
    chance = random.Random(_SEED)  # noqa: S311 - made-up people, not secrets
    for case in seed_data()["cases"]:
        notice = case.get("notice_days_ago")
        yield made_up_estate(
            chance,
            identifier=case["id"],
            name=case["name"],
            cpr=case["cpr"],
            died=now - timedelta(days=case["died_days_ago"]),
            notice=None if notice is None else now - timedelta(days=notice),
            form=case.get("form"),
            protected=case.get("protected", False),
            town=chance.choice(seed_data()["towns"]),
        )


def _made_up(now: date) -> Iterator[Estate]:
    chance = random.Random(_SEED + 1)  # noqa: S311 - made-up people, not secrets
    return made_up_estates(now, count=seed_data()["generated"], chance=chance)
