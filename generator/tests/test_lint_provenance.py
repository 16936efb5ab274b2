"""Reconstructed files: provenance, and nothing inferred required in an answer."""

import pytest
from tiny_spec import ADD, API, REMOVED, SCHEMAS, assert_only, findings

from portalgen.lint.finding import rule_name
from portalgen.lint.provenance import RECONSTRUCTED_RULES

TING = f"{SCHEMAS}/ting"
ANSWER = f"{ADD}/responses/201/content/application~1json/schema"
INLINE = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}
REQUIRED = "nothing-inferred-is-required"

FAULTS = [
    ("provenance-is-said", ADD, {f"{ADD}/x-provenance": REMOVED}),
    ("provenance-is-said", f"{SCHEMAS}/del", {f"{SCHEMAS}/del/x-provenance": REMOVED}),
    ("provenance-is-valid", f"{ADD}/x-provenance", {f"{ADD}/x-provenance": "gættet"}),
    (
        "provenance-is-valid",
        f"{TING}/properties/id/x-provenance",
        {f"{TING}/properties/id/x-provenance": "vejledning"},
    ),
    # the schema's own mark counts
    (REQUIRED, f"{TING}/required/1", {f"{TING}/required": ["id", "navn"]}),
    # a property's mark counts more
    (REQUIRED, f"{TING}/required/0", {f"{TING}/properties/id/x-provenance": "inferred"}),
    # beside a reference
    (
        REQUIRED,
        f"{SCHEMAS}/del/required/0",
        {
            f"{SCHEMAS}/del/properties/ny": {
                "$ref": "#/components/schemas/hund",
                "x-provenance": "inferred",
            },
            f"{SCHEMAS}/del/required": ["ny"],
            f"{TING}/example": REMOVED,
        },
    ),
    # in what a reference or a composition leads to
    (REQUIRED, f"{SCHEMAS}/hund/required/0", {f"{SCHEMAS}/hund/required": ["art"]}),
    (REQUIRED, f"{SCHEMAS}/kat/allOf/1/required/0", {f"{SCHEMAS}/kat/allOf/1/required": ["liv"]}),
    # of what another part of the composition has, whose mark counts
    (REQUIRED, f"{SCHEMAS}/kat/required/0", {f"{SCHEMAS}/kat/required": ["art"]}),
    # in an inline answer: the operation's mark counts
    (REQUIRED, f"{ANSWER}/required/0", {ANSWER: INLINE, f"{ADD}/x-provenance": "inferred"}),
    (
        REQUIRED,
        f"{ANSWER}/additionalProperties/required/0",
        {
            ANSWER: {"type": "object", "additionalProperties": INLINE},
            f"{ADD}/x-provenance": "inferred",
        },
    ),
    # in the answer to an error
    (
        REQUIRED,
        f"{SCHEMAS}/genericErrorResponse/required/0",
        {f"{SCHEMAS}/genericErrorResponse/required": ["fejlkode"]},
    ),
]


@pytest.mark.parametrize(("rule", "pointer", "edits"), FAULTS)
def test_a_fault_is_found_where_it_is(rule, pointer, edits):
    assert_only(rule, pointer, findings(edits, codes={}))


@pytest.mark.parametrize(
    "edits",
    [
        # a request may require what is inferred
        {f"{SCHEMAS}/tingInput/x-provenance": "inferred"},
        {ANSWER: INLINE},
        {f"{SCHEMAS}/del/required": ["art"]},
        {f"{SCHEMAS}/kat/required": ["art"], f"{SCHEMAS}/hund/x-provenance": "guide"},
    ],
)
def test_what_is_known_or_only_sent_may_be_required(edits):
    assert findings(edits) == []


@pytest.mark.parametrize(("rule", "pointer", "edits"), FAULTS)
def test_an_official_file_owes_none_of_it(rule, pointer, edits):
    assert findings(edits, api={**API, "provenance": "official"}, codes={}) == []


def test_every_rule_has_a_fault():
    assert {rule_name(rule) for rule in RECONSTRUCTED_RULES} == {rule for rule, *_ in FAULTS}
