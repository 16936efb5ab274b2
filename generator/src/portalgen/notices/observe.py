"""What a notice's two files show: how they differ, and what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from portalgen.diff import Level, Report, compare
from portalgen.document import METHODS
from portalgen.yaml_file import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from portalgen.checkout import Checkout

__all__ = ["Observed", "level_of", "observe", "spec_file"]


@attrs.frozen(kw_only=True)
class Observed:
    """How two versions of an API differ.

    Attributes:
        wire: The level of the change on the wire; `PATCH` where the files differ without consequence.
        operations: operationIds that are new.
        fields: Fields that are new, `schema.field`; those of new schemas too.
    """

    wire: Level
    operations: tuple[str, ...]
    fields: tuple[str, ...]


def spec_file(checkout: Checkout, api: str, version: str) -> Path | None:
    """Find the file of a version: the portal's own, else our reconstruction, else None."""
    folder = checkout.root / "specs" / api
    names = (f"{version}.yaml", f"{version}-reconstructed.yaml")
    return next((folder / name for name in names if (folder / name).is_file()), None)


def level_of(report: Report) -> Level:
    """Give the level of a difference on the wire; `PATCH` where two files differ without consequence."""
    return max(report.wire, Level.PATCH) if report.changes else Level.NONE


def observe(checkout: Checkout, api: str, before: str, version: str) -> Observed | None:
    """Compare two versions of an API; None if the file of one isn't there.

    Raises:
        BrokenInput: A file is no OpenAPI document.
    """
    paths = spec_file(checkout, api, before), spec_file(checkout, api, version)
    if paths[0] is None or paths[1] is None:
        return None
    old, new = read_yaml(paths[0]), read_yaml(paths[1])
    report = compare(old, new, api=api)
    fields = set(_fields(old))
    operations = set(_operations(old))
    return Observed(
        wire=level_of(report),
        operations=tuple(one for one in _operations(new) if one not in operations),
        fields=tuple(one for one in _fields(new) if one not in fields),
    )


def _operations(document: Mapping[str, Any]) -> Iterator[str]:
    for item in document.get("paths", {}).values():
        for method in METHODS:
            if "operationId" in item.get(method, {}):
                yield str(item[method]["operationId"])


def _fields(document: Mapping[str, Any]) -> Iterator[str]:
    for name, schema in document.get("components", {}).get("schemas", {}).items():
        for part in (schema, *schema.get("allOf", ())):
            for field in part.get("properties", {}):
                yield f"{name}.{field}"
