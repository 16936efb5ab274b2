"""Inputs: which answer can be turned into which, and the method that does it."""

from __future__ import annotations

import inspect
from decimal import Decimal
from typing import Any

import pytest
from generator_shop import answers, json_body, ref

TEXT = {"type": "string"}
SCHEMAS: dict[str, Any] = {
    "krav": {
        "type": "object",
        "required": ["id"],
        "properties": {"id": TEXT, "beloeb": {"type": "number"}, "type": TEXT, "art": ref("art")},
    },
    "kravInput": {
        "type": "object",
        "required": ["beloeb"],
        "properties": {"beloeb": {"type": "number"}, "type": TEXT, "art": ref("art")},
    },
    "kravAendring": {"type": "object", "properties": {"art": ref("art"), "keepUnknown": TEXT}},
    "art": {"type": "string", "enum": ["A", "B"]},
}


def operation(id_: str, body: dict[str, Any], answer: dict[str, Any] | None) -> dict[str, Any]:
    return {"operationId": id_, "requestBody": json_body(body), "responses": answers(answer)}


def krav(shop: Any, **operations: Any) -> Any:
    shop.spec(paths={"/krav": operations}, schemas=SCHEMAS)
    return shop.load("models").Krav


ADD = operation("addKrav", ref("kravInput"), ref("krav"))
UPDATE = operation("updateKrav", ref("kravAendring"), ref("krav"))


def test_the_answer_of_a_put_becomes_its_input(shop):
    found = krav(shop, post=ADD, put=UPDATE)
    signature = inspect.signature(found.to_input)
    assert str(signature.return_annotation) == "KravAendring"
    assert list(signature.parameters) == ["self", "art", "keep_unknown_", "keep_unknown"]
    assert "updateKrav" in found.to_input.__doc__


def test_without_a_put_it_is_the_posts(shop):
    found = krav(shop, post=ADD)
    answer = found(id="x", beloeb=Decimal("1.10"), type="T")
    given = answer.to_input(art="A")
    assert type(given).__name__ == "KravInput"
    assert (given.beloeb, given.type, given.art) == (Decimal("1.10"), "T", "A")
    annotations = inspect.signature(found.to_input).parameters
    assert annotations["beloeb"].annotation == "Decimal | Keep"
    assert annotations["art"].annotation == "Art | str | Keep | None"


@pytest.mark.parametrize(
    "operations",
    [
        {"post": operation("addKrav", ref("krav"), ref("krav"))},
        {"post": operation("addKrav", TEXT, ref("krav"))},
        {"post": operation("addKrav", ref("kravInput"), None)},
        {"post": operation("addKrav", ref("kravInput"), {"type": "array", "items": ref("krav")})},
        {"get": {"operationId": "getKrav", "responses": answers(ref("krav"))}},
    ],
)
def test_what_has_no_input_has_no_method(shop, operations):
    assert not hasattr(krav(shop, **operations), "to_input")


def test_of_two_inputs_none_is_chosen(shop):
    paths = {
        "/krav": {"put": UPDATE},
        "/andet": {"put": operation("u2", ref("kravInput"), ref("krav"))},
    }
    shop.spec(paths=paths, schemas=SCHEMAS)
    assert not hasattr(shop.load("models").Krav, "to_input")
