"""How the codes of estates (doedsbo) that an API raises are provoked."""

from typing import Any, Final

from skifteportal.sandbox.provocations.entry import Provocation
from skifteportal.sandbox.provocations.stage import Stage, Step
from skifteportal.sandbox.seed import EXAMPLE_CPR

__all__ = ["ENTRIES"]

_ESTATE: Final = "e25d84d3-7aec-4361-84da-93125cb83f08"
_ADDRESS: Final = {"adresselinje": "Ved Ringen 1", "postnummer": "4000", "by": "Roskilde"}
_CLAIM: Final = {"beloeb": 1000, "endeligt": True}
_UNNAMED: Final = {"type": "ANDEN", "anden": ""}


def _call(stage: Stage, operation: str, body: Any) -> Step:
    return stage.call("creditor", "doedsbojournal", operation, body, doedsbojournalId=_ESTATE)


def _f1(stage: Stage) -> Step:
    query = {"cprNummer": EXAMPLE_CPR, "navn": "Erlinda Hills", "adresse": _ADDRESS}
    return stage.call("creditor", "doedsbojournal", "searchBo", query)


def _f2(stage: Stage) -> Step:
    return stage.call("creditor", "doedsbojournal", "searchBo", {"navn": "Erlinda Hills"})


def _f4(stage: Stage) -> Step:
    return _call(stage, "addKrav", {**_CLAIM, "paaVegneAf": _UNNAMED})


ENTRIES: Final[tuple[Provocation, ...]] = (
    Provocation(
        code="doedsbo.f1",
        side="api",
        operation="searchBo",
        how="Search for an estate by CPR number and by name and address at once.",
        provoke=_f1,
    ),
    Provocation(
        code="doedsbo.f2",
        side="api",
        operation="searchBo",
        how="Search for an estate by name alone, without an address.",
        provoke=_f2,
    ),
    Provocation(
        code="doedsbo.f4",
        side="api",
        operation="addKrav",
        how="File a claim for somebody of type ANDEN (paaVegneAf) without saying in words who it is.",
        provoke=_f4,
    ),
)
