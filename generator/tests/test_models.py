"""Models: fields in the spec's order, typed, documented."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from generator_shop import ref

TEXT = {"type": "string"}


def object_of(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def model(shop, schema: dict[str, Any], **schemas: Any) -> Any:
    shop.spec(schemas={"krav": schema} | schemas)
    return shop.load("models.krav").Krav


def annotations(found: type) -> dict[str, str]:
    return {name: str(kind) for name, kind in found.__annotations__.items() if name[0] != "_"}


def test_types_in_the_specs_order(shop):
    found = model(
        shop,
        object_of(
            tekst=TEXT,
            id={"type": "string", "format": "uuid"},
            antal={"type": "integer"},
            beloeb={"type": "number"},
            ja={"type": "boolean"},
            dato={"type": "string", "format": "date"},
            tid={"type": "string", "format": "date-time"},
            liste={"type": "array", "items": {"type": "array", "items": {"type": "number"}}},
            fri={"type": "object"},
            kort={"type": "object", "additionalProperties": {"type": "integer"}},
            alt={},
            tal={"type": "integer", "enum": [1, 2]},
            fast={"const": "X"},
            syv={"const": 7},
        )
        | {"required": ["id"]},
    )
    assert annotations(found) == {
        "tekst": "str | None",
        "id": "str",
        "antal": "int | None",
        "beloeb": "Decimal | None",
        "ja": "bool | None",
        "dato": "date | None",
        "tid": "datetime | None",
        "liste": "list[list[Decimal]] | None",
        "fri": "dict[str, Any] | None",
        "kort": "dict[str, int] | None",
        "alt": "Any | None",
        "tal": "int | None",
        "fast": "str | None",
        "syv": "Any | None",
    }


def test_a_model_may_hold_itself(shop):
    found = model(shop, object_of(under=ref("krav")))
    assert annotations(found) == {"under": "Krav | None"}
    assert "import Krav" not in shop.source("models/krav.py")


def test_all_of_gives_every_member_and_what_it_requires(shop):
    found = model(
        shop,
        {"allOf": [ref("base")], "properties": {"b": TEXT}, "required": ["b"]},
        base=object_of(a=TEXT) | {"required": ["a"]},
    )
    assert annotations(found) == {"a": "str", "b": "str"}


def test_a_component_that_refers_to_another_is_a_class_of_its_own(shop):
    found = model(shop, object_of(a=ref("alias")), alias=ref("base"), base=object_of(x=TEXT))
    assert annotations(found) == {"a": "Alias | None"}
    assert annotations(shop.load("models.alias").Alias) == {"x": "str | None"}


def test_reserved_class_names_get_schema_behind_them(shop):
    found = model(shop, object_of(a=ref("model")), model=object_of(x=TEXT))
    assert annotations(found) == {"a": "ModelSchema | None"}
    assert shop.load("models.model_schema").ModelSchema(x="1").x == "1"


def test_the_docstring_names_units_provenance_and_what_is_not_sent(shop):
    found = model(
        shop,
        object_of(
            beloeb={"type": "number", "description": "Hvad der skyldes."},
            kroner={"type": "number", "description": "Et beløb i danske kroner."},
            rente={"type": "number", "x-unit": "procent"},
            id=TEXT | {"readOnly": True},
            gammel=TEXT | {"deprecated": True},
            part=ref("part") | {"x-provenance": "inferred"},
        )
        | {
            "description": "Et krav, jf. CPR-nr. i loven. Det kan ændres.\n\nMere.",
            "x-provenance": "guide",
        },
        part=object_of(x=TEXT) | {"description": "En part."},
    )
    text = inspect.getdoc(found)
    assert text is not None
    assert text.splitlines()[:5] == [
        "Et krav, jf. CPR-nr. i loven.",
        "",
        "Det kan ændres.",
        "",
        "Mere.",
    ]
    for line in (
        "Provenance: guide",
        "beloeb: Hvad der skyldes. In DKK.",
        "kroner: Et beløb i danske kroner.\n",
        "rente: Not described. In procent.",
        "id: Not described. Set by the portal; not sent.",
        "gammel: Not described. Deprecated by the portal.",
        "part: En part. Provenance: inferred.",
    ):
        assert line in text
    (field,) = (one for one in found.__fields__ if one.name == "id")
    assert field.read_only


def test_an_enum_with_null_is_optional(shop):
    found = model(shop, object_of(art={"type": "string", "enum": ["A", None], "nullable": True}))
    assert annotations(found) == {"art": "KravArt | str | None"}
    art = shop.load("models.krav_art").KravArt
    assert [one.value for one in art] == ["A"]
    assert "The list is open" in (inspect.getdoc(art) or "")


def test_what_a_lone_reference_leads_to_may_be_null_however_it_is_written(shop):
    part = object_of(navn=TEXT) | {"nullable": True}
    schema = object_of(bar=ref("part"), pakket={"allOf": [ref("part")]})
    found = model(shop, schema | {"required": ["bar", "pakket"]}, part=part)
    assert set(annotations(found).values()) == {"Part | None"}


def test_a_whole_number_enum_has_no_class(shop):
    model(shop, object_of(a=TEXT), tal={"type": "integer", "enum": [1]})
    assert shop.load("models").__all__ == ["Krav"]


@pytest.mark.parametrize(
    ("schemas", "problem"),
    [
        ({"\N{GREEK SMALL LETTER BETA}": object_of(a=TEXT)}, "names are ASCII"),
        ({"AB": object_of(a=TEXT), "Ab": object_of(a=TEXT)}, "would share ab.py"),
        (
            {"krav": object_of(a={"type": "string", "format": "binary"})},
            "a FileProperty has no type",
        ),
        (
            {"krav": object_of(a={"$ref": "#/components/schemas/x"})},
            "krav: Could not find reference",
        ),
        (
            {"a": object_of(x=TEXT), "b": {"allOf": [ref("a"), object_of(x={"type": "integer"})]}},
            "str can't be merged with int",
        ),
    ],
)
def test_what_has_no_type_fails_by_name(shop, schemas, problem):
    shop.spec(schemas=schemas)
    assert problem in shop.problems()


def test_members_that_the_parser_loses_fail(shop, monkeypatch):
    shop.spec(schemas={"krav": object_of(a=TEXT)})
    monkeypatch.setattr("portalgen.models.members", lambda *_: {"a": TEXT, "b": TEXT})
    assert "Krav: the parser and the document differ on b" in shop.problems()


def test_a_crash_of_the_parser_is_a_problem_of_the_api(shop, monkeypatch):
    def crash(*_: object, **__: object) -> None:
        raise ValueError("Duplicate key")

    shop.spec()
    monkeypatch.setattr("portalgen.parse.GeneratorData.from_dict", crash)
    assert "openapi-python-client failed: ValueError('Duplicate key')" in shop.problems()


def test_a_document_that_the_parser_refuses_is_a_problem_of_the_api(shop):
    shop.spec(components={"securitySchemes": {"x": {"type": 7}}})
    assert "Failed to parse OpenAPI document" in shop.problems()
