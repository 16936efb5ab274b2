"""Made-up dissolution cases at every stage, in the form of the data that the seed's own cases stand in.

Their liquidators have profiles that nobody takes part in, so that no caller of the sandbox has a part in these cases.
"""

import random
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from skifteportal.sandbox.case_store import CLOSED
from skifteportal.sandbox.registers.made_up import COMPANIES, case_status, cvr_number
from skifteportal.sandbox.seed_estates import seed_data

__all__ = ["made_up_cases", "made_up_people", "made_up_profiles"]

_NAMESPACE: Final = uuid.UUID("5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f5a65")
_LIQUIDATORS: Final = 6
_FIRM: Final = "90000006"
_FIRST_NUMBER: Final = 200
_LEADERS: Final = ["LIKVIDATOR", "TIDLIGERE_LIKVIDATOR", "TIDLIGERE_LEDELSE"]
_TITLES: Final = ("Vareleverance", "Husleje", "Revisorregning", "Elforbrug", "Løntilgodehavende")
_ENDS: Final = {
    "OPLOEST": ("AFSLUTNING", "Selskabet er opløst"),
    "KONKURS": ("KONKURSDEKRET", "Selskabet er taget under konkursbehandling"),
    "GENOPTAGET": ("GENOPTAGELSE", "Selskabet er genoptaget"),
    "LIKVIDATION": ("AFSLUTNING", "Selskabet er overgået til likvidation"),
}


def _identifier(name: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, name))


def _liquidator(index: int) -> str:
    return _identifier(f"profile {index % _LIQUIDATORS}")


def made_up_people(addresses: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """Yield the liquidators, and the managers of each company.

    Args:
        addresses: Ids of addresses that they live at.
    """
    data = seed_data()
    chance = random.Random("people in cases")  # noqa: S311 - made-up people, not secrets
    names = [f"liquidator {index}" for index in range(_LIQUIDATORS)]
    names += [f"manager {index}" for index in range(COMPANIES)]
    for name in names:
        yield {
            "id": _identifier(name),
            "name": f"{chance.choice(data['first_names'])} {chance.choice(data['surnames'])}",
            "born": (date(1950, 1, 1) + timedelta(days=chance.randrange(14_000))).isoformat(),
            "darId": chance.choice(addresses),
        }


def made_up_profiles() -> Iterator[Mapping[str, Any]]:
    """Yield the liquidators' profiles."""
    for index in range(_LIQUIDATORS):
        person = _identifier(f"liquidator {index}")
        yield {"id": _liquidator(index), "person": person, "company": _FIRM, "participants": ()}


def made_up_cases(districts: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """Yield a case about each made-up company, in the district of the town that it lies in.

    Args:
        districts: Ids of the court districts, in the order of the companies' towns.
    """
    chance = random.Random("cases")  # noqa: S311 - made-up cases, not secrets
    for index in range(COMPANIES):
        status = case_status(index)
        fresh = status == "MODTAGET"
        received = chance.randint(1, 9) if fresh else chance.randint(60, 85)
        if status in CLOSED:
            received += chance.randint(100, 600)
        case: dict[str, Any] = {
            "id": _identifier(f"case {index}"),
            "number": _FIRST_NUMBER + index,
            "company": cvr_number(index),
            "district": districts[index % len(districts)],
            "received": received,
            "reopening": status not in CLOSED,
            "status": status,
            "records": [*_begun(index, received)],
        }
        if not fresh:
            appointed = received - chance.randint(10, 20)
            case["liquidators"] = [{"profile": _liquidator(index), "appointed": appointed}]
            case["records"] += _handled(chance, index, appointed)
        if status in CLOSED:
            case["records"] += _ended(status, received - 90)
        yield case


def _begun(index: int, received: int) -> Iterator[Mapping[str, Any]]:
    heading = "Sagen er modtaget fra Erhvervsstyrelsen"
    yield {
        "kind": "sagshaendelse",
        "ago": received,
        "shared": "ALL",
        "data": {"type": "MODTAGET", "overskrift": heading},
    }
    yield {
        "kind": "tidligereLedelse",
        "ago": received,
        "shared": _LEADERS,
        "data": {
            "part": _identifier(f"manager {index}"),
            "rolle": "DIREKTOER",
            "fratraadtDato": f"@-{received + 30}",
            "aktiv": False,
        },
    }


def _handled(chance: random.Random, index: int, appointed: int) -> Iterator[Mapping[str, Any]]:
    yield {
        "kind": "sagshaendelse",
        "ago": appointed,
        "shared": "ALL",
        "data": {"type": "LIKVIDATOR_UDPEGET", "overskrift": "Likvidator er udpeget"},
    }
    for number in range(chance.randint(0, 3)):
        creditor = cvr_number((index + 1 + number * 7) % COMPANIES)
        ago = appointed - 5 - number
        data = {
            "kreditor": creditor,
            "titel": chance.choice(_TITLES),
            "beloeb": chance.randint(500, 90_000),
            "endeligt": chance.choice([True, False]),
            "opgjortdato": f"@-{ago + 1}",
        }
        yield {"kind": "krav", "ago": ago, "by": creditor, "data": data}


def _ended(status: str, ago: int) -> Iterator[Mapping[str, Any]]:
    kind, heading = _ENDS[status]
    yield {
        "kind": "afgoerelse",
        "ago": ago,
        "shared": "ALL",
        "data": {
            "type": kind,
            "afsagt": f"@-{ago}",
            "publiceret": f"@@-{ago}",
            "overskrift": heading,
            "kaerefrist": f"@-{ago - 14}",
        },
    }
