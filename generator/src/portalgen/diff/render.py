"""A report as text for a terminal, and as Markdown for a mail or a changelog."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from portalgen.diff.level import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portalgen.diff.report import Change, Report, Witness

__all__ = ["as_markdown", "as_text"]

# How many operations or names are listed before the rest is only counted.
_LISTED = 8
_LONG = 300
_HEADINGS = {
    Level.MAJOR: "Breaks",
    Level.MINOR: "Additions and other news",
    Level.PATCH: "Without consequence for code",
    Level.NONE: "Without consequence",
}


def as_text(report: Report) -> str:
    """Write a report for a terminal."""
    if not report.changes:
        return "The two files say the same.\n"
    lines = [f"{_versions(report)}wire {report.wire}, client {report.client}"]
    for change in report.changes:
        lines += ["", f"wire {change.wire}, client {change.client}: {change.kind}"]
        lines.append(f"    {change.location}")
        lines += [f"    {line}" for line in _details(change)]
    return "\n".join(lines) + "\n"


def as_markdown(report: Report, *, title: str = "API changes") -> str:
    """Write a report in Markdown: headings by the graver of the two levels.

    Args:
        report: The report.
        title: The first heading.
    """
    lines = [f"## {title}", ""]
    if not report.changes:
        return "\n".join([*lines, "The two files say the same.", ""])
    lines += [f"{_versions(report)}on the wire **{report.wire}**, in code **{report.client}**.", ""]
    for level, heading in _HEADINGS.items():
        found = [one for one in report.changes if max(one.wire, one.client) is level]
        if found:
            lines += [f"### {heading}", ""]
        for change in found:
            lines.append(
                f"* **{change.kind}** `{_code(change.location)}` "
                f"(wire {change.wire}, client {change.client})"
            )
            lines += [f"  {_escaped(line)}  " for line in _details(change)]
        if found:
            lines.append("")
    return "\n".join(lines)


def _versions(report: Report) -> str:
    if not (report.base_version or report.revision_version):
        return ""
    return f"{report.base_version} → {report.revision_version}: "


def _details(change: Change) -> Iterator[str]:
    yield change.reason
    if change.note:
        yield f"Note: {change.note}"
    if change.operations:
        yield f"Operations: {_listed(change.operations)}"
    if change.python:
        yield "Python: " + _listed(
            tuple(
                f"{name.path} {name.fate}" + (f" to {name.replacement}" if name.replacement else "")
                for name in change.python
            )
        )
    if change.witness:
        yield f"Witness: {_witness(change.witness)}"
    if change.unproven:
        yield f"Unproven: {change.unproven}"


def _listed(names: tuple[str, ...]) -> str:
    more = len(names) - _LISTED
    return ", ".join(names[:_LISTED]) + (f" and {more} more" if more > 0 else "")


def _witness(witness: Witness) -> str:
    other = "revision" if witness.valid == "base" else "base"
    value = f" {witness.part} {_json(witness.value)}" if witness.part else ""
    how = "" if witness.reading == "as written" else f", {witness.reading}"
    return f"{witness.line}{value} (valid in the {witness.valid}, not in the {other}{how})"


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONG else f"{text[:_LONG]}…"


def _code(text: str) -> str:
    return text.replace("`", "'")


def _escaped(text: str) -> str:
    """Leave nothing in a spec's words that Markdown would take for its own."""
    for sign in "\\`*_<[]|":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())
