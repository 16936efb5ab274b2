"""Seldom shapes: what the differ says of them, and what a witness is made of."""

from __future__ import annotations

import re
from typing import Any

import pytest
from diff_spec import BODY, GET, GONE, INPUT, KRAV, POST, PUT, SCHEMAS, edited, report, spec
from hypothesis import given
from hypothesis import strategies as st

from portalgen.diff import Level, compare
from portalgen.diff.effect import Edit, Effect
from portalgen.diff.pattern_text import matching_texts
from portalgen.diff.spec_view import SpecView
from portalgen.diff.witness import Prover

_STRING: dict[str, Any] = {"type": "string"}


def _kinds(base: dict[str, Any], revision: dict[str, Any]) -> dict[str, Level]:
    found = compare(edited(base), edited(revision, edited(base)), api="krav")
    return {one.kind: one.wire for one in found.changes}


@pytest.mark.parametrize(
    ("base", "revision", "kind", "wire"),
    [
        # A type that is not stated is read from what is.
        ({f"{INPUT}/x": {"enum": ["a"]}}, {f"{INPUT}/x": {"type": "string", "enum": ["a", 1]}}, "enum-value-added", "minor"),
        ({f"{INPUT}/x": {"enum": [1, 2.5, True, "a", [1], {}]}}, {f"{INPUT}/x": _STRING}, "type-narrowed", "major"),
        ({f"{INPUT}/x": {"properties": {"a": _STRING}}}, {f"{INPUT}/x": _STRING}, "type-changed", "major"),
        ({f"{INPUT}/x": {"items": _STRING}}, {f"{INPUT}/x": _STRING}, "type-changed", "major"),
        ({f"{INPUT}/x": {}}, {f"{INPUT}/x": _STRING}, "type-narrowed", "major"),
        ({f"{INPUT}/x": {"type": "integer"}}, {f"{INPUT}/x": {"oneOf": [{"type": "integer"}, {"type": "string"}]}}, "type-widened", "minor"),
        ({f"{INPUT}/x": {"type": "integer", "minimum": 1}}, {f"{INPUT}/x": {"type": "integer", "minimum": 1, "exclusiveMinimum": True}}, "bound-tightened", "major"),
        ({f"{INPUT}/x": {"type": "number", "maximum": 9, "exclusiveMaximum": True}}, {f"{INPUT}/x": {"type": "number", "maximum": 7}}, "bound-tightened", "major"),
        ({f"{INPUT}/x": {"type": "integer", "format": "int32"}}, {f"{INPUT}/x/format": "int64"}, "format-changed", "minor"),
        ({f"{INPUT}/x": {"type": "string", "example": "x1"}}, {f"{INPUT}/x/pattern": "^y"}, "pattern-added", "major"),
        ({f"{INPUT}/x": {"type": "object", "minProperties": 2}}, {f"{INPUT}/x/minProperties": 3}, "bound-tightened", "major"),
        ({f"{INPUT}/x": {"type": "object", "required": ["a"], "additionalProperties": _STRING}}, {f"{INPUT}/x/additionalProperties/minLength": 2}, "bound-tightened", "major"),
        ({f"{INPUT}/x": {"type": "array", "items": {"enum": ["a", "b", "c"]}}}, {f"{INPUT}/x/maxItems": 2}, "bound-tightened", "major"),
        ({f"{INPUT}/x": {"type": "array"}}, {f"{INPUT}/x/uniqueItems": True}, "unique-on", "major"),
        ({f"{INPUT}/x": {"type": "integer", "multipleOf": 3}}, {f"{INPUT}/x/multipleOf": GONE}, "multiple-changed", "minor"),
        # Unions.
        ({f"{INPUT}/x": {"oneOf": [{"type": "string", "maxLength": 3}, {"type": "integer"}]}}, {f"{INPUT}/x/oneOf/0/maxLength": 2}, "bound-tightened", "major"),
        ({f"{INPUT}/x": {"oneOf": [{"type": "string", "maxLength": 3, "nullable": True}, {"type": "integer"}]}}, {f"{INPUT}/x/oneOf/0/nullable": False}, "nullable-off", "major"),
        ({f"{INPUT}/x": {"oneOf": [{"type": "string", "nullable": True}, {"type": "integer"}]}}, {f"{INPUT}/x/oneOf/0/nullable": False}, "nullable-off", "major"),
        ({f"{SCHEMAS}/ejer/discriminator/mapping": GONE}, {f"{SCHEMAS}/person/properties/cpr/maxLength": 3}, "bound-tightened", "major"),
        ({f"{SCHEMAS}/ejer/oneOf/-": {"type": "object", "properties": {"art": _STRING}}}, {f"{SCHEMAS}/person/properties/cpr/maxLength": 3}, "bound-tightened", "major"),
        ({f"{INPUT}/x": {"oneOf": [{"$ref": "#/components/schemas/part"}, {"type": "string"}]}}, {f"{INPUT}/x": {"$ref": "#/components/schemas/part"}}, "alternatives-removed", "major"),
        ({f"{INPUT}/x": {"type": "object", "oneOf": [{"required": ["a"]}, {"required": ["b"]}], "nullable": True}}, {f"{INPUT}/x/nullable": False}, "nullable-off", "major"),
        # Media types and answers.
        ({f"{PUT}/requestBody/content/application~1*": {}}, {f"{PUT}/requestBody/content/application~1cbor": {}}, "", ""),
        ({f"{PUT}/requestBody/content/*~1*": {}}, {f"{PUT}/requestBody/content/application~1cbor": {}}, "", ""),
        ({f"{PUT}/requestBody/content/text~1x": {}}, {f"{PUT}/requestBody/content/text~1x": {"example": 1}}, "", ""),
        ({f"{GET}/responses/404/content": {"text/x": {}}}, {f"{GET}/responses/404/content": {}}, "media-type-removed", "major"),
        ({f"{GET}/responses/200/headers/X-A": {}}, {f"{GET}/responses/200/headers/X-A": {"description": "x"}}, "", ""),
        ({f"{GET}/responses/x-a": 1, "/paths/x-a": 1, f"{GET}/parameters/-": 1}, {f"{GET}/responses/x-a": 2}, "", ""),
        # Parameters.
        ({f"{GET}/parameters/-": {"name": "Accept", "in": "header", "schema": _STRING}}, {f"{GET}/parameters/4": GONE}, "", ""),
        ({f"{GET}/parameters/-": {"name": "j", "in": "query", "content": {"application/json": {"schema": _STRING}}}}, {f"{GET}/parameters/4/content/application~1json/schema/maxLength": 2}, "bound-tightened", "major"),
        ({f"{GET}/parameters/-": {"name": "uden", "in": "query"}}, {f"{GET}/parameters/4": {"name": "uden", "in": "query", "deprecated": False}}, "", ""),
        ({f"{GET}/parameters/1/schema/default": 3}, {f"{GET}/parameters/1/schema/default": 4}, "default-changed", "major"),
        ({f"{SCHEMAS}/kravInput/required/-": "antal"}, {f"{INPUT}/antal/default": 4}, "default-changed", "major"),
        # What is written twice.
        ({f"{INPUT}/x": {"allOf": [_STRING, {"type": "integer"}]}}, {f"{INPUT}/x": _STRING}, "type-changed", "major"),
        ({f"{INPUT}/x": {"allOf": [{"type": "number"}, {"type": "integer"}]}}, {f"{INPUT}/x": {"type": "integer"}}, "", ""),
        ({f"{INPUT}/x": {"allOf": [{"enum": ["a", "b"]}, {"enum": ["b", None]}]}}, {f"{INPUT}/x": {"enum": ["b"]}}, "", ""),
        ({f"{INPUT}/x": {"allOf": [{"properties": {"a": {"type": "number"}}}, {"properties": {"a": {"minimum": 3}}}]}}, {f"{INPUT}/x": {"properties": {"a": {"type": "number", "minimum": 3}}}}, "", ""),
        ({f"{INPUT}/x": {"allOf": [1, _STRING], "properties": {"a": 1}}}, {f"{INPUT}/x/properties/a": 2}, "", ""),
        ({f"{INPUT}/x": {"type": "integer", "multipleOf": 2.5}}, {f"{INPUT}/x/maximum": 7}, "bound-tightened", "major"),
        ({f"{INPUT}/x": {"type": "array", "items": {"enum": ["a", "a", "b", "c"]}, "minItems": 2}}, {f"{INPUT}/x/minItems": 4}, "bound-tightened", "major"),
        ({f"{INPUT}/x": {"type": "array", "items": {"type": "object", "properties": {"a": {"type": "object"}}}}}, {f"{INPUT}/x/maxItems": 2}, "bound-tightened", "major"),
        ({f"{PUT}/requestBody/content/application~1json; charset=utf-8": {}}, {f"{INPUT}/note/maxLength": 3}, "bound-tightened", "major"),
        ({"/components/securitySchemes/oauth/flows/implicit": {"scopes": {}}}, {"/components/securitySchemes/oauth/flows/implicit": GONE}, "text-changed", "none"),
        ({f"{INPUT}/x": {"anyOf": [{"type": "object", "required": ["a"]}, {"type": "array", "items": {}}]}}, {f"{INPUT}/x/oneOf": [{"type": "array", "items": _STRING}, {"type": "object"}]}, "union-put-on", "major"),
        ({f"{INPUT}/x": {"type": "array", "items": {"type": "array", "items": {"type": "object"}}}}, {f"{INPUT}/x/maxItems": 2}, "bound-tightened", "major"),
        # Both hidden: nothing is seen of it.
        ({f"{KRAV}/hemmelig/deprecated": False}, {f"{KRAV}/hemmelig/maxLength": 3}, "", ""),
    ],
)  # fmt: skip
def test_seldom_shapes(base, revision, kind, wire):
    found = _kinds(base, revision)
    if kind:
        assert found[kind].value == wire
    else:
        assert set(found.values()) <= {Level.NONE}, found


