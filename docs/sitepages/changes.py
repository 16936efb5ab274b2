"""What the differ found between two specifications, as a part of a page: what breaks in full, the rest as a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from portalgen.diff import Level
from portalgen.diff.render import as_markdown
from sitepages.house import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portalgen.diff import Change, PythonName, Report

__all__ = ["changes_as_markdown", "stops_clients"]

_LAW = "../reference/change-law.md"
# An unknown value stays a text in our clients: what a closed list would break, they read all the same.
_READ_ALL_THE_SAME = "enum-value-added"


def stops_clients(change: Change) -> bool:
    """Tell whether a client of ours that is installed stops working.

    Args:
        change: What changed.
    """
    return change.wire is Level.MAJOR and change.kind != _READ_ALL_THE_SAME


def changes_as_markdown(report: Report) -> str:
    """Write what changed: breaks, news, and what has no consequence for anybody.

    Args:
        report: What the differ found.
    """
    parts: dict[Level, list[Change]] = {level: [] for level in Level}
    for one in report.changes:
        breaks = stops_clients(one) or one.client is Level.MAJOR
        graver = max(one.wire, one.client)
        parts[graver if breaks else min(graver, Level.MINOR)].append(one)
    quiet = [*parts[Level.PATCH], *parts[Level.NONE]]
    return "\n\n".join(
        [
            *_breaks(report, parts[Level.MAJOR]),
            *_news(parts[Level.MINOR]),
            *_quiet(quiet),
        ]
    )


def _breaks(report: Report, changes: Sequence[Change]) -> Iterator[str]:
    yield "### What breaks"
    if not changes:
        yield "Nothing."
        return
    rows = [
        (
            one.reason.partition(": on the wire")[0],
            f"`{_place(one)}`",
            _names(one.python),
            ", ".join(f"`{name}`" for name in one.operations),
        )
        for one in changes
    ]
    yield table(("what", "where", "in Python", "operations"), rows)
    yield "#### With reason and proof"
    yield (
        f"*wire* says what it does to a client that is installed, *client* what it does to code after the update; a witness is a call "
        f"or an answer that proves it. [What counts as a break]({_LAW})."
    )
    text = as_markdown(attrs.evolve(report, changes=tuple(changes)))
    # The differ's own headings give way to the page's.
    yield re.sub(r"\A.*?^### .*?$", "", text, flags=re.DOTALL | re.MULTILINE).strip()


def _news(changes: Sequence[Change]) -> Iterator[str]:
    if changes:
        yield "### What is new"
        noted = any(one.note for one in changes)
        head = ("kind", "where", "in Python", *(["to know"] if noted else []))
        rows = [
            (one.kind, f"`{_place(one)}`", _names(one.python), *([one.note] if noted else []))
            for one in changes
        ]
        yield table(head, rows)


def _quiet(changes: Sequence[Change]) -> Iterator[str]:
    if changes:
        yield "### Without consequence for code"
        yield table(("kind", "where"), [(one.kind, f"`{_place(one)}`") for one in changes])


def _place(change: Change) -> str:
    """Write a JSON pointer as a reader of a specification says it: `GET /personer/{personId}`, `person.navn`."""
    steps = [step.replace("~1", "/").replace("~0", "~") for step in change.location.split("/")[1:]]
    if steps[:1] == ["paths"] and len(steps) > 2:  # noqa: PLR2004 - the path and its method
        return " ".join((steps[2].upper(), steps[1], *steps[3:]))
    if steps[:2] == ["components", "schemas"]:
        return ".".join(step for step in steps[2:] if step != "properties")
    return "/".join(steps)


def _names(names: Sequence[PythonName]) -> str:
    """Name what is in the sync client and the models; the asynchronous client has the same."""
    ours = (one for one in names if not one.owner.startswith("Async"))
    return ", ".join(
        f"`{one.path.split('.', 2)[-1]}` {one.fate}"
        + (f" to `{one.replacement}`" if one.replacement else "")
        for one in ours
    )
