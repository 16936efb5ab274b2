import pytest
from canaries import canary
from portal_in_memory import GUIDE_CPR, GUIDE_ESTATE, IONE_KOSS, Api

from skifteportal.sandbox import Settings

EXAMPLE_6 = {
    "id": "e25d84d3-7aec-4361-84da-93125cb83f08",
    "oprettelsestidspunkt": "2022-06-15T07:14:50.6432001Z",
    "redigeringstidspunkt": "2022-06-15T07:14:50.7475822Z",
    "afdoede": {
        "personId": "6dc24b2e-0097-4ec4-b7f5-d75edb7547ea",
        "navn": "Erlinda Hills",
        "foedselsdato": "1923-06-10",
        "adresse": {
            "id": "5d7a5811-d837-4eeb-88f1-71d22bc11153",
            "adresselinje": "Ved Ringen 1",
            "postnummer": "4000",
            "by": "Roskilde",
        },
        "erNavnAdresseBeskyttet": False,
    },
    "retskredsId": "1183",
    "skifteform": {"skifteform": "USKIFTET_BO", "udleveringsdato": "2022-06-15"},
    "kontaktperson": {
        "part": {"type": "PERSON", "person": {"personId": "e37eef41-5493-4ccf-b16d-33f7a80a78e2"}}
    },
    "vigtigeDatoer": {"doedsdato": "2014-12-11", "boUdleveret": "2022-06-15"},
}
SEARCH = "/doedsbojournaler"
CHANGES = "/doedsbojournaler/aendringer"
ADDRESS = {"adresselinje": "Ved Ringen 1", "postnummer": "4000", "by": "Roskilde"}


def test_the_guides_search_finds_the_guides_estate_field_for_field(api):
    reply = api("POST", SEARCH, content=b'{"cprNummer":"4634875520"}')
    assert (reply.status, reply.json, reply["X-Total-Count"]) == (200, [EXAMPLE_6], "1")


def test_one_estate_is_read(api):
    assert api("GET", f"{SEARCH}/{GUIDE_ESTATE}").json == EXAMPLE_6
    assert api("GET", f"{SEARCH}/{GUIDE_ESTATE.upper()}").json == EXAMPLE_6


def test_an_estate_that_is_not_there_is_not_found(api):
    reply = api("GET", f"{SEARCH}/00000000-0000-4000-8000-000000000000")
    assert (reply.status, reply.json["felt"]) == (404, "doedsbojournalId")
    assert api("GET", f"{SEARCH}/not-an-id").status == 400


@pytest.mark.parametrize(
    "query",
    [
        {"navn": "Erlinda Hills", "adresse": ADDRESS},
        {"navn": " erlinda  HILLS ", "adresse": {"adresselinje": "ved ringen 1"}},
        {"navn": "Erlinda Hills", "adresse": {"postnummer": "4000", "by": ""}},
        {"cprNummer": GUIDE_CPR},
    ],
)
def test_an_estate_is_found_by_number_or_by_name_and_address(api, query):
    assert [bo["id"] for bo in api("POST", SEARCH, query).json] == [GUIDE_ESTATE]


@pytest.mark.parametrize("unknown", [{"": [True]}, {"husnr": 1}, {"kode": {}}])
def test_members_of_an_address_that_the_specification_does_not_know_are_passed_over(api, unknown):
    address = {"adresselinje": "Ved Ringen 1", **unknown}
    reply = api("POST", "/doedsbojournaler", {"navn": "Erlinda Hills", "adresse": address})
    assert [estate["id"] for estate in reply.json] == [GUIDE_ESTATE]
    bare = api("POST", "/doedsbojournaler", {"navn": "Erlinda Hills", "adresse": unknown})
    assert bare.json == []


@pytest.mark.parametrize("page", [10**9, 10**30])
@pytest.mark.parametrize("direction", ["ASC", "DESC"])
def test_a_page_far_behind_the_last_one_is_empty(api, page, direction):
    path = f"/doedsbojournaler?page={page}&size={page}&direction={direction}"
    reply = api("POST", path, {"cprNummer": GUIDE_CPR})
    assert (reply.status, reply.json, reply["X-Total-Count"]) == (200, [], "1")


@pytest.mark.parametrize(
    "query",
    [
        {"navn": "Erlinda Hill", "adresse": ADDRESS},
        {"navn": "Erlinda Hills", "adresse": {**ADDRESS, "postnummer": "4001"}},
        {"navn": "Erlinda Hills", "adresse": {"ukendt": {}}},
        {"navn": "Erlinda Hills", "adresse": {"id": "5d7a5811-d837-4eeb-88f1-71d22bc11154"}},
        {"cprNummer": canary("7309514074", "CPR number of the living")},
    ],
)
def test_a_search_without_a_find_is_an_empty_list(api, query):
    reply = api("POST", SEARCH, query)
    assert (reply.status, reply.json, reply["X-Total-Count"]) == (200, [], "0")