def test_an_operation_without_a_name_has_no_python_names():
    nameless = edited({f"{GET}/operationId": GONE})
    found = compare(nameless, edited({f"{GET}/parameters/0": GONE}, nameless))
    (change,) = found.changes
    assert change.operations == ("GET /krav/{kravId}",)
    assert change.python == ()


def test_an_operation_that_moves_with_another_number_of_parameters():
    item = spec()["paths"]["/krav/{kravId}"]
    moved = {"/paths/~1krav~1{kravId}": GONE, "/paths/~1sag~1{sagId}~1krav~1{kravId}": item}
    found = report(moved)
    assert {one.kind for one in found.changes} >= {"operation-moved"}
    two = {"/paths/~1krav~1{kravId}": GONE, "/paths/~1krav-nr": {**item, "parameters": []}}
    assert "required-parameter-removed" in {one.kind for one in report(two).changes}


def test_a_path_parameter_that_is_not_declared_is_no_rename():
    bare = edited({"/paths/~1krav~1{kravId}/parameters": GONE})
    item = bare["paths"]["/krav/{kravId}"]
    other = edited({"/paths/~1krav~1{kravId}": GONE, "/paths/~1krav~1{id}": item}, bare)
    assert compare(bare, other).changes == ()


def test_a_default_that_cannot_be_left_out_is_unproven():
    base = edited({f"{SCHEMAS}/kravInput/required/-": "antal"})
    found = compare(base, edited({f"{INPUT}/antal/default": 4}, base))
    (change,) = [one for one in found.changes if one.wire is Level.MAJOR]
    assert change.unproven == "the member can't be left out"


