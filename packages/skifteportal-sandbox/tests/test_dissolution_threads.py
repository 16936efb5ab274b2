"""Messages between liquidator and court (guide 4.5.3), and the case list (4.5.1)."""

import pytest
from portal_in_memory import (
    CLOSED_CASE,
    EXAMPLE_CASE,
    HANDED_ON_CASE,
    LIQUIDATOR,
    NEW_CASE,
    OTHER_LIQUIDATOR,
    Api,
)

from skifteportal.sandbox import Settings

ALL = "/henvendelseTraade"
IN_CASE = f"/sager/{EXAMPLE_CASE}/henvendelseTraade"
NOBODY = "00000000-0000-4000-8000-000000000000"
GUIDE = {
    "sagId": EXAMPLE_CASE,
    "emneord": "Ring venligst",
    "henvendelser": [
        {"tekst": "Jeg vil gerne snarest kontaktes.\n\nMed venlig hilsen\nLikvidator"}
    ],
}


@pytest.fixture
def answered(liquidator):
    """The thread in the example case that the court has answered."""
    return liquidator("GET", IN_CASE).json[0]


def test_the_guides_message_opens_a_thread(liquidator):
    made = liquidator("POST", ALL, GUIDE)
    assert made.status == 201
    thread = made.json
    assert (thread["sagId"], thread["emneord"], thread["status"]) == (
        EXAMPLE_CASE,
        "Ring venligst",
        "UBESVARET",
    )
    (message,) = thread["henvendelser"]
    assert message["tekst"] == GUIDE["henvendelser"][0]["tekst"]
    assert message["afsender"]["person"]["personId"] == "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f2001"
    assert liquidator("GET", f"{ALL}/{thread['id']}").json == thread
    assert liquidator("GET", f"{IN_CASE}/{thread['id'].upper()}").json == thread


@pytest.mark.parametrize("identifier", ["11111111-1111-4111-8111-111111111111", "mit"])
def test_sender_id_and_time_are_the_portals(liquidator, answered, identifier):
    forged = {
        "tekst": "Konkursbegæringen er imødekommet",
        "id": identifier,
        "oprettelsestidspunkt": "1999-01-01T00:00:00.0000000Z",
        "afsender": {"type": "ANDEN", "anden": "Skifteretten"},
    }
    made = liquidator("POST", ALL, {**GUIDE, "henvendelser": [forged]})
    further = liquidator("POST", f"{ALL}/{answered['id']}/henvendelser", forged)
    assert (made.status, further.status) == (201, 201)
    for message in (made.json["henvendelser"][0], further.json):
        assert message["afsender"]["type"] == "PERSON"
        assert message["id"] != identifier
        assert message["oprettelsestidspunkt"].startswith("2026-01-15")


def test_a_message_is_sent_by_the_cases_liquidator(api, liquidator):
    assert api.acting_for(OTHER_LIQUIDATOR)("POST", ALL, GUIDE).status == 403
    reply = liquidator("POST", ALL, {**GUIDE, "sagId": NOBODY})
    assert (reply.status, reply.json["felt"]) == (404, "sagId")


def test_the_courts_answer_stands_in_the_thread_with_its_document(liquidator, answered):
    assert answered["status"] == "BESVARET"
    answer = answered["henvendelser"][1]
    assert answer["afsender"] == {"type": "ANDEN", "anden": "Skifteretten"}
    (document,) = answer["dokumenter"]
    path = f"{IN_CASE}/{answered['id']}/dokumenter"
    got = liquidator("GET", f"{path}/{document['dokumentId']}/fil")
    assert got.content.startswith(b"%PDF-")
    assert document["filnavn"] in got["Content-Disposition"]
    assert liquidator("GET", f"{path}/{NOBODY}/fil").json["felt"] == "dokumentId"
    assert liquidator("GET", f"/v2/dokumenter/{document['dokumentId']}/fil").status == 404


@pytest.mark.parametrize("start", [ALL, IN_CASE])
def test_a_further_message_waits_for_an_answer_again(liquidator, answered, start, clock):
    clock.advance(seconds=1)
    one = f"{start}/{answered['id']}"
    made = liquidator("POST", f"{one}/henvendelser", {"tekst": "Tak for svaret."})
    assert (made.status, made.json["tekst"]) == (201, "Tak for svaret.")
    thread = liquidator("GET", one).json
    assert (thread["status"], thread["henvendelser"][2]) == ("UBESVARET", made.json)
    assert thread["redigeringstidspunkt"] > answered["redigeringstidspunkt"]


def test_ones_threads_are_listed_over_all_cases_or_of_one(liquidator):
    assert {thread["sagId"] for thread in liquidator("GET", ALL).json} == {
        EXAMPLE_CASE,
        CLOSED_CASE,
    }
    (one,) = liquidator("GET", f"{ALL}?sagId={CLOSED_CASE.upper()}").json
    assert one["status"] == "AFSLUTTET"
    assert liquidator("GET", f"{ALL}?sort=emneord&size=1")["X-Total-Count"] == "2"


