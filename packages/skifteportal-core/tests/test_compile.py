"""When readers and writers are compiled, and what they are not compiled for."""

import json
import threading
from decimal import Decimal
from typing import ClassVar

import attrs
import pytest
from codec_models import Krav, KravInput, Part, Virksomhed

from skifteportal.core.codec import decode, encode, from_json, to_json
from skifteportal.core.model import Field, Model
from skifteportal.core.shapes import (
    STRING,
    EnumOf,
    ModelOf,
    Shape,
)

KRAV = ModelOf("codec_models:Krav")
KRAV_INPUT = ModelOf("codec_models:KravInput")


def test_nothing_is_compiled_or_imported_before_its_time():
    @attrs.define(kw_only=True, repr=False)
    class Fresh(Model):
        __fields__: ClassVar = (
            Field("a", "a", STRING),
            Field("b", "b", ModelOf("no.such.module:Class")),
        )
        a: str | None = None
        b: Model | None = None

    assert "__reader__" not in Fresh.__dict__
    assert "__writer__" not in Fresh.__dict__
    assert to_json(from_json(Fresh, {"a": "x"})) == {"a": "x"}
    with pytest.raises(ModuleNotFoundError):
        from_json(Fresh, {"b": {}})


def test_a_subclass_of_ones_own_is_written_by_its_own_table():
    @attrs.define(kw_only=True, repr=False)
    class Own(KravInput):
        __fields__: ClassVar = (*KravInput.__fields__, Field("mine", "mine", STRING))
        mine: str | None = None

    own = Own(beloeb=Decimal("1.10"), mine="x")
    assert to_json(KravInput()) == {}
    assert encode(own, KRAV_INPUT) == b'{"beloeb":1.10,"mine":"x"}'
    assert from_json(Own, to_json(own)) == own


def define(*fields):
    @attrs.define(kw_only=True, repr=False)
    class Odd(Model):
        __fields__: ClassVar = fields
        a: str | None = None
        b: str | None = None

    return Odd


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ([Field("a", "a", STRING)], r"__fields__ has \['a'\], the class has \['a', 'b'\]"),
        ([Field("a", "x", STRING), Field("b", "x", STRING)], "has a JSON name twice"),
        ([Field("a", "a", STRING), Field("b", "b", Shape())], r"Shape\(\) is not a shape"),
    ],
)
def test_a_table_that_does_not_fit_its_class_is_refused(fields, message):
    with pytest.raises(TypeError, match=message):
        from_json(define(*fields), {"b": "x"})
    with pytest.raises(TypeError, match=message):
        to_json(define(*fields)(b="x"))


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        (EnumOf("codec_models:Krav"), "Krav is not a StrEnum"),
        (ModelOf("codec_models:PartType"), "PartType is not a model"),
    ],
)
def test_a_reference_to_another_kind_of_class_is_refused(shape, message):
    odd = define(Field("a", "a", STRING), Field("b", "b", shape))
    with pytest.raises(TypeError, match=message):
        from_json(odd, {"b": "x"})


def test_threads_that_come_at_once_read_and_write_the_same(monkeypatch):
    for cls in (Krav, Part, Virksomhed):
        for made in ("__reader__", "__writer__"):
            if made in vars(cls):  # by a test before this one; what it inherits stays
                monkeypatch.delattr(cls, made)
    content = b'{"id":"1","indberetter":{"type":"NY"},"underkrav":[{"id":"2"}],"ny":1}'
    barrier = threading.Barrier(8)
    results = []

    def run():
        barrier.wait()
        results.append(encode(decode(content, KRAV), KRAV))

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [json.loads(result) for result in results] == [json.loads(content)] * 8