def test_what_is_blank_is_not_combined_with_the_cpr_number(api):
    query = {"cprNummer": GUIDE_CPR, "navn": "", "adresse": {}}
    assert api("POST", SEARCH, query).json == api("POST", SEARCH, {"cprNummer": GUIDE_CPR}).json


def test_one_person_may_leave_two_estates(api):
    assert len(api("POST", SEARCH, {"cprNummer": "8202272066"}).json) == 2


def test_a_protected_address_is_not_shown(api):
    (found,) = api("POST", SEARCH, {"cprNummer": "6906443051"}).json
    assert found["afdoede"]["erNavnAdresseBeskyttet"] is True
    assert "adresse" not in found["afdoede"]


@pytest.mark.parametrize(
    ("query", "code", "field"),
    [
        ({"cprNummer": GUIDE_CPR, "navn": "x"}, "doedsbo.f1", "cprNummer"),
        ({"cprNummer": "bad", "adresse": 7}, "doedsbo.f1", "cprNummer"),
        ({}, "doedsbo.f2", "cprNummer"),
        ({"navn": "x"}, "doedsbo.f2", "cprNummer"),
        ({"adresse": {}}, "doedsbo.f2", "cprNummer"),
        ({"cprNummer": None}, "doedsbo.f2", "cprNummer"),
        ({"cprNummer": " "}, "doedsbo.f2", "cprNummer"),
        ({"navn": " ", "adresse": ADDRESS}, "doedsbo.f2", "cprNummer"),
        ({"navn": "Erlinda Hills", "adresse": {}}, "doedsbo.f2", "cprNummer"),
        ({"navn": "Erlinda Hills", "adresse": {"by": " "}}, "doedsbo.f2", "cprNummer"),
        ({"cprNummer": "6101010000"}, "doedsbo.f42", "cprNummer"),
        (
            {"navn": "x", "adresse": {"darId": "0a3f50b8-0000-4000-8000-00000000000f"}},
            "doedsbo.f6",
            "adresse.darId",
        ),
    ],
)
def test_a_search_that_breaks_a_rule_gets_its_code(api, query, code, field):
    reply = api("POST", SEARCH, query)
    assert (reply.status, reply.code, reply.json["felt"]) == (400, code, field)


@pytest.mark.parametrize(
    "content",
    [b"[]", b'"x"', b"null", b'{"cprNummer":"123"}', b'{"cprNummer":1234567890}', b"{", b""],
)
def test_a_search_that_breaks_the_specification_is_refused(api, content):
    reply = api("POST", SEARCH, content=content)
    assert (reply.status, reply.code) == (400, None)


def test_a_known_address_id_is_looked_for(api):
    query = {"navn": "Erlinda Hills", "adresse": {"darId": "0A3F50B8-0000-4000-8000-000000000001"}}
    assert api("POST", SEARCH, query).json == []


def test_any_address_id_may_be_taken_as_known(make_portal):
    api = Api(make_portal(settings=Settings(darid_known=True)))
    query = {"navn": "x", "adresse": {"darId": "0a3f50b8-0000-4000-8000-00000000000f"}}
    assert api("POST", SEARCH, query).status == 200


def changed(api, since, *ids):
    reply = api("POST", CHANGES, {"doedsbojournalIder": list(ids), "aendretSiden": since})
    assert reply.status == 200
    return [bo["id"] for bo in reply.json]


def test_changed_estates_are_found_by_the_nanosecond(api):
    assert changed(api, "2022-06-15T07:14:50.7475821Z", GUIDE_ESTATE.upper()) == [GUIDE_ESTATE]
    assert changed(api, "2022-06-15T09:14:50.7475822+02:00", GUIDE_ESTATE) == []
    assert changed(
        api, "2000-01-01T00:00:00Z", IONE_KOSS, "00000000-0000-4000-8000-000000000000"
    ) == [IONE_KOSS]
    assert changed(api, "2000-01-01T00:00:00Z") == []


def test_changes_need_ids_and_a_moment(api):
    assert api("POST", CHANGES, {"doedsbojournalIder": []}).status == 400
    assert (
        api(
            "POST", CHANGES, {"doedsbojournalIder": ["x"], "aendretSiden": "2000-01-01T00:00:00Z"}
        ).status
        == 400
    )


@pytest.mark.parametrize("does", [True, False])
def test_whether_filing_changes_the_estate_is_a_setting(make_portal, does):
    api = Api(make_portal(settings=Settings(filing_changes_estate=does)))
    api.krav()
    assert changed(api, "2022-06-15T07:14:50.7475822Z", GUIDE_ESTATE) == [GUIDE_ESTATE] * does
