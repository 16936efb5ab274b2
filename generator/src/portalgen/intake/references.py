"""Looks at a file's references: none may leave the file, lead nowhere, or lead back to itself for ever.

Nothing is opened: a reference to a file or an address is refused by how it is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portalgen.intake.refusal import shown
from portalgen.json_kinds import is_list, is_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["bad_references", "walk"]

_LONGEST_CHAIN = 20
_LARGEST_COMPOSITION = 2_000
_COMPOSITIONS = ("allOf", "oneOf", "anyOf")
# What a reader of OpenAPI, or of JSON Schema, would go and fetch.
_ELSEWHERE = ("externalValue", "operationRef", "$id", "$schema", "$dynamicRef", "$recursiveRef")
_SCHEMAS = "#/components/schemas/"


def walk(document: Any) -> Iterator[tuple[str, str, Any]]:
    """Yield every value below the top of a document: its JSON pointer, its key, and itself."""
    waiting: list[tuple[str, Any]] = [("", document)]
    while waiting:
        pointer, node = waiting.pop()
        pairs = node.items() if is_mapping(node) else enumerate(node)
        for key, value in pairs:
            place = f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"
            yield place, str(key), value
            if is_mapping(value) or is_list(value):
                waiting.append((place, value))


def bad_references(document: Mapping[str, Any]) -> Iterator[str]:
    """Say what is wrong with the references of a document.

    Args:
        document: The document as read.
    """
    for pointer, key, value in walk(document):
        if key == "$ref":
            if problem := _follow(document, value):
                yield f"{pointer}: {problem}"
        elif key in _ELSEWHERE and isinstance(value, str):
            yield f"{pointer}: {key} leads out of the file, and nothing outside is ever read"
    yield from _loops(document)


def _follow(document: Mapping[str, Any], ref: Any) -> str:
    for _ in range(_LONGEST_CHAIN):
        if not isinstance(ref, str):
            return "a $ref must be text"
        if not ref.startswith("#/"):
            return f"the reference {shown(ref)} leads out of the file, and nothing outside is ever read"
        node: Any = document
        for part in ref[2:].split("/"):
            name = part.replace("~1", "/").replace("~0", "~")
            node = node.get(name) if is_mapping(node) else None
        if not is_mapping(node):
            return f"the reference {shown(ref)} leads nowhere"
        if "$ref" not in node:
            return ""
        ref = node["$ref"]
    return (
        f"the reference {shown(ref)} leads to itself, or through more than {_LONGEST_CHAIN} others"
    )


def _loops(document: Mapping[str, Any]) -> Iterator[str]:
    """Find schemas that are put together from themselves, or grow without measure by references."""
    components = document.get("components")
    schemas = components.get("schemas") if is_mapping(components) else None
    parts: dict[str, list[str]] = (
        {name: list(_parts(schema)) for name, schema in (schemas or {}).items()}
        if is_mapping(schemas)
        else {}
    )
    sizes: dict[str, int] = {}
    waiting = list(parts)
    while waiting:
        known = [
            name for name in waiting if all(one in sizes for one in parts[name] if one in parts)
        ]
        if not known:
            names = ", ".join(map(shown, waiting[:5]))
            yield f"#/components/schemas: put together from themselves, so nothing fits them: {names}"
            return
        for name in known:
            sizes[name] = 1 + sum(sizes.get(one, 0) for one in parts[name])
            if sizes[name] > _LARGEST_COMPOSITION:
                yield (
                    f"{_SCHEMAS}{name}: is put together from more than {_LARGEST_COMPOSITION} "
                    "schemas, most of them the same"
                )
                return
        waiting = [name for name in waiting if name not in sizes]


def _parts(schema: Any) -> Iterator[str]:
    """Name the schemas that one is put together from, not those that it only holds."""
    waiting = [schema]
    while waiting:
        node = waiting.pop()
        if not is_mapping(node):
            continue
        ref = node.get("$ref")
        if isinstance(ref, str) and ref.startswith(_SCHEMAS):
            yield ref.removeprefix(_SCHEMAS).replace("~1", "/").replace("~0", "~")
        for key in _COMPOSITIONS:
            inner = node.get(key)
            waiting.extend(inner if is_list(inner) else [])
        waiting.append(node.get("not"))
