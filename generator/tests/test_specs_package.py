"""The data package: the specs as JSON, in their own order, read anew each time."""

from __future__ import annotations

import importlib
import sys

import pytest
from generator_shop import CODES, ref

SCHEMAS = {
    "z": {"type": "object", "properties": {"b": {"type": "string"}, "a": ref("a")}},
    "a": {"type": "string", "enum": ["Ø"]},
}


@pytest.fixture
def specs(shop, monkeypatch):
    shop.codes()
    shop.spec(schemas=SCHEMAS)
    shop.generate()
    source = shop.root / "packages/skifteportal-specs/src/skifteportal/specs/__init__.py"
    spec = importlib.util.spec_from_file_location("tiny_specs", source)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "tiny_specs", module)
    spec.loader.exec_module(module)
    return module


def test_specs_keep_their_order(shop, specs):
    assert specs.apis() == (shop.api,)
    assert list(specs.spec(shop.api)["components"]["schemas"]) == ["z", "a"]
    assert specs.spec(shop.api, "1.0.0") == specs.spec(shop.api)


def test_each_call_reads_anew(shop, specs):
    specs.spec(shop.api).clear()
    assert specs.spec(shop.api)


def test_registry_and_codes(shop, specs):
    assert specs.registry()["apis"][shop.api]["token"] == "direct"
    assert specs.error_codes()["tiny.f1"]["text"] == CODES["tiny.f1"]["text"]


def test_what_is_not_there_is_named(shop, specs):
    with pytest.raises(specs.UnknownSpecError, match="no API 'x'; there are"):
        specs.spec("x")
    with pytest.raises(specs.UnknownSpecError, match=r"no version '2' of .*; there is 1\.0\.0"):
        specs.spec(shop.api, "2")