def test_nobody_reads_another_liquidators_threads(api, answered):
    other = api.acting_for(OTHER_LIQUIDATOR)
    assert (other("GET", ALL).json, other("GET", IN_CASE).json) == ([], [])
    assert other("GET", f"{ALL}/{answered['id']}").status == 404
    assert other("GET", f"{IN_CASE}/{answered['id']}").code == "sag.henvendelse.traad.findes.ikke"
    assert api("GET", ALL).status == 403


def test_a_thread_that_is_not_there_and_one_of_another_case_have_codes(liquidator, answered):
    elsewhere = f"/sager/{HANDED_ON_CASE}/henvendelseTraade"
    claim = liquidator("GET", f"/likvidator/tvangsoploesningssager/{EXAMPLE_CASE}/krav").json[0]
    for path, code in (
        (f"{IN_CASE}/{NOBODY}", "sag.henvendelse.traad.findes.ikke"),
        (f"{IN_CASE}/{claim['id']}", "sag.henvendelse.traad.findes.ikke"),
        (f"{elsewhere}/{answered['id']}", "sag.henvendelse.traad.findes.ikke.paa.sag"),
    ):
        assert liquidator("GET", path).code == code
        assert liquidator("POST", f"{path}/henvendelser", {"tekst": "x"}).code == code
        assert liquidator("GET", f"{path}/dokumenter/{NOBODY}/fil").code == code


@pytest.mark.parametrize(
    ("taken", "answer"), [(True, (201, None)), (False, (400, "sag.allerede.afsluttet"))]
)
def test_messages_are_taken_in_a_closed_case_by_a_setting(make_portal, taken, answer):
    portal = make_portal(settings=Settings(messages_in_closed_case=taken))
    liquidator = Api(portal).acting_for(LIQUIDATOR)
    (thread,) = liquidator("GET", f"/sager/{CLOSED_CASE}/henvendelseTraade").json
    reply = liquidator("POST", f"{ALL}/{thread['id']}/henvendelser", {"tekst": "x"})
    assert (reply.status, reply.code) == answer
    again = liquidator("POST", ALL, {**GUIDE, "sagId": CLOSED_CASE})
    assert (again.status, again.code) == answer


def test_cases_are_found_by_number_or_part_of_the_name(api):
    (found,) = api("POST", "/sager", {"cvrNummer": "90000011"}).json
    assert found == {
        "sagId": EXAMPLE_CASE,
        "sagsnummer": "SKS 147/2025",
        "sagstype": "TVANGSOPLOESNING",
        "status": "UNDER_BEHANDLING",
        "selskab": {
            "cvrNummer": "90000011",
            "navn": "Havremark Handel ApS under tvangsopløsning",
        },
        "retskredsId": "1183",
        "embedeId": "1183",
    }
    assert len(api("POST", "/sager", {"navn": "mark HANDel"}).json) == 1
    assert api("POST", "/sager", {"cvrNummer": "11111111"}).json == []


def test_ones_own_cases_come_with_ones_roles(api, liquidator):
    def roles(caller, **options):
        return {case["sagId"]: case["roller"] for case in caller("GET", "/sager", **options).json}

    assert roles(api) == {EXAMPLE_CASE: ["KREDITOR"]}
    assert roles(liquidator) == {
        EXAMPLE_CASE: ["LIKVIDATOR"],
        CLOSED_CASE: ["LIKVIDATOR"],
        HANDED_ON_CASE: ["TIDLIGERE_LIKVIDATOR"],
    }
    assert roles(api.acting_for(OTHER_LIQUIDATOR)) == {HANDED_ON_CASE: ["LIKVIDATOR"]}
    path = f"/kreditor/tvangsoploesningssager/{NEW_CASE}/tilgodehavender"
    api("POST", path, {"beloeb": 1, "udbetalt": False})
    assert roles(api)[NEW_CASE] == ["DEBITOR"]


def test_a_named_creditor_has_the_role_too(api):
    creditor = {"type": "VIRKSOMHED", "virksomhed": {"cvrNummer": "90000001"}}
    body = {"beloeb": 1, "endeligt": True, "kreditor": creditor}
    api("POST", f"/kreditor/tvangsoploesningssager/{NEW_CASE}/krav", body)
    found = {case["sagId"] for case in api("GET", "/sager", company="90000001").json}
    assert found == {NEW_CASE, HANDED_ON_CASE}


def test_profiles_stand_on_liquidators(api):
    with api.portal.transaction() as world:
        assert world.store.profiles[LIQUIDATOR].name == "Liv Kvist"
