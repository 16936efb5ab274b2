"""How the codes of compulsory dissolution that only the court meets are provoked, by its acts on the control port."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from skifteportal.sandbox.provocations.dissolution_stage import (
    CLOSED_CASE,
    appeal,
    court,
    courts_document,
    general,
)
from skifteportal.sandbox.provocations.entry import Provocation
from skifteportal.sandbox.provocations.stage import Stage
from skifteportal.sandbox.provocations.step import Step

__all__ = ["ENTRIES"]

_NOBODY: Final = "00000000-0000-4000-8000-000000000000"
_NEVER_DISSOLVED: Final = {"cvrNummer": "90000001", "retskredsId": "1183"}


def _forward(**letters: str) -> Callable[[Stage], Step]:
    def forward(stage: Stage) -> Step:
        made = general(stage, "addKaeremaal", appeal(stage)).id
        sent = {name: courts_document(stage) for name in letters}
        return court(stage, "videresendKaeremaal", sent, kaeremaalId=made)

    return forward


def _record(**members: Any) -> Callable[[Stage], Step]:
    def record(stage: Stage) -> Step:
        sent: Mapping[str, Any] = {"dokumentId": courts_document(stage), **members}
        return court(stage, "tilfoejRetsbog", sent)

    return record


def _open(stage: Stage) -> Step:
    return stage.court("opretSag", _NEVER_DISSOLVED)


def _reopen(stage: Stage) -> Step:
    return court(stage, "opdaterSagStatus", {"status": "UNDER_BEHANDLING"}, sag=CLOSED_CASE)


_TABLE: Final[tuple[tuple[str, str, str, Callable[[Stage], Step]], ...]] = (
    (
        "handling.kaeremaal.skrivelse.kaereafgift.mangelfuld",
        "videresendKaeremaal",
        "Let the court forward an appeal with the letter to the High Court, but without the one on the fee.",
        _forward(skrivelseLandsrettenDokumentId=""),
    ),
    (
        "handling.kaeremaal.skrivelse.landsretten.mangelfuld",
        "videresendKaeremaal",
        "Let the court forward an appeal without its letter to the High Court.",
        _forward(),
    ),
    (
        "sag.opret.manglende.genoptagelsesfrist",
        "opretSag",
        "Let the court open a company's first case without genoptagelsesfrist.",
        _open,
    ),
    (
        "sag.retsbog.landsret.ikke.udfyldt.korrekt",
        "tilfoejRetsbog",
        "Let the court enter a record of the High Court's without an appeal.",
        _record(instans="LANDSRET", udfald="STADFAESTET"),
    ),
    (
        "sag.retsbog.tilfoej.kaeremaal.ikke.fundet",
        "tilfoejRetsbog",
        "Let the court enter a record of the High Court's on an appeal that the case does not have.",
        _record(instans="LANDSRET", udfald="STADFAESTET", udestaaendeId=_NOBODY),
    ),
    (
        "sag.status.afsluttet",
        "opdaterSagStatus",
        "Let the court give a closed case another status.",
        _reopen,
    ),
)

ENTRIES: Final = tuple(
    Provocation(code=code, side="court", operation=operation, how=how, provoke=provoke)
    for code, operation, how, provoke in _TABLE
)
