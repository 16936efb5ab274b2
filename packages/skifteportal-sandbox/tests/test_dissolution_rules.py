"""Rules of compulsory dissolution beside those that a provocation shows (test_provocations.py)."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from portal_in_memory import EXAMPLE_CASE, LIQUIDATOR, MANAGER, NEW_CASE, Api

from skifteportal import specs
from skifteportal.sandbox import Settings
from skifteportal.sandbox.case_store import Record
from skifteportal.sandbox.dissolution.deadlines import standing
from skifteportal.sandbox.dissolution.parties import identity
from skifteportal.sandbox.routing import operations

BASE = f"/likvidator/tvangsoploesningssager/{EXAMPLE_CASE}"
GENERAL = f"/tvangsoploesningssager/{EXAMPLE_CASE}"
NOBODY = "00000000-0000-4000-8000-000000000000"
APIS = (
    "tvangsoploesning-dirigent",
    "tvangsoploesning-dirigent-kreditor",
    "tvangsoploesning-dirigent-likvidator",
    "henvendelse",
    "henvendelse-dirigent",
)
WRITES = [
    (api, operation)
    for api in APIS
    for operation in operations(api, specs.spec(api))
    if "requestBody" in operation.node
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["type", "part", "person", "personId", "tredjepart", "anden"]),
            inner,
            max_size=2,
        )
    ),
    max_leaves=5,
)


@pytest.mark.parametrize(("api", "operation"), WRITES, ids=[one.id for _, one in WRITES])
def test_no_json_makes_a_rule_stumble(make_portal, api, operation):
    caller = Api(make_portal())
    if api not in APIS[:2]:
        caller = caller.acting_for(LIQUIDATOR)
    path = operation.path.replace("{sagId}", EXAMPLE_CASE)
    while "{" in path:
        path = path[: path.index("{")] + NOBODY + path[path.index("}") + 1 :]
    properties = st.fixed_dictionaries({}, optional=dict.fromkeys(_members(operation), JSON))

    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(JSON | properties)
    def any_body(body):
        assert caller(operation.method, path, body).status < 500

    any_body()


def _members(operation):
    document = operation.document
    reference = operation.node["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    return document["components"]["schemas"][reference.rpartition("/")[2]]["properties"]


@pytest.mark.parametrize(
    ("collection", "body", "field"),
    [
        ("bemaerkninger", {"tekst": "a\0b", "fremhaevet": False}, "tekst"),
        ("revisoranmodninger", {"aarsag": "x", "revisor": {"type": "ANDEN"}}, "revisor"),
        (
            "tidligereLedelse",
            {"part": {"type": "PERSON", "person": {"personId": NOBODY}}},
            "part.person.personId",
        ),
        (
            "fratraedelser",
            {"fratraedelser": [{"likvidatorId": LIQUIDATOR, "aarsag": "\0"}]},
            "fratraedelser.0.aarsag",
        ),
    ],
)
def test_what_cannot_be_mapped_is_named(api, collection, body, field):
    reply = api.acting_for(LIQUIDATOR)("POST", f"{BASE}/{collection}", body)
    assert (reply.code, reply.json["felt"]) == ("handling.mapning.fejlet", field)
    assert f"Fejlet mapning af attribut: {field}. Fejl: " in reply.json["besked"]


@pytest.mark.parametrize(
    ("party", "told"),
    [
        (MANAGER, ("PERSON", MANAGER["person"]["personId"], "")),
        ({"type": "ANDEN", "anden": " Bo "}, ("ANDEN", "bo", "")),
        ({"type": "ANDEN", "anden": " "}, None),
        ({}, None),
    ],
)
def test_parties_are_told_apart_by_their_own_member(party, told):
    assert identity(party) == told


def test_only_one_part_of_the_case_is_asked_and_only_once(api):
    liquidator = api.acting_for(LIQUIDATOR)
    stranger = {"type": "PERSON", "person": {"personId": NOBODY}}
    body = {"modtagere": [stranger], "fristdato": "2026-03-01"}
    reply = liquidator("POST", f"{BASE}/erklaeringsanmodninger", body)
    assert (reply.code, reply.json["felt"]) == ("handling.part.ikke.en.del.af.sagen", "modtagere.0")


def test_a_declaration_by_the_liquidator_needs_a_request_too(api):
    body = {"selskabErAktivt": True, "harAktiver": False}
    reply = api.acting_for(LIQUIDATOR)("POST", f"{GENERAL}/erklaeringer", body)
    assert reply.code == "handling.erklaering.udfyld.anmodning.mangler"


def test_a_person_without_a_part_in_the_case_declares_nothing(api):
    body = {"selskabErAktivt": True, "harAktiver": False}
    body["part"] = {"type": "PERSON", "person": {"personId": NOBODY}}
    reply = api.acting_for(LIQUIDATOR)("POST", f"{GENERAL}/erklaeringer", body)
    assert reply.code == "handling.erklaering.udfyld.autorisering.intern"


def appeal(caller, **changes):
    decision = caller("GET", f"{GENERAL}/afgoerelser").json[0]["id"]
    body = {"afgoerelseId": decision, "paastand": "a", "begrundelse": "b", **changes}
    return caller("POST", f"{GENERAL}/kaeremaal", body)


def test_an_appeal_names_a_decision_of_the_case(api):
    reply = appeal(api, afgoerelseId=NOBODY)
    assert (reply.code, reply.json["felt"]) == ("handling.mapning.fejlet", "afgoerelseId")
    assert appeal(api, part=MANAGER).status == 201


def test_who_took_a_claim_back_has_no_part_any_more(api):
    part = {"type": "VIRKSOMHED", "virksomhed": {"cvrNummer": "90000001"}}
    path = f"/kreditor{GENERAL}/krav"
    made = api("POST", path, {"beloeb": 1, "endeligt": True}, company="90000001").json["id"]
    assert appeal(api, part=part).status == 201
    assert api("DELETE", f"{path}/{made}", company="90000001").status == 204
    assert appeal(api, part=part).code == "handling.part.ikke.en.del.af.sagen"


def test_late_appeals_and_those_of_closed_cases_are_settings(make_portal):
    caller = Api(make_portal(settings=Settings(late_appeals=False, appeals_in_closed_case=False)))
    reply = appeal(caller)  # the deadline passed on 15 December
    assert (reply.status, reply.json["besked"]) == (400, "Kærefristen er overskredet")
    case = {"sagId": EXAMPLE_CASE}
    decision = {"type": "ANDET", "overskrift": "Ny", "kaerefrist": "2026-01-15"}
    made = caller.portal.court("afsigAfgoerelse", path=case, body=decision)["id"]
    caller.portal.court("publicer", path=case, body={"afgoerelseId": made})
    assert appeal(caller, afgoerelseId=made).status == 201
    caller.portal.court("opdaterSagStatus", path=case, body={"status": "OPLOEST"})
    assert appeal(caller, afgoerelseId=made).code == "sag.allerede.afsluttet"


def test_a_highlighted_remark_may_be_changed_and_another_highlighted_after_its_deletion(api):
    liquidator = api.acting_for(LIQUIDATOR)
    path, body = f"{BASE}/bemaerkninger", {"tekst": "x", "fremhaevet": True}
    one = f"{path}/{liquidator('POST', path, body).json['id']}"
    assert liquidator("PUT", one, body).status == 200
    second = liquidator("POST", path, {**body, "fremhaevet": False}).json["id"]
    code = "sag.bemaerkning.fremhaevning.ikke.flere.tilladt"
    assert liquidator("PUT", f"{path}/{second}", body).code == code
    liquidator("DELETE", one)
    assert liquidator("PUT", f"{path}/{second}", body).status == 200


def test_gaeldsstyrelsen_files_a_claim_of_0_with_a_remark_and_settings_say_who_that_is(make_portal):
    path = f"/kreditor/tvangsoploesningssager/{NEW_CASE}/krav"
    body = {"beloeb": 0, "endeligt": False, "bemaerkning": "Opgøres"}
    assert Api(make_portal())("POST", path, body, company="19552101").status == 201
    caller = Api(make_portal(settings=Settings(zero_claim_companies=("11111111",))))
    assert caller("POST", path, body).status == 201


def test_a_record_without_an_end_keeps_its_status(clock):
    record = Record(id="", kind="opgave", case="", data={}, created=0, changed=0)
    assert standing(record, clock) is None
