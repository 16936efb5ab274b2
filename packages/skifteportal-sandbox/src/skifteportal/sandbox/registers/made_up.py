"""Made-up companies, enough to have a case list of: their addresses lie in the towns of the courts.

Their CVR numbers break the rule of the last digit (weighed 2 7 6 5 4 3 2 1, divisible by 11), so they can belong to
no company.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

__all__ = ["COMPANIES", "case_status", "cvr_number", "made_up_addresses", "made_up_companies"]

COMPANIES: Final = 120
"""How many there are."""

_NAMESPACE: Final = uuid.UUID("5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f0c0d")
_FIRST: Final = 90001000
_WEIGHTS: Final = (2, 7, 6, 5, 4, 3, 2, 1)
_PLACES: Final = (
    "Bryn",
    "Dalby",
    "Elmelund",
    "Fuglsø",
    "Granly",
    "Hedehuse",
    "Iglsø",
    "Krogen",
    "Lyngvig",
    "Myrup",
)
_TRADES: Final = (
    ("Tømrer", "Tømrer- og bygningssnedkervirksomhed"),
    ("Vinduer", "Glarmestervirksomhed"),
    ("Café", "Caféer, værtshuse, diskoteker m.v."),
    ("Transport", "Vejgodstransport"),
    ("Rengøring", "Almindelig rengøring i bygninger"),
    ("Data", "Konsulentbistand vedrørende informationsteknologi"),
    ("Maler", "Maler- og glarmestervirksomhed"),
    ("Handel", "Ikke-specialiseret engroshandel"),
    ("Gartneri", "Landskabspleje"),
    ("Film", "Produktion af film og videofilm"),
    ("Smede", "Fremstilling af andre færdige metalprodukter"),
    ("Kiosk", "Kiosker"),
)
# How far each company's case is, and what the register of companies says of it then.
_STAGES: Final = (
    ("UNDER_BEHANDLING", "UNDER_TVANGSOPLOESNING"),
    ("OPLOEST", "TVANGSOPLOEST"),
    ("UNDER_BEHANDLING", "UNDER_TVANGSOPLOESNING"),
    ("KONKURS", "UNDER_KONKURS"),
    ("MODTAGET", "UNDER_TVANGSOPLOESNING"),
    ("GENOPTAGET", "NORMAL"),
    ("UNDER_BEHANDLING", "UNDER_TVANGSOPLOESNING"),
    ("OPLOEST", "TVANGSOPLOEST"),
    ("LIKVIDATION", "UNDER_FRIVILLIG_LIKVIDATION"),
)
_ENDINGS: Final = {
    "UNDER_TVANGSOPLOESNING": " under tvangsopløsning",
    "UNDER_KONKURS": " under konkurs",
    "UNDER_FRIVILLIG_LIKVIDATION": " i likvidation",
}
_FORMS: Final = (("ApS", "Anpartsselskab"), ("A/S", "Aktieselskab"), ("ApS", "Anpartsselskab"))


def cvr_number(index: int) -> str:
    """Return the CVR number of one of them.

    Args:
        index: Which, from 0.
    """
    number = _FIRST + 2 * index
    return str(number + (_checked(str(number))))


def _checked(number: str) -> bool:
    return (
        sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=True)) % 11 == 0
    )


def case_status(index: int) -> str:
    """Return the status of the case about one of them, as `sagStatus` has it.

    Args:
        index: Which, from 0.
    """
    return _STAGES[index % len(_STAGES)][0]


def _dar_id(index: int) -> str:
    return str(uuid.uuid5(_NAMESPACE, f"address {index}"))


def made_up_addresses(towns: Sequence[Mapping[str, str]]) -> Iterator[dict[str, str]]:
    """Yield their addresses, as the register of addresses is made from.

    Args:
        towns: Entries with `postnummer`, `by` and `kommunekode`.
    """
    for index in range(COMPANIES):
        town = towns[index % len(towns)]
        yield {
            "darId": _dar_id(index),
            "vejnavn": f"{_PLACES[index % len(_PLACES)]}vænget",
            "husnummer": str(index + 1),
            **{name: town[name] for name in ("postnummer", "by", "kommunekode")},
        }


def made_up_companies() -> Iterator[dict[str, Any]]:
    """Yield them, as the register of companies is made from."""
    for index in range(COMPANIES):
        trade, branch = _TRADES[index % len(_TRADES)]
        short, form = _FORMS[index % len(_FORMS)]
        status = _STAGES[index % len(_STAGES)][1]
        yield {
            "cvrNummer": cvr_number(index),
            "navn": f"{_PLACES[index // len(_TRADES)]} {trade} {short}{_ENDINGS.get(status, '')}",
            "virksomhedsform": form,
            "status": status,
            "stiftelsesdato": f"{1990 + index % 30}-{1 + index % 12:02d}-{1 + index % 28:02d}",
            "darId": _dar_id(index),
            "branche": branch,
        }
