"""The API for general information on dissolution cases (guide 4.4.1)."""

from portal_in_memory import (
    CLOSED_CASE,
    EXAMPLE_CASE,
    HANDED_ON_CASE,
    LIQUIDATOR,
    MANAGER,
    NEW_CASE,
    OTHER_LIQUIDATOR,
)

BASE = f"/tvangsoploesningssager/{EXAMPLE_CASE}"
LISTS = (
    "sagensGang",
    "frister",
    "afgoerelser",
    "retsboeger",
    "dokumenter",
    "erklaeringsanmodninger",
    "erklaeringer",
    "kaeremaal",
)
STRANGER = {"company": "90000001"}
DECLARATION = {"selskabErAktivt": True, "harAktiver": False, "part": MANAGER}


def appeal(api, case):
    (first, *_) = api("GET", f"/tvangsoploesningssager/{case}/afgoerelser").json
    return {"afgoerelseId": first["id"], "paastand": "Ophævelse", "begrundelse": "Fejl"}


def counts(api, case=EXAMPLE_CASE, **options):
    found = {}
    for name in LISTS:
        reply = api("GET", f"/tvangsoploesningssager/{case}/{name}", **options)
        assert (reply.status, reply["X-Total-Count"]) == (200, str(len(reply.json)))
        found[name] = len(reply.json)
    return found


def test_a_case_as_its_liquidator_sees_it(liquidator):
    case = liquidator("GET", BASE).json
    assert case["sagsnummer"] == "SKS 147/2025"
    assert case["selskab"]["navn"] == "Havremark Handel ApS under tvangsopløsning"
    assert (case["status"], case["erAfsluttet"]) == ("UNDER_BEHANDLING", False)
    assert (case["modtaget"], case["genoptagelsesfrist"]) == ("2025-11-16", "2026-02-14")
    assert [one["navn"] for one in case["likvidatorer"]] == ["Liv Kvist"]
    assert [one["aktiv"] for one in case["tidligereLedelse"]] == [True, False]
    assert {one["type"] for one in case["frister"]} == {
        "REDEGOERELSE",
        "ERKLAERING",
        "GENOPTAGELSE",
    }


def test_without_a_relation_the_case_is_public_and_its_lists_are_empty(api):
    case = api("GET", BASE, **STRANGER).json
    assert case["selskab"]["cvrNummer"] == "90000011"
    assert (case["likvidatorer"], case["tidligereLedelse"], case["frister"]) == ([], [], [])
    assert set(counts(api, **STRANGER).values()) == {0}


def test_a_creditor_sees_what_the_court_shares_with_creditors(api):
    assert counts(api) == {
        "sagensGang": 2,
        "frister": 1,
        "afgoerelser": 1,
        "retsboeger": 1,
        "dokumenter": 1,
        "erklaeringsanmodninger": 0,
        "erklaeringer": 0,
        "kaeremaal": 0,
    }
    assert api("GET", BASE).json["tidligereLedelse"] == []


def test_the_liquidator_sees_more(liquidator):
    seen = counts(liquidator)
    assert (seen["sagensGang"], seen["frister"], seen["afgoerelser"], seen["dokumenter"]) == (
        3,
        3,
        2,
        2,
    )


def test_a_claim_makes_a_relation_and_its_deletion_ends_it(api):
    path = f"/kreditor/tvangsoploesningssager/{EXAMPLE_CASE}/krav"
    made = api("POST", path, {"beloeb": 1, "endeligt": True}, **STRANGER).json["id"]
    assert counts(api, **STRANGER)["afgoerelser"] == 1
    assert api("DELETE", f"{path}/{made}", **STRANGER).status == 204
    assert counts(api, **STRANGER)["afgoerelser"] == 0


def test_one_decision_and_one_transcript_are_read_by_their_ids(api, liquidator):
    for name in ("afgoerelser", "retsboeger"):
        for one in liquidator("GET", f"{BASE}/{name}").json:
            path = f"{BASE}/{name}/{one['id']}"
            assert liquidator("GET", path).json == one
            assert api("GET", path, **STRANGER).status == 404
    revision = liquidator("GET", f"{BASE}/afgoerelser").json[1]["id"]
    assert api("GET", f"{BASE}/afgoerelser/{revision}").status == 404
    assert api("GET", f"{BASE}/retsboeger/{revision}").json["felt"] == "retsbogId"


def test_what_happened_says_when(api):
    events = api("GET", f"{BASE}/sagensGang").json
    assert [event["type"] for event in events] == ["MODTAGET", "LIKVIDATOR_UDPEGET"]
    assert events[0]["tidspunkt"] == "2025-11-16T09:15:27.3456789Z"


