"""What openapi-python-client gets wrong on this portal's shape, on what we generate.

Each test is a line of the project's list of traps; core's part of each is tested there.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from generator_shop import answers, json_body, one_operation, ref

from skifteportal.core import codec
from skifteportal.core.errors import DecodeError
from skifteportal.core.shapes import ModelOf

if TYPE_CHECKING:
    from generator_shop import Shop

PDF = {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}


def object_of(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def read(shop: Shop, schemas: dict[str, Any], name: str, content: bytes) -> Any:
    shop.spec(schemas=schemas)
    shop.load("models")
    module = name.lower()
    return codec.decode(content, ModelOf(f"{shop.module}.models.{module}:{name}"))


def test_pdf_upload_and_download_are_generated(shop):
    shop.spec(
        paths={
            "/bilag": {
                "post": {
                    "operationId": "addBilag",
                    "requestBody": {"content": PDF},
                    "responses": answers(),
                },
                "get": {
                    "operationId": "getBilag",
                    "responses": {"200": {"description": "Filen", "content": PDF}},
                },
            }
        }
    )
    operations = shop.load("_operations")
    assert operations.ADD_BILAG.upload == "application/pdf"
    assert operations.ADD_BILAG.answer is None
    assert operations.GET_BILAG.upload is None
    client = shop.source("_client.py")
    assert "return self._download(_operations.GET_BILAG, (), options=options)" in client
    assert "self._upload(_operations.ADD_BILAG, (), file, options=options)" in client


def test_the_error_model_is_in_no_return_type(shop):
    error = {"default": {"description": "Fejl"} | json_body(ref("fejl"))}
    shop.spec(
        paths=one_operation(responses=answers(ref("krav")) | error),
        schemas={"krav": object_of(id={"type": "string"}), "fejl": object_of()},
    )
    shop.generate()
    assert ") -> Krav:" in shop.source("_client.py")


def test_an_unknown_enum_value_is_kept_and_sent_back(shop):
    schemas = {"art": {"type": "string", "enum": ["A", "B"]}, "krav": object_of(art=ref("art"))}
    krav = read(shop, schemas, "Krav", b'{"art":"C"}')
    assert krav.art == "C"
    assert codec.to_json(krav) == {"art": "C"}
    assert "art: Art | str | None = None" in shop.source("models/krav.py")


def test_null_for_an_optional_reference_or_date_is_none(shop):
    schemas = {
        "krav": object_of(part=ref("part"), dato={"type": "string", "format": "date-time"}),
        "part": object_of(navn={"type": "string"}),
    }
    krav = read(shop, schemas, "Krav", b'{"part":null,"dato":null}')
    assert (krav.part, krav.dato) == (None, None)
    assert codec.to_json(krav) == {"part": None, "dato": None}


def test_a_required_nullable_field_may_be_none(shop):
    schemas = {
        "krav": object_of(a={"type": "string", "nullable": True}) | {"required": ["a"]},
    }
    assert read(shop, schemas, "Krav", b'{"a":null}').a is None


UNION = {
    "oneOf": [ref("person"), ref("virksomhed")],
    "discriminator": {
        "propertyName": "type",
        "mapping": {"PERSON": "#/components/schemas/person", "FIRMA": "virksomhed"},
    },
}
UNION_MEMBERS = {
    "person": object_of(type={"type": "string"}, navn={"type": "string"}),
    "virksomhed": object_of(type={"type": "string"}, cvr={"type": "string"}),
}


@pytest.mark.parametrize("union", [UNION, UNION | {"nullable": True}], ids=["plain", "nullable"])
@pytest.mark.parametrize("shared", [True, False], ids=["component", "in place"])
def test_a_discriminator_decides(shop, union, shared):
    schemas = UNION_MEMBERS | {"krav": object_of(part=ref("part") if shared else union)}
    if shared:
        schemas["part"] = union
    krav = read(shop, schemas, "Krav", b'{"part":{"type":"FIRMA","cvr":"1"}}')
    assert type(krav.part).__name__ == "Virksomhed"
    assert "part: Person | Virksomhed | dict[str, Any] | None" in shop.source("models/krav.py")


def test_a_discriminator_without_a_mapping_goes_by_schema_names(shop):
    union = UNION | {"discriminator": {"propertyName": "type"}}
    schemas = UNION_MEMBERS | {"krav": object_of(parter={"type": "array", "items": union})}
    krav = read(shop, schemas, "Krav", b'{"parter":[{"type":"person"},{"type":"x"}]}')
    assert type(krav.parter[0]).__name__ == "Person"
    assert krav.parter[1] == {"type": "x"}


def test_a_union_that_nothing_tells_apart_fails_by_name(shop):
    union = {"oneOf": UNION["oneOf"]}
    shop.spec(schemas=UNION_MEMBERS | {"krav": object_of(part=union)})
    assert "part: a union of objects without a discriminator" in shop.problems()


def test_a_discriminator_that_names_no_member_fails(shop):
    union = UNION | {"discriminator": {"propertyName": "type", "mapping": {"X": "andet"}}}
    shop.spec(schemas=UNION_MEMBERS | {"krav": object_of(part=union)})
    assert "the discriminator's 'X' is none of the union's schemas" in shop.problems()


def test_a_reference_wrapped_for_its_description_is_the_reference(shop):
    wrapped = {"allOf": [ref("part")], "description": "Den ene part."}
    optional = {"oneOf": [ref("part"), {"type": "null"}]}
    schemas = {"krav": object_of(a=wrapped, b=optional), "part": object_of(x={"type": "string"})}
    krav = read(shop, schemas, "Krav", b'{"a":{"x":"1"},"b":{"x":"2"}}')
    assert (krav.a.x, krav.b.x) == ("1", "2")


def test_a_union_of_plain_values_is_any(shop):
    union = {"oneOf": [{"type": "string"}, {"type": "integer"}]}
    assert read(shop, {"krav": object_of(a=union)}, "Krav", b'{"a":7}').a == 7


def test_a_date_that_is_none_is_no_string(shop):
    schemas = {"krav": object_of(dato={"type": "string", "format": "date", "nullable": True})}
    with pytest.raises(DecodeError):
        read(shop, schemas, "Krav", b'{"dato":"i morgen"}')


def test_a_missing_required_field_names_model_and_place(shop):
    schemas = {"krav": object_of(id={"type": "string"}) | {"required": ["id"]}}
    with pytest.raises(DecodeError, match="Krav"):
        read(shop, schemas, "Krav", b"{}")


def test_amounts_are_exact_decimals(shop):
    krav = read(shop, {"krav": object_of(beloeb={"type": "number"})}, "Krav", b'{"beloeb":1.10}')
    assert krav.beloeb == Decimal("1.10")
    shape = ModelOf(f"{shop.module}.models.krav:Krav")
    assert codec.encode(krav, shape) == b'{"beloeb":1.10}'


def test_moments_are_aware(shop):
    schemas = {"krav": object_of(tid={"type": "string", "format": "date-time"})}
    krav = read(shop, schemas, "Krav", b'{"tid":"2022-09-09T13:08:25.988362763Z"}')
    assert krav.tid == datetime(2022, 9, 9, 13, 8, 25, 988362, tzinfo=UTC)


def test_a_bare_list_with_pages_iterates_itself(shop):
    page = {"name": "page", "in": "query", "schema": {"type": "integer"}}
    shop.spec(
        paths=one_operation(
            parameters=[page], responses=answers({"type": "array", "items": ref("krav")})
        ),
        schemas={"krav": object_of(id={"type": "string"})},
    )
    shop.generate()
    assert "def get_it(" in shop.source("_client.py")
    assert ") -> Pages[Krav]:" in shop.source("_client.py")
    assert "    def get_it(" in shop.source("_async_client.py")
    assert ") -> AsyncPages[Krav]:" in shop.source("_async_client.py")


def test_a_list_without_pages_is_a_list(shop):
    shop.spec(
        paths=one_operation(responses=answers({"type": "array", "items": {"type": "string"}}))
    )
    shop.generate()
    assert ") -> list[str]:" in shop.source("_client.py")


def test_a_search_by_post_may_be_repeated_and_a_create_may_not(shop):
    shop.spec(
        paths=one_operation(method="post", operationId="soeg")
        | one_operation(method="post", operationId="addKrav", path="/krav")
        | one_operation(method="put", operationId="updateKrav", path="/x"),
        read_only=["soeg"],
    )
    operations = shop.load("_operations")
    assert operations.SOEG.repeatable
    assert operations.UPDATE_KRAV.repeatable
    assert not operations.ADD_KRAV.repeatable


def test_deprecated_operations_say_so(shop):
    shop.spec(paths=one_operation(deprecated=True))
    operations = shop.load("_operations")
    assert "getIt is deprecated" in operations.GET_IT.deprecated
    assert "**Deprecated:**" in shop.source("_client.py")


def test_a_typed_marker_is_written(shop):
    shop.spec()
    shop.generate()
    assert (shop.package() / f"src/skifteportal/{shop.api}/py.typed").exists()


def test_stale_files_go(shop):
    shop.spec(schemas={"gammel": object_of(a={"type": "string"})})
    shop.generate()
    assert shop.source("models/gammel.py")
    shop.spec(schemas={"ny": object_of(a={"type": "string"})})
    shop.generate()
    names = [
        path.name for path in (shop.package() / f"src/skifteportal/{shop.api}/models").iterdir()
    ]
    assert sorted(names) == ["__init__.py", "ny.py"]


def test_importing_the_package_loads_no_model_and_no_client(shop):
    import sys

    shop.spec(schemas={"krav": object_of(a={"type": "string"})})
    package = shop.load()
    client = f"{shop.api.capitalize()}Client"
    loaded = {name for name in sys.modules if name.startswith(shop.module)}
    assert loaded == {shop.module}
    assert package.models.Krav(a="x").a == "x"
    assert getattr(package, client).__name__ == client
    assert getattr(package, f"Async{client}").__name__ == f"Async{client}"
    assert set(package.__all__) <= set(dir(package))
    assert set(package.models.__all__) <= set(dir(package.models))
    with pytest.raises(AttributeError, match=shop.module):
        package.Nothing  # noqa: B018


def test_enum_values_that_fall_together_are_numbered(shop):
    shop.spec(schemas={"art": {"type": "string", "enum": ["A-B", "A_B", "a b", "1183", "+", ""]}})
    art = shop.load("models.art").Art
    assert [(one.name, one.value) for one in art] == [
        ("A_B", "A-B"),
        ("A_B_2", "A_B"),
        ("A_B_3", "a b"),
        ("VALUE_1183", "1183"),
        ("VALUE", "+"),
        ("VALUE_2", ""),
    ]


def test_reprs_show_no_personal_data(shop):
    schemas = {
        "krav": object_of(
            id={"type": "string", "format": "uuid"},
            cprNummer={"type": "string"},
            personId={"type": "string", "format": "uuid"},
            aaben={"type": "boolean"},
            art={"type": "string", "enum": ["A"]},
        )
    }
    content = b'{"id":"i","cprNummer":"1111111118","personId":"p","aaben":true,"art":"A"}'
    shown = repr(read(shop, schemas, "Krav", content))
    assert shown == "Krav(id='i', aaben=True, art=<KravArt.A: 'A'>, ...)"


def test_titles_name_nothing(shop):
    inner = object_of(navn={"type": "string"}) | {"title": "Smart navn"}
    shop.spec(
        schemas={
            "krav": object_of(part=inner, parter={"type": "array", "items": inner})
            | {"title": "En titel"}
        }
    )
    models = shop.load("models")
    assert models.__all__ == ["Krav", "KravPart", "KravParterItem"]
