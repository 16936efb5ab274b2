"""Tells what is no OpenAPI 3.0 in a document: only what everybody reads alike can be compared.

The shape is held to the published JSON Schema of OpenAPI 3.0, which follows no references and opens nothing.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema_rs
from openapi_spec_validator.schemas.utils import get_schema_content

from portalgen.diff.schema import escaped
from portalgen.document import METHODS
from portalgen.json_kinds import is_mapping
from portalgen.names import method_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["unreadable"]

_SHORT = 200


def unreadable(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a document, each with its place; nothing if it can be compared.

    Args:
        document: The document as read.
    """
    stated = document.get("openapi")
    if not (isinstance(stated, str) and stated.startswith("3.0.")):
        yield f"/openapi: is {stated!r:.20}; only OpenAPI 3.0 can be compared"
        return
    for error in _validator().iter_errors(document):
        cause = _cause(error)
        place = "".join(f"/{escaped(str(step))}" for step in cause.instance_path)
        yield f"{place or '/'}: {cause.message[:_SHORT]}"
    yield from _same_names(document)


@cache
def _validator() -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(dict(get_schema_content("3.0")))


def _cause(error: jsonschema_rs.ValidationError) -> jsonschema_rs.ValidationError:
    """Find what is wrong in the one of several shapes that was meant: that which fits the furthest down."""
    while branches := [branch for branch in getattr(error.kind, "context", ()) if branch]:
        error = max((branch[0] for branch in branches), key=lambda one: len(one.instance_path))
    return error


def _same_names(document: Mapping[str, Any]) -> Iterator[str]:
    """Find operations that are called alike: nobody can tell which of them one is that stood there before."""
    places: dict[str, str] = {}
    paths = document.get("paths")
    for path, item in paths.items() if is_mapping(paths) else ():
        for method in METHODS:
            operation = item.get(method) if is_mapping(item) else None
            identity = operation.get("operationId") if is_mapping(operation) else None
            if not isinstance(identity, str):
                continue
            place = f"/paths/{escaped(str(path))}/{method}/operationId"
            first = places.setdefault(method_name(identity), place)
            if first != place:
                yield f"{place}: {identity[:_SHORT]!r} gives the same method as {first}"