def test_a_cases_documents_are_downloaded_by_those_who_see_them(api, liquidator):
    shown = liquidator("GET", f"{BASE}/dokumenter").json
    for document in shown:
        got = liquidator("GET", f"{BASE}/dokumenter/{document['id']}/fil")
        assert got["Content-Type"] == "application/pdf"
        assert document["filnavn"] in got["Content-Disposition"]
        assert len(got.content) == document["stoerelse"]
    for document in shown:
        reply = api("GET", f"{BASE}/dokumenter/{document['id']}/fil", **STRANGER)
        assert (reply.status, reply.json["felt"]) == (404, "dokumentId")


def test_what_a_shared_record_refers_to_is_downloaded_though_it_is_not_listed(api, liquidator):
    (record,) = api("GET", f"{BASE}/retsboeger").json
    document = record["dokument"]["dokumentId"]
    assert document not in {one["id"] for one in api("GET", f"{BASE}/dokumenter").json}
    path = f"{BASE}/dokumenter/{document}/fil"
    assert api("GET", path).content == liquidator("GET", path).content


def test_a_declaration_answers_the_request_and_meets_the_deadline(liquidator):
    made = liquidator("POST", f"{BASE}/erklaeringer", DECLARATION)
    assert made.status == 201
    assert made.json.items() >= DECLARATION.items()
    assert made.json["indberetter"]["type"] == "PERSON"
    assert liquidator("GET", f"{BASE}/erklaeringer/{made.json['id']}").json == made.json
    (asked,) = liquidator("GET", f"{BASE}/erklaeringsanmodninger").json
    assert asked["status"] == "UDFYLDT"
    deadlines = {one["type"]: one["status"] for one in liquidator("GET", f"{BASE}/frister").json}
    assert deadlines == {
        "REDEGOERELSE": "AKTIV",
        "ERKLAERING": "OPFYLDT",
        "GENOPTAGELSE": "AKTIV",
    }


def test_an_appeal_is_numbered_and_may_be_of_the_closing_decision(api, liquidator):
    made = liquidator("POST", f"{BASE}/kaeremaal", appeal(liquidator, EXAMPLE_CASE))
    assert made.status == 201
    assert (made.json["status"], made.json["kaeremaalsnummer"]) == ("MODTAGET", "SKS 147/2025-1")
    assert liquidator("GET", f"{BASE}/kaeremaal/{made.json['id']}").json == made.json
    closed = f"/tvangsoploesningssager/{CLOSED_CASE}"
    body = appeal(liquidator, CLOSED_CASE)
    assert liquidator("POST", f"{closed}/kaeremaal", body).status == 201
    refused = liquidator("POST", f"{closed}/erklaeringer", DECLARATION)
    assert refused.code == "sag.allerede.afsluttet"


def test_writing_takes_a_part_in_the_case(api):
    reply = api("POST", f"{BASE}/erklaeringer", DECLARATION, **STRANGER)
    assert (reply.status, reply.json["felt"]) == (403, "sagId")
    assert api("POST", f"{BASE}/erklaeringer", DECLARATION).status == 201
    body = appeal(api, EXAMPLE_CASE)
    reply = api("POST", f"{BASE}/kaeremaal", body, **STRANGER)
    assert reply.code == "handling.kaeremaal.ikke.relateret.til.sag"
    assert api("POST", f"{BASE}/kaeremaal", body).status == 201


def test_a_former_liquidator_has_a_part_and_a_stranger_none(api):
    former = api.acting_for(LIQUIDATOR)("GET", f"/tvangsoploesningssager/{HANDED_ON_CASE}").json
    assert [one["aktiv"] for one in former["likvidatorer"]] == [False, True]
    assert former["likvidatorer"][0]["fratraadt"] == "2025-11-26"
    other = api.acting_for(OTHER_LIQUIDATOR)("GET", BASE).json
    assert other["likvidatorer"] == []


def test_a_case_without_a_liquidator_has_no_such_and_no_more_days_to_reopen(api):
    new = api("GET", f"/tvangsoploesningssager/{NEW_CASE}").json
    assert (new["status"], new["likvidatorer"]) == ("MODTAGET", [])
    closed = api("GET", f"/tvangsoploesningssager/{CLOSED_CASE}").json
    assert closed["erAfsluttet"] is True
    assert "genoptagelsesfrist" not in closed


def test_former_management_sees_what_is_shared_with_it(api, liquidator):
    """Of those with a token only a liquidator is a person, who may have been in the management."""
    part = {"type": "PERSON", "person": {"personId": "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f2002"}}
    assert counts(api.acting_for(OTHER_LIQUIDATOR))["erklaeringsanmodninger"] == 0
    assert liquidator("POST", f"/likvidator{BASE}/tidligereLedelse", {"part": part}).status == 201
    assert counts(api.acting_for(OTHER_LIQUIDATOR))["erklaeringsanmodninger"] == 1
