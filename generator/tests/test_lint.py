"""The linter as a whole: levels, order, and an answer to every document."""

from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_spec import ADD, API, CODES, REMOVED, SCHEMAS, findings, good

from portalgen.lint import Finding, lint, rules

OFFICIAL = {**API, "provenance": "official"}
BAD_STYLE = {f"{ADD}/operationId": "opretTing"}
BREAKS = {f"{SCHEMAS}/ting/properties/ny": {"type": "array"}}


def test_a_good_spec_has_no_findings():
    assert findings({}) == []


def test_bad_style_is_an_error_of_ours_and_a_warning_of_the_courts():
    codes: dict[str, Any] = {}
    assert [f.level for f in findings(BAD_STYLE, codes=codes)] == ["error"]
    assert [f.level for f in findings(BAD_STYLE, api=OFFICIAL, codes=codes)] == ["warning"]


def test_what_breaks_generation_is_an_error_of_anybodys():
    for api in (API, OFFICIAL):
        assert [f.level for f in findings(BREAKS, api=api)] == ["error"]


def test_an_official_file_need_not_say_where_we_know_it_from():
    edits: dict[str, Any] = {f"{ADD}/x-provenance": REMOVED}
    assert [f.rule for f in findings(edits)] == ["provenance-is-said"]
    assert findings(edits, api=OFFICIAL) == []


def test_no_two_rules_have_one_name_and_each_says_what_it_holds():
    ours = rules(official=False)
    assert len({rule.__name__ for rule in ours}) == len(ours)
    assert all(rule.__doc__ for rule in ours)
    assert set(rules(official=True)) < set(ours)


def test_one_fault_in_a_shared_schema_is_told_once():
    found = findings({f"{SCHEMAS}/hund/required": ["art"]})
    assert len(found) == len(set(found)) == 1


def test_a_finding_reads_as_one_line():
    finding = Finding("paging-is-whole", "/paths/~1ting/get", "takes page without size")
    assert str(finding) == "error: /paths/~1ting/get: takes page without size [paging-is-whole]"
    assert str(attrs.evolve(finding, pointer="", level="warning")).startswith("warning: /: takes")


def _pointers(value: Any, pointer: str = "") -> list[str]:
    if isinstance(value, dict):
        return [
            pointer,
            *(
                p
                for k, v in value.items()
                for p in _pointers(v, f"{pointer}/{k.replace('/', '~1')}")
            ),
        ]
    if isinstance(value, list):
        return [pointer, *(p for i, v in enumerate(value) for p in _pointers(v, f"{pointer}/{i}"))]
    return [pointer]


JUNK = st.one_of(
    st.just(REMOVED),
    st.none(),
    st.booleans(),
    st.integers(-2, 2),
    st.sampled_from(["", "array", "#/components/schemas/dyr", "x-provenance", "nullable"]),
    st.just([]),
    st.just({}),
    st.just([{"$ref": "#/components/schemas/ting"}]),
    st.just({"$ref": "#/components/schemas/ting"}),
    st.just({"allOf": [{"$ref": "#/components/schemas/kat"}], "nullable": True}),
    st.just([[1], {"a": None}]),
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(_pointers(good())[1:]), JUNK, st.sampled_from([API, OFFICIAL]))
def test_any_document_gets_an_answer(pointer, junk, api):
    found = findings({pointer: junk}, api=api, codes=CODES)
    assert all(isinstance(finding, Finding) for finding in found)


@pytest.mark.parametrize("document", [{}, {"paths": []}, {"paths": {"/a": {"get": []}}}])
def test_what_is_no_spec_at_all_is_refused(document):
    assert lint(document, api=API, codes={})
