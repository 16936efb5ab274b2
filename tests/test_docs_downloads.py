"""What the site offers to download: Postman collections that hold every operation, and are the same in every run."""

import json
import re
import uuid

import jsonschema_rs
import pytest
from icalendar import Calendar

from portalgen.checkout import Checkout
from portalgen.document import Document
from portalgen.registry import Registry
from sitepages import downloads, postman
from sitepages.house import House
from sitepages.postman_values import filled_in
from sitepages.samples import sample

HOUSE = House(Checkout.find())
APIS = list(HOUSE.registry.apis)


def requests_of(collection, *, login=False):
    return [
        request
        for folder in collection["item"]
        if (folder["name"] == "Login") == login
        for request in folder["item"]
    ]


@pytest.fixture(scope="module")
def collections():
    return {
        entry.api: postman.collection(entry, HOUSE.documents[entry.api]) for entry in HOUSE.apis
    }


def test_two_runs_give_the_same_bytes():
    assert dict(postman.pages(House(Checkout.find()))) == dict(
        postman.pages(House(Checkout.find()))
    )


@pytest.mark.parametrize("api", APIS)
def test_a_collection_has_each_operation_once(api, collections):
    shown = sorted(
        (one["request"]["method"], one["request"]["url"]["raw"].removeprefix("{{api_url}}"))
        for one in requests_of(collections[api])
    )
    wanted = sorted(
        (one.method, one.path.replace("{", ":").replace("}", ""))
        for one in HOUSE.documents[api].operations()
    )
    assert shown == wanted


def test_no_two_things_have_an_id_in_common(collections):
    ids = [
        one["id"]
        for collection in collections.values()
        for folder in collection["item"]
        for one in [folder, *folder["item"]]
    ]
    assert len(set(ids)) == len(ids)
    assert all(uuid.UUID(one).version == 5 for one in ids)


@pytest.mark.parametrize("api", APIS)
def test_bodies_are_what_the_specification_allows(api, collections):
    document = HOUSE.documents[api]
    bodies = {one.id: one.node.get("requestBody") for one in document.operations()}
    for request in requests_of(collections[api]):
        body = request["request"].get("body", {})
        operation = request["name"].split(":")[0]
        assert bool(bodies[operation]) == bool(body)
        if body.get("mode") == "raw":
            schema = document.resolve(bodies[operation])["content"]["application/json"]["schema"]
            whole = {**schema, "components": document.data["components"]}
            problems = jsonschema_rs.Draft4Validator(whole).iter_errors(json.loads(body["raw"]))
            assert [error.message for error in problems if "{{" not in error.message] == []


@pytest.mark.parametrize("api", APIS)
def test_a_collection_logs_in_the_ways_that_its_api_takes(api, collections):
    names = [one["name"] for one in requests_of(collections[api], login=True)]
    token = Registry.load(Checkout.find()).apis[api].token
    assert len(names) == {"open": 0, "direct": 2, "either": 3, "delegated": 3}[token]
    assert ("auth" in collections[api]) == (token != "open")


def test_environments_differ_in_hosts_and_hold_no_secret():
    found = postman.environments()
    assert set(found) == {"sandbox", "test", "production"}
    keys = set()
    for environment in found.values():
        values = {one["key"]: one["value"] for one in environment["values"]}
        keys.add(tuple(sorted(values)))
        assert values["auth_url"].startswith("https://")
        assert not values["client_secret"]
        assert not values["client_assertion"]
    assert len(keys) == 1  # what the sandbox's gives, a user fills in in the others
    sandbox = {one["key"]: one["value"] for one in found["sandbox"]["values"]}
    assert [name for name, value in sandbox.items() if not value] == [
        "client_secret",
        "client_assertion",
    ]


# What another collection has to bring first: a document, and a deadline of the case.
FROM_ANOTHER = {"uploaded_document", "fristId"}
# What a fresh sandbox has none of.
NONE_THERE = {"dokumentId"}


@pytest.mark.parametrize("api", APIS)
def test_a_collection_can_be_run_from_top_to_bottom(api, collections):
    sandbox = postman.environments()["sandbox"]["values"]
    known = {one["key"] for one in sandbox} | {"api_url", "access_token", "direct_token"}
    known |= FROM_ANOTHER | NONE_THERE | {"in_a_month"}
    for request in requests_of(collections[api]):
        sent = json.dumps([request["request"].get("body"), request["request"]["url"]["variable"]])
        assert set(re.findall(r"\{\{(\w+)\}\}", sent)) <= known, request["name"]
        script = "\n".join(request["event"][0]["script"]["exec"])
        known |= set(re.findall(r'environment\.set\("(\w+)"', script))


