"""What the court shares, and that its documents are had by whoever is shown them."""

import pytest
from portal_in_memory import EXAMPLE_CASE, HANDED_ON_CASE

from skifteportal.sandbox.answers import Fault

GENERAL = f"/tvangsoploesningssager/{EXAMPLE_CASE}"
CREDITORS = f"/kreditor{GENERAL}"


@pytest.fixture
def court(portal):
    def act(name, body, **path):
        return portal.court(name, path={"sagId": EXAMPLE_CASE, **path}, body=body)

    return act


@pytest.fixture
def document(court):
    return court("tilfoejDokument", {"navn": "Kendelse"})["id"]


def test_a_decisions_document_is_had_by_those_who_are_shown_the_decision(
    api, liquidator, court, document
):
    said = {"type": "ANDET", "overskrift": "Kendelse", "roller": ["KREDITOR"]}
    made = court("afsigAfgoerelse", {**said, "dokumenter": [document]})["id"]
    path = f"{GENERAL}/dokumenter/{document.upper()}/fil"
    assert api("GET", path).status == 404  # not published yet
    court("publicer", {"afgoerelseId": made})
    assert api("GET", path).content.startswith(b"%PDF-")
    assert liquidator("GET", path).status == 404
    elsewhere = f"/tvangsoploesningssager/{HANDED_ON_CASE}/dokumenter/{document}/fil"
    assert api("GET", elsewhere).status == 404


def test_a_court_records_document_is_had_with_it(api, court, document):
    court("tilfoejRetsbog", {"instans": "BYRET", "dokumentId": document})
    assert api("GET", f"{GENERAL}/dokumenter/{document}/fil").status == 200


def test_a_document_in_an_answer_is_had_by_who_asked(api, liquidator, court, document):
    asked = api("POST", f"{CREDITORS}/henvendelser", {"emneord": "a", "tekst": "b"}).json["id"]
    answer = {"tekst": "Se bilaget.", "dokumenter": [document]}
    court("besvarHenvendelse", answer, henvendelseId=asked)
    path = f"{GENERAL}/dokumenter/{document}/fil"
    assert api("GET", path).status == 200
    assert liquidator("GET", path).status == 404


def test_a_document_in_a_liquidators_thread_is_had_through_that(liquidator, court, document):
    thread = {"sagId": EXAMPLE_CASE, "emneord": "Ring", "henvendelser": [{"tekst": "a"}]}
    made = liquidator("POST", "/henvendelseTraade", thread).json["id"]
    court("besvarHenvendelse", {"tekst": "Ja.", "dokumenter": [document]}, henvendelseId=made)
    assert liquidator("GET", f"{GENERAL}/dokumenter/{document}/fil").status == 404
    own = f"/sager/{EXAMPLE_CASE}/henvendelseTraade/{made}/dokumenter/{document}/fil"
    assert liquidator("GET", own).status == 200


def test_only_what_the_court_shares_can_be_shared_otherwise(api, liquidator, court):
    claim = api("POST", f"{CREDITORS}/krav", {"beloeb": 1, "endeligt": True}).json["id"]
    with pytest.raises(Fault) as caught:
        court("delMedRoller", {"id": claim, "roller": []})
    assert (caught.value.status, caught.value.field) == (400, "id")
    assert caught.value.message.startswith("krav deles ikke")
    event = liquidator("GET", f"{GENERAL}/sagensGang").json[0]["id"]
    court("delMedRoller", {"id": event, "roller": ["LIKVIDATOR"]})
    assert event not in {one["id"] for one in api("GET", f"{GENERAL}/sagensGang").json}
