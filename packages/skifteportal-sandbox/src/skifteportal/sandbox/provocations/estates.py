"""How the codes of estates (doedsbo) that an API raises are provoked."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from skifteportal.sandbox.provocations.entry import Provocation
from skifteportal.sandbox.provocations.estates_court import ENTRIES as _COURT
from skifteportal.sandbox.provocations.estates_files import ENTRIES as _FILES
from skifteportal.sandbox.provocations.stage import ESTATE, FUTURE, OPEN_ESTATE, Stage
from skifteportal.sandbox.provocations.step import Step
from skifteportal.sandbox.seed import EXAMPLE_CPR

__all__ = ["ENTRIES"]

_ADDRESS: Final = {"adresselinje": "Ved Ringen 1", "postnummer": "4000", "by": "Roskilde"}
_CLAIM: Final = {"beloeb": 1000, "endeligt": True}
_PAID: Final = {"beloeb": 1000, "udbetalt": True}
_NOBODY: Final = "6101010000"  # a replacement number that the seed doesn't have
_GUESS: Final = "The operations are a guess: the code's text names none."


def _search(query: Mapping[str, Any]) -> Callable[[Stage], Step]:
    return lambda stage: stage.call("creditor", "doedsbojournal", "searchBo", query)


def _file(operation: str, body: Mapping[str, Any]) -> Callable[[Stage], Step]:
    return lambda stage: _filed(stage, operation, body)


def _filed(
    stage: Stage, operation: str, body: Mapping[str, Any], *, estate: str = ESTATE, made: str = ""
) -> Step:
    return stage.call(
        "creditor",
        "doedsbojournal",
        operation,
        body,
        doedsbojournalId=estate,
        kravId=made,
        tilgodehavendeId=made,
    )


def _corrected_late(suffix: str, body: Mapping[str, Any], days: int) -> Callable[[Stage], Step]:
    """File on the day of the notice to creditors, and correct some days after it."""

    def provoke(stage: Stage) -> Step:
        stage.court("indrykProklama", {}, doedsbojournalId=OPEN_ESTATE)
        made = _filed(stage, f"add{suffix}", body, estate=OPEN_ESTATE)
        stage.advance(days=days)
        return _filed(stage, f"update{suffix}", body, estate=OPEN_ESTATE, made=made.id)

    return provoke


def _person(**person: str) -> Mapping[str, Any]:
    return {**_CLAIM, "kreditor": {"type": "PERSON", "person": person}}


def _entry(
    code: str, operation: str, how: str, provoke: Callable[[Stage], Step], note: str = ""
) -> Provocation:
    return Provocation(
        code=f"doedsbo.{code}", side="api", operation=operation, how=how, provoke=provoke, note=note
    )


_THROUGH_APIS: Final = (
    _entry(
        "f1",
        "searchBo",
        "Search for an estate by CPR number and by name and address at once.",
        _search({"cprNummer": EXAMPLE_CPR, "navn": "Erlinda Hills", "adresse": _ADDRESS}),
    ),
    _entry(
        "f2",
        "searchBo",
        "Search for an estate by name alone, without an address.",
        _search({"navn": "Erlinda Hills"}),
    ),
    _entry(
        "f4",
        "addKrav",
        "File a claim for somebody of type ANDEN (paaVegneAf) without saying in words who it is.",
        _file("addKrav", {**_CLAIM, "paaVegneAf": {"type": "ANDEN", "anden": ""}}),
    ),
    _entry(
        "f6",
        "searchBo",
        "Search for an estate by a name and an address whose darId no address has.",
        _search(
            {
                "navn": "Erlinda Hills",
                "adresse": {**_ADDRESS, "darId": "00000000-0000-4000-8000-000000000000"},
            }
        ),
    ),
    _entry(
        "f14",
        "addTilgodehavende",
        "File a receivable that has been paid out, without the day of payout.",
        _file("addTilgodehavende", _PAID),
    ),
    _entry(
        "f15",
        "addTilgodehavende",
        "File a receivable that has not been paid out, with a day of payout.",
        _file(
            "addTilgodehavende",
            {"beloeb": 1000, "udbetalt": False, "udbetaltdato": "2026-01-01"},
        ),
    ),
    _entry(
        "f16",
        "addTilgodehavende",
        "File a receivable that was paid out on a day in the future.",
        _file("addTilgodehavende", {**_PAID, "udbetaltdato": FUTURE}),
    ),
    _entry(
        "f17",
        "addKrav",
        "File a claim that is stated as of a day in the future.",
        _file("addKrav", {**_CLAIM, "opgjortdato": FUTURE}),
    ),
    _entry(
        "f20",
        "addEffektfortegnelse",
        "File an inventory with two items of the same category.",
        _file(
            "addEffektfortegnelse",
            {"effekter": [{"kategori": "MOEBLER"}, {"kategori": "MOEBLER"}]},
        ),
    ),
    _entry(
        "f21",
        "updateKrav",
        "File a final claim on the day of the notice to creditors, advance the clock by 57 days, past its eight weeks, and correct the claim.",
        _corrected_late("Krav", _CLAIM, 57),
    ),
    _entry(
        "f22",
        "updateKrav",
        "File a provisional claim on the day of the notice to creditors, advance the clock by 113 days, past twice its eight weeks, and correct it.",
        _corrected_late("Krav", {**_CLAIM, "endeligt": False}, 113),
    ),
    _entry(
        "f23",
        "updateTilgodehavende",
        "File a receivable on the day of the notice to creditors, advance the clock by 57 days, past its eight weeks, and correct it.",
        _corrected_late("Tilgodehavende", {"beloeb": 1000, "udbetalt": False}, 57),
    ),
    _entry(
        "f35",
        "addProformaopgoerelse",
        "File a pro forma statement without confirming it.",
        _file("addProformaopgoerelse", {"bekraeftet": False}),
    ),
    _entry(
        "f37",
        "addForespoergsel",
        "File an inquiry without confirming it.",
        _file("addForespoergsel", {"bekraeftet": False}),
    ),
    _entry(
        "f39",
        "addEffektfortegnelse",
        "File an inventory with neither an item nor a remark.",
        _file("addEffektfortegnelse", {"effekter": []}),
    ),
    _entry(
        "f41",
        "addKrav",
        "File a claim whose creditor has the CPR number of one person and the name of another.",
        _file("addKrav", _person(cprNummer=EXAMPLE_CPR, navn="Bodil Engholt")),
        _GUESS,
    ),
    _entry(
        "f42",
        "searchBo",
        "Search for an estate by a CPR number that nobody has.",
        _search({"cprNummer": _NOBODY}),
        f"{_GUESS} Somebody who lives gives an empty list.",
    ),
)

ENTRIES: Final[tuple[Provocation, ...]] = tuple(
    sorted((*_THROUGH_APIS, *_FILES, *_COURT), key=lambda entry: int(entry.code[9:]))
)
