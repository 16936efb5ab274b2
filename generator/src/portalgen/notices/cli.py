"""The command `portalgen notice`."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import attrs
import click
from typing_extensions import override

from portalgen.checkout import Checkout
from portalgen.notices.calendar import calendar
from portalgen.notices.days import DENMARK, parse_day
from portalgen.notices.due import coming
from portalgen.notices.notices_file import Claim, Notice, Notices, notices_path
from portalgen.notices.observe import observe
from portalgen.notices.policy import Judgement, judge
from portalgen.notices.writing import with_notice
from portalgen.problems import BrokenInput
from portalgen.registry import Registry
from portalgen.transaction import write_all

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["DAY", "notice"]


class _Day(click.ParamType[date]):
    name = "day"

    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return parse_day(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


DAY = _Day()
_format = click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    help="text for people (default), or one JSON document on stdout.",
)
_today = click.option("--today", type=DAY, help="Another day than this one (2026-11-23).")


@click.group()
def notice() -> None:
    """What the portal has announced, held to its own policy (guide section 5).

    A major change is announced 30 days before it is in production and is in test 14 days before; a minor one is
    announced 14 days before; a patch isn't announced; emergencies are exempt. What counts is the change that is
    observed between the two files, not what the portal calls it. Days are calendar days in Denmark; the day of the
    announcement doesn't count, that of the release does.
    """


@notice.command()
@click.option("--api", prompt="API (folder in specs/)", help="The API's folder in specs/.")
@click.option("--from", "before", help="The version before; else the registry's.")
@click.option("--version", prompt="Version announced", help="The version that is announced.")
@click.option(
    "--claimed",
    prompt="Called",
    type=click.Choice(get_args(Claim)),
    help="What the portal calls it.",
)
@click.option(
    "--announced", type=DAY, help="The day of the announcement, or the moment with its offset."
)
@click.option("--test", type=DAY, help="The day from which it is in the test environment.")
@click.option("--production", type=DAY, help="The day of its release to production.")
@click.option("--emergency", default="", help="Why it is exempt from the deadlines (guide 5.4).")
@click.option(
    "--source", prompt="Where it was read", help="Where it was read: 'mail of 2 November 2026'."
)
@click.option("--made-up", is_flag=True, help="It is ours, to show and to test with.")
@click.option("--dry-run", is_flag=True, help="Show the file as it would be; write nothing.")
@click.pass_obj
def add(root: Path | None, /, *, api: str, before: str | None, dry_run: bool, **given: Any) -> None:
    """Enter a notice; what isn't given and must be is asked for.

    Its new operations and fields are read from the two files, if both are there.
    """
    checkout = Checkout.find(root)
    (entry,) = Registry.load(checkout).select((api,))
    before = before or entry.version
    seen = observe(checkout, api, before, given["version"])
    made = Notice(
        id=f"{api}-{given['version']}",
        api=api,
        before=before,
        operations=seen.operations if seen else (),
        fields=seen.fields if seen else (),
        **given,
    )
    text = with_notice(checkout, made)
    if dry_run:
        click.echo(text, nl=False)
        return
    name = notices_path(checkout).relative_to(checkout.root).as_posix()
    write_all(checkout.root, {name: text.encode()})
    click.echo(f"{made.id}: entered in specs/notices.toml")
    click.echo("\n".join(_lines(_judge(checkout, made, _now()))))


@notice.command("list")
@_format
@_today
@click.pass_obj
def list_command(root: Path | None, output: str, today: date | None) -> None:
    """List the notices, and what is due next.

    JSON: an object with notices (as in the file, `from` as before) and due (day, notice, what).
    """
    notices = Notices.load(Checkout.find(root)).notices
    due = coming(notices, today or _now())
    if output == "json":
        _print_json(
            {
                "notices": [_data(attrs.asdict(one)) for one in notices],
                "due": [_data(attrs.asdict(one)) for one in due],
            }
        )
        return
    for one in notices:
        made_up = " (made up)" if one.made_up else ""
        click.echo(f"{one.id}: {one.before} → {one.version}, {one.claimed}{made_up}")
        click.echo(
            f"    announced {one.announced or '?'}, test {one.test or '?'}, production {one.production or '?'}"
        )
    click.echo("next:" if due else "nothing is due")
    for item in due:
        click.echo(f"    {item.day} {item.notice} {item.what}")


@notice.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@_format
@_today
@click.pass_obj
def check(root: Path | None, ids: tuple[str, ...], output: str, today: date | None) -> None:
    """Hold the named notices, or all, to the policy.

    Exit code 1: a notice breaks the policy (breach), or it is in production and our package isn't made from it
    (overdue). Warnings, and what an emergency exempts, don't fail.

    JSON: a list of objects with id, api, version, claimed, observed, days_given, days_needed, earliest_production,
    missing_days, failed and findings (rule, severity, text).
    """
    checkout = Checkout.find(root)
    notices = Notices.load(checkout).notices
    if unknown := sorted(set(ids) - {one.id for one in notices}):
        raise BrokenInput(f"no such notice: {', '.join(unknown)}")
    chosen = (one for one in notices if not ids or one.id in ids)
    found = [_judge(checkout, one, today or _now()) for one in chosen]
    if output == "json":
        _print_json([one.as_json() for one in found])
    else:
        for one in found:
            click.echo("\n".join(_lines(one)))
    sys.exit(1 if any(one.failed for one in found) else 0)


@notice.command("calendar")
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="The file; else stdout."
)
@click.pass_obj
def calendar_command(root: Path | None, output: Path | None) -> None:
    """Write the dates as a calendar file (.ics) that every calendar program reads."""
    content = calendar(Notices.load(Checkout.find(root)).notices)
    if output is None:
        click.echo(content, nl=False)
    else:
        output.write_bytes(content)
        click.echo(f"{output} written", err=True)


def _judge(checkout: Checkout, one: Notice, today: date) -> Judgement:
    registry = Registry.load(checkout)
    if one.api not in registry.apis:
        raise BrokenInput(
            f"specs/notices.toml, {one.id}: no such API: {one.api}; the registry has {', '.join(registry.apis)}"
        )
    seen = observe(checkout, one.api, one.before, one.version)
    return judge(
        one,
        observed=seen.wire if seen else None,
        current=registry.apis[one.api].version,
        today=today,
    )


def _lines(one: Judgement) -> Iterable[str]:
    given = "?" if one.days_given is None else one.days_given
    yield (
        f"{one.notice.id}: called {one.notice.claimed}, observed {one.observed or 'nothing'}; "
        f"{given} of {one.days_needed} days; "
        f"not before {one.earliest_production or '?'}"
    )
    for finding in one.findings:
        yield f"    {finding.severity}: {finding.rule}: {finding.text}"


def _now() -> date:
    return datetime.now(DENMARK).date()


def _data(table: dict[str, Any]) -> dict[str, Any]:
    return {key: str(value) if isinstance(value, date) else value for key, value in table.items()}


def _print_json(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))
