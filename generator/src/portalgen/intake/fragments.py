"""Changelog fragments for what was taken in: the packages' users read them under the next release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portalgen.diff import Level
from portalgen.escape import in_markdown
from portalgen.intake.wording import sentence

if TYPE_CHECKING:
    from portalgen.diff import Change, Report

__all__ = ["fragments"]

_KINDS = {
    Level.MAJOR: ("breaking", "These break what was"),
    Level.MINOR: ("feature", "New, without breaking anything"),
    Level.PATCH: ("fix", "Said more exactly, or otherwise"),
    Level.NONE: ("internal", "Without a difference for a client"),
}
_LISTED = 40


def fragments(
    api: str, *, title: str, version: str, before: str, report: Report, first_official: bool
) -> dict[str, bytes]:
    """Write the fragments of an API's package and of the data package.

    Args:
        api: The API.
        title: Its name for people.
        version: The version that was taken in.
        before: The version that was current.
        report: What changed.
        first_official: Whether it replaces a reconstruction.

    Returns:
        The files' contents by path in the checkout.
    """
    slug = f"api-{version.replace('.', '-')}"
    change = f"{in_markdown(title)} {before} → {version}"
    if first_official:
        change = f"{in_markdown(title)} {version}, the court administration's own file instead of our reconstruction of {before}"
    found: dict[str, bytes] = {}
    for level, (kind, heading) in _KINDS.items():
        changes = [one for one in report.changes if _level(one) is level]
        if changes:
            lines = [f"API changes, {change}. {heading}:", ""]
            lines += [f"* {in_markdown(sentence(one))}{_urgent(one)}" for one in changes[:_LISTED]]
            if len(changes) > _LISTED:
                lines.append(
                    f"* … and {len(changes) - _LISTED} more, which `portalgen diff` lists."
                )
            found[_path(f"skifteportal-{api}", slug, kind)] = _text(lines)
    if not found:
        lines = [f"API changes, {change}: nothing that a client notices."]
        found[_path(f"skifteportal-{api}", slug, "internal")] = _text(lines)
    data = _path("skifteportal-specs", f"{api}-{version.replace('.', '-')}", "feature")
    return found | {data: _text([f"Holds {change}."])}


def _level(change: Change) -> Level:
    """What it is to somebody who upgrades, which is what a changelog is read for."""
    return max(change.client, Level.PATCH) if change.wire is Level.MAJOR else change.client


def _urgent(change: Change) -> str:
    urgent = change.wire is Level.MAJOR and change.client is not Level.MAJOR
    return " On the wire it breaks: upgrade before it is in production." if urgent else ""


def _path(package: str, slug: str, kind: str) -> str:
    return f"packages/{package}/changes/{slug}.{kind}.md"


def _text(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()
