"""An example of what a schema describes: its own example where there is one, and else something that it allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from portalgen.document import Document, Node

__all__ = ["sample"]

_TEXTS = {
    "uuid": "00000000-0000-4000-8000-000000000000",
    "date": "2026-01-15",
    "date-time": "2026-01-15T12:00:00Z",
    "binary": "",
}
_SCALARS = {"integer": 1, "number": 123.45, "boolean": False}


def sample(document: Document, schema: Node, *, inside: tuple[str, ...] = ()) -> Any:
    """Make an example.

    Args:
        document: The document that the schema stands in.
        schema: The schema, or a reference to one.
        inside: References that are being followed: a schema inside itself is left out.
    """
    reference = schema.get("$ref")
    if reference in inside:
        return None
    inside = (*inside, reference) if reference else inside
    node = document.resolve(schema)
    written = [node[name] for name in ("example", "default") if name in node]
    if written or "enum" in node:
        return (written or node["enum"])[0]
    if choices := node.get("oneOf", node.get("anyOf")):
        return sample(document, choices[0], inside=inside)
    if "properties" in node or "allOf" in node:
        return _object(document, node, inside)
    return _plain(document, node, inside)


def _plain(document: Document, node: Node, inside: tuple[str, ...]) -> Any:
    if node.get("type") == "array":
        one = sample(document, node["items"], inside=inside)
        return [] if one is None else [one]
    return _SCALARS.get(str(node.get("type")), _TEXTS.get(str(node.get("format")), "tekst"))


def _object(document: Document, node: Node, inside: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in node.get("allOf", ()):
        inner = sample(document, part, inside=inside)
        found |= inner if isinstance(inner, dict) else {}
    for name, schema in node.get("properties", {}).items():
        if document.resolve(schema).get("readOnly"):
            continue
        value = sample(document, schema, inside=inside)
        if value is not None:
            found[name] = value
    return found
