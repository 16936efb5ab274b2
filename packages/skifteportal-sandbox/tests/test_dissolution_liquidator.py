"""The liquidator's API (guide 4.4.3)."""

import pytest
from portal_in_memory import (
    CLOSED_CASE,
    EXAMPLE_CASE,
    HANDED_ON_CASE,
    LIQUIDATOR,
    OTHER_LIQUIDATOR,
    Api,
)

from skifteportal.sandbox import Settings

BASE = f"/likvidator/tvangsoploesningssager/{EXAMPLE_CASE}"
GENERAL = f"/tvangsoploesningssager/{EXAMPLE_CASE}"
FOREIGNER = {"type": "UDENLANDSK_PERSON", "udenlandskPerson": {"navn": "A B"}}
REQUESTS = {
    "fristudsaettelser": ({"fristId": "…", "aarsag": "Ferie"}, "fristudsaettelse"),
    "medlikvidatoranmodninger": ({"likvidatorId": OTHER_LIQUIDATOR}, "medlikvidatoranmodning"),
    "revisoranmodninger": ({"aarsag": "Bilag mangler"}, "revisoranmodning"),
    "konkursbegaeringer": ({"dokumenter": "…"}, "konkursbegaering"),
}
WRITES = {
    **{name: body for name, (body, _) in REQUESTS.items()},
    "redegoerelser": {"opsummering": "Ingen aktiver", "opgaveId": "…"},
    "erklaeringsanmodninger": {"modtagere": [FOREIGNER], "fristdato": "2026-03-01"},
    "tidligereLedelse": {"part": {**FOREIGNER, "udenlandskPerson": {"navn": "C D"}}},
    "fratraedelser": {"fratraedelser": [{"likvidatorId": LIQUIDATOR}]},
    "afslutninger": {"udfald": "OPLOEST"},
    "bemaerkninger": {"tekst": "x", "fremhaevet": False},
}


@pytest.fixture
def filled(liquidator):
    """Make a body whole: with a deadline, a document and a task that are there."""

    def filled(body):
        if body.get("modtagere") == [FOREIGNER]:
            liquidator("POST", f"{BASE}/tidligereLedelse", {"part": FOREIGNER})
        made = {
            "fristId": lambda: liquidator("GET", f"{GENERAL}/frister").json[0]["id"],
            "opgaveId": lambda: liquidator("GET", f"{BASE}/opgaver").json[0]["id"],
            "dokumenter": lambda: [
                {"dokumentId": liquidator.upload(), "filnavn": "a.pdf", "navn": "a"}
            ],
        }
        return {name: made[name]() if value == "…" else value for name, value in body.items()}

    return filled


def test_the_liquidator_reads_everybodys_claims(liquidator):
    claims = liquidator("GET", f"{BASE}/krav").json
    assert [claim["titel"] for claim in claims] == ["Varmeforbrug", "Kopipapir"]
    assert liquidator("GET", f"{BASE}/krav/{claims[1]['id']}").json == claims[1]
    (receivable,) = liquidator("GET", f"{BASE}/tilgodehavender").json
    assert liquidator("GET", f"{BASE}/tilgodehavender/{receivable['id']}").json == receivable


@pytest.mark.parametrize("collection", ["krav", "tilgodehavender"])
def test_the_documents_of_a_registration_are_had_through_it(liquidator, collection):
    one = liquidator("GET", f"{BASE}/{collection}").json[-1]
    (bilag,) = one["bilag"]
    path = f"{BASE}/{collection}/{one['id']}/bilag"
    got = liquidator("GET", f"{path}/{bilag['dokumentId']}")
    assert got.content.startswith(b"%PDF-")
    assert 'filename="Faktura 98.pdf"' in got["Content-Disposition"]
    assert liquidator("GET", f"/v2/dokumenter/{bilag['dokumentId']}").status == 404
    reply = liquidator("GET", f"{path}/{EXAMPLE_CASE}")
    assert (reply.status, reply.json["felt"]) == (404, "dokumentId")


