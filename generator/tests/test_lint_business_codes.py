"""Reconstructed files: the schema leaves room for the business error codes."""

import pytest
from tiny_spec import ADD, API, CODES, REMOVED, SCHEMAS, assert_only, findings

from portalgen.lint.business_codes import RECONSTRUCTED_RULES
from portalgen.lint.finding import rule_name

INPUT = f"{SCHEMAS}/tingInput"
RAISED = "codes-can-be-raised"

FAULTS = [
    (f"{INPUT}/required/1", {f"{INPUT}/required": ["antal", "navn"]}),
    (f"{INPUT}/properties/navn/minLength", {f"{INPUT}/properties/navn/minLength": 1}),
    (f"{INPUT}/properties/navn/enum", {f"{INPUT}/properties/navn/enum": ["a"]}),
    (f"{INPUT}/properties/dele/minItems", {f"{INPUT}/properties/dele/minItems": 1}),
    (f"{INPUT}/properties/dele/uniqueItems", {f"{INPUT}/properties/dele/uniqueItems": True}),
    (f"{INPUT}/anyOf", {f"{INPUT}/anyOf": [{"type": "object"}]}),
    (f"{INPUT}/not", {f"{INPUT}/not": {"type": "string"}}),
    # on the way to dele.dele: through the items of an array and a reference
    (
        f"{SCHEMAS}/del/required/0",
        {f"{SCHEMAS}/del/required": ["dele"], f"{SCHEMAS}/ting/example": REMOVED},
    ),
    (f"{SCHEMAS}/del/oneOf", {f"{SCHEMAS}/del/oneOf": [{"type": "object"}]}),
    # a date that only the past would fit
    (f"{INPUT}/properties/slutdato/format", {f"{INPUT}/properties/slutdato/format": "past-date"}),
    # in a part that the body is put together from
    (
        f"{INPUT}/allOf/0/required/0",
        {f"{INPUT}/allOf": [{"type": "object", "required": ["navn"]}]},
    ),
]


@pytest.mark.parametrize(("pointer", "edits"), FAULTS)
def test_a_schema_that_silences_a_code_is_found(pointer, edits):
    assert_only(RAISED, pointer, findings(edits))


@pytest.mark.parametrize(("pointer", "edits"), FAULTS)
def test_an_official_file_may(pointer, edits):
    assert findings(edits, api={**API, "provenance": "official"}) == []


def test_codes_that_one_keyword_silences_are_told_together():
    codes = {**CODES, "ting.f9": {"operations": ["addTing"], "keeps_optional": ["navn"]}}
    (found,) = findings({f"{INPUT}/required": ["antal", "navn"]}, codes=codes)
    assert found.message == (
        "navn is required: the schema would refuse what ting.f1, ting.f9 is for"
    )


def test_a_field_that_no_code_is_about_may_be_required():
    assert findings({f"{INPUT}/required": ["antal"]}) == []


def test_a_field_that_no_body_has_is_found():
    codes = {"ting.f1": {"operations": ["addTing", "updateTing"], "keeps_optional": ["nvan"]}}
    (found,) = findings({}, codes=codes)
    assert (found.rule, found.pointer) == ("codes-have-their-fields", ADD)
    assert found.message == "ting.f1 is about nvan, which no body of addTing, updateTing has"


def test_one_body_with_the_field_is_enough():
    codes = {
        "ting.f1": {
            "operations": ["searchTing", "deleteTing", "addTing"],
            "keeps_optional": ["antal"],
        }
    }
    edits = {f"{INPUT}/required": REMOVED}
    assert findings(edits, codes=codes) == []


def test_every_rule_has_a_fault():
    assert {rule_name(rule) for rule in RECONSTRUCTED_RULES} == {RAISED, "codes-have-their-fields"}
