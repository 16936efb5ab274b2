"""Compares two documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portalgen.diff.collect import Collector
from portalgen.diff.document_edits import document_edits
from portalgen.diff.judge import judge
from portalgen.diff.message_edits import message_edits
from portalgen.diff.operation_edits import meet
from portalgen.diff.parameter_edits import parameter_edits
from portalgen.diff.python_names import Package
from portalgen.diff.report import Report
from portalgen.diff.security_edits import security_edits
from portalgen.diff.spec_view import SpecView
from portalgen.diff.walk import walk
from portalgen.diff.witness import Prover
from portalgen.json_kinds import is_mapping

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["compare"]


def compare(base: Mapping[str, Any], revision: Mapping[str, Any], *, api: str = "") -> Report:
    """Say what a revision changes, and what that breaks.

    Args:
        base: The OpenAPI 3.0 document before.
        revision: The document after.
        api: The API's folder in `specs/`, for the Python names; without it they have no package.

    Raises:
        UnreadableSpec: One of them is no OpenAPI 3.0 document, or a reference in it leads nowhere.
    """
    collector = Collector(
        old=SpecView(base, "base"), new=SpecView(revision, "revision"), package=Package(api)
    )
    meetings = meet(collector)
    for one in meetings:
        parameter_edits(collector, one)
        message_edits(collector, one)
    security_edits(collector, meetings)
    document_edits(collector)
    walk(collector)
    prover = Prover(collector.old, collector.new)
    return Report(
        base_version=_version(base),
        revision_version=_version(revision),
        changes=judge(collector.edits, collector.names, prover.prove),
    )


def _version(document: Mapping[str, Any]) -> str:
    info = document.get("info")
    return str(info.get("version", "")) if is_mapping(info) else ""
