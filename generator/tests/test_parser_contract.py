"""What we rely on in openapi-python-client's parser, each with a tiny inline spec.

A test that fails after an upgrade says what changed in the parser and which module of ours must
follow. Where the parser is wrong, the test says so: when it fails, a workaround can go.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import pytest
from generator_shop import answers, json_body, one_operation, ref
from hypothesis import given
from hypothesis import strategies as st
from openapi_python_client import strings
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError

from portalgen.names import pascal, snake
from portalgen.parse import parser_config

if TYPE_CHECKING:
    from openapi_python_client.config import Config
    from openapi_python_client.parser.openapi import Endpoint

CONFIG = parser_config()


def parsed(
    paths: dict[str, Any] | None = None,
    schemas: dict[str, Any] | None = None,
    *,
    config: Config = CONFIG,
) -> GeneratorData:
    document = {
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": paths or {},
        "components": {"schemas": schemas or {}},
    }
    data = GeneratorData.from_dict(document, config=config)
    assert isinstance(data, GeneratorData), data
    return data


def endpoint(**operation: Any) -> Endpoint:
    (collection,) = parsed(one_operation(**operation)).endpoint_collections_by_tag.values()
    (found,) = collection.endpoints
    return found


def model(name: str, schemas: dict[str, Any]) -> Any:
    return next(one for one in parsed(schemas=schemas).models if one.class_info.name == name)


def names(properties: Any) -> list[str]:
    return [one.name.get_untrusted_value() for one in properties]


def test_the_version_is_the_one_these_tests_describe():
    assert version("openapi-python-client") == "0.29.1"


def test_an_operation_with_an_unknown_body_is_left_out_with_a_warning():
    paths = one_operation(
        method="post", requestBody={"content": {"text/xml": {"schema": {"type": "string"}}}}
    )
    (collection,) = parsed(paths).endpoint_collections_by_tag.values()
    assert collection.endpoints == []
    (warning,) = collection.parse_errors
    # parse.py finds the operation by this text.
    assert warning.header is not None
    assert warning.header.startswith("WARNING parsing POST /it within default.")
    assert warning.detail == "Unsupported content type text/xml"


def test_without_the_override_a_pdf_body_is_left_out():
    pdf = {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}
    bare = parser_config()
    bare.content_type_overrides = {}
    paths = one_operation(method="post", requestBody=pdf)
    (collection,) = parsed(paths, config=bare).endpoint_collections_by_tag.values()
    assert collection.endpoints == []


def test_a_body_keeps_its_content_type_and_says_its_kind():
    pdf = {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}
    (body,) = endpoint(method="post", requestBody=pdf).bodies
    assert body.content_type.get_untrusted_value() == "application/pdf"
    assert body.body_type.value == "content"
    (body,) = endpoint(method="post", requestBody=json_body({"type": "string"})).bodies
    assert body.body_type.value == "json"


@pytest.mark.parametrize(
    ("content", "attribute"),
    [
        ({"application/json": {"schema": {"type": "string"}}}, "response.json()"),
        ({"application/pdf": {"schema": {"type": "string"}}}, "response.content"),
        ({"text/plain": {"schema": {"type": "string"}}}, "response.text"),
        ({}, "None"),
        ({"application/json": {}}, "None"),
    ],
)
def test_an_answer_says_where_it_is_taken_from(content, attribute):
    found = endpoint(responses={"200": {"description": "", "content": content}})
    (response,) = found.responses.patterns
    assert response.source["attribute"] == attribute
    assert response.status_code.pattern == "200"


def test_the_default_answer_is_kept_apart():
    found = endpoint(responses=answers({"type": "string"}))
    assert [one.status_code.pattern for one in found.responses.patterns] == ["200"]
    assert found.responses.default is not None


def test_paths_get_python_names_and_operations_lose_their_ids():
    parameter = {"name": "kravId", "in": "path", "required": True, "schema": {"type": "string"}}
    found = endpoint(path="/krav/{kravId}", parameters=[parameter], deprecated=True)
    # join.py compares paths without the names.
    assert found.path.get_untrusted_value() == "/krav/{krav_id}"
    assert found.name == "get_it"
    assert not hasattr(found, "deprecated")
    assert not hasattr(found, "operation_id")


def test_members_are_split_by_required_and_typed():
    schema = {
        "type": "object",
        "required": ["b"],
        "properties": {
            "a": {"type": "number"},
            "b": {"type": "string", "format": "uuid"},
            "c": {"type": "array", "items": ref("krav")},
        },
    }
    krav = model("Krav", {"krav": schema})
    assert names(krav.required_properties) == ["b"]
    assert names(krav.optional_properties) == ["a", "c"]
    kinds = [type(one).__name__ for one in krav.optional_properties]
    assert kinds == ["FloatProperty", "ListProperty"]
    assert type(krav.required_properties[0]).__name__ == "UuidProperty"


def test_a_title_renames_a_class():
    schemas = {"krav": {"type": "object", "title": "Smart", "properties": {}}}
    assert [one.class_info.name for one in parsed(schemas=schemas).models] == ["Smart"]


def test_an_object_in_place_is_named_after_where_it_stands():
    inner = {"type": "object", "properties": {"a": {"type": "string"}}}
    schemas = {"krav": {"type": "object", "properties": {"part": inner}}}
    found = [str(one.class_info.name) for one in parsed(schemas=schemas).models]
    assert found == ["Krav", "KravPart"]


def test_nullable_makes_a_union_and_names_a_component_type_0():
    schemas = {"krav": {"type": "object", "nullable": True, "properties": {}}}
    (found,) = parsed(schemas=schemas).models
    assert found.class_info.name == "KravType0"


def test_members_beside_an_all_of_with_one_reference_are_forgotten():
    base = {"type": "object", "properties": {"a": {"type": "string"}}}
    krav = {"allOf": [ref("base")], "properties": {"b": {"type": "string"}}}
    found = parsed(schemas={"base": base, "krav": krav}).models
    assert [str(one.class_info.name) for one in found] == ["Base"]


def test_members_inside_an_all_of_are_merged():
    base = {"type": "object", "properties": {"a": {"type": "string"}}}
    own = {"type": "object", "properties": {"b": {"type": "string"}}, "required": ["b"]}
    krav = model("Krav", {"base": base, "krav": {"allOf": [ref("base"), own]}})
    assert names(krav.required_properties) == ["b"]
    assert names(krav.optional_properties) == ["a"]


def test_a_union_loses_its_discriminator():
    schemas = {
        "a": {"type": "object", "properties": {"type": {"type": "string"}}},
        "b": {"type": "object", "properties": {"type": {"type": "string"}}},
        "krav": {
            "type": "object",
            "properties": {
                "part": {
                    "oneOf": [ref("a"), ref("b")],
                    "discriminator": {"propertyName": "type"},
                }
            },
        },
    }
    (part,) = model("Krav", schemas).optional_properties
    assert type(part).__name__ == "UnionProperty"
    assert [str(one.class_info.name) for one in part.inner_properties] == ["A", "B"]
    assert not hasattr(part, "discriminator")


def test_enum_names_that_fall_together_lose_a_value_or_crash():
    (art,) = parsed(schemas={"art": {"type": "string", "enum": ["A_B", "A-B"]}}).enums
    assert list(art.values) == ["A_B"]
    with pytest.raises(ValueError, match="Duplicate key"):
        parsed(schemas={"art": {"type": "string", "enum": ["A-B", "A_B"]}})


def test_enum_names_of_ours_are_taken():
    schema = {"type": "string", "enum": ["A-B", "A_B"], "x-enum-varnames": ["A_B", "A_B_2"]}
    (art,) = parsed(schemas={"art": schema}).enums
    assert list(art.values) == ["A_B", "A_B_2"]


def test_reserved_class_names_are_overridden():
    schemas = {"model": {"type": "object", "properties": {}}}
    (found,) = parsed(schemas=schemas).models
    assert found.class_info.name == "ModelSchema"
    assert found.class_info.module_name == "model_schema"


def test_a_broken_document_is_one_error():
    error = GeneratorData.from_dict({"openapi": "3.0.3", "info": {}}, config=CONFIG)
    assert isinstance(error, GeneratorError)


def test_a_schema_that_refers_to_nothing_is_a_warning_without_an_operation():
    schemas = {"krav": {"type": "object", "properties": {"a": ref("nothing")}}}
    (warning,) = parsed(schemas=schemas).errors
    assert "krav" in warning.header


@given(st.text("abzABZ019 _-.", min_size=1, max_size=20))
def test_names_are_split_as_the_parser_splits_them(name):
    assert pascal(name) == strings.pascal_case(name)
    assert snake(name) == strings.snake_case(name)
