import pytest

from skifteportal.sandbox.oas import as_json_schema, resolve

DOCUMENT = {
    "components": {
        "schemas": {
            "marked": {"type": "string", "readOnly": True},
            "again": {"$ref": "#/components/schemas/marked"},
            "a/b~c": {"type": "integer"},
        }
    }
}


def convert(schema, direction="request"):
    return as_json_schema(DOCUMENT, schema, direction)


@pytest.mark.parametrize(
    ("reference", "kind"),
    [("#/components/schemas/again", "string"), ("#/components/schemas/a~1b~0c", "integer")],
)
def test_references_are_followed_to_the_end(reference, kind):
    assert resolve(DOCUMENT, {"$ref": reference})["type"] == kind


def test_what_is_no_reference_is_itself():
    assert resolve(DOCUMENT, {"a": 1}) == {"a": 1}
    assert resolve(DOCUMENT, None) is None


def test_what_is_no_json_schema_is_dropped():
    schema = {
        "type": "string",
        "example": "x",
        "discriminator": {},
        "xml": {},
        "x-provenance": "guide",
    }
    assert convert(schema) == {"type": "string"}


def test_a_property_may_have_the_name_of_a_keyword():
    schema = {
        "properties": {"example": {"type": "string", "example": "x"}, "x-y": {}, "nullable": {}}
    }
    assert convert(schema) == {
        "properties": {"example": {"type": "string"}, "x-y": {}, "nullable": {}}
    }


def test_nullable_becomes_a_union_also_beside_a_reference():
    null = {"type": "null"}
    assert convert({"type": "string", "nullable": True}) == {"anyOf": [{"type": "string"}, null]}
    reference = {"$ref": "#/components/schemas/marked"}
    assert convert({"allOf": [reference], "nullable": True}) == {
        "anyOf": [{"allOf": [reference]}, null]
    }
    assert convert({"type": "string", "nullable": False}) == {"type": "string"}


def test_exclusive_limits_become_numbers():
    assert convert({"minimum": 0, "exclusiveMinimum": True}) == {"exclusiveMinimum": 0}
    assert convert({"maximum": 9, "exclusiveMaximum": True}) == {"exclusiveMaximum": 9}
    assert convert({"minimum": 0, "exclusiveMinimum": False}) == {"minimum": 0}


def test_read_only_is_required_of_answers_and_write_only_of_requests():
    schema = {
        "required": ["id", "again", "password", "other"],
        "properties": {
            "id": {"readOnly": True},
            "again": {"$ref": "#/components/schemas/again"},
            "password": {"writeOnly": True},
        },
    }
    assert convert(schema, "request")["required"] == ["password", "other"]
    assert convert(schema, "response")["required"] == ["id", "again", "other"]


def test_schemas_within_schemas_are_converted():
    inner = {"type": "string", "nullable": True}
    done = {"anyOf": [{"type": "string"}, {"type": "null"}]}
    schema = {
        "items": inner,
        "not": inner,
        "additionalProperties": inner,
        "oneOf": [inner],
        "anyOf": [inner],
    }
    assert convert(schema) == {
        "items": done,
        "not": done,
        "additionalProperties": done,
        "oneOf": [done],
        "anyOf": [done],
    }
    assert convert({"additionalProperties": False}) == {"additionalProperties": False}
