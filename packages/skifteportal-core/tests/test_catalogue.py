import json
import sys
import types

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skifteportal.core.catalogue import CodeInfo, Finding, find_codes, load_catalogue

CATALOGUE = {
    code: CodeInfo(code, "") for code in ("doedsbo.f1", "doedsbo.f2", "handling.tidlLedelse.dublet")
}


def find(body):
    return find_codes(json.dumps(body).encode(), CATALOGUE)


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ({"fejlkode": "doedsbo.f1"}, ("doedsbo.f1",)),
        ({"Kode": "doedsbo.f43"}, ("doedsbo.f43",)),  # unknown, under a telling key
        ({"errorCode": "sag.x.y"}, ("sag.x.y",)),
        ({"noget": "doedsbo.f99"}, ("doedsbo.f99",)),  # unknown, of a known family
        ({"noget": "andet.f99"}, ()),
        ({"noget": "handling.tidlLedelse.dublet"}, ("handling.tidlLedelse.dublet",)),
        ("doedsbo.f2", ("doedsbo.f2",)),
        (["doedsbo.f2", "doedsbo.f1", "doedsbo.f2"], ("doedsbo.f2", "doedsbo.f1")),
        ({"besked": "doedsbo.f1", "fejl": [{"code": "doedsbo.f2"}]}, ("doedsbo.f2", "doedsbo.f1")),
        ({"a": {"b": {"c": {"d": "doedsbo.f1"}}}}, ("doedsbo.f1",)),
        ({"a": {"b": {"c": {"d": {"e": "doedsbo.f1"}}}}}, ()),
        ({"fejlkode": "Noget gik galt for Ione Koss."}, ()),
        ({"fejlkode": 17, "status": None}, ()),
        (17, ()),
    ],
)
def test_codes_are_found_where_they_may_stand(body, codes):
    assert find(body).codes == codes


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"felt": "krav.opgjortdato"}, "krav.opgjortdato"),
        ({"fejl": [{"field": "effekter[0].navn"}]}, "effekter[0].navn"),
        ({"felt": "a", "field": "b"}, "a"),
        ({"felt": "to ord"}, None),
        ({}, None),
    ],
)
def test_the_field_is_found(body, field):
    assert find(body).field == field


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>doedsbo.f1</html>", b"\xff", b'"' + b"x" * 1_000_001 + b'"', b"[" * 100_000],
)
def test_what_cannot_be_read_has_no_codes(content):
    assert find_codes(content, CATALOGUE) == Finding()


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_json_is_looked_through(body):
    assert all("." in code for code in find(body).codes)


def test_the_catalogue_is_imported_by_name(monkeypatch):
    module = types.ModuleType("some_errors")
    module.CODES = CATALOGUE
    monkeypatch.setitem(sys.modules, "some_errors", module)
    assert load_catalogue("some_errors") is CATALOGUE