def test_a_new_claim_is_seen_at_once(api, liquidator):
    path = f"/kreditor/tvangsoploesningssager/{EXAMPLE_CASE}/krav"
    made = api("POST", path, {"beloeb": 1, "endeligt": True, "bilag": [api.upload()]}).json
    assert liquidator("GET", f"{BASE}/krav/{made['id']}").json == made
    document = made["bilag"][0]["dokumentId"]
    assert liquidator("GET", f"{BASE}/krav/{made['id']}/bilag/{document}").status == 200


@pytest.mark.parametrize("name", WRITES)
def test_only_the_cases_liquidator_writes_and_only_while_it_is_open(api, liquidator, name, filled):
    body = filled(WRITES[name])
    other = api.acting_for(OTHER_LIQUIDATOR)
    reply = other("POST", f"{BASE}/{name}", body)
    assert (reply.status, reply.json["felt"]) == (403, "sagId")
    closed = f"/likvidator/tvangsoploesningssager/{CLOSED_CASE}/{name}"
    assert liquidator("POST", closed, body).code == "sag.allerede.afsluttet"
    assert liquidator("POST", f"{BASE}/{name}", body).status == 201


def test_the_status_of_a_write_without_a_part_is_a_setting(make_portal):
    api = Api(make_portal(settings=Settings(relation_status=404)))
    reply = api.acting_for(OTHER_LIQUIDATOR)("POST", f"{BASE}/afslutninger", WRITES["afslutninger"])
    assert reply.status == 404


@pytest.mark.parametrize(
    "name",
    sorted(
        {*WRITES, "krav", "tilgodehavender", "opgaver", "likvidatorer"}
        - {"fratraedelser", "erklaeringsanmodninger"}
    ),
)
def test_without_an_appointment_every_list_is_empty(api, name):
    reply = api.acting_for(OTHER_LIQUIDATOR)("GET", f"{BASE}/{name}")
    assert (reply.status, reply.json) == (200, [])


def test_a_former_liquidator_reads_what_came_before_and_writes_nothing(api, liquidator):
    base = f"/likvidator/tvangsoploesningssager/{HANDED_ON_CASE}"
    assert [claim["titel"] for claim in liquidator("GET", f"{base}/krav").json] == [
        "Før skiftet af likvidator"
    ]
    later = api.acting_for(OTHER_LIQUIDATOR)("GET", f"{base}/krav").json
    assert len(later) == 2
    assert liquidator("GET", f"{base}/krav/{later[1]['id']}").status == 404
    assert liquidator("POST", f"{base}/afslutninger", WRITES["afslutninger"]).status == 403
    assert len(liquidator("GET", f"{base}/likvidatorer").json) == 2


@pytest.mark.parametrize("collection", REQUESTS)
def test_a_request_gives_the_court_a_task_and_may_be_withdrawn(liquidator, collection, filled):
    body, kind = filled(REQUESTS[collection][0]), REQUESTS[collection][1]
    path = f"{BASE}/{collection}"
    made = liquidator("POST", path, body)
    assert (made.status, made.json["status"]) == (201, "UBEHANDLET")
    assert made.json.items() >= body.items()
    task = made.json["opgaveId"]
    assert liquidator("GET", f"{BASE}/opgaver/{task}").json["type"] == kind.upper()
    assert liquidator("GET", f"{BASE}/opgaver/{task}/{kind}").json == made.json
    one = f"{path}/{made.json['id']}"
    assert liquidator("GET", path).json == [made.json]
    assert liquidator("GET", one).json == made.json
    assert liquidator("DELETE", one).status == 204
    assert liquidator("GET", one).json["status"] == "TILBAGEKALDT"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("fristudsaettelse", "sag.fristudsaettelse.opgave.ikke.tilknyttet"),
        ("kaeremaal", "sag.kaeremaal.opgave.ikke.tilknyttet"),
        ("medlikvidatoranmodning", "sag.medlikvidatoranmodning.opgave.ikke.tilknyttet"),
        ("redegoerelse", "sag.redegoerelse.opgave.ikke.tilknyttet"),
        ("konkursbegaering", "handling.konkursbegaering.ukendt.opgave.relation"),
        ("revisoranmodning", "handling.revisor.ukendt.opgave.relation"),
    ],
)
def test_a_task_with_nothing_of_the_kind_has_a_code(api, liquidator, kind, code):
    (task,) = liquidator("GET", f"{BASE}/opgaver").json
    path = f"{BASE}/opgaver/{task['id']}/{kind}"
    reply = liquidator("GET", path)
    assert (reply.status, reply.code, reply.json["felt"]) == (400, code, "opgaveId")
    assert api.acting_for(OTHER_LIQUIDATOR)("GET", path).status == 404
    assert liquidator("GET", f"{BASE}/opgaver/{EXAMPLE_CASE}/{kind}").status == 404
    claim = liquidator("GET", f"{BASE}/krav").json[0]["id"]
    assert liquidator("GET", f"{BASE}/opgaver/{claim}/{kind}").status == 404