@pytest.mark.parametrize("api", APIS)
def test_what_takes_away_comes_last(api, collections):
    for folder in collections[api]["item"]:
        methods = [request["request"]["method"] for request in folder["item"]]
        assert methods == sorted(methods, key=lambda method: method == "DELETE")
    names = [folder["name"] for folder in collections[api]["item"]]
    if "fratraedelse" in names:
        assert names[-2:] == ["afslutning", "fratraedelse"]


def test_a_list_a_create_and_a_part_of_an_answer_are_kept(collections):
    scripts = {
        (api, request["name"].split(":")[0]): "\n".join(request["event"][0]["script"]["exec"])
        for api, collection in collections.items()
        for request in requests_of(collection)
    }
    assert 'set("kravId", first.kravId ?? first.id)' in scripts["doedsbojournal", "getAllKrav"]
    assert 'set("kravId", first.kravId ?? first.id)' in scripts["doedsbojournal", "addKrav"]
    assert "environment" not in scripts["doedsbojournal", "updateKrav"]
    assert "value.dokumentId" in scripts["tvangsoploesning-dirigent-likvidator", "getKrav"]
    assert 'set("uploaded_document"' in scripts["dokument-lager-ekstern", "addV2"]
    assert 'set("fristId"' in scripts["tvangsoploesning-dirigent", "getAllFrist"]
    assert all("to.be.success" in script for script in scripts.values())


def test_bodies_name_what_the_environment_has():
    given = {
        "sagId": "a",
        "personId": "b",
        "cvrNummer": "21659509",
        "bilag": ["c"],
        "dokumenter": [{"dokumentId": "d", "filnavn": "e"}],
        "fristdato": "2024-04-15",
        "beloeb": 12.5,
    }
    filled = {
        "sagId": "{{example_sag}}",
        "personId": "{{example_person}}",
        "cvrNummer": "21659509",
        "bilag": ["{{uploaded_document}}"],
        "dokumenter": [{"dokumentId": "{{uploaded_document}}", "filnavn": "e"}],
        "fristdato": "{{in_a_month}}",
        "beloeb": 12.5,
    }
    assert filled_in(given, search=False) == filled
    assert filled_in({"cvrNummer": "1"}, search=True) == {"cvrNummer": "{{example_cvr}}"}
    assert filled_in({"bilag": []}, search=False) == {"bilag": []}


@pytest.mark.parametrize(
    ("schema", "made"),
    [
        ({"example": 5}, 5),
        ({"default": False}, False),
        ({"enum": ["A", "B"]}, "A"),
        ({"oneOf": [{"type": "integer"}, {"type": "string"}]}, 1),
        ({"anyOf": [{"type": "string", "format": "date"}]}, "2026-01-15"),
        ({"type": "array", "items": {"type": "boolean"}}, [False]),
        ({"properties": {"a": {"type": "string"}, "b": {"readOnly": True}}}, {"a": "tekst"}),
        ({"allOf": [{"properties": {"a": {"type": "number"}}}, {"type": "string"}]}, {"a": 123.45}),
        ({"$ref": "#/components/schemas/tree"}, {"children": []}),
        ({"$ref": "#/components/schemas/chain"}, {"name": "tekst"}),
    ],
)
def test_an_example_is_the_schemas_own_or_something_it_allows(schema, made):
    tree = {
        "properties": {
            "children": {"type": "array", "items": {"$ref": "#/components/schemas/tree"}}
        }
    }
    chain = {"properties": {"name": {}, "next": {"$ref": "#/components/schemas/chain"}}}
    document = Document({"components": {"schemas": {"tree": tree, "chain": chain}}})
    assert sample(document, schema) == made


def test_the_calendar_and_all_files_are_there():
    pages = dict(downloads.pages(HOUSE))
    events = Calendar.from_ical(pages["en/versions/notices.ics"]).walk("VEVENT")
    assert events
    assert pages["en/reference/change-law.md"].startswith("# ")
    for entry in HOUSE.apis:
        assert f"({entry.api}.postman_collection.json)" in pages["en/downloads/index.md"]
