"""Writes what an intake found as data, as text for a mail, and as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portalgen.diff import Level, Report
from portalgen.escape import in_markdown
from portalgen.intake.examine import numbers
from portalgen.intake.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portalgen.intake.take import Intake, Taken

__all__ = ["as_json", "as_markdown", "as_text"]

_HEADINGS = {
    Level.MAJOR: "What breaks",
    Level.MINOR: "What is new",
    Level.PATCH: "What is said otherwise",
    Level.NONE: "What else is different, without consequence",
}
_WIRE = {
    Level.MAJOR: "A program that is installed today stops working where it uses what breaks; see below.",
    Level.MINOR: "A program that is installed today goes on working. There is something new.",
    Level.PATCH: "A program that is installed today goes on working.",
    Level.NONE: "A program that is installed today goes on working.",
}
_CLIENT = {
    Level.MAJOR: "After an upgrade of {package}, code that uses the names below must be changed.",
    Level.MINOR: "After an upgrade of {package}, code goes on running, and can use what is new.",
    Level.PATCH: "An upgrade of {package} asks for no change in code.",
    Level.NONE: "An upgrade of {package} asks for no change in code.",
}
_MARKS = {
    "official": "What we had taken for the portal's own words",
    "guide": "What we had read in the guide",
    "inferred": "What we had guessed",
    "not in ours": "What we had not known of",
}
_Section = tuple[str, list[str]]


def as_json(intake: Intake) -> dict[str, Any]:
    """Give an intake as data that JSON can hold."""
    return {
        "written": intake.written,
        "packages": list(intake.packages),
        "files": {
            path: "removed" if text is None else "written" for path, text in intake.changes.items()
        },
        "left_out": list(intake.left_out),
        "taken": [_data(one) for one in intake.taken],
    }


def as_text(intake: Intake) -> str:
    """Write an intake as plain text, as one could mail it."""
    lines: list[str] = []
    for one in intake.taken:
        title, *paragraphs = _opening(one)
        lines += [title, "=" * len(title), "", *paragraphs, ""]
        for heading, items in _sections(one):
            lines += [heading, "-" * len(heading), *(f"* {item}" for item in items), ""]
    return "\n".join([*lines, *_closing(intake)]) + "\n"


def as_markdown(intake: Intake) -> str:
    """Write an intake in Markdown."""
    lines: list[str] = []
    for one in intake.taken:
        title, *paragraphs = _opening(one)
        lines += [f"# {in_markdown(title)}", "", *map(in_markdown, paragraphs), ""]
        for heading, items in _sections(one):
            lines += [f"## {heading}", "", *(f"* {in_markdown(item)}" for item in items), ""]
    return "\n".join([*lines, *map(in_markdown, _closing(intake))]) + "\n"


def _opening(taken: Taken) -> Iterator[str]:
    """The title and the first paragraphs."""
    entry, report = taken.entry, taken.report or Report()
    before = f"{entry.version}" + (", our reconstruction" * (entry.provenance == "reconstructed"))
    yield f"{entry.title} {taken.version}"
    match taken.status:
        case "known":
            yield f"{taken.name} is known: it is {taken.path}, byte for byte. Nothing was changed."
        case "history":
            yield (
                f"{taken.version} is older than {before}, which stays the current version. "
                f"The file is kept as {taken.path}; no package changes."
            )
        case _:
            yield f"The portal's file of version {taken.version} takes the place of {before}."
            yield _WIRE[report.wire]
            yield _CLIENT[report.client].format(package=entry.package)
            yield from _label(taken, report.wire)
    if taken.status != "known":
        yield from _dates(taken)


def _label(taken: Taken, wire: Level) -> Iterator[str]:
    """Whether the number says what the change is."""
    if taken.entry.provenance == "reconstructed":
        return
    before, after = numbers(taken.entry.version), numbers(taken.version)
    steps = zip((Level.MAJOR, Level.MINOR, Level.PATCH), before, after, strict=True)
    claimed = next((level for level, old, new in steps if old != new), Level.NONE)
    if wire > claimed:
        yield f"By its number this is a {claimed} change. It is a {wire} one: the number says too little."
    elif wire < claimed:
        yield f"By its number this is a {claimed} change. On the wire it is {wire}: the number says more than is so."


def _dates(taken: Taken) -> Iterator[str]:
    notice = taken.notice
    if notice is None:
        yield "No notice of this version is registered, so no date is known (portalgen notice add)."
        return
    dates = (
        ("announced on", notice.announced),
        ("in the test environment from", notice.test),
        ("in production from", notice.production),
    )
    known = [f"{what} {day.day} {day:%B %Y}" for what, day in dates if day is not None]
    yield f"Dates of the portal's notice: {', '.join(known) or 'none yet'}."
    if notice.made_up:
        yield "This notice is made up, to show how it works."


def _sections(taken: Taken) -> Iterator[_Section]:
    changes = taken.report.changes if taken.report and not taken.guesses else ()
    for level, heading in _HEADINGS.items():
        if items := [sentence(one) for one in changes if max(one.wire, one.client) is level]:
            yield heading, items
    for mark, heading in _MARKS.items():
        if items := [sentence(one.change) for one in taken.guesses if one.mark == mark]:
            yield f"Where our reconstruction was wrong: {heading[0].lower()}{heading[1:]}", items
    if taken.kept or taken.dropped:
        yield "Our corrections", [*_corrections(taken)]
    if items := [*_for_the_maintainer(taken)]:
        yield "For the maintainer", items


def _corrections(taken: Taken) -> Iterator[str]:
    for action in taken.kept:
        yield f"Still applies: {action.target.text}. {action.reason} It can go when: {action.remove_when}"
    for idle in taken.dropped:
        yield (
            f"Does nothing any more, and was taken out: {idle.action.target.text}, for {idle.problem}. "
            f"It was there because: {idle.action.reason}"
        )


def _for_the_maintainer(taken: Taken) -> Iterator[str]:
    for path in taken.retired:
        yield f"{path}, our reconstruction, is retired: git has it."
    for name in taken.forgotten:
        yield f"The registry called {name} read-only; the file has no such POST, so the name was taken out."
    for name in taken.posts:
        yield f"{name} is a new POST. If it only reads, add it to read_only in specs/portal.toml and generate."
    if taken.warnings:
        yield f"Findings of the linter, all of them matters of style: {len(taken.warnings)} (portalgen lint)."


def _closing(intake: Intake) -> Iterator[str]:
    for name in intake.left_out:
        yield f"Left out, for it is no spec by its ending: {name}"
    if intake.written:
        made = f"; packages made anew: {', '.join(intake.packages)}" if intake.packages else ""
        yield f"{len(intake.changes)} files were changed{made}."
    elif intake.changes:
        yield f"Nothing was changed (--dry-run); {len(intake.changes)} files would be."
    else:
        yield "Nothing was changed."


def _data(taken: Taken) -> dict[str, Any]:
    notice = taken.notice
    return {
        "file": taken.name,
        "api": taken.entry.api,
        "package": taken.entry.package,
        "status": taken.status,
        "version": taken.version,
        "before": taken.entry.version,
        "before_provenance": taken.entry.provenance,
        "path": taken.path,
        "sha256": taken.sha256,
        "verdict": None if taken.report is None else taken.report.as_json(),
        "wrong_guesses": [
            {"mark": one.mark, "kind": one.change.kind, "location": one.change.location}
            for one in taken.guesses
        ],
        "retired": list(taken.retired),
        "overlay_kept": [one.target.text for one in taken.kept],
        "overlay_dropped": [str(one) for one in taken.dropped],
        "read_only_forgotten": list(taken.forgotten),
        "new_posts": list(taken.posts),
        "warnings": [str(one) for one in taken.warnings],
        "notice": None if notice is None else notice.id,
    }
