"""How the codes of estates (doedsbo) that only the court meets are provoked, by its acts on the control port."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from skifteportal.sandbox.provocations.entry import Provocation
from skifteportal.sandbox.provocations.stage import ESTATE, FUTURE, OPEN_ESTATE, Stage
from skifteportal.sandbox.provocations.step import Step

__all__ = ["ENTRIES"]

_LIVING: Final = "7309514074"  # Bodil Engholt, whose address the register doesn't have
_DAR: Final = "0a3f50b8-0000-4000-8000-000000000003"  # in Roskilde
_OPENING: Final = {"cprNummer": _LIVING, "adresse": {"darId": _DAR}}
_SOMEBODY: Final = {
    "part": {"type": "PERSON", "person": {"personId": "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f2001"}}
}
_ABROAD: Final = {
    "part": {"type": "UDENLANDSK_PERSON", "udenlandskPerson": {"navn": "Astrid Berg"}}
}
_DAY: Final = "2026-01-10"
_PRIVATE: Final = {
    "skifteform": "PRIVAT_SKIFTE",
    "udleveringsdato": _DAY,
    "kontaktperson": _SOMEBODY,
}
_FORMS: Final = "Which forms of administration is not known: the settings forms_without_… and forms_never_duty_free say it."


def _open(**changes: Any) -> Callable[[Stage], Step]:
    return lambda stage: stage.court("opretBo", {**_OPENING, **changes})


def _hand_over(**changes: Any) -> Callable[[Stage], Step]:
    sent = {name: value for name, value in {**_PRIVATE, **changes}.items() if value != "-"}
    return lambda stage: stage.court("udlever", sent, doedsbojournalId=OPEN_ESTATE)


def _in_undivided(**figures: Any) -> Callable[[Stage], Step]:
    """Hand over in a form that has no figures: uskiftet bo."""
    return _hand_over(skifteform="USKIFTET_BO", **figures)


def _f3(stage: Stage) -> Step:
    stage.court("opretBo", {**_OPENING, "sksNummer": "SKS 4711-2026"})
    return stage.court("opretBo", {**_OPENING, "sksNummer": "SKS 4711-2026"})


def _f8(stage: Stage) -> Step:
    return stage.court("opdaterBobehandling", {"bundfradrag": 333100}, doedsbojournalId=OPEN_ESTATE)


def _f32(stage: Stage) -> Step:
    opened = stage.court("opretBo", _OPENING)
    return stage.court("udlever", _PRIVATE, doedsbojournalId=opened.id)


def _f34(stage: Stage) -> Step:
    asked = stage.call(
        "creditor",
        "doedsbojournal",
        "addForespoergsel",
        {"bekraeftet": True},
        doedsbojournalId=ESTATE,
    )
    path = {"doedsbojournalId": ESTATE, "forespoergselId": asked.id}
    stage.court("afgoerForespoergsel", {"status": "GODKENDT"}, **path)
    return stage.court("afgoerForespoergsel", {"status": "AFSLAAET"}, **path)


def _from_esagsskridt(sent: Mapping[str, Any]) -> Callable[[Stage], Step]:
    return lambda stage: stage.court("modtagESagsskridt", sent, doedsbojournalId=OPEN_ESTATE)


def _f38(stage: Stage) -> Step:
    sent = {
        "cvrNummer": "11111111",
        "beloeb": 1000,
        "endeligt": True,
        "modtagelsesdato": FUTURE,
    }
    return stage.court("registrerForAnmelder", sent, doedsbojournalId=ESTATE)


def _entry(
    code: str, operation: str, how: str, provoke: Callable[[Stage], Step], note: str = ""
) -> Provocation:
    return Provocation(
        code=f"doedsbo.{code}",
        side="court",
        operation=operation,
        how=how,
        provoke=provoke,
        note=note,
    )


ENTRIES: Final = (
    _entry("f3", "opretBo", "The court opens two estates with the same SKS number.", _f3),
    _entry(
        "f5",
        "opretBo",
        "The court opens an estate in a court district that does not exist.",
        _open(retskredsId="0000"),
    ),
    _entry(
        "f7",
        "udlever",
        "The court hands an estate over as of a day in the future.",
        _hand_over(udleveringsdato=FUTURE),
    ),
    _entry(
        "f8",
        "opdaterBobehandling",
        "The court states the basic allowance of an estate that was not handed over.",
        _f8,
    ),
    _entry(
        "f9",
        "udlever",
        "The court hands an estate over undivided (USKIFTET_BO) and states its net estate.",
        _in_undivided(bobeholdning={"beloeb": 100000}),
        _FORMS,
    ),
    _entry(
        "f10",
        "udlever",
        "The court hands an estate over undivided (USKIFTET_BO) and states a basic allowance.",
        _in_undivided(bundfradrag=333100),
        _FORMS,
    ),
    _entry(
        "f11",
        "udlever",
        "The court hands an estate over undivided (USKIFTET_BO) and states a cut-off date.",
        _in_undivided(skaeringsdato=_DAY),
        _FORMS,
    ),
    _entry(
        "f12",
        "udlever",
        "The court hands an estate over undivided (USKIFTET_BO) with additional estate duty.",
        _in_undivided(tillaegsboafgift=True),
        _FORMS,
    ),
    _entry(
        "f13",
        "udlever",
        "The court hands an estate over for private division and names an administrator, but no contact person.",
        _hand_over(kontaktperson=None, bobestyrer=_SOMEBODY),
        "Our reading: f13 if the handing over itself leaves the contact person out, f36 if it says nothing and the "
        "case has none.",
    ),
    _entry(
        "f26",
        "modtagESagsskridt",
        "The court's system eSagsskridt names a contact person abroad by name alone.",
        _from_esagsskridt({"kontaktperson": _ABROAD}),
    ),
    _entry(
        "f27",
        "modtagESagsskridt",
        "The court's system eSagsskridt names neither a contact person nor an administrator.",
        _from_esagsskridt({}),
    ),
    _entry(
        "f28",
        "udlever",
        "The court hands an estate over without saying in which form of administration.",
        _hand_over(skifteform="-"),
        "What is required is not known: the setting handover_requires.",
    ),
    _entry(
        "f30",
        "opretBo",
        "The court opens an estate after somebody whose address it does not know.",
        _open(adresse={}),
    ),
    _entry(
        "f31",
        "opretBo",
        "The court in Randers opens an estate after somebody who lived in Roskilde.",
        _open(retskredsId="1174"),
    ),
    _entry(
        "f32",
        "udlever",
        "The court opens an estate without an SKS number and hands it over.",
        _f32,
    ),
    _entry(
        "f33",
        "udlever",
        "The court hands an estate over to an administrator (BOBESTYRERBO) with a net estate free of duty.",
        _hand_over(
            skifteform="BOBESTYRERBO",
            kontaktperson="-",
            bobestyrer=_SOMEBODY,
            bobeholdning={"beloeb": 100000, "afgiftsfri": True},
        ),
        _FORMS,
    ),
    _entry(
        "f34",
        "afgoerForespoergsel",
        "The court approves an inquiry in an estate that was handed over, and then refuses it.",
        _f34,
    ),
    _entry(
        "f36",
        "udlever",
        "The court hands an estate over for private division; nobody is named as its contact person.",
        _hand_over(kontaktperson="-"),
        "Our reading: see doedsbo.f13.",
    ),
    _entry(
        "f38",
        "registrerForAnmelder",
        "The court enters a claim as received on paper on a day that is not before this one.",
        _f38,
        "addKrav, updateKrav, addTilgodehavende and updateTilgodehavende raise it too, though it is doubtful that filers may send modtagelsesdato.",
    ),
)
