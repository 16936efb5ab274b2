"""What there is of each API: spec versions, notices and their dates, what each breaks, and the packages; all of it from data."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from portalgen.notices.due import coming
from portalgen.notices.notices_file import Notice, Notices
from sitepages.changes import changes_as_markdown
from sitepages.history import History, numbers
from sitepages.house import House, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from portalgen.notices import Judgement
    from sitepages.history import PackageVersion, SpecVersion

__all__ = ["pages"]

_UNKNOWN = "not announced"
_NOTHING_BEFORE = "nothing before it"
_DUE_HEAD = ("day", "API", "version", "what happens", "installed clients", "your code")
_ALL_HEAD = ("API", "version", "announced", "in test", "in production", "the portal calls it")
_PACKAGES_HEAD = ("package", "version", "made from specification", "token")
_TIMELINE_HEAD = (
    "specification",
    "announced",
    "in test",
    "in production",
    "installed clients",
    "your code",
)
_MADE_UP = """!!! note "Made up"
    This notice is ours, to show what one looks like: the portal's own are not known yet.
"""


def pages(house: House) -> Iterator[tuple[str, str]]:
    """Write the pages.

    Args:
        house: The data.
    """
    notices = Notices.load(house.checkout)
    histories = [History.of(house, entry, notices) for entry in house.apis]
    yield "en/versions/index.md", _overview(house, notices, histories)
    for history in histories:
        yield f"en/versions/{history.entry.api}.md", _page(house, history)


def _overview(house: House, notices: Notices, histories: Sequence[History]) -> str:
    specs = {
        (one.entry.api, spec.version): (one.entry.title, spec)
        for one in histories
        for spec in one.specs
    }
    due = [
        (
            _whole(item.day),
            escape(title),
            _link(notice.api, notice.version),
            item.what.partition(":")[0] + _made_up(notice),
            _clients(spec),
            _code(spec),
        )
        for item in coming(notices.notices, house.today)
        for notice in notices.notices
        if notice.id == item.notice
        for title, spec in (specs[notice.api, notice.version],)
    ]
    announced = [
        (
            escape(specs[one.api, one.version][0]),
            _link(one.api, one.version),
            *(_day(one, name) for name in ("announced", "test", "production")),
            one.claimed + _made_up(one),
        )
        for one in reversed(notices.notices)
    ]
    packages = [
        (
            f"[{one.entry.package}]({one.entry.api}.md)",
            _package(one.packages[0]),
            f"{_link(one.entry.api, one.entry.version)} ({one.entry.provenance})",
            one.entry.token,
        )
        for one in histories
    ]
    return f"""# Versions

A new version is announced? Find it below, and follow its number: the page says whether it breaks your program, by which day, and
which lines to look at.

## What is due

As of {house.today.isoformat()}, when this page was written. [All of these dates as a calendar](notices.ics).

{table(_DUE_HEAD, due) if due else "Nothing is due."}

## Packages

Each client has a version of its own (SemVer; `0.y.z` while specifications are reconstructed, and then a new `y` may break). It says
what it was made from: `__spec_version__`, `__spec_sha256__`, and the `User-Agent` of each call. All run on Python 3.11 and newer and on
`skifteportal-core` {house.registry.core_requirement}.

{table(_PACKAGES_HEAD, packages)}

What changed in each package: [changelogs](../changelogs.md).

## All that was announced

{table(_ALL_HEAD, announced) if announced else "Nothing was announced."}

Notice that the portal promises: 30 days for a major version, 14 for a minor one, none for a patch. [When the portal
changes](../guides/updates.md) says what to do about each.
"""


def _page(house: House, history: History) -> str:
    entry = history.entry
    rows = [
        (
            f"[**{spec.version}**](#{_anchor(spec.version)}) ({spec.provenance})",
            *(_day(spec.notice, name) for name in ("announced", "test", "production")),
            _clients(spec),
            _code(spec),
        )
        for spec in history.specs
    ]
    sections = "\n\n".join(_section(house, history, spec) for spec in history.specs)
    return f"""# {escape(entry.title)}: versions

