"""The API for registrations in dissolution cases (guide 4.4.2)."""

import pytest
from portal_in_memory import CLOSED_CASE, EXAMPLE_CASE, NEW_CASE, Api

from skifteportal.sandbox import Settings

BASE = "/kreditor/tvangsoploesningssager"
GOOD = {
    "krav": ("krav", {"beloeb": 1, "endeligt": False}, "kreditor"),
    "tilgodehavende": ("tilgodehavender", {"beloeb": 2, "udbetalt": False}, "debitor"),
}
BOTH = pytest.mark.parametrize("kind", GOOD)
OWN = {"type": "VIRKSOMHED", "virksomhed": {"cvrNummer": "11111111"}}


@BOTH
def test_a_registration_is_made_listed_read_corrected_and_deleted(api, clock, kind):
    collection, body, party = GOOD[kind]
    path = f"{BASE}/{NEW_CASE}/{collection}"
    made = api("POST", path, {**body, "titel": "Varme", "ukendt": 1, "slettet": True})
    assert made.status == 201
    assert list(made.json)[:4] == [
        "id",
        "oprettelsestidspunkt",
        "redigeringstidspunkt",
        "indberetter",
    ]
    assert made.json.items() >= {**body, "titel": "Varme", "indberetter": OWN, party: OWN}.items()
    assert (made.json["harBilag"], made.json["slettet"], "ukendt" in made.json) == (
        False,
        False,
        False,
    )
    one = f"{path}/{made.json['id']}"
    assert api("GET", path).json == [made.json]
    assert api("GET", f"{path}/{made.json['id'].upper()}").json == made.json

    clock.advance(seconds=1)
    changed = api("PUT", one, {**body, "beloeb": 5})
    assert (changed.status, changed.json["beloeb"]) == (200, 5)
    assert "titel" not in changed.json
    assert changed.json[party] == OWN
    assert changed.json["oprettelsestidspunkt"] == made.json["oprettelsestidspunkt"]
    assert changed.json["redigeringstidspunkt"] > made.json["redigeringstidspunkt"]
    assert api("GET", one).json == changed.json

    assert (api("DELETE", one).status, api("GET", path).json) == (204, [])
    for method in ("GET", "PUT", "DELETE"):
        reply = api(method, one, body if method == "PUT" else None)
        assert (reply.status, reply.json["felt"]) == (404, f"{kind}Id")


def test_amounts_come_back_digit_for_digit(api):
    path = f"{BASE}/{NEW_CASE}/krav"
    made = api("POST", path, content=b'{"beloeb":1.10,"endeligt":true}')
    assert b'"beloeb":1.10,' in made.content


NOBODY = {"personId": "00000000-0000-0000-0000-000000000000"}
UNNAMED = [
    ({"type": "VIRKSOMHED"}, "", "Feltet til typen VIRKSOMHED mangler"),
    ({"type": "PERSON", "virksomhed": {"cvrNummer": "90000001"}}, "", "PERSON mangler"),
    ({"type": "PERSON", "person": NOBODY}, ".person.personId", "Personen findes ikke"),
]


@BOTH
@pytest.mark.parametrize(("party", "place", "text"), UNNAMED)
def test_a_party_must_say_who_it_is(api, kind, party, place, text):
    collection, body, member = GOOD[kind]
    path = f"{BASE}/{NEW_CASE}/{collection}"
    one = f"{path}/{api('POST', path, body).json['id']}"
    for field in (member, "tredjepart"):
        for reply in (
            api("POST", path, {**body, field: party}),
            api("PUT", one, {**body, field: party}),
        ):
            assert (reply.status, reply.code, reply.json["felt"]) == (400, None, f"{field}{place}")
            assert text in reply.json["besked"]


@BOTH
def test_whether_a_party_must_say_who_it_is_is_a_setting(make_portal, kind):
    collection, body, member = GOOD[kind]
    lenient = Api(make_portal(settings=Settings(parties_named=False)))
    for party, *_ in UNNAMED:
        sent = {**body, member: party, "tredjepart": party}
        assert lenient("POST", f"{BASE}/{NEW_CASE}/{collection}", sent).status == 201


