"""Members that the specification does not know are left out, however deep."""

import pytest
from portal_in_memory import EXAMPLE_CASE, GUIDE_CPR, GUIDE_ESTATE, MANAGER

from skifteportal.sandbox.known_members import KnownMembers

PART = {"$ref": "#/schemas/part"}
DOCUMENT = {
    "schemas": {
        "part": {
            "properties": {
                "name": {"type": "string"},
                "knows": {"type": "array", "items": PART},
                "notes": {"type": "object"},
                "more": {
                    "allOf": [PART, {"properties": {"year": {"type": "integer"}}}],
                    "oneOf": [{"properties": {"month": {}}}],
                },
            }
        }
    }
}
CREDITORS = f"/kreditor/tvangsoploesningssager/{EXAMPLE_CASE}"
LIQUIDATORS = f"/likvidator/tvangsoploesningssager/{EXAMPLE_CASE}"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"x": 1, "name": "a"}, {"name": "a"}),
        (
            {"knows": [{"name": "b", "x": 1, "knows": [{"x": 1}]}]},
            {"knows": [{"name": "b", "knows": [{}]}]},
        ),
        ({"notes": {"anything": 1}}, {"notes": {"anything": 1}}),
        (
            {"more": {"year": 1, "name": "c", "month": 2, "x": 3}},
            {"more": {"name": "c", "year": 1, "month": 2}},
        ),
        ({"name": None, "knows": None}, {"name": None, "knows": None}),
        ([{"x": 1}], [{"x": 1}]),
        (None, None),
    ],
)
def test_what_the_schema_knows_is_kept(sent, kept):
    assert KnownMembers(document=DOCUMENT, schema=PART).of(sent) == kept


def with_cpr(part):
    return {**part, "person": {**part["person"], "cprNummer": GUIDE_CPR}, "x": "y"}


def test_a_cpr_number_in_a_case_is_kept_nowhere(api, liquidator):
    body = {"beloeb": 1, "endeligt": True, "kreditor": with_cpr(MANAGER)}
    made = api("POST", f"{CREDITORS}/krav", body).json
    assert made["kreditor"] == MANAGER
    assert liquidator("GET", f"{LIQUIDATORS}/krav/{made['id']}").json["kreditor"] == MANAGER
    changed = api("PUT", f"{CREDITORS}/krav/{made['id']}", body).json
    assert changed["kreditor"] == MANAGER
    foreigner = {"type": "UDENLANDSK_PERSON", "udenlandskPerson": {"navn": "A B"}}
    sent = {**foreigner, "udenlandskPerson": {"navn": "A B", "cprNummer": GUIDE_CPR}}
    leader = liquidator("POST", f"{LIQUIDATORS}/tidligereLedelse", {"part": sent}).json
    assert leader["part"] == foreigner
    request = {"modtagere": [sent], "fristdato": "2026-03-01"}
    (asked,) = liquidator("POST", f"{LIQUIDATORS}/erklaeringsanmodninger", request).json
    assert asked["modtager"] == foreigner
    with api.portal.transaction() as world:
        records = world.store.cases[EXAMPLE_CASE].records.values()
        assert not [record.kind for record in records if GUIDE_CPR in str(record.data)]


def test_a_cpr_number_in_an_estate_is_kept_nowhere(api):
    company = {"cvrNummer": "90000001", "cprNummer": GUIDE_CPR}
    party = {"type": "VIRKSOMHED", "virksomhed": company, "x": "y"}
    path = f"/doedsbojournaler/{GUIDE_ESTATE}"
    made = api("POST", f"{path}/krav", {"beloeb": 1, "endeligt": True, "kreditor": party}).json
    told = {"type": "VIRKSOMHED", "virksomhed": {"cvrNummer": "90000001"}}
    assert made["kreditor"] == told
    body = {"effekter": [{"kategori": "KUNST", "beskrivelse": "x", "ukendt": 1}]}
    listed = api("POST", f"{path}/effektfortegnelser", body).json
    assert listed["effekter"] == [{"kategori": "KUNST", "beskrivelse": "x"}]


def test_a_cpr_number_that_the_court_is_told_of_is_kept_nowhere(portal, liquidator, clock):
    body = {"type": "ERKLAERING", "modtager": with_cpr(MANAGER), "fristdato": "2026-03-01"}
    clock.advance(days=20)  # the first request runs out
    made = portal.court("saetFrist", path={"sagId": EXAMPLE_CASE}, body=body)
    assert made["modtager"] == MANAGER
    asked = liquidator("GET", f"/tvangsoploesningssager/{EXAMPLE_CASE}/erklaeringsanmodninger").json
    assert [one["modtager"] for one in asked] == [MANAGER, MANAGER]


def test_nor_is_one_that_comes_on_paper(api, portal):
    company = {"cvrNummer": "90000001", "cprNummer": GUIDE_CPR}
    body = {
        "cvrNummer": "11111111",
        "beloeb": 1,
        "endeligt": True,
        "modtagelsesdato": "2026-01-10",
        "kreditor": {"type": "VIRKSOMHED", "virksomhed": company, "x": "y"},
    }
    path = {"doedsbojournalId": GUIDE_ESTATE}
    portal.court("registrerForAnmelder", path=path, body=body)
    (claim,) = api("GET", f"/doedsbojournaler/{GUIDE_ESTATE}/krav").json
    assert claim["kreditor"] == {"type": "VIRKSOMHED", "virksomhed": {"cvrNummer": "90000001"}}
