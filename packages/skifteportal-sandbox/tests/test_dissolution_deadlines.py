"""Deadlines that are moved and met, with what hangs on them."""

import pytest
from portal_in_memory import EXAMPLE_CASE, MANAGER

from skifteportal.sandbox.answers import Fault

LIQUIDATORS = f"/likvidator/tvangsoploesningssager/{EXAMPLE_CASE}"
GENERAL = f"/tvangsoploesningssager/{EXAMPLE_CASE}"
LATER = "2026-03-01"
DECLARATION = {"part": MANAGER, "selskabErAktivt": True, "harAktiver": False}


def deadline(caller, kind):
    return [one for one in caller("GET", f"{GENERAL}/frister").json if one["type"] == kind]


def asked(caller):
    listed = caller("GET", f"{GENERAL}/erklaeringsanmodninger").json
    return [(one["fristdato"], one["status"]) for one in listed]


@pytest.fixture
def extend(portal, liquidator):
    def extend(kind, *, wished=LATER, **decided):
        body = {"fristId": deadline(liquidator, kind)[0]["id"], "aarsag": "Banken"}
        if wished:
            body["oensketFrist"] = wished
        assert liquidator("POST", f"{LIQUIDATORS}/fristudsaettelser", body).status == 201
        place = {"sagId": EXAMPLE_CASE, "anmodninger": "fristudsaettelser"}
        portal.court("behandlAnmodning", path=place, body={"udfald": "IMOEDEKOMMET", **decided})

    return extend


def test_with_a_declarations_deadline_its_request_is_extended(liquidator, extend, clock):
    extend("ERKLAERING")
    assert asked(liquidator) == [(LATER, "AFVENTER")]
    clock.advance(days=40)  # past the first deadline
    assert liquidator("POST", f"{GENERAL}/erklaeringer", DECLARATION).status == 201
    assert asked(liquidator) == [(LATER, "UDFYLDT")]


def test_only_the_request_of_that_deadline_is_extended(liquidator, extend, clock):
    clock.advance(days=20)
    body = {"modtagere": [MANAGER], "fristdato": "2026-02-10"}
    liquidator("POST", f"{LIQUIDATORS}/erklaeringsanmodninger", body)
    running = deadline(liquidator, "ERKLAERING")[1]["id"]
    sent = {"fristId": running, "oensketFrist": LATER, "aarsag": "x"}
    liquidator("POST", f"{LIQUIDATORS}/fristudsaettelser", sent)
    place = {"sagId": EXAMPLE_CASE, "anmodninger": "fristudsaettelser"}
    liquidator.portal.court("behandlAnmodning", path=place, body={"udfald": "IMOEDEKOMMET"})
    assert asked(liquidator) == [("2026-01-25", "UDLOEBET"), (LATER, "AFVENTER")]


def test_with_its_deadline_the_case_is_reopenable_for_longer(portal, liquidator, extend):
    extend("GENOPTAGELSE")
    assert liquidator("GET", GENERAL).json["genoptagelsesfrist"] == LATER
    body = {"type": "GENOPTAGELSE", "fristdato": "2026-04-01"}
    portal.court("saetFrist", path={"sagId": EXAMPLE_CASE}, body=body)
    assert liquidator("GET", GENERAL).json["genoptagelsesfrist"] == "2026-04-01"


def test_an_extension_never_shortens(liquidator, extend):
    before = deadline(liquidator, "REDEGOERELSE")
    with pytest.raises(Fault) as caught:
        extend("REDEGOERELSE", wished="2020-01-01")
    assert (caught.value.status, caught.value.field) == (400, "fristdato")
    assert caught.value.message.startswith("Fristen løber til 2026-02-04")
    assert deadline(liquidator, "REDEGOERELSE") == before
    (request,) = liquidator("GET", f"{LIQUIDATORS}/fristudsaettelser").json
    assert request["status"] == "UBEHANDLET"
    place = {"sagId": EXAMPLE_CASE, "anmodninger": "fristudsaettelser"}
    decided = {"udfald": "IMOEDEKOMMET", "fristdato": LATER}
    liquidator.portal.court("behandlAnmodning", path=place, body=decided)
    assert deadline(liquidator, "REDEGOERELSE")[0]["fristdato"] == LATER


def test_an_extension_without_a_day_leaves_the_deadline(liquidator, extend):
    extend("REDEGOERELSE", wished="")
    assert deadline(liquidator, "REDEGOERELSE")[0]["fristdato"] == "2026-02-04"


def test_a_declaration_answers_its_request_however_the_id_is_written(liquidator):
    person = {"personId": MANAGER["person"]["personId"].upper()}
    body = {**DECLARATION, "part": {"type": "PERSON", "person": person}}
    assert liquidator("POST", f"{GENERAL}/erklaeringer", body).status == 201
    assert asked(liquidator) == [("2026-01-25", "UDFYLDT")]
    assert deadline(liquidator, "ERKLAERING")[0]["status"] == "OPFYLDT"


def test_a_declaration_answers_no_request_that_ran_out(liquidator, clock):
    clock.advance(days=20)
    body = {"modtagere": [MANAGER], "fristdato": LATER}
    assert liquidator("POST", f"{LIQUIDATORS}/erklaeringsanmodninger", body).status == 201
    assert liquidator("POST", f"{GENERAL}/erklaeringer", DECLARATION).status == 201
    assert asked(liquidator) == [("2026-01-25", "UDLOEBET"), (LATER, "UDFYLDT")]
    met = [one["status"] for one in deadline(liquidator, "ERKLAERING")]
    assert met == ["UDLOEBET", "OPFYLDT"]