[`{entry.package}`](../reference/clients/{entry.api}/index.md) {_package(history.packages[0])} is made from version {entry.version}
({entry.provenance}) of the specification. [Its changelog](../changelogs.md#{entry.package}).

{table(_TIMELINE_HEAD, rows)}

{sections}

## Which package goes with which version

{_compatibility(history)}
"""


def _section(house: House, history: History, spec: SpecVersion) -> str:
    parts = [f"## {spec.version} {{ #{_anchor(spec.version)} }}"]
    if spec.notice and spec.notice.made_up:
        parts.append(_MADE_UP.strip())
    parts.append(table(("question", "answer"), list(_verdict(house, history, spec))))
    if spec.judgement:
        parts.append(
            "\n".join(f"* {one.severity}: {escape(one.text)}" for one in spec.judgement.findings)
        )
    if spec.report:
        parts.append(changes_as_markdown(spec.report))
    elif spec.notice:
        parts += _told(spec.notice)
    if spec.stops_clients or spec.breaks_code:
        parts.append(
            f"### Find the lines in your program\n\n"
            f"    portalgen impact {history.entry.api}@{spec.before} {history.entry.api}@{spec.version} --code my_program/\n\n"
            f"It reads your program, runs nothing of it, and names the lines that break "
            f"([`portalgen impact`](../reference/commands/portalgen.md), in a checkout)."
        )
    return "\n\n".join(part for part in parts if part)


def _told(notice: Notice) -> Iterator[str]:
    """Write what a notice says is new: all that is known before its file is here."""
    for what, names in (("operations", notice.operations), ("fields", notice.fields)):
        if names:
            yield f"New {what}, by the notice: " + ", ".join(f"`{name}`" for name in names) + "."


def _verdict(house: House, history: History, spec: SpecVersion) -> Iterator[tuple[str, str]]:
    if not spec.before:
        yield (
            "what it breaks",
            "the oldest version that is known here: there is nothing to compare it with",
        )
    elif spec.report is None:
        yield "what it breaks", f"not known: the file of {spec.before} or {spec.version} isn't here"
    else:
        yield (
            "a client that is installed",
            f"**stops working**, as listed under *What breaks* below, once the portal has {spec.version}"
            if spec.stops_clients
            else "goes on working",
        )
        yield (
            "your code, after the update",
            "**must be changed**, as listed below" if spec.breaks_code else "runs unchanged",
        )
    if spec.judgement:
        yield "by when", _by_when(house, spec, spec.judgement.notice)
        yield "the portal's notice", _notice(spec.judgement)
    none = "none yet" if numbers(spec.version) > numbers(history.entry.version) else "none"
    yield "package", _packages_from(history, spec) or f"{none} is made from it"


def _by_when(house: House, spec: SpecVersion, notice: Notice) -> str:
    if notice.production is None:
        return "no day of its release to production was announced"
    if notice.in_production(house.today):
        return f"it is in production since {notice.production}"
    if spec.stops_clients:
        return f"**update before {notice.production}**, the day of its release to production"
    return f"nothing has to be done; what is new can be used in production from {notice.production}"


def _notice(judged: Judgement) -> str:
    notice = judged.notice
    text = f"called {notice.claimed}; announced {notice.announced or '?'}, in test {notice.test or '?'}, "
    text += f"in production {notice.production or '?'}"
    if judged.days_given is not None:
        text += f": {judged.days_given} days, of at least {judged.days_needed}"
    if notice.emergency:
        text += f"; an emergency: {notice.emergency}"
    return escape(f"{text}. Source: {notice.source}")


def _compatibility(history: History) -> str:
    head = ("package", "made from", *(f"portal {one.version}" for one in history.specs))
    rows = [
        (
            _package(package),
            package.spec,
            *(_fits(history, package, spec) for spec in history.specs),
        )
        for package in history.packages
    ]
    return table(head, rows)


def _fits(history: History, package: PackageVersion, spec: SpecVersion) -> str:
    made, met = numbers(package.spec), numbers(spec.version)
    stops = history.stops(package, spec)
    if stops is None:
        return "not known"
    if stops:
        return "**no**"
    if made == met:
        return "yes"
    return "yes" if made < met else f"yes, without what came after {spec.version}"


def _packages_from(history: History, spec: SpecVersion) -> str:
    return ", ".join(_package(one) for one in history.packages if one.spec == spec.version)


def _package(package: PackageVersion) -> str:
    return f"{package.version} ({package.day or 'not released yet'})"


def _clients(spec: SpecVersion) -> str:
    if spec.report is None:
        return "not known" if spec.before else _NOTHING_BEFORE
    return "**stop working**" if spec.stops_clients else "go on working"


def _code(spec: SpecVersion) -> str:
    if spec.report is None:
        return "not known" if spec.before else _NOTHING_BEFORE
    return "**must be changed**" if spec.breaks_code else "runs unchanged"


def _day(notice: Notice | None, name: str) -> str:
    day = getattr(notice, name, None)
    return _UNKNOWN if day is None else _whole(day)


def _made_up(notice: Notice) -> str:
    return " (made up)" if notice.made_up else ""


def _whole(day: date) -> str:
    """Write a day that no table breaks."""
    return f"<time>{day.isoformat()}</time>"


def _link(api: str, version: str) -> str:
    return f"[{version}]({api}.md#{_anchor(version)})"


def _anchor(version: str) -> str:
    return f"v{version.replace('.', '-')}"
