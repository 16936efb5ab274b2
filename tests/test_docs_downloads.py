"""What the site offers to download: Postman collections that hold every operation, and are the same in every run."""

import json
import uuid

import jsonschema_rs
import pytest
from icalendar import Calendar

from portalgen.checkout import Checkout
from portalgen.document import Document
from portalgen.registry import Registry
from sitepages import downloads, postman
from sitepages.house import House
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
    for environment in found.values():
        values = {one["key"]: one["value"] for one in environment["values"]}
        assert values["auth_url"].startswith("https://")
        assert not values["client_secret"]
        assert not values["client_assertion"]


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


def test_the_calendar_and_the_map_for_language_models_are_there():
    pages = dict(downloads.pages(HOUSE))
    events = Calendar.from_ical(pages["en/versions/notices.ics"]).walk("VEVENT")
    assert events
    assert pages["en/llms.txt"].count("/errors/") == 99
    assert pages["en/reference/change-law.md"].startswith("# ")
    for entry in HOUSE.apis:
        assert f"({entry.api}.postman_collection.json)" in pages["en/downloads/index.md"]
