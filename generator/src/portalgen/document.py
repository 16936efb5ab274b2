"""An OpenAPI document as plain data: references, schemas, operations.

Only this module knows where in a document things stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["METHODS", "Document", "Node", "RawOperation", "ref_name", "schema_tree"]

Node = dict[str, Any]

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_SUBSCHEMA_LISTS = ("allOf", "oneOf", "anyOf")
_SUBSCHEMAS = ("items", "additionalProperties", "not")
_NO_SCHEMAS_INSIDE = ("example", "examples", "schemas")


def ref_name(node: Node) -> str | None:
    """Give the last part of a reference (`krav` of `#/components/schemas/krav`), or None."""
    ref = node.get("$ref")
    return ref.rsplit("/", 1)[-1] if isinstance(ref, str) else None


def schema_tree(schema: Node) -> Iterator[Node]:
    """Yield a schema and every schema written inside it; references are not followed."""
    yield schema
    inner: list[Any] = [schema.get(key) for key in _SUBSCHEMAS]
    for key in _SUBSCHEMA_LISTS:
        inner.extend(schema.get(key, ()))
    inner.extend(schema.get("properties", {}).values())
    for child in inner:
        if isinstance(child, dict):
            yield from schema_tree(cast("Node", child))


@attrs.frozen(kw_only=True)
class RawOperation:
    """An operation as it stands in the document.

    Attributes:
        id: Its operationId, or `METHOD /path` if it has none.
        method: The HTTP method in capitals.
        path: The path template.
        node: The operation object.
        parameters: Its own parameters and its path's, references resolved.
    """

    id: str
    method: str
    path: str
    node: Node
    parameters: tuple[Node, ...]


@attrs.frozen
class Document:
    """An OpenAPI document.

    Attributes:
        data: The document as read from YAML, left as it is.
    """

    data: Node

    def resolve(self, node: Node) -> Node:
        """Follow references until there is none.

        Raises:
            LookupError: A reference leads nowhere, in a circle or out of the document.
        """
        seen: list[str] = []
        while isinstance(ref := node.get("$ref"), str):
            if ref in seen or not ref.startswith("#/"):
                raise LookupError(f"the reference {ref} can't be followed")
            seen.append(ref)
            node = self.data
            for part in ref[2:].split("/"):
                found = node.get(part.replace("~1", "/").replace("~0", "~"))
                if not isinstance(found, dict):
                    raise LookupError(f"the reference {ref} leads nowhere")  # noqa: TRY004
                node = cast("Node", found)
        return node

    @property
    def component_schemas(self) -> Mapping[str, Node]:
        """The schemas of `components`, by name."""
        found: Mapping[str, Node] = self.data.get("components", {}).get("schemas", {})
        return found

    def schemas(self) -> Iterator[Node]:
        """Yield every schema in the document, those inside others too."""
        for schema in self.component_schemas.values():
            yield from schema_tree(schema)
        yield from _schemas_below(self.data)

    def operations(self) -> Iterator[RawOperation]:
        """Yield the operations in the document's order."""
        for path, item in self.data.get("paths", {}).items():
            for method in METHODS:
                node = item.get(method)
                if node is None:
                    continue
                parameters = [*node.get("parameters", ()), *item.get("parameters", ())]
                yield RawOperation(
                    id=str(node.get("operationId") or f"{method.upper()} {path}"),
                    method=method.upper(),
                    path=path,
                    node=node,
                    parameters=tuple(self.resolve(parameter) for parameter in parameters),
                )


def _schemas_below(node: Any) -> Iterator[Node]:
    """Yield the schemas of media types, parameters and headers, wherever they stand."""
    if isinstance(node, list):
        for item in cast("Sequence[Any]", node):
            yield from _schemas_below(item)
    elif isinstance(node, dict):
        for key, value in cast("Node", node).items():
            if key == "schema" and isinstance(value, dict):
                yield from schema_tree(cast("Node", value))
            elif key not in _NO_SCHEMAS_INSIDE and not key.startswith("x-"):
                yield from _schemas_below(value)
