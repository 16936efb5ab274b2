import pytest

from skifteportal.sandbox.clock import ManualClock
from skifteportal.sandbox.doedsbo.kinds import KINDS
from skifteportal.sandbox.doedsbo.receipts import receipt
from skifteportal.sandbox.seed import seeded

ESTATES = {estate.name: estate for estate in seeded([], clock=ManualClock()).estates.values()}


@pytest.mark.parametrize(
    ("kind", "name", "code", "heading", "begins"),
    [
        (
            0,
            "Ione Koss",
            "K1",
            "Dit krav er nu anmeldt ",
            "Du har anmeldt et krav i boet efter Ione Koss.\nNår boet",
        ),
        (
            0,
            "Erlinda Hills",
            "K2",
            "Dit krav er nu anmeldt ",
            "Du har anmeldt et krav i boet efter Erlinda Hills.\nBoet er",
        ),
        (
            1,
            "Ione Koss",
            "T1",
            "Dit tilgodehavende er nu anmeldt ",
            "Du har anmeldt et tilgodehavende i boet",
        ),
        (
            2,
            "Ione Koss",
            "E1",
            "Din effektfortegnelse er nu modtaget ",
            "Du har indsendt en effektfortegnelse i boet",
        ),
        (
            3,
            "Erlinda Hills",
            "F2",
            "Din forespørgsel er nu modtaget ",
            "Du har indsendt en forespørgsel i boet",
        ),
        (4, "Ione Koss", "A1", "Dit aktiv er nu anmeldt ", "Du har anmeldt et aktiv i boet"),
        (
            5,
            "Erlinda Hills",
            "P2",
            "Din proformaopgørelse er nu modtaget ",
            "Du har indsendt en proformaopgørelse i boet",
        ),
    ],
)
def test_receipts_name_what_was_filed_and_after_whom(kind, name, code, heading, begins):
    made = receipt(KINDS[kind], ESTATES[name])
    assert (made["kode"], made["overskrift"]) == (code, heading)
    assert made["indhold"].startswith(begins)
