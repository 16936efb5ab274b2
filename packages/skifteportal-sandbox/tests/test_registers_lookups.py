"""Addresses, companies and courts: looked up by id and searched."""

import pytest
from portal_in_memory import Api

from skifteportal.sandbox import Request
from skifteportal.sandbox.registers.searching import words

DAR = "9369a624-757a-4a37-ad06-b7c0d84228bf"
PROFILE = "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f3001"


def test_an_address_is_looked_up_by_its_dar_id(api):
    assert api("GET", f"/adresser/{DAR.upper()}").json == {
        "darId": DAR,
        "vejnavn": "Ved Ringen",
        "husnummer": "1",
        "postnummer": "4000",
        "by": "Roskilde",
        "kommunekode": "0265",
        "adressebetegnelse": "Ved Ringen 1, 4000 Roskilde",
    }
    reply = api("GET", f"/adresser/{PROFILE}")
    assert (reply.status, reply.json["felt"]) == (404, "darId")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"tekst": "ved ringen 1, 4000 roskilde"}, 1),
        ({"tekst": "VED RINGEN"}, 2),
        ({"tekst": "ved ringen 1 8000"}, 0),
        ({"vejnavn": "Ved Ringen", "husnummer": "1", "postnummer": "4000"}, 1),
        ({"vejnavn": "ved ringen"}, 2),
        ({"vejnavn": "Ved"}, 0),
        ({"tekst": "ringen", "husnummer": "40"}, 1),
    ],
)
def test_addresses_are_searched_by_words_or_by_parts(api, query, count):
    reply = api("POST", "/adresser", query)
    assert (reply.status, len(reply.json), reply["X-Total-Count"]) == (200, count, str(count))


@pytest.mark.parametrize("query", [{}, {"tekst": ""}, {"tekst": " , "}])
def test_a_search_for_addresses_needs_something_to_go_by(api, query):
    reply = api("POST", "/adresser", query)
    assert (reply.status, reply.json["felt"]) == (400, "tekst")


def test_a_company_is_looked_up_by_its_cvr_number(api):
    found = api("GET", "/virksomheder/90000011").json
    assert (found["navn"], found["status"]) == (
        "Havremark Handel ApS under tvangsopløsning",
        "UNDER_TVANGSOPLOESNING",
    )
    assert api("GET", f"/adresser/{found['adresse']['darId']}").status == 200
    assert api("GET", "/virksomheder/99999999").json["felt"] == "cvrNummer"
    assert api("GET", "/virksomheder/1").status == 400


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({"cvrNummer": "90000005"}, ["90000005"]),
        ({"cvrNummer": "99999999"}, []),
        ({"navn": "ADVOKAT"}, ["90000005", "90000006"]),
        ({"navn": "havremark handel"}, ["90000011"]),
    ],
)
def test_companies_are_searched_by_number_or_part_of_the_name(api, query, numbers):
    found = api("POST", "/virksomheder?sort=cvrNummer", query).json
    assert [company["cvrNummer"] for company in found] == numbers


@pytest.mark.parametrize("path", ["/virksomheder", "/sager"])
@pytest.mark.parametrize("query", [{}, {"navn": " "}, {"navn": "A", "cvrNummer": "11111111"}])
def test_a_search_for_companies_goes_by_one_of_the_two(api, path, query):
    reply = api("POST", path, query)
    assert (reply.status, reply.json["felt"]) == (400, "cvrNummer")


@pytest.mark.parametrize("path", [f"/adresser/{DAR}", "/virksomheder/11111111", "/sager"])
def test_both_kinds_of_token_are_taken(api, path):
    assert api("GET", path).status == 200
    assert api.acting_for(PROFILE)("GET", path).status == 200


def test_courts_are_open_to_everybody(portal):
    answer = portal.handle(Request(role="api", method="GET", target="/retskredse?size=100"))
    assert answer.status == 200
    assert answer.header("X-Total-Count") == "24"


def test_districts_and_their_offices(api):
    copenhagen = api("GET", "/retskredse/1101").json
    assert copenhagen == {"id": "1101", "navn": "Københavns Byret", "embedeId": "1101"}
    offices = api("GET", "/retskredse/1101/embeder").json
    assert [office["navn"] for office in offices] == ["Københavns Byret", "Sø- og Handelsretten"]
    assert [office["id"] for office in api("GET", "/retskredse/1183/embeder").json] == ["1183"]
    assert api("GET", "/embeder?page=2&size=10")["X-Total-Count"] == "25"
    assert api("GET", "/embeder/9925").json == offices[1]
    for path, field in (
        ("/retskredse/1", "retskredsId"),
        ("/retskredse/1/embeder", "retskredsId"),
        ("/embeder/1", "embedeId"),
    ):
        reply = api("GET", path)
        assert (reply.status, reply.json["felt"]) == (404, field)


def test_words_are_without_case_and_punctuation():
    assert words(" Åbrinken 33, 8000  ÅRHUS c.") == ["åbrinken", "33", "8000", "århus", "c"]


def test_a_token_sent_to_an_open_api_is_passed_over(portal):
    assert Api(portal)("GET", "/retskredse", headers={"Authorization": "Bearer x"}).status == 200
