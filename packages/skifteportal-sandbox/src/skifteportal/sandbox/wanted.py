"""What a JSON Schema wants, in words: for whoever sent something else."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, Final

__all__ = ["perhaps", "wanted"]

_TYPES: Final = {
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}
_FORMATS: Final = {"date": "a date (2026-03-01)", "uuid": "an id (UUID)"}


def wanted(schema: Mapping[str, Any]) -> str:
    """Say what keeps to a schema: its description, where it has one.

    Args:
        schema: The schema of one value.
    """
    if "description" in schema:
        return str(schema["description"])
    if "enum" in schema:
        return "one of " + ", ".join(str(value) for value in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(wanted(one) for one in schema["anyOf"])
    kinds: list[str] = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    said = _FORMATS.get(schema.get("format", "")) or " or ".join(_TYPES[kind] for kind in kinds)
    if schema.get("minLength"):
        said += " that is not empty"
    if schema.get("minItems"):
        said += " with something in it"
    if "minimum" in schema:
        said += f" from {schema['minimum']}"
    if "maximum" in schema:
        said += f" to {schema['maximum']}"
    return said


def perhaps(name: str, names: Iterable[str]) -> str:
    """Name what was meant in place of a name that is not there, with a question mark; nothing where nothing is near.

    Args:
        name: The name.
        names: Those that are there.
    """
    near = get_close_matches(name, names, n=1)
    return f" (perhaps {near[0]}?)" if near else ""
