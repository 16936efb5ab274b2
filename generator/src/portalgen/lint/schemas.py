"""What breaks generation in schemas: references, null, composition, bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portalgen.lint.view import COMPOSITIONS, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portalgen.lint.finding import Problem
    from portalgen.lint.view import Spec

__all__ = ["RULES"]

_COMPONENT = "#/components/schemas/"
_BOUNDS = (
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
)


def references_resolve(spec: Spec) -> Iterator[Problem]:
    """Every reference leads to something in this file."""
    for place in spec.root.below():
        if place.ref is not None and spec.resolve(place).value is None:
            yield place["$ref"], f"{place.ref} leads nowhere in this file, or in a circle"


def null_has_a_type(spec: Spec) -> Iterator[Problem]:
    """`nullable` stands beside `type`: alone it means nothing (OAS 3.0.3, Schema Object)."""
    for schema in spec.schemas:
        if schema["nullable"].value is True and not schema.has("type", "$ref", *COMPOSITIONS):
            yield schema["nullable"], "nullable without type has no effect: add the type"


def null_is_not_beside_reference(spec: Spec) -> Iterator[Problem]:
    """`nullable` beside `$ref` is ignored, and beside `allOf` it is not inherited."""
    for schema in spec.schemas:
        beside = [key for key in ("$ref", *COMPOSITIONS) if schema.has(key)]
        if schema["nullable"].value is True and beside and not schema.has("type"):
            yield (
                schema["nullable"],
                f"nullable beside {beside[0]} has no effect: put it where the type is",
            )


def required_are_properties(spec: Spec) -> Iterator[Problem]:
    """What is required is a property of the schema, or of what it is put together from."""
    # A part of an allOf may require what another part has: its whole is looked at, not the part.
    parts = {
        part.pointer
        for schema in spec.schemas
        for part in schema["allOf"].items()
        if part.ref is None
    }
    for schema in spec.schemas:
        if schema.pointer in parts:
            continue
        group = spec.group(schema)
        known = [name for place in group for name in place["properties"].mapping]
        own = [place for place in group if place.pointer.startswith(schema.pointer)]
        for required in (item for place in own for item in place["required"].items()):
            if required.value not in known:
                yield required, f"{required.value!r} is required but is no property"


def arrays_say_of_what(spec: Spec) -> Iterator[Problem]:
    """An array has `items`."""
    for schema in spec.schemas:
        if schema["type"].value == "array" and not schema["items"].mapping:
            yield schema, "an array without items: of what?"


def bounds_leave_room(spec: Spec) -> Iterator[Problem]:
    """A lower bound is not above its upper one: no value would fit."""
    for schema in spec.schemas:
        for low, high in _BOUNDS:
            least, most = schema[low].value, schema[high].value
            if _is_number(least) and _is_number(most):
                open_end = low == "minimum" and (
                    schema["exclusiveMinimum"].value is True
                    or schema["exclusiveMaximum"].value is True
                )
                if least > most or (open_end and least == most):
                    yield schema[low], f"{low} {least} and {high} {most} leave no value"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def discriminators_lead_somewhere(spec: Spec) -> Iterator[Problem]:
    """A discriminator chooses among named schemas, and each of them has the property."""
    for schema in spec.schemas:
        discriminator = schema["discriminator"]
        if discriminator.mapping:
            yield from _discriminator(spec, schema, discriminator)


def _discriminator(spec: Spec, schema: Place, discriminator: Place) -> Iterator[Problem]:
    name = discriminator["propertyName"].value
    branches = [*schema["oneOf"].items(), *schema["anyOf"].items()]
    if not branches:
        yield discriminator, "a discriminator without oneOf or anyOf chooses nothing"
    mapped: set[str] = set()
    for target in discriminator["mapping"].members():
        ref = target.value if isinstance(target.value, str) else ""
        pointer = ref if ref.startswith("#") else f"{_COMPONENT}{ref}"
        mapped.add(pointer)
        if not spec.resolve(Place("", {"$ref": pointer})).mapping:
            yield target, f"{ref!r} is no schema of this file"
    for branch in branches:
        found = spec.resolve(branch)
        if branch.ref is None:
            yield (
                branch,
                "the schema has no name that the discriminator could choose: make it a component",
            )
        elif mapped and branch.ref not in mapped:
            yield branch, f"no value of {name!r} is mapped to {branch.ref}"
        elif not any(place["properties"].has(str(name)) for place in spec.group(found)):
            yield branch, f"{branch.ref} has no property {name!r} to be chosen by"


RULES = (
    references_resolve,
    null_has_a_type,
    null_is_not_beside_reference,
    required_are_properties,
    arrays_say_of_what,
    bounds_leave_room,
    discriminators_lead_somewhere,
)
