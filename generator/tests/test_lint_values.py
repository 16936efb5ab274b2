"""Defaults, enums, patterns and examples fit their schemas."""

import pytest
from tiny_spec import SCHEMAS, SEARCH, assert_only, findings

from portalgen.lint.finding import rule_name
from portalgen.lint.values import RULES, STYLE_RULES

TING = f"{SCHEMAS}/ting"
INPUT = f"{SCHEMAS}/tingInput/properties"
LIV = f"{SCHEMAS}/kat/allOf/1/properties/liv"
MEDIA = f"{SEARCH}/requestBody/content/application~1json"

FAULTS = [
    ("defaults-fit", f"{INPUT}/antal/default", {f"{INPUT}/antal/default": "en"}),
    ("enums-fit", f"{INPUT}/art/enum", {f"{INPUT}/art": {"type": "string", "enum": []}}),
    ("enums-fit", f"{INPUT}/art/enum/1", {f"{INPUT}/art": {"type": "string", "enum": ["A", "A"]}}),
    ("enums-fit", f"{INPUT}/art/enum/1", {f"{INPUT}/art": {"type": "string", "enum": ["A", 1]}}),
    ("patterns-compile", f"{INPUT}/navn/pattern", {f"{INPUT}/navn/pattern": "["}),
    ("patterns-compile", f"{INPUT}/navn/pattern", {f"{INPUT}/navn/pattern": r"(?P<a>x)(?P=b)"}),
    ("examples-fit", f"{TING}/example/id", {f"{TING}/example/id": 1}),
    ("examples-fit", f"{TING}/example/del/art", {f"{TING}/example/del/art": "C"}),
    ("examples-fit", f"{TING}/example", {f"{TING}/example": {}}),
    ("examples-fit", f"{MEDIA}/examples/navn/value/navn", {f"{MEDIA}/examples/navn/value/navn": 1}),
    (
        "examples-fit",
        "/components/parameters/size/example",
        {"/components/parameters/size/example": "tyve"},
    ),
    (
        "examples-fit",
        "/components/headers/totalCount/example",
        {"/components/headers/totalCount/example": "tyve"},
    ),
]


@pytest.mark.parametrize(("rule", "pointer", "edits"), FAULTS)
def test_a_fault_is_found_where_it_is(rule, pointer, edits):
    assert_only(rule, pointer, findings(edits, codes={}))


@pytest.mark.parametrize(
    ("schema", "example"),
    [
        ({"type": "string", "format": "date"}, "2022-02-30"),
        ({"type": "string", "format": "date-time"}, "2022-02-03T10:00:00"),
        ({"type": "string", "format": "uuid"}, "t1"),
        ({"type": "string"}, None),
        ({"type": "number", "minimum": 1, "exclusiveMinimum": True}, 1),
        ({"type": "number", "maximum": 1, "exclusiveMaximum": True}, 1),
    ],
)
def test_an_example_that_does_not_fit_is_found(schema, example):
    edits = {f"{INPUT}/ny": {**schema, "example": example}}
    assert_only("examples-fit", f"{INPUT}/ny/example", findings(edits))


@pytest.mark.parametrize(
    ("schema", "example"),
    [
        ({"type": "string", "format": "date-time"}, "2022-09-09T13:08:25.988362763Z"),
        ({"type": "string", "nullable": True}, None),
        ({"type": "string", "nullable": True, "enum": ["A"]}, None),
        ({"type": "number", "minimum": 1, "exclusiveMinimum": False}, 1),
        ({"type": "number", "exclusiveMaximum": True}, 1),
        ({"type": "boolean", "enum": [True, False]}, True),
        ({"type": "integer", "enum": [1, 0]}, 1),
        ({"enum": [1, True]}, 1),
    ],
)
def test_the_dialect_of_openapi_3_0_is_understood(schema, example):
    found = findings({f"{INPUT}/ny": {**schema, "example": example}})
    assert [f for f in found if f.rule != "openapi-is-valid"] == []


def test_a_broken_schema_is_left_to_the_rules_that_say_how():
    found = findings({f"{INPUT}/ny": {"type": "ingenting", "example": 1}})
    assert {f.rule for f in found} == {"openapi-is-valid"}


def test_a_long_value_is_cut_off_in_the_message():
    found = findings({f"{TING}/example/id": ["x" * 1000]})
    assert [len(f.message) < 300 for f in found if f.rule == "examples-fit"] == [True]


def test_every_rule_has_a_fault():
    assert {rule_name(rule) for rule in (*RULES, *STYLE_RULES)} == {rule for rule, *_ in FAULTS}
