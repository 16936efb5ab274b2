"""Made-up estates and claims in any number, for trying out how a client fares with many."""

import random
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from skifteportal.sandbox.clock import Clock, nanoseconds, today
from skifteportal.sandbox.defaults import MOST
from skifteportal.sandbox.doedsbo.kinds import KINDS, Deadlines
from skifteportal.sandbox.doedsbo.receipts import receipt
from skifteportal.sandbox.estate_store import Estate, Registration
from skifteportal.sandbox.seed_estates import made_up_estates, people_of
from skifteportal.sandbox.settings import Settings
from skifteportal.sandbox.shapes import ESTATE, PERSON, REGISTRATION
from skifteportal.sandbox.state import Shape

__all__ = ["generated"]

_CLAIM: Final = next(kind for kind in KINDS if kind.name == "krav")
_TITLES: Final = (
    "Varmeregning",
    "Elregning",
    "Vandafgift",
    "Husleje",
    "Kontingent",
    "Lån",
    "Reparation",
)
_MOST_OERE: Final = 25_000_00


def generated(
    *, estates: int, claims: int, random_seed: int, company: str, clock: Clock
) -> Iterator[tuple[Shape[Any], str, Any]]:
    """Make estates, the people in them and claims, one at a time, each with how it is kept and its id.

    Args:
        estates: How many estates; with claims at least one is made.
        claims: How many claims, spread evenly over the estates.
        random_seed: Another number gives others.
        company: CVR number of the claims' filer.
        clock: Days are reckoned from its date.

    Raises:
        ValueError: A number is negative, or more than `defaults.MOST`.
    """
    for name, number in (("estates", estates), ("claims", claims)):
        if not 0 <= number <= MOST:
            raise ValueError(f"{name}: from 0 to {MOST}")
    return _generated(max(estates, 1 if claims else 0), claims, random_seed, company, today(clock))


def _generated(
    estates: int, claims: int, random_seed: int, company: str, now: date
) -> Iterator[tuple[Shape[Any], str, Any]]:
    chance = random.Random(f"scale {random_seed}")  # noqa: S311 - made-up people, not secrets
    named = f"scale {random_seed} estate"
    made = made_up_estates(now, count=estates, chance=chance, named=named)
    for index, estate in enumerate(made):
        yield ESTATE, estate.id, estate
        for person in people_of(estate):
            yield PERSON, person.id, person
        share = claims // estates + (index < claims % estates)
        for claim in _claims(chance, estate, share, company, now):
            yield REGISTRATION, claim.id, claim


def _claims(
    chance: random.Random, estate: Estate, count: int, company: str, now: date
) -> Iterator[Registration]:
    """File claims one after the other between the opening of the estate and today."""
    deadlines = Deadlines.of(estate, Settings())
    opened = estate.created
    span = max(nanoseconds(f"{now}T00:00:00Z") - opened, count)
    given = receipt(_CLAIM, estate)
    for index in range(count):
        moment = opened + span * index // count
        filed = date(1970, 1, 1) + timedelta(days=moment // 86_400_000_000_000)
        yield Registration(
            id=str(uuid.UUID(int=chance.getrandbits(128), version=4)),
            kind=_CLAIM.name,
            estate=estate.id,
            company=company,
            data={
                "beloeb": Decimal(chance.randint(1, _MOST_OERE)).scaleb(-2),
                "endeligt": chance.random() < 0.7,  # noqa: PLR2004 - most are
                "titel": chance.choice(_TITLES),
            },
            derived=_CLAIM.derive(deadlines, filed),
            receipt=given,
            created=moment,
            changed=moment,
        )