def test_a_creditor_other_than_the_filer_may_be_named(api):
    creditor = {"type": "VIRKSOMHED", "virksomhed": {"cvrNummer": "30808460"}}
    body = {"beloeb": 1, "endeligt": True, "kreditor": creditor}
    made = api("POST", f"{BASE}/{NEW_CASE}/krav", body).json
    assert (made["indberetter"], made["kreditor"]) == (OWN, creditor)


@BOTH
def test_nobody_sees_what_another_company_filed(api, kind):
    collection, body, _ = GOOD[kind]
    path = f"{BASE}/{NEW_CASE}/{collection}"
    one = f"{path}/{api('POST', path, body).json['id']}"
    other = {"company": "90000001"}
    assert api("GET", path, **other).json == []
    assert api("GET", path, **other)["X-Total-Count"] == "0"
    for method in ("GET", "PUT", "DELETE"):
        assert api(method, one, body if method == "PUT" else None, **other).status == 404
    assert api("GET", f"{BASE}/{EXAMPLE_CASE}/{collection}/{one.rpartition('/')[2]}").status == 404


def test_lists_are_paged_and_sorted(api):
    path = f"{BASE}/{NEW_CASE}/krav"
    for amount in (3, 1, 2):
        api("POST", path, {"beloeb": amount, "endeligt": True})
    page = api("GET", f"{path}?sort=beloeb&direction=DESC&size=2")
    assert ([claim["beloeb"] for claim in page.json], page["X-Total-Count"]) == ([3, 2], "3")


def test_nothing_is_filed_changed_or_deleted_when_the_case_is_over(api):
    path = f"{BASE}/{NEW_CASE}/krav"
    made = api("POST", path, {"beloeb": 1, "endeligt": True}).json["id"]
    with api.portal.transaction() as world:
        world.store.cases[NEW_CASE].status = "OPLOEST"
    body = {"beloeb": 1, "endeligt": True}
    for method, where in (("POST", path), ("PUT", f"{path}/{made}"), ("DELETE", f"{path}/{made}")):
        reply = api(method, where, None if method == "DELETE" else body)
        assert (reply.status, reply.code) == (400, "sag.registrering.sag.afsluttet")
        assert reply.json["besked"] == (
            "Krav kan ikke registreres på sagen, da sagen er afsluttet."
        )
    assert api("GET", f"{path}/{made}").status == 200


def test_a_message_to_the_court_waits_for_an_answer(api):
    path = f"{BASE}/{NEW_CASE}/henvendelser"
    made = api("POST", path, {"emneord": "Ring", "tekst": "Tak"})
    assert made.status == 201
    assert made.json["svar"] == []
    assert api("GET", path).json == [made.json]
    assert api("GET", path, company="90000001").json == []


@pytest.mark.parametrize("taken", [True, False])
def test_messages_are_taken_in_a_closed_case_by_a_setting(make_portal, taken):
    api = Api(make_portal(settings=Settings(messages_in_closed_case=taken)))
    reply = api("POST", f"{BASE}/{CLOSED_CASE}/henvendelser", {"emneord": "a", "tekst": "b"})
    assert (reply.status, reply.code) == ((201, None) if taken else (400, "sag.allerede.afsluttet"))


def test_a_case_that_is_not_there(api):
    reply = api("GET", f"{BASE}/00000000-0000-4000-8000-000000000000/krav")
    assert (reply.status, reply.json["felt"]) == (404, "sagId")


def test_deleted_registrations_may_be_set_to_be_seen(make_portal):
    api = Api(make_portal(settings=Settings(deleted_visible=True)))
    path = f"{BASE}/{NEW_CASE}/krav"
    one = f"{path}/{api('POST', path, {'beloeb': 1, 'endeligt': True}).json['id']}"
    assert api("DELETE", one).status == 204
    assert api("GET", one).json["slettet"] is True
    assert len(api("GET", path).json) == 1
    assert api("DELETE", one).status == 404


def test_the_schema_judges_what_is_filed(api):
    reply = api("POST", f"{BASE}/{NEW_CASE}/krav", {"beloeb": -1, "endeligt": True})
    assert (reply.status, reply.json["felt"]) == (400, "beloeb")
