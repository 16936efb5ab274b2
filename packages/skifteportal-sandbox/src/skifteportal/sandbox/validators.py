"""The validators of a specification's schemas, in one direction: built once, and told what breaks them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias, cast

import attrs
import jsonschema_rs

from skifteportal.sandbox.formats import FORMATS
from skifteportal.sandbox.oas import Direction, Document, as_json_schema

__all__ = ["Check", "Validators", "Violation"]


@attrs.frozen(kw_only=True)
class Violation:
    """Where a value breaks a schema.

    Attributes:
        pointer: JSON pointer into the value; empty for the whole.
        rule: The schema's keyword.
        message: What is wrong, with the value.
    """

    pointer: str
    rule: str
    message: str = attrs.field(repr=False)


Check: TypeAlias = Callable[[Any], Violation | None]


class Validators:
    """Builds validators for the schemas of one specification.

    Args:
        document: The specification.
        direction: Whether requests or answers are judged.
    """

    def __init__(self, document: Document, direction: Direction) -> None:
        self._document = document
        self._direction: Direction = direction
        schemas: dict[str, Any] = {
            name: as_json_schema(document, schema, direction)
            for name, schema in document["components"]["schemas"].items()
        }
        root = {"components": {"schemas": schemas}}
        self._registry = jsonschema_rs.Registry([("urn:spec", root)])

    def check(self, schema: Mapping[str, Any]) -> Check:
        """Return what judges values by a schema.

        Args:
            schema: The schema, as the specification has it.
        """
        converted = _absolute(as_json_schema(self._document, schema, self._direction))
        # what the portal answers with was sent or made: dates are judged in Python, which takes time, only when they come in
        formats: dict[str, Callable[[str], bool]] = (
            dict(FORMATS) if self._direction == "request" else {}
        )
        validator = jsonschema_rs.Draft202012Validator(
            converted, registry=self._registry, formats=formats, validate_formats=True
        )
        is_valid = validator.is_valid

        def check(value: Any) -> Violation | None:
            return None if is_valid(value) else _violation(validator, value)

        return check


def _violation(validator: jsonschema_rs.Draft202012Validator, value: Any) -> Violation:
    error = next(validator.iter_errors(value))
    return Violation(
        pointer=_pointer(error.instance_path), rule=error.kind.name, message=error.message
    )


def _pointer(path: list[str | int]) -> str:
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in path)


def _absolute(schema: Any) -> Any:
    """Point references at the registry's document."""
    if isinstance(schema, dict):
        return {
            key: f"urn:spec{value}" if key == "$ref" else _absolute(value)
            for key, value in cast("dict[str, Any]", schema).items()
        }
    if isinstance(schema, list):
        return [_absolute(member) for member in cast("Iterable[Any]", schema)]
    return schema