def test_each_task_has_its_own_request(liquidator):
    first, second = (
        liquidator("POST", f"{BASE}/revisoranmodninger", {"aarsag": reason}).json
        for reason in ("a", "b")
    )
    for one in (first, second):
        assert liquidator("GET", f"{BASE}/opgaver/{one['opgaveId']}/revisoranmodning").json == one


def test_an_appeal_is_found_by_its_task(liquidator):
    decision = liquidator("GET", f"{GENERAL}/afgoerelser").json[0]["id"]
    body = {"afgoerelseId": decision, "paastand": "x", "begrundelse": "y"}
    made = liquidator("POST", f"{GENERAL}/kaeremaal", body).json
    tasks = liquidator("GET", f"{BASE}/opgaver?sort=type").json
    appeal = next(task for task in tasks if task["type"] == "KAEREMAAL")
    assert liquidator("GET", f"{BASE}/opgaver/{appeal['id']}/kaeremaal").json == made


def test_a_report_does_its_task_and_meets_its_deadline(liquidator):
    (task,) = liquidator("GET", f"{BASE}/opgaver").json
    assert (task["type"], task["status"]) == ("REDEGOERELSE", "AKTIV")
    body = {"opsummering": "Ingen aktiver", "opgaveId": task["id"].upper()}
    made = liquidator("POST", f"{BASE}/redegoerelser", body).json
    assert liquidator("GET", f"{BASE}/redegoerelser/{made['id']}").json == made
    assert liquidator("GET", f"{BASE}/opgaver/{task['id']}").json["status"] == "UDFOERT"
    assert liquidator("GET", f"{BASE}/opgaver/{task['id']}/redegoerelse").json == made
    met = [
        one for one in liquidator("GET", f"{GENERAL}/frister").json if one["status"] == "OPFYLDT"
    ]
    assert [one["type"] for one in met] == ["REDEGOERELSE"]


def test_a_report_without_a_task_is_filed_when_no_deadline_runs(liquidator, clock):
    claim = liquidator("GET", f"{BASE}/krav").json[0]["id"]
    body = {"opsummering": "x", "opgaveId": claim}
    assert liquidator("POST", f"{BASE}/redegoerelser", body).code == "handling.mapning.fejlet"
    del body["opgaveId"]
    refused = liquidator("POST", f"{BASE}/redegoerelser", body)
    assert (refused.code, refused.json["felt"]) == ("handling.redegoerelse.aktiv.frist", "opgaveId")
    clock.advance(days=21)
    assert liquidator("POST", f"{BASE}/redegoerelser", body).status == 201
    (task,) = liquidator("GET", f"{BASE}/opgaver").json
    assert task["status"] == "AKTIV"


