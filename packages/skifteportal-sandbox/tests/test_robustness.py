"""Whatever is sent, the portal answers with something other than a failure of its own."""

import json
from collections import defaultdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from portal_in_memory import GUIDE_ESTATE, PDF

from skifteportal import specs
from skifteportal.sandbox import Request
from skifteportal.sandbox.seed import EXAMPLE_DAR, EXAMPLE_PERSON
from skifteportal.sandbox.seed_dissolutions import EXAMPLE_CASE, EXAMPLE_COMPANY, EXAMPLE_PROFILE

DOCUMENTS = {api: specs.spec(api) for api in specs.apis()}
NAMES = sorted(
    {
        name
        for document in DOCUMENTS.values()
        for schema in document["components"]["schemas"].values()
        for name in schema.get("properties", {})
    }
)
VALUES = (
    st.none()
    | st.booleans()
    | st.integers(-5, 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=10)
    | st.sampled_from(
        [
            "ANDEN",
            "PERSON",
            "2026-01-01",
            "4634875520",
            "6101010000",
            "30808460",
            GUIDE_ESTATE,
            EXAMPLE_CASE,
            EXAMPLE_PROFILE,
            "2026-01-01T00:00:00Z",
        ]
    )
)
JSON = st.recursive(
    VALUES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6)
    ),
    max_leaves=15,
)
ANYTHING = st.dictionaries(st.sampled_from(NAMES), JSON, max_size=8)
REQUIRED = {
    "sagId": EXAMPLE_CASE,
    "fristId": EXAMPLE_CASE,
    "likvidatorId": EXAMPLE_PROFILE,
    "fratraedelser": [{"likvidatorId": EXAMPLE_CASE}],
    "modtagere": [{"type": "PERSON"}],
    "fristdato": "2026-02-01",
    "part": {"type": "ANDEN"},
    "udfald": "OPLOEST",
    "tekst": "x",
    "emneord": "x",
    "henvendelser": [{"tekst": "x"}],
    "fremhaevet": True,
    "selskabErAktivt": True,
    "harAktiver": True,
    "udbetalt": True,
    "beloeb": 1,
    "endeligt": True,
    "aktiv": True,
}
BODIES = st.one_of(
    ANYTHING.map(lambda body: json.dumps(body).encode()),
    ANYTHING.map(lambda body: json.dumps({**body, "beloeb": 1, "endeligt": True}).encode()),
    ANYTHING.map(lambda body: json.dumps({**body, **REQUIRED}).encode()),
    st.binary(max_size=50),
    st.just(PDF),
    st.just(b'{"beloeb":1,"endeligt":true,"titel":"\\ud800"}'),
)
OPERATIONS = [
    (api, method.upper(), path)
    for api, document in DOCUMENTS.items()
    for path, item in document["paths"].items()
    for method in item
    if method != "parameters"
]
MANY = settings(
    max_examples=600,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def ids(api):
    """Values for every path parameter: a registration of each kind with an attachment."""
    bodies = {
        "krav": ("krav", {"beloeb": 1, "endeligt": True}),
        "tilgodehavende": ("tilgodehavender", {"beloeb": 1}),
        "effektfortegnelse": ("effektfortegnelser", {"bemaerkning": "x"}),
        "forespoergsel": ("forespoergsler", {"bekraeftet": True}),
        "aktiv": ("aktiver", {"vaerdi": 1}),
        "proformaopgoerelse": ("proformaopgoerelser", {"bekraeftet": True}),
    }
    found = {
        "doedsbojournalId": GUIDE_ESTATE,
        "bilagId": GUIDE_ESTATE,
        "sagId": EXAMPLE_CASE,
        "personId": EXAMPLE_PERSON,
        "darId": EXAMPLE_DAR,
        "cvrNummer": EXAMPLE_COMPANY,
        "retskredsId": "1101",
        "embedeId": "9925",
        "dokumentId": api.upload(),
    }
    with api.portal.transaction() as world:
        records = world.store.cases[EXAMPLE_CASE].records.values()
        found |= {f"{record.kind}Id": record.id for record in records}
    for name, (collection, body) in bodies.items():
        found[f"{name}Id"] = api(
            "POST", f"/doedsbojournaler/{GUIDE_ESTATE}/{collection}", body
        ).json["id"]
    return defaultdict(lambda: EXAMPLE_CASE, found)


CALLS = st.fixed_dictionaries(
    {
        "operation": st.sampled_from(OPERATIONS),
        "body": BODIES,
        "kind": st.sampled_from(
            ["application/json", "application/json", "application/pdf", "application/octet-stream"]
        ),
        "delegated": st.booleans(),
        "name": st.text(max_size=20) | st.just('filename="a.pdf"'),
        "query": st.sampled_from(
            [
                "",
                "?page=1",
                "?sort=beloeb",
                "?sort=id&direction=DESC&size=1",
                "?page=%00",
                "?page=æ",
            ]
        ),
    }
)
HEADERS = st.tuples(
    st.sampled_from(["Authorization", "Content-Type", "X-Request-Id", "Content-Encoding"]),
    st.text(max_size=20) | st.sampled_from(["Bearer a.b.c", "application/x-www-form-urlencoded"]),
)
REQUESTS = st.builds(
    Request,
    role=st.sampled_from(["api", "sysauth", "auth"]),
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "X"]),
    target=st.text(max_size=40)
    | st.sampled_from(["/realms/sts/protocol/openid-connect/token", "/token", "/doedsbojournaler"]),
    headers=st.lists(HEADERS, max_size=4).map(tuple),
    body=st.binary(max_size=60),
    certificate=st.none() | st.binary(max_size=20),
)


@MANY
@given(call=CALLS)
def test_no_operation_fails_whatever_it_is_sent(api, ids, call):
    name, method, path = call["operation"]
    kind = specs.registry()["apis"][name]["token"]
    if kind == "delegated" or (kind == "either" and call["delegated"]):
        api = api.acting_for(EXAMPLE_PROFILE)
    headers = {"Content-Type": call["kind"], "Content-Disposition": call["name"]}
    reply = api(method, path.format_map(ids) + call["query"], content=call["body"], headers=headers)
    assert reply.status < 500, reply.content


@MANY
@given(sent=REQUESTS)
def test_no_request_to_any_host_fails(portal, sent):
    assert portal.handle(sent).status < 500
