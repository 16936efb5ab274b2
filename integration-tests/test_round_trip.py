"""Every model of every package reads and writes whatever JSON its schema allows, and more, without loss.

The JSON comes from the spec, not from the models: members there and missing, explicit nulls, members
and enum values that nobody knows yet, amounts such as 1.10, timestamps of up to nine digits.
"""

from __future__ import annotations

from enum import StrEnum

import pytest
from all_clients import CLIENTS, ClientOfAnApi
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from json_texts import array, from_schema, spelled

from portalgen.names import pascal
from skifteportal.core import Model
from skifteportal.core.codec import decode, encode, from_json, to_json
from skifteportal.core.shapes import ListOf, ModelOf

BRIEFLY = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
MODELS = [
    (one, name, schema)
    for one in CLIENTS.values()
    for name, schema in one.document.component_schemas.items()
    if schema.get("type") == "object"
]


@pytest.mark.parametrize("one", CLIENTS.values(), ids=CLIENTS)
def test_every_model_is_of_a_schema_and_takes_part(one: ClientOfAnApi):
    classes = {getattr(one.models, name) for name in one.models.__all__}
    models = {cls.__name__ for cls in classes if issubclass(cls, Model)}
    assert all(issubclass(cls, Model | StrEnum) for cls in classes)
    assert models == {pascal(name) for other, name, _ in MODELS if other is one}


@pytest.mark.parametrize(
    ("one", "name", "schema"), MODELS, ids=[f"{one.api}-{name}" for one, name, _ in MODELS]
)
def test_what_was_read_is_written_back(one, name, schema):
    cls = getattr(one.models, pascal(name))
    shape = ModelOf(f"{cls.__module__}:{cls.__name__}")
    texts = from_schema(one.document, schema)

    @BRIEFLY
    @given(texts)
    def a_model(text: str) -> None:
        model = decode(text.encode(), shape)
        written = encode(model, shape)
        assert spelled(written) == spelled(text)
        assert decode(written, shape) == model
        assert from_json(cls, to_json(model)) == model

    @settings(BRIEFLY, max_examples=3)
    @given(st.lists(texts, max_size=3).map(array))
    def a_list_of_them(text: str) -> None:
        several = ListOf(shape)
        assert spelled(encode(decode(text.encode(), several), several)) == spelled(text)

    a_model()
    a_list_of_them()
