"""Values in a spec: defaults, enums, patterns and examples fit their schemas.

OAS 3.0 has its own dialect of JSON Schema. It is translated to draft 2020-12 and judged by the same
library as the sandbox's requests.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from portalgen.lint.view import Place, is_list, is_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portalgen.lint.finding import Problem
    from portalgen.lint.view import Spec

__all__ = ["RULES", "STYLE_RULES"]


def defaults_fit(spec: Spec) -> Iterator[Problem]:
    """A default is a value of its schema."""
    for schema in spec.schemas:
        if schema.has("default"):
            yield from _problems(spec, schema, schema["default"])


def enums_fit(spec: Spec) -> Iterator[Problem]:
    """An enum has values, each once and of the schema's type."""
    for schema in spec.schemas:
        enum = schema["enum"]
        values = list(enum.items())
        if schema.has("enum") and not values:
            yield enum, "an enum without values allows nothing"
        seen: list[Any] = []
        for place in values:
            if any(type(place.value) is type(other) and place.value == other for other in seen):
                yield place, f"{place.value!r} stands twice"
            seen.append(place.value)
            yield from _problems(spec, schema, place)


def patterns_compile(spec: Spec) -> Iterator[Problem]:
    """A pattern is a regular expression, in Python and in the library that validates."""
    for schema in spec.schemas:
        pattern = schema["pattern"]
        if isinstance(pattern.value, str):
            try:
                re.compile(pattern.value)
                jsonschema_rs.Draft202012Validator({"pattern": pattern.value})
            except (re.error, ValueError):
                yield pattern, f"{pattern.value!r} is no regular expression"


def examples_fit(spec: Spec) -> Iterator[Problem]:
    """An example is a value of its schema."""
    for schema in spec.schemas:
        if schema.has("example"):
            yield from _problems(spec, schema, schema["example"])
    for holder in spec.holders:
        places = [example["value"] for example in holder["examples"].members()]
        if holder.has("example"):
            places.append(holder["example"])
        for place in places:
            yield from _problems(spec, holder["schema"], place)


def _problems(spec: Spec, schema: Place, value: Place) -> Iterator[Problem]:
    """Yield what is wrong with a value; nothing if the schema itself is no schema."""
    translated = {
        "allOf": [_translate(schema.value)],
        "components": _translate(spec.components.value),
    }
    try:
        validator = jsonschema_rs.Draft202012Validator(translated, validate_formats=True)
        errors = list(validator.iter_errors(value.value))
    except ValueError:
        return  # the schema is broken: other rules say how
    for error in errors:
        place = value.pointer + "".join(f"/{step}" for step in error.instance_path)
        yield Place(place, None), f"does not fit its schema: {_shorten(error.message)}"


def _shorten(message: str, limit: int = 200) -> str:
    return message if len(message) <= limit else f"{message[:limit]}…"


def _translate(node: Any) -> Any:
    """Write a part of an OAS 3.0 document in draft 2020-12: null and exclusive bounds differ."""
    if is_list(node):
        return [_translate(item) for item in node]
    if not is_mapping(node):
        return node
    new = {key: _translate(value) for key, value in node.items()}
    if node.get("nullable") is True:
        if isinstance(node.get("type"), str):
            new["type"] = [node["type"], "null"]
        if isinstance(node.get("enum"), list):
            new["enum"] = [*node["enum"], None]
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if isinstance(node.get(exclusive), bool):
            del new[exclusive]
            if node[exclusive] and bound in node:
                new[exclusive] = new.pop(bound)
    return new


RULES = (defaults_fit, enums_fit, patterns_compile)
STYLE_RULES = (examples_fit,)
