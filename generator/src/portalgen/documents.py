"""Where a body refers to documents that are in the document store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portalgen.shapes import members

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portalgen.document import Document, Node

__all__ = ["find_documents"]

# A list of this name holds ids (guide 4.4.2); of any name, objects with these members (guide 4.5.3).
_IDS = "bilag"
_REFERENCE = {"dokumentId", "filnavn", "navn"}


def find_documents(document: Document, body: Node) -> tuple[str, ...]:
    """Find the place in a body, or in the items of a list in it.

    Args:
        document: The API's document.
        body: The body's schema.

    Returns:
        JSON names: `("bilag",)`, `("henvendelser", "dokumenter")`; empty if there is none.
    """
    for name, item in _lists(document, body):
        if _refers(document, name, item):
            return (name,)
    for name, item in _lists(document, body):
        for inner, inner_item in _lists(document, item):
            if _refers(document, inner, inner_item):
                return (name, inner)
    return ()


def _lists(document: Document, schema: Node) -> Iterator[tuple[str, Node]]:
    for name, member in members(document, document.resolve(schema)).items():
        target = document.resolve(member)
        if target.get("type") == "array":
            yield name, document.resolve(target["items"])


def _refers(document: Document, name: str, item: Node) -> bool:
    if name == _IDS and item.get("type") == "string":
        return True
    return members(document, item).keys() >= _REFERENCE
