"""How the codes of the liquidator's own acts are provoked."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from skifteportal.sandbox.provocations.dissolution_stage import (
    FOREIGNER,
    MANAGER,
    court,
    documents,
    general,
    liquidator,
    petition,
    task,
)
from skifteportal.sandbox.provocations.entry import Provocation
from skifteportal.sandbox.provocations.stage import FUTURE, Stage
from skifteportal.sandbox.provocations.step import Step

__all__ = ["ENTRIES"]

_OTHER: Final = "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f3002"
_NOBODY: Final = "00000000-0000-4000-8000-000000000000"
_PASSIVE: Final = {"type": "PERSON", "person": {"personId": "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f2004"}}
_COMPANY: Final = {"type": "VIRKSOMHED", "virksomhed": {"cvrNummer": "90000003"}}
_REJECTED: Final = {"udfald": "AFSLAAET"}
_REMARK: Final = {"tekst": "Afventer banken", "fremhaevet": True}
_STRETCHED: Final = (
    "A request that is withdrawn after the decision answers so; so does a further request, while the setting "
    "decided_bars_requests is on."
)


def _send(operation: str, **body: Any) -> Callable[[Stage], Step]:
    return lambda stage: liquidator(stage, operation, body)


def _ask(party: Mapping[str, Any], day: str = FUTURE) -> Callable[[Stage], Step]:
    return _send("anmodErklaering", modtagere=[party], fristdato=day)


def _deadline(stage: Stage) -> str:
    return str(general(stage, "getAllFrist").answer[0]["id"])


def _unexplained_extension(stage: Stage) -> Step:
    return liquidator(stage, "anmodFristudsaettelse", {"fristId": _deadline(stage)})


def _no_extension_to_withdraw(stage: Stage) -> Step:
    body = {"fristId": _deadline(stage), "aarsag": "Banken svarer ikke"}
    made = liquidator(stage, "anmodFristudsaettelse", body).id
    court(stage, "behandlAnmodning", _REJECTED, anmodninger="fristudsaettelser")
    return liquidator(stage, "deleteFristudsaettelse", fristudsaettelseId=made)


def _two_petitions(stage: Stage) -> Step:
    petition(stage)
    return petition(stage)


def _no_petition_to_withdraw(stage: Stage) -> Step:
    made = petition(stage).id
    liquidator(stage, "deleteKonkursbegaering", konkursbegaeringId=made)
    return liquidator(stage, "deleteKonkursbegaering", konkursbegaeringId=made)


def _no_auditor_to_withdraw(stage: Stage) -> Step:
    made = liquidator(stage, "anmodRevisor", {"aarsag": "Bilag mangler"}).id
    liquidator(stage, "deleteRevisoranmodning", revisoranmodningId=made)
    return liquidator(stage, "deleteRevisoranmodning", revisoranmodningId=made)


def _auditor_decided(stage: Stage) -> Step:
    made = liquidator(stage, "anmodRevisor", {"aarsag": "Bilag mangler"}).id
    court(stage, "behandlAnmodning", _REJECTED, anmodninger="revisoranmodninger")
    return liquidator(stage, "deleteRevisoranmodning", revisoranmodningId=made)


def _co_liquidator_decided(stage: Stage) -> Step:
    made = liquidator(stage, "anmodMedlikvidator", {"likvidatorId": _OTHER}).id
    court(stage, "behandlAnmodning", _REJECTED, anmodninger="medlikvidatoranmodninger")
    return liquidator(stage, "deleteMedlikvidatoranmodning", medlikvidatoranmodningId=made)


def _resigned_already(stage: Stage) -> Step:
    court(stage, "udpegLikvidator", {"likvidatorId": _OTHER})
    body = {"fratraedelser": [{"likvidatorId": _OTHER}]}
    liquidator(stage, "fratraedLikvidator", body)
    return liquidator(stage, "fratraedLikvidator", body)


def _twice(operation: str, **body: Any) -> Callable[[Stage], Step]:
    def twice(stage: Stage) -> Step:
        liquidator(stage, operation, body)
        return liquidator(stage, operation, body)

    return twice


def _report(stage: Stage) -> Step:
    return liquidator(stage, "addRedegoerelse", {"opgaveId": task(stage)})


def _report_for_nothing(stage: Stage) -> Step:
    body = {"opsummering": "Ingen aktiver", "dokumenter": documents(stage), "opgaveId": _NOBODY}
    return liquidator(stage, "addRedegoerelse", body)


def _for_task(operation: str) -> Callable[[Stage], Step]:
    return lambda stage: liquidator(stage, operation, opgaveId=task(stage))


_TASKS: Final = {
    "sag.fristudsaettelse.opgave.ikke.tilknyttet": "getFristudsaettelseForOpgave",
    "sag.kaeremaal.opgave.ikke.tilknyttet": "getKaeremaalForOpgave",
    "sag.medlikvidatoranmodning.opgave.ikke.tilknyttet": "getMedlikvidatoranmodningForOpgave",
    "sag.redegoerelse.opgave.ikke.tilknyttet": "getRedegoerelseForOpgave",
    "handling.konkursbegaering.ukendt.opgave.relation": "getKonkursbegaeringForOpgave",
    "handling.revisor.ukendt.opgave.relation": "getRevisoranmodningForOpgave",
}

_TABLE: Final[tuple[tuple[str, str, str, Callable[[Stage], Step], str], ...]] = (
    (
        "handling.afslutning.eksisterer",
        "addAfslutning",
        "Propose to close the case twice.",
        _twice("addAfslutning", udfald="OPLOEST"),
        "",
    ),
    (
        "handling.erklaering.anmod.eksisterer",
        "anmodErklaering",
        "Ask a former manager for a declaration who was asked already.",
        _ask(MANAGER),
        "",
    ),
    (
        "handling.erklaering.anmod.fristdato.fremtiden",
        "anmodErklaering",
        "Ask for a declaration with a fristdato in the past.",
        _ask(MANAGER, "2026-01-01"),
        "",
    ),
    (
        "handling.erklaering.anmod.modtager.ikke.aktiv",
        "anmodErklaering",
        "Ask a former manager for a declaration who was made passive.",
        _ask(_PASSIVE),
        "updateTidligereLedelse makes a manager passive; it is the request that is refused.",
    ),
    (
        "handling.erklaering.anmod.modtager.virksomhed",
        "anmodErklaering",
        "Ask a company for a declaration.",
        _ask(_COMPANY),
        "",
    ),
    (
        "handling.fristudsaettelse.anmodning.frist.ikke.aktiv",
        "anmodFristudsaettelse",
        "Ask to extend a deadline that is not there.",
        _send("anmodFristudsaettelse", fristId=_NOBODY, aarsag="Banken svarer ikke"),
        "",
    ),
    (
        "handling.fristudsaettelse.anmodning.ikke.udfyldt",
        "anmodFristudsaettelse",
        "Ask to extend a deadline without aarsag and documents.",
        _unexplained_extension,
        "",
    ),
    (
        "handling.fristudsaettelse.anmodning.ubehandlet.eksisterer.ikke",
        "deleteFristudsaettelse",
        "Ask to extend a deadline, let the court decide (behandlAnmodning), and withdraw the request.",
        _no_extension_to_withdraw,
        "",
    ),
    (
        "handling.konkursbegaering.ikke.udfyldt",
        "indgivKonkursbegaering",
        "File a bankruptcy petition with a remark only.",
        _send("indgivKonkursbegaering", bemaerkning="Insolvent"),
        "",
    ),
    (
        "handling.konkursbegaering.ubehandlet.eksisterer",
        "indgivKonkursbegaering",
        "File two bankruptcy petitions.",
        _two_petitions,
        "",
    ),
    (
        "handling.konkursbegaering.ubehandlet.eksisterer.ikke",
        "deleteKonkursbegaering",
        "Withdraw a bankruptcy petition twice.",
        _no_petition_to_withdraw,
        "",
    ),
    (
        "handling.likvidator.anmodning.revisor.ikke.udfyldt",
        "anmodRevisor",
        "Ask for an auditor without aarsag and documents.",
        _send("anmodRevisor"),
        "",
    ),
    (
        "handling.likvidator.fratraed.likvidator.ikke.udpeget",
        "fratraedLikvidator",
        "Let the court appoint a second liquidator, and let that one resign twice.",
        _resigned_already,
        "",
    ),
    (
        "handling.mapning.fejlet",
        "addRedegoerelse",
        "File a report for a task that the case does not have.",
        _report_for_nothing,
        (
            "Every body can get it (unknown persons and tasks, parties without a name, a NUL in a text). The five deletions are "
            "listed since any handling write may answer so; here they never do, for they have no body."
        ),
    ),
    (
        "handling.medlikvidator.behandling.publicering",
        "deleteMedlikvidatoranmodning",
        "Ask for another liquidator, let the court decide (behandlAnmodning), and withdraw the request.",
        _co_liquidator_decided,
        _STRETCHED,
    ),
    (
        "handling.redegoerelse.aktiv.frist",
        "addRedegoerelse",
        "File a report without opgaveId while a deadline for it runs.",
        _send("addRedegoerelse", opsummering="Ingen aktiver"),
        "Doubtful: the code may be the court's alone; a second such deadline (saetFrist) answers so too.",
    ),
    (
        "handling.redegoerelse.ikke.udfyldt",
        "addRedegoerelse",
        "File a report without opsummering and documents.",
        _report,
        "",
    ),
    (
        "handling.revisor.behandling.publicering",
        "deleteRevisoranmodning",
        "Ask for an auditor, let the court decide (behandlAnmodning), and withdraw the request.",
        _auditor_decided,
        _STRETCHED,
    ),
    (
        "handling.revisor.ubehandlet.eksisterer.ikke",
        "deleteRevisoranmodning",
        "Withdraw a request for an auditor twice.",
        _no_auditor_to_withdraw,
        "",
    ),
    (
        "handling.tidlLedelse.dublet",
        "addTidligereLedelse",
        "Add the same former manager twice.",
        _twice("addTidligereLedelse", part=FOREIGNER),
        "",
    ),
    (
        "handling.tidlLedelse.ikke.person",
        "addTidligereLedelse",
        "Add a company as former management.",
        _send("addTidligereLedelse", part=_COMPANY),
        "",
    ),
    (
        "sag.bemaerkning.fremhaevning.ikke.flere.tilladt",
        "addBemaerkning",
        "Add two highlighted remarks.",
        _twice("addBemaerkning", **_REMARK),
        "",
    ),
    (
        "sag.likvidator.ikke.valid",
        "anmodMedlikvidator",
        "Ask for a liquidator whose id nobody has.",
        _send("anmodMedlikvidator", likvidatorId=_NOBODY),
        (
            "Published is whoever has a profile; a claim of the liquidator's firm, or a seat in the former management, is a "
            "conflict of interest."
        ),
    ),
    *(
        (code, operation, "Read what belongs to a task of another kind.", _for_task(operation), "")
        for code, operation in _TASKS.items()
    ),
)

ENTRIES: Final = tuple(
    Provocation(code=code, side="api", operation=operation, how=how, provoke=provoke, note=note)
    for code, operation, how, provoke, note in _TABLE
)