def test_former_management_is_added_changed_and_made_passive(liquidator, clock):
    path = f"{BASE}/tidligereLedelse"
    person = FOREIGNER
    made = liquidator("POST", path, {"part": person, "rolle": "ANDEN"}).json
    assert (made["part"], made["aktiv"]) == (person, True)
    clock.advance(seconds=1)
    changed = liquidator("PUT", f"{path}/{made['id']}", {"aktiv": False})
    assert changed.status == 200
    assert (changed.json["part"], changed.json["aktiv"], "rolle" in changed.json) == (
        person,
        False,
        False,
    )
    assert len(liquidator("GET", path).json) == 3


def test_declarations_are_asked_of_each_with_a_deadline_of_its_own(liquidator):
    other = {**FOREIGNER, "udenlandskPerson": {"navn": "C D"}}
    for part in (FOREIGNER, other):
        assert liquidator("POST", f"{BASE}/tidligereLedelse", {"part": part}).status == 201
    body = {"modtagere": [FOREIGNER, other], "fristdato": "2026-03-01"}
    made = liquidator("POST", f"{BASE}/erklaeringsanmodninger", body)
    assert made.status == 201
    assert [(one["modtager"], one["status"]) for one in made.json] == [
        (FOREIGNER, "AFVENTER"),
        (other, "AFVENTER"),
    ]
    assert len(liquidator("GET", f"{GENERAL}/erklaeringsanmodninger").json) == 3
    dated = [
        one
        for one in liquidator("GET", f"{GENERAL}/frister").json
        if one["fristdato"] == "2026-03-01"
    ]
    assert [one["type"] for one in dated] == ["ERKLAERING", "ERKLAERING"]


@pytest.mark.parametrize(
    ("day", "active"), [(None, False), ("2026-01-15", False), ("2026-01-16", True)]
)
def test_who_resigns_is_a_former_liquidator_from_that_day(liquidator, day, active):
    entry = {"likvidatorId": LIQUIDATOR.upper(), "aarsag": "Orlov"}
    if day is not None:
        entry["fratraedelsesdato"] = day
    reply = liquidator("POST", f"{BASE}/fratraedelser", {"fratraedelser": [entry]})
    assert reply.status == 201
    assert reply.json[0]["aarsag"] == "Orlov"
    (own,) = liquidator("GET", f"{BASE}/likvidatorer").json
    assert (own["aktiv"], own["fratraadt"]) == (active, day or "2026-01-15")
    roles = {case["sagId"]: case["roller"] for case in liquidator("GET", "/sager").json}
    assert roles[EXAMPLE_CASE] == ["LIKVIDATOR" if active else "TIDLIGERE_LIKVIDATOR"]


def test_a_resignation_of_somebody_else_changes_nothing(liquidator):
    claim = liquidator("GET", f"{BASE}/krav").json[0]["id"]
    for identifier in (OTHER_LIQUIDATOR, claim):
        entries = [{"likvidatorId": LIQUIDATOR}, {"likvidatorId": identifier}]
        reply = liquidator("POST", f"{BASE}/fratraedelser", {"fratraedelser": entries})
        assert reply.code == "handling.part.ikke.en.del.af.sagen"
        assert reply.json["felt"] == "fratraedelser.1.likvidatorId"
    assert liquidator("GET", f"{BASE}/likvidatorer").json[0]["aktiv"] is True


def test_remarks_are_made_changed_and_deleted(liquidator):
    path = f"{BASE}/bemaerkninger"
    made = liquidator("POST", path, {"tekst": "x", "fremhaevet": True}).json
    one = f"{path}/{made['id']}"
    changed = liquidator("PUT", one, {"tekst": "y", "fremhaevet": False}).json
    assert liquidator("GET", path).json == [changed]
    assert liquidator("DELETE", one).status == 204
    assert liquidator("GET", path).json == []
    assert liquidator("PUT", one, {"tekst": "y", "fremhaevet": False}).status == 404


def test_a_proposal_to_close_waits_for_the_court(liquidator):
    made = liquidator("POST", f"{BASE}/afslutninger", {"udfald": "KONKURS"}).json
    assert "publiceret" not in made
    assert liquidator("GET", f"{BASE}/afslutninger").json == [made]
    assert liquidator("GET", GENERAL).json["erAfsluttet"] is False
