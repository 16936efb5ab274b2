"""Reconstructed files: the schema leaves room for the business error codes.

Which fields of which operations a code is about stands with the code, as `keeps_optional` in `specs/errors/`.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portalgen.lint.finding import Problem
    from portalgen.lint.view import Place, Spec

__all__ = ["RECONSTRUCTED_RULES"]

# Keywords that would refuse what the code refuses. `enum` would make true the only boolean.
_NARROWING = ("minItems", "maxItems", "minLength", "minProperties", "uniqueItems", "enum")
_CHOOSING = ("oneOf", "anyOf", "not")
_DATE_FORMATS = (None, "date", "date-time")


@attrs.frozen
class _Field:
    """A field as the schemas on the way to it see it.

    Attributes:
        name: The field's own name.
        owners: The schemas that list it, with what they are put together from by `allOf`.
        way: The schemas above the owners.
        schemas: The field's own schema, likewise.
    """

    name: str
    owners: tuple[Place, ...]
    way: tuple[Place, ...]
    schemas: tuple[Place, ...]


def codes_can_be_raised(spec: Spec) -> Iterator[Problem]:
    """A field whose absence or value has a code is neither required nor narrowed by the schema."""
    # One schema serves POST and PUT: a problem is told once, with all codes that it silences.
    silenced: dict[str, tuple[Place, str, list[str]]] = {}
    for code, fields in _fields(spec).items():
        for field in fields:
            for place, problem in _obstacles(field):
                codes = silenced.setdefault(place.pointer, (place, problem, []))[2]
                if code not in codes:
                    codes.append(code)
    for place, problem, codes in silenced.values():
        yield place, f"{problem}: the schema would refuse what {', '.join(codes)} is for"


def codes_have_their_fields(spec: Spec) -> Iterator[Problem]:
    """A field that a code is about is in the body of one of the code's operations at least."""
    for code, entry in spec.codes.items():
        operations = [o for o in spec.operations if o.id in entry.get("operations", ())]
        for path in entry.get("keeps_optional", ()):
            bodies = [spec.json_schema(operation.place["requestBody"]) for operation in operations]
            if bodies and not any(_find(spec, body, path) for body in bodies):
                names = ", ".join(operation.id for operation in operations)
                yield operations[0].place, f"{code} is about {path}, which no body of {names} has"


def _fields(spec: Spec) -> dict[str, list[_Field]]:
    found: dict[str, list[_Field]] = defaultdict(list)
    for code, entry in spec.codes.items():
        for operation in spec.operations:
            if operation.id in entry.get("operations", ()):
                body = spec.json_schema(operation.place["requestBody"])
                for path in entry.get("keeps_optional", ()):
                    field = _find(spec, body, path)
                    if field is not None:
                        found[code].append(field)
    return found


def _find(spec: Spec, body: Place, path: str) -> _Field | None:
    """Follow a dotted path (`paaVegneAf.anden`) through properties and the items of arrays."""
    way: list[Place] = []
    schemas = spec.group(body)
    owners = schemas
    name = ""
    for name in path.split("."):
        way.extend(owners)
        owners = schemas + tuple(item for schema in schemas for item in spec.group(schema["items"]))
        schemas = tuple(
            part
            for owner in owners
            if owner["properties"].has(name)
            for part in spec.group(owner["properties"][name])
        )
        if not schemas:
            return None
    return _Field(name=name, owners=owners, way=tuple(way), schemas=schemas)


def _obstacles(field: _Field) -> Iterator[Problem]:
    for required in (item for owner in field.owners for item in owner["required"].items()):
        if required.value == field.name:
            yield required, f"{field.name} is required"
    for place in (*field.way, *field.owners):
        for keyword in filter(place.has, _CHOOSING):
            yield place[keyword], f"{keyword} decides on {field.name}"
    for schema in field.schemas:
        for keyword in filter(schema.has, _NARROWING):
            yield schema[keyword], f"{field.name} has {keyword}"
        if "dato" in field.name and schema["format"].value not in _DATE_FORMATS:
            yield schema["format"], f"{field.name} has a format that is more than a date"


RECONSTRUCTED_RULES = (codes_can_be_raised, codes_have_their_fields)
