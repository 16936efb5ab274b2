"""House style: paged answers and the answer to an error."""

import pytest
from tiny_spec import ADD, LIST, REMOVED, SEARCH, assert_only, findings

from portalgen.lint.answers import STYLE_RULES
from portalgen.lint.finding import rule_name

OK = f"{LIST}/responses/200"
PAGE = {"$ref": "#/components/parameters/page"}
SORT = {"$ref": "#/components/parameters/sort"}
DIRECTION = {"$ref": "#/components/parameters/direction"}
TOTAL = {"X-Total-Count": {"$ref": "#/components/headers/totalCount"}}
OWN_PAGE = {"name": "page", "in": "query", "schema": {"type": "integer"}}

FAULTS = [
    ("paging-is-whole", f"{LIST}/parameters/0", {f"{LIST}/parameters/1": REMOVED}),
    ("paging-is-whole", OK, {f"{OK}/headers": REMOVED}),
    ("paging-is-whole", OK, {f"{OK}/headers/X-Total-Count": {"schema": {"type": "integer"}}}),
    (
        "paging-is-whole",
        OK,
        {f"{OK}/content/application~1json/schema": {"$ref": "#/components/schemas/ting"}},
    ),
    (
        "paging-is-whole",
        f"{SEARCH}/responses/200/headers/X-Total-Count",
        {f"{SEARCH}/responses/200/headers": TOTAL},
    ),
    ("sorting-goes-with-paging", LIST, {f"{LIST}/parameters/3": REMOVED}),
    (
        "sorting-goes-with-paging",
        f"{SEARCH}/parameters/0",
        {f"{SEARCH}/parameters": [SORT, DIRECTION]},
    ),
    (
        "paging-is-shared",
        f"{LIST}/parameters/3",
        {f"{LIST}/parameters/0": REMOVED, f"{LIST}/parameters/3": OWN_PAGE},
    ),
    ("error-is-generic", f"{ADD}/responses/default", {f"{ADD}/responses/default": REMOVED}),
    (
        "error-is-generic",
        f"{ADD}/responses/default",
        {f"{ADD}/responses/default": {"description": "Fejl"}},
    ),
]


@pytest.mark.parametrize(("rule", "pointer", "edits"), FAULTS)
def test_a_fault_is_found_where_it_is(rule, pointer, edits):
    assert_only(rule, pointer, findings(edits))


def test_a_plain_list_needs_no_pages():
    assert findings({f"{LIST}/parameters": REMOVED, f"{OK}/headers": REMOVED}) == []


def test_pages_need_no_sorting():
    assert findings({f"{LIST}/parameters": [PAGE, {"$ref": "#/components/parameters/size"}]}) == []


def test_every_rule_has_a_fault():
    assert {rule_name(rule) for rule in STYLE_RULES} == {rule for rule, *_ in FAULTS}
