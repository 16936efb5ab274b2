from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skifteportal import specs
from skifteportal.sandbox import Request
from skifteportal.sandbox.doedsbo import HANDLERS, rules
from skifteportal.sandbox.provocations import Stage
from skifteportal.sandbox.routing import operations
from skifteportal.sandbox.tokens import Caller

CALLER = Caller(company="11111111", kind="direct")
EARLY = [
    operation
    for operation in operations("doedsbojournal", specs.spec("doedsbojournal"))
    if HANDLERS[operation.id].early is not None
]


@pytest.fixture(scope="module")
def stage():
    return Stage()


TODAY = date(2026, 1, 15)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "anden", "kategori", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    [
        "paaVegneAf",
        "opgjortdato",
        "udbetalt",
        "udbetaltdato",
        "modtagelsesdato",
        "effekter",
        "bemaerkning",
        "bekraeftet",
        "cprNummer",
        "navn",
        "adresse",
    ]
)
ALL = [
    rules.search_terms,
    rules.notified_party_named,
    rules.payout_date_fits,
    rules.payout_not_in_future,
    rules.stated_not_in_future,
    rules.inventory_without_repeats,
    rules.inquiry_confirmed,
    rules.statement_confirmed,
    rules.received_before,
    rules.inventory_has_content,
]


@pytest.mark.parametrize("rule", ALL)
@given(body=st.dictionaries(FIELDS, JSON, max_size=5))
def test_no_rule_stumbles_over_what_the_schema_has_not_seen(rule, body):
    assert isinstance(rule(body, TODAY), rules.Breach | None)


CASES = [
    (rules.notified_party_named, {"paaVegneAf": {"type": "ANDEN"}}, "f4"),
    (rules.notified_party_named, {"paaVegneAf": {"type": "ANDEN", "anden": "  "}}, "f4"),
    (rules.notified_party_named, {"paaVegneAf": {"type": "ANDEN", "anden": "Dødsboet"}}, None),
    (rules.notified_party_named, {"paaVegneAf": {"type": "PERSON"}}, None),
    (rules.notified_party_named, {}, None),
    (rules.payout_date_fits, {"udbetalt": True}, "f14"),
    (rules.payout_date_fits, {"udbetalt": True, "udbetaltdato": None}, "f14"),
    (rules.payout_date_fits, {"udbetalt": True, "udbetaltdato": "2026-01-15"}, None),
    (rules.payout_date_fits, {"udbetalt": False, "udbetaltdato": "2026-01-15"}, "f15"),
    (rules.payout_date_fits, {"udbetalt": False}, None),
    (rules.payout_date_fits, {"udbetaltdato": "2026-01-15"}, None),
    (rules.payout_not_in_future, {"udbetaltdato": "2026-01-16"}, "f16"),
    (rules.payout_not_in_future, {"udbetaltdato": "2026-01-15"}, None),
    (rules.payout_not_in_future, {"udbetaltdato": "2026-13-15"}, None),
    (rules.stated_not_in_future, {"opgjortdato": "2026-01-16"}, "f17"),
    (rules.stated_not_in_future, {"opgjortdato": "2026-01-15"}, None),
    (rules.inventory_without_repeats, {"effekter": [{"kategori": "A"}, {"kategori": "A"}]}, "f20"),
    (
        rules.inventory_without_repeats,
        {"effekter": [{"kategori": "A"}, {"kategori": "B"}, {}, {}]},
        None,
    ),
    (rules.inquiry_confirmed, {"bekraeftet": False}, "f37"),
    (rules.inquiry_confirmed, {}, "f37"),
    (rules.inquiry_confirmed, {"bekraeftet": True}, None),
    (rules.statement_confirmed, {"bekraeftet": "true"}, "f35"),
    (rules.statement_confirmed, {"bekraeftet": True}, None),
    (rules.received_before, {"modtagelsesdato": "2026-01-15"}, "f38"),
    (rules.received_before, {"modtagelsesdato": "2026-01-14"}, None),
    (rules.inventory_has_content, {}, "f39"),
    (rules.inventory_has_content, {"effekter": [], "bemaerkning": " "}, "f39"),
    (rules.inventory_has_content, {"bemaerkning": "Ingen"}, None),
    (rules.inventory_has_content, {"effekter": [{}]}, None),
]


@pytest.mark.parametrize(("rule", "body", "code"), CASES)
def test_each_rule_has_its_code(rule, body, code):
    breach = rule(body, TODAY)
    assert (breach and breach.code) == (code and f"doedsbo.{code}")


def test_repeated_categories_are_named_once_each():
    body = {"effekter": [{"kategori": name} for name in ("A", "B", "A", "C", "B", "A")]}
    breach = rules.inventory_without_repeats(body, TODAY)
    assert breach.holes == ("A, B",)


@pytest.mark.parametrize("operation", EARLY)
@pytest.mark.parametrize(
    "body", [b"null", b"[]", b'"x"', b"1.5", b"true", b"[{}]", b'{"effekter":{}}']
)
def test_no_json_makes_an_early_rule_stumble(stage, operation, body):
    answer = stage.portal.handle(
        Request(
            role="api",
            method=operation.method,
            target=operation.path.replace("{", "").replace("}", ""),
            headers=(
                ("Authorization", f"Bearer {stage.portal.access_token(CALLER)}"),
                ("Content-Type", "application/json"),
            ),
            body=body,
        )
    )
    assert 400 <= answer.status < 500
