"""Reading an OpenAPI 3.0 document: references, and its schemas as JSON Schema 2020-12."""

from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias, cast

from skifteportal.sandbox.answers import json_object

__all__ = ["Direction", "Document", "as_json_schema", "resolve"]

Document: TypeAlias = Mapping[str, Any]
Direction: TypeAlias = Literal["request", "response"]

# Members of an OAS schema that are no JSON Schema, or mean something else there.
_DROPPED: Final = frozenset(
    {"nullable", "example", "discriminator", "xml", "externalDocs", "readOnly", "writeOnly"}
)
_MARK: Final[dict[Direction, str]] = {"request": "readOnly", "response": "writeOnly"}
_MAPS: Final = frozenset({"properties", "schemas"})
_SCHEMAS: Final = frozenset({"items", "not", "additionalProperties"})
_LISTS: Final = frozenset({"allOf", "anyOf", "oneOf"})


def resolve(document: Document, node: Any) -> Any:
    """Follow `$ref`s within a document until something stands there.

    Args:
        document: The OpenAPI document.
        node: A value of it, which may be a reference.
    """
    found: Any = node
    while "$ref" in (members := json_object(found) or {}):
        found = document
        for part in str(members["$ref"]).removeprefix("#/").split("/"):
            found = found[part.replace("~1", "/").replace("~0", "~")]
    return found


def as_json_schema(document: Document, schema: Any, direction: Direction) -> Any:
    """Turn an OAS 3.0 schema into JSON Schema 2020-12.

    `nullable` becomes a union with null (next to `$ref` and `allOf` too), boolean `exclusiveMinimum` a number; what
    is `readOnly` need not be in a request, nor what is `writeOnly` in an answer, though `required` names it.

    Args:
        document: The document the schema stands in.
        schema: The schema; references in it are kept.
        direction: Whether requests or answers are judged by it.
    """
    if not isinstance(schema, dict):
        return schema
    source = cast("dict[str, Any]", schema)
    result = {
        key: _converted(document, key, value, direction)
        for key, value in source.items()
        if key not in _DROPPED and not key.startswith("x-")
    }
    for limit in ("Minimum", "Maximum"):
        exclusive = result.pop(f"exclusive{limit}", None)
        if exclusive is True:
            result[f"exclusive{limit}"] = result.pop(limit.lower())
    if "required" in result:
        properties = source.get("properties", {})
        mark = _MARK[direction]
        result["required"] = [
            name
            for name in result["required"]
            if not resolve(document, properties.get(name, {})).get(mark)
        ]
    if source.get("nullable"):
        return {"anyOf": [result, {"type": "null"}]}
    return result


def _converted(document: Document, key: str, value: Any, direction: Direction) -> Any:
    """Convert the schemas in one member of a schema."""
    if key in _MAPS:
        members = cast("dict[str, Any]", value)
        return {
            name: as_json_schema(document, member, direction) for name, member in members.items()
        }
    if key in _LISTS:
        return [as_json_schema(document, member, direction) for member in value]
    if key in _SCHEMAS:
        return as_json_schema(document, value, direction)
    return value
