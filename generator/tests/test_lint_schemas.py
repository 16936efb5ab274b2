"""What breaks generation in schemas: each rule has its smallest fault."""

import pytest
from tiny_spec import ADD, REMOVED, SCHEMAS, assert_only, findings

from portalgen.lint.finding import rule_name
from portalgen.lint.schemas import RULES

TING = f"{SCHEMAS}/ting"
PROPS = f"{TING}/properties"
INPUT = f"{SCHEMAS}/tingInput"
DYR = f"{SCHEMAS}/dyr"
NOWHERE = {"$ref": "#/components/schemas/findesIkke"}

FAULTS = [
    ("references-resolve", f"{PROPS}/ny/$ref", {f"{PROPS}/ny": NOWHERE}),
    ("references-resolve", f"{PROPS}/ny/$ref", {f"{PROPS}/ny": {"$ref": "andet.yaml#/ting"}}),
    (
        "references-resolve",
        f"{SCHEMAS}/ring/$ref",
        {f"{SCHEMAS}/ring": {"$ref": "#/components/schemas/ring", "x-provenance": "guide"}},
    ),
    ("null-has-a-type", f"{PROPS}/navn/nullable", {f"{PROPS}/navn": {"nullable": True}}),
    (
        "null-is-not-beside-reference",
        f"{PROPS}/del/nullable",
        {f"{PROPS}/del/nullable": True},
    ),
    (
        "null-is-not-beside-reference",
        f"{PROPS}/ny/nullable",
        {f"{PROPS}/ny": {"allOf": [{"$ref": "#/components/schemas/del"}], "nullable": True}},
    ),
    ("required-are-properties", f"{INPUT}/required/1", {f"{INPUT}/required": ["antal", "nej"]}),
    (
        "required-are-properties",
        f"{INPUT}/allOf/1/required/1",
        {
            f"{INPUT}/allOf": [
                {"$ref": f"#{SCHEMAS}/del"},
                {"type": "object", "required": ["art", "nej"]},
            ]
        },
    ),
    ("arrays-say-of-what", f"{PROPS}/ny", {f"{PROPS}/ny": {"type": "array"}}),
    (
        "arrays-say-of-what",
        f"{SCHEMAS}/tingInput/properties/dele",
        {f"{SCHEMAS}/tingInput/properties/dele/items": REMOVED},
    ),
    ("bounds-leave-room", f"{PROPS}/navn/minLength", {f"{PROPS}/navn/minLength": 10}),
    (
        "bounds-leave-room",
        "/components/parameters/page/schema/minimum",
        {"/components/parameters/page/schema/minimum": 10},
    ),
    (
        "bounds-leave-room",
        f"{SCHEMAS}/kat/allOf/1/properties/liv/minimum",
        {f"{SCHEMAS}/kat/allOf/1/properties/liv/minimum": 9},
    ),
    (
        "bounds-leave-room",
        f"{PROPS}/ny/minItems",
        {
            f"{PROPS}/ny": {
                "type": "array",
                "items": {"type": "string"},
                "minItems": 2,
                "maxItems": 1,
            }
        },
    ),
    ("discriminators-lead-somewhere", f"{DYR}/discriminator", {f"{DYR}/oneOf": REMOVED}),
    (
        "discriminators-lead-somewhere",
        f"{DYR}/discriminator/mapping/FUGL",
        {f"{DYR}/discriminator/mapping/FUGL": "#/components/schemas/fugl"},
    ),
    (
        "discriminators-lead-somewhere",
        f"{DYR}/discriminator/mapping/FUGL",
        {f"{DYR}/discriminator/mapping/FUGL": 7},
    ),
    (
        "discriminators-lead-somewhere",
        f"{DYR}/oneOf/2",
        {f"{DYR}/oneOf/2": {"type": "object", "properties": {"art": {"type": "string"}}}},
    ),
    (
        "discriminators-lead-somewhere",
        f"{DYR}/oneOf/1",
        {f"{DYR}/discriminator/mapping/KAT": REMOVED},
    ),
    (
        "discriminators-lead-somewhere",
        f"{DYR}/oneOf/2",
        {
            f"{DYR}/oneOf/2": {"$ref": "#/components/schemas/ting"},
            f"{DYR}/discriminator/mapping": REMOVED,
        },
    ),
]


@pytest.mark.parametrize(("rule", "pointer", "edits"), FAULTS)
def test_a_fault_is_found_where_it_is(rule, pointer, edits):
    assert_only(rule, pointer, findings(edits, codes={}))


@pytest.mark.parametrize(
    "edits",
    [
        # what another part of an allOf has may be required
        {f"{INPUT}/allOf": [{"$ref": f"#{SCHEMAS}/del"}, {"type": "object", "required": ["art"]}]},
        {f"{INPUT}/allOf": [{"$ref": f"#{SCHEMAS}/del"}], f"{INPUT}/required": ["art"]},
        # equal bounds leave one value
        {f"{PROPS}/navn/minLength": 9},
        {"/components/parameters/page/schema/minimum": 9},
        {f"{PROPS}/ny": {"type": "number", "minimum": True, "maximum": 0}},
        # null in the schema that has the type
        {f"{PROPS}/ny": {"type": "object", "nullable": True}},
        # a discriminator without a mapping goes by the schemas' names
        {f"{DYR}/discriminator/mapping": REMOVED},
        # an example is not a schema
        {f"{TING}/example": {"id": "t1", "$ref": "#/nej", "del": {"schema": {"type": "array"}}}},
    ],
)
def test_what_is_no_fault_is_left_alone(edits):
    ours = [f for f in findings(edits) if f.rule != "openapi-is-valid"]
    assert ours == []


def test_a_schema_that_is_written_in_an_operation_is_looked_at():
    schema = f"{ADD}/responses/201/content/application~1json/schema"
    edits = {schema: {"type": "object", "properties": {"a": {"type": "array"}}}}
    assert_only("arrays-say-of-what", f"{schema}/properties/a", findings(edits))


def test_every_rule_has_a_fault():
    assert {rule_name(rule) for rule in RULES} == {rule for rule, *_ in FAULTS}
