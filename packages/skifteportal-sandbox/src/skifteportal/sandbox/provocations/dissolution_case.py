"""How the codes of declarations, appeals, messages and creditors' registrations are provoked."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from skifteportal.sandbox.provocations.dissolution_stage import (
    CLOSED_CASE,
    FOREIGNER,
    HANDED_ON_CASE,
    MANAGER,
    appeal,
    court,
    creditor,
    general,
    liquidator,
    threads,
)
from skifteportal.sandbox.provocations.entry import Provocation
from skifteportal.sandbox.provocations.stage import FUTURE, Stage
from skifteportal.sandbox.provocations.step import Step
from skifteportal.sandbox.seed_dissolutions import EXAMPLE_CASE

__all__ = ["ENTRIES"]

_NOBODY: Final = "00000000-0000-4000-8000-000000000000"
_DECLARATION: Final = {"part": MANAGER, "selskabErAktivt": True, "harAktiver": False}
_CLAIM: Final = {"beloeb": 1000, "endeligt": True}
_RECEIVABLE: Final = {"beloeb": 1000, "udbetalt": True}
_COMPANY: Final = {"type": "VIRKSOMHED", "virksomhed": {"cvrNummer": "90000003"}}


def _declare(**changes: Any) -> Callable[[Stage], Step]:
    sent = {name: value for name, value in {**_DECLARATION, **changes}.items() if value != "-"}
    return lambda stage: general(stage, "udfyldErklaering", sent)


def _declare_for_company(stage: Stage) -> Step:
    sent = {name: value for name, value in _DECLARATION.items() if name != "part"}
    return general(stage, "udfyldErklaering", sent, who="creditor")


def _declare_twice(stage: Stage) -> Step:
    general(stage, "udfyldErklaering", _DECLARATION)
    return general(stage, "udfyldErklaering", _DECLARATION)


def _declare_late(stage: Stage) -> Step:
    stage.advance(days=11)
    return general(stage, "udfyldErklaering", _DECLARATION)


def _declare_unasked(stage: Stage) -> Step:
    liquidator(stage, "addTidligereLedelse", {"part": FOREIGNER})
    return general(stage, "udfyldErklaering", {**_DECLARATION, "part": FOREIGNER})


def _appeal(**changes: Any) -> Callable[[Stage], Step]:
    return lambda stage: general(stage, "addKaeremaal", appeal(stage, **changes))


def _appeal_as_stranger(stage: Stage) -> Step:
    return general(stage, "addKaeremaal", appeal(stage), who="stranger")


def _thread_elsewhere(stage: Stage) -> Step:
    listed = stage.call(
        "liquidator", "henvendelse-dirigent", "getAllHenvendelseTraadForSag", sagId=EXAMPLE_CASE
    )
    return threads(stage, str(listed.answer[0]["id"]), sag=HANDED_ON_CASE)


def _unknown_thread(stage: Stage) -> Step:
    return threads(stage, _NOBODY, sag=EXAMPLE_CASE)


def _claim(who: str = "creditor", **changes: Any) -> Callable[[Stage], Step]:
    return lambda stage: creditor(stage, "addKrav", {**_CLAIM, **changes}, who=who)


def _receivable(stage: Stage) -> Step:
    return creditor(stage, "addTilgodehavende", {**_RECEIVABLE, "udbetaltdato": FUTURE})


def _claim_when_closed(stage: Stage) -> Step:
    return creditor(stage, "addKrav", _CLAIM, sag=CLOSED_CASE)


def _report_when_closed(stage: Stage) -> Step:
    court(stage, "opdaterSagStatus", {"status": "OPLOEST"})
    return liquidator(stage, "addRedegoerelse", {"opsummering": "Ingen aktiver"})


def _entries(
    operation: str, table: Mapping[str, tuple[str, Callable[[Stage], Step]]]
) -> tuple[Provocation, ...]:
    return tuple(
        Provocation(code=code, side="api", operation=operation, how=how, provoke=provoke)
        for code, (how, provoke) in table.items()
    )


ENTRIES: Final = (
    *_entries(
        "udfyldErklaering",
        {
            "handling.erklaering.frist.overskredet": (
                "Advance the clock by eleven days, past the deadline of the request, and make the declaration.",
                _declare_late,
            ),
            "handling.erklaering.udfyld.anmodning.mangler": (
                "Add a former manager, and make a declaration for that manager, whom nobody asked for one.",
                _declare_unasked,
            ),
            "handling.erklaering.udfyld.autorisering": (
                "Make a declaration with a company's direct token and without part.",
                _declare_for_company,
            ),
            "handling.erklaering.udfyld.eksisterer": (
                "Make the same declaration twice.",
                _declare_twice,
            ),
            "handling.erklaering.udfyld.validation.aktiver": (
                "Make a declaration with harAktiver true and no aktiver.",
                _declare(harAktiver=True),
            ),
            "handling.erklaering.udfyld.validation.ophoert": (
                "Make a declaration with selskabErAktivt false and no ophoertDato.",
                _declare(selskabErAktivt=False),
            ),
            "handling.erklaering.udfyld.validation.genoptag.og.oploest": (
                "Make a declaration with both oenskesOploest and oenskesGenoptaget true.",
                _declare(oenskesOploest=True, oenskesGenoptaget=True),
            ),
        },
    ),
    Provocation(
        code="handling.erklaering.udfyld.autorisering.intern",
        side="api",
        operation="udfyldErklaering",
        how="Make a declaration with a company as part.",
        provoke=_declare(part=_COMPANY),
        note="A person without a part in the case gets this code too, not handling.part.ikke.en.del.af.sagen.",
    ),
    *_entries(
        "addKaeremaal",
        {
            "handling.kaeremaal.afgoerelse.ikke.valgt": (
                "Appeal without afgoerelseId.",
                _appeal(afgoerelseId=None),
            ),
            "handling.kaeremaal.ikke.relateret.til.sag": (
                "Appeal with the token of a company without a part in the case.",
                _appeal_as_stranger,
            ),
            "handling.kaeremaal.ikke.udfyldt": (
                "Appeal with a paastand but neither begrundelse nor a document.",
                _appeal(begrundelse=None),
            ),
        },
    ),
    Provocation(
        code="handling.part.ikke.en.del.af.sagen",
        side="api",
        operation="addKaeremaal",
        how="Appeal for a part that has nothing to do with the case.",
        provoke=_appeal(part=FOREIGNER),
        note="anmodErklaering and fratraedLikvidator answer so too; udfyldErklaering has a code of its own for it.",
    ),
    *_entries(
        "getHenvendelseTraadForSag",
        {
            "sag.henvendelse.traad.findes.ikke": (
                "Read a thread of messages by an id that no thread has.",
                _unknown_thread,
            ),
            "sag.henvendelse.traad.findes.ikke.paa.sag": (
                "Read one of your threads of messages through another case.",
                _thread_elsewhere,
            ),
        },
    ),
    *_entries(
        "addKrav",
        {
            "sag.registrering.bruger.maa.ikke.vaere.likvidator": (
                "File a claim with a direct token of the firm of the case's liquidator.",
                _claim("liquidator_firm"),
            ),
            "sag.registrering.krav.opgjortdato.fremtidig": (
                "File a claim with an opgjortdato in the future.",
                _claim(opgjortdato=FUTURE),
            ),
            "sag.registrering.nulkrav.ingen.bilag.eller.bemaerkning": (
                "File a claim of 0 as Gældsstyrelsen, without bemaerkning and bilag.",
                _claim("gaeldsstyrelsen", beloeb=0),
            ),
            "sag.registrering.nulkrav.er.ikke.gaeldsstyrelsen": (
                "File a claim of 0 as anybody but Gældsstyrelsen.",
                _claim(beloeb=0),
            ),
            "sag.registrering.sag.afsluttet": (
                "File a claim in a closed case.",
                _claim_when_closed,
            ),
            "sag.registrering.tredjepart.anden.tom": (
                "File a claim with a tredjepart of type ANDEN without anden.",
                _claim(tredjepart={"type": "ANDEN", "anden": ""}),
            ),
        },
    ),
    Provocation(
        code="sag.registrering.tilgodehavende.udbetaltdato.fremtidig",
        side="api",
        operation="addTilgodehavende",
        how="File a receivable that was paid on a day in the future.",
        provoke=_receivable,
    ),
    Provocation(
        code="sag.allerede.afsluttet",
        side="api",
        operation="addRedegoerelse",
        how="Let the court close the case (opdaterSagStatus), and file a report.",
        provoke=_report_when_closed,
        note="For appeals and messages the settings appeals_in_closed_case and messages_in_closed_case decide.",
    ),
)
