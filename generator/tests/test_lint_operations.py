"""What breaks generation in paths and operations: each rule has its smallest fault."""

import pytest
from tiny_spec import ADD, API, LIST, ONE, REMOVED, SEARCH, assert_only, findings

from portalgen.lint.finding import rule_name
from portalgen.lint.operations import RULES

ERROR = {"$ref": "#/components/responses/genericErrorResponse"}
GET = {
    "operationId": "getAndet",
    "x-provenance": "guide",
    "responses": {"204": {"description": ""}, "default": ERROR},
}
TING_ID = {"$ref": "#/components/parameters/tingId"}
OTHER_ID = {"name": "andetId", "in": "path", "required": True, "schema": {"type": "string"}}

FAULTS = [
    ("operation-id-is-there", ADD, {f"{ADD}/operationId": ""}),
    ("operation-id-is-there", ADD, {f"{ADD}/operationId": REMOVED}),
    ("operation-ids-differ", f"{ONE}/get/operationId", {f"{ONE}/get/operationId": "getAllTing"}),
    ("operation-ids-differ", f"{ONE}/get/operationId", {f"{ONE}/get/operationId": "getALLTing"}),
    (
        "paths-are-unambiguous",
        "/paths/~1ting~1{andetId}",
        {"/paths/~1ting~1{andetId}": {"parameters": [OTHER_ID], "get": GET}},
    ),
    (
        "paths-are-unambiguous",
        "/paths/~1{andetId}~1krav",
        {"/paths/~1{andetId}~1krav": {"parameters": [OTHER_ID], "get": GET}},
    ),
    ("path-parameters-fit", "/paths/~1a~1{b}/get", {"/paths/~1a~1{b}": {"get": GET}}),
    ("path-parameters-fit", f"{ADD}/parameters/0", {f"{ADD}/parameters": [TING_ID]}),
    (
        "path-parameters-fit",
        f"{ONE}/get/parameters/0",
        {f"{ONE}/get/parameters": [{"name": "tingId", "in": "path", "schema": {"type": "string"}}]},
    ),
    ("parameters-differ", f"{ONE}/parameters", {f"{ONE}/parameters/1": TING_ID}),
    (
        "reading-has-no-body",
        f"{ONE}/delete/requestBody",
        {f"{ONE}/delete/requestBody": {"content": {"application/json": {}}}},
    ),
    (
        "reading-has-no-body",
        f"{LIST}/requestBody",
        {f"{LIST}/requestBody": {"content": {"application/json": {}}}},
    ),
    (
        "content-types-are-supported",
        f"{ADD}/requestBody/content",
        {
            f"{ADD}/requestBody/content/application~1pdf": {
                "schema": {"type": "string", "format": "binary"}
            }
        },
    ),
    (
        "content-types-are-supported",
        f"{ONE}/get/responses/200/content/application~1xml",
        {f"{ONE}/get/responses/200/content": {"application/xml": {"schema": {"type": "string"}}}},
    ),
    ("success-is-one", f"{ONE}/delete/responses", {f"{ONE}/delete/responses/204": REMOVED}),
    (
        "success-is-one",
        f"{ONE}/delete/responses",
        {f"{ONE}/delete/responses/202": {"description": "Modtaget"}},
    ),
]


@pytest.mark.parametrize(("rule", "pointer", "edits"), FAULTS)
def test_a_fault_is_found_where_it_is(rule, pointer, edits):
    found = [f for f in findings(edits) if f.rule != "operation-id-style"]
    assert_only(rule, pointer, found)


@pytest.mark.parametrize("name", ["getAllTing", "searchNoget"])
def test_the_registry_names_only_posts_of_the_file(name):
    assert_only("read-only-names-exist", "/paths", findings({}, api={**API, "read_only": [name]}))


def test_an_exact_path_beside_a_template_is_no_fault():
    assert {SEARCH, ONE} == {"/paths/~1ting~1soegning/post", "/paths/~1ting~1{tingId}"}
    assert findings({}) == []


def test_an_operation_may_replace_a_parameter_of_its_path():
    own = {"name": "tingId", "in": "path", "required": True, "schema": {"type": "string"}}
    assert findings({f"{ONE}/get/parameters": [own]}) == []


def test_a_content_type_may_have_parameters():
    schema = {"type": "string", "format": "binary"}
    content = {"application/pdf; version=1.7": {"schema": schema}}
    assert findings({f"{ONE}/get/responses/200/content": content}) == []


def test_every_rule_has_a_fault():
    assert {rule_name(rule) for rule in RULES} == {rule for rule, *_ in FAULTS} | {
        "read-only-names-exist"
    }
