"""Compares two documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portalgen.diff.level import Level
from portalgen.diff.report import Change, Report
from portalgen.document import METHODS

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["compare"]


def compare(base: Mapping[str, Any], revision: Mapping[str, Any], *, api: str = "") -> Report:
    """Say what a revision changes, and what that breaks.

    Args:
        base: The OpenAPI 3.0 document before.
        revision: The document after.
        api: The API's folder in `specs/`, for the Python names; without it they have no package.
    """
    old, new = _operations(base), _operations(revision)
    changes = [
        Change(
            kind="operation-removed",
            location=old[key][0],
            wire=Level.MAJOR,
            client=Level.MAJOR,
            reason="The operation is gone: calls to it are refused.",
            operations=(old[key][1],),
        )
        for key in old.keys() - new.keys()
    ]
    changes += [
        Change(
            kind="operation-added",
            location=new[key][0],
            wire=Level.MINOR,
            client=Level.MINOR,
            reason="The operation is new.",
            operations=(new[key][1],),
        )
        for key in new.keys() - old.keys()
    ]
    return Report(
        base_version=str(base.get("info", {}).get("version", "")),
        revision_version=str(revision.get("info", {}).get("version", "")),
        changes=tuple(
            sorted(changes, key=lambda one: (one.kind != "operation-removed", one.location))
        ),
    )


def _operations(document: Mapping[str, Any]) -> dict[tuple[str, str], tuple[str, str]]:
    return {
        (path, method): (
            f"/paths/{path.replace('~', '~0').replace('/', '~1')}/{method}",
            str(item[method].get("operationId") or f"{method.upper()} {path}"),
        )
        for path, item in document.get("paths", {}).items()
        for method in METHODS
        if method in item
    }