def test_what_the_validator_cannot_read_is_unproven():
    base = edited({f"{INPUT}/x": {"type": "string", "pattern": "(?<!"}})
    found = compare(base, edited({f"{INPUT}/x/maxLength": 2}, base))
    (change,) = [one for one in found.changes if one.wire is Level.MAJOR]
    assert change.unproven.startswith("the validator can't read the schema")


def test_an_edit_that_nothing_shows_is_unproven():
    prover = Prover(SpecView(spec(), "base"), SpecView(spec(), "revision"))
    edit = Edit(kind="text-changed", location="", effect=Effect.TEXT)
    assert prover.prove(edit) == (None, "nothing that is sent or answered shows it")


def test_a_required_name_without_a_schema_is_sent_all_the_same():
    base = edited({BODY: {"type": "object", "required": ["a"]}})
    found = compare(base, edited({f"{BODY}/required/-": "b"}, base))
    (change,) = [one for one in found.changes if one.kind == "property-required"]
    assert change.witness is not None
    assert change.witness.value == {"a": "a"}


@given(
    st.sampled_from(
        [
            *(
                "^[A-Z]{2,5}$",
                "^[a-f0-9-]+$",
                r"^\d{6}-\d{4}$",
                "^(ja|nej)$",
                "^[^a-z]+$",
                "^a?b*c+?$",
            ),
            *(
                r"^\w+@\w+\.dk$",
                "^(?:ab|cd){2}$",
                r"^[\d-]{3}$",
                "^a.c$",
                r"^\S\s\S$",
                "^[]a]$",
                r"a\b",
            ),
        ]
    )
)
def test_texts_match_their_pattern(pattern):
    assert any(re.search(pattern, text) for text in matching_texts(pattern))


@given(st.text(alphabet="ab0[](){}|\\^$*+?-,.", max_size=12))
def test_no_pattern_is_too_odd(pattern):
    assert all(len(text) <= 64 for text in matching_texts(pattern))


def test_what_must_hold_itself_has_no_value_and_no_witness():
    loop = {
        "type": "object",
        "required": ["selv", "skjult"],
        "properties": {
            "selv": {"$ref": "#/components/schemas/loop"},
            "skjult": {"type": "string", "readOnly": True},
        },
    }
    base = edited({f"{SCHEMAS}/loop": loop, f"{INPUT}/loop": {"$ref": "#/components/schemas/loop"}})
    found = compare(base, edited({f"{SCHEMAS}/loop/maxProperties": 1}, base))
    breaks = [one for one in found.changes if one.wire is Level.MAJOR]
    assert [one.kind for one in breaks] == ["bound-tightened"]


def test_a_body_of_one_operation_only_is_named_after_it():
    inline = {
        "type": "object",
        "properties": {"a": {"type": "object", "properties": {"b": _STRING, "c": _STRING}}},
    }
    base = edited({f"{POST}/requestBody/content/application~1json/schema": inline})
    found = compare(base, edited({f"{BODY}/properties/a/properties/b": GONE}, base), api="krav")
    (change,) = found.changes
    assert [one.path for one in change.python] == ["skifteportal.krav.models.AddKravBodyA.b"]
