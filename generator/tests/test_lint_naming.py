"""House style: names."""

import pytest
from tiny_spec import ADD, LIST, ONE, SCHEMAS, assert_only, findings

from portalgen.lint.finding import rule_name
from portalgen.lint.naming import STYLE_RULES

PLAIN = {"x-provenance": "guide", "type": "object"}

FAULTS = [
    ("operation-id-style", f"{ADD}/operationId", {f"{ADD}/operationId": "opretTing"}),
    ("operation-id-style", f"{ADD}/operationId", {f"{ADD}/operationId": "addting"}),
    ("operation-id-style", f"{ADD}/operationId", {f"{ADD}/operationId": "addKæremål"}),
    ("operation-id-style", f"{ADD}/operationId", {f"{ADD}/operationId": "getEnTing"}),
    ("operation-id-style", f"{LIST}/operationId", {f"{LIST}/operationId": "searchAlleTing"}),
    ("schema-name-style", f"{SCHEMAS}/Stor", {f"{SCHEMAS}/Stor": PLAIN}),
    ("schema-name-style", f"{SCHEMAS}/kæremål", {f"{SCHEMAS}/kæremål": PLAIN}),
    ("schema-name-style", f"{SCHEMAS}/en_ting", {f"{SCHEMAS}/en_ting": PLAIN}),
    (
        "schema-names-differ",
        f"{SCHEMAS}/eNTing",
        {f"{SCHEMAS}/enTing": PLAIN, f"{SCHEMAS}/eNTing": PLAIN},
    ),
    (
        "enum-members-differ",
        f"{SCHEMAS}/ting/properties/ny/enum",
        {f"{SCHEMAS}/ting/properties/ny": {"type": "string", "enum": ["A-B", "A_B"]}},
    ),
]


@pytest.mark.parametrize(("rule", "pointer", "edits"), FAULTS)
def test_a_fault_is_found_where_it_is(rule, pointer, edits):
    assert_only(rule, pointer, findings(edits, codes={}))


@pytest.mark.parametrize(
    ("method", "name"),
    [
        ("post", "addV2"),
        ("post", "findChangedSince"),
        ("get", "getAllBilagForKrav"),
        ("get", "hentSager"),
    ],
)
def test_the_portals_own_names_are_in_style(method, name):
    place = ADD if method == "post" else f"{ONE}/get"
    assert findings({f"{place}/operationId": name}) == []


def test_every_rule_has_a_fault():
    assert {rule_name(rule) for rule in STYLE_RULES} == {rule for rule, *_ in FAULTS}
