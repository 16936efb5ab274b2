"""The command `portalgen release`."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

import click

from portalgen.build import Workshop
from portalgen.checkout import Checkout
from portalgen.notices.cli import DAY
from portalgen.notices.days import DENMARK
from portalgen.release.plan import Planned, plan_release
from portalgen.release.reason import Reason
from portalgen.release.stage import carry_out
from portalgen.release.tags import make_tags

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from portalgen.registry import ApiEntry
    from portalgen.release.base_spec import BaseSpec

__all__ = ["release"]


@click.command()
@click.argument("api", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Say what would be released; write nothing.")
@click.option("--tag", is_flag=True, help="Tag what was released and committed, and nothing else.")
@click.option(
    "--twin/--no-twin",
    default=True,
    help="Compare the Python packages too (half a minute for each).",
)
@click.option("--date", "day", type=DAY, help="The day of the release; else today.")
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    help="text for people (default), or one JSON document on stdout.",
)
@click.pass_obj
def release(
    root: Path | None,
    api: tuple[str, ...],
    *,
    dry_run: bool,
    tag: bool,
    twin: bool,
    day: date | None,
    output: str,
) -> None:
    """Release the packages of the named APIs (or core, auth, sandbox, specs), or of all that changed.

    A package's version is raised by the most that anything asks for: what the specification changes for users' code
    since the last release, the portal's own notice, the Python surface, and the changelog fragments. While a package
    is 0.y.z, what breaks and what adds raise y, what mends raises z. A package's first release has the version that
    it has. What needs one of our packages in another version is released with it.

    Each CHANGELOG.md gets a section; portal.toml and hand-written pyproject.toml their versions; the fragments go;
    the packages are generated anew. All of it is written, or nothing.

    JSON: a list of objects with package, from, version, level, reasons (source, level, text), fragments, bounds,
    old_names_gone, tag and changelog; with --tag a list of tags.
    """
    workshop = Workshop.open(Checkout.find(root))
    if tag:
        _show_tags(make_tags(workshop, api), output)
        return
    day = day or datetime.now(DENMARK).date()
    plans = plan_release(workshop, api, twin=_twin(workshop) if twin else None)
    if output == "json":
        data = [one.as_json(day) for one in plans]
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        _show(plans)
    if plans and not dry_run:
        changes = carry_out(workshop.checkout, plans, day, progress=_progress)
        _progress(f"{len(changes)} files written")
    if plans and output == "text":
        _show_next(plans, dry_run=dry_run)


def _twin(workshop: Workshop) -> Callable[[ApiEntry, BaseSpec], Reason]:
    # griffe and mypy: only when they are asked for.
    from portalgen.twin import SpecVersion, compare_packages  # noqa: PLC0415

    def compare(entry: ApiEntry, base: BaseSpec) -> Reason:
        _progress(f"comparing the Python packages of {entry.api}")
        before = SpecVersion(
            version=base.state.version, provenance=base.state.provenance, content=base.content
        )
        verdict = compare_packages(workshop, entry, base=before)
        text = "; ".join(verdict.findings) or "nothing breaks"
        return Reason(source="twin", level=verdict.level, text=text)

    return compare


def _show(plans: Sequence[Planned]) -> None:
    if not plans:
        click.echo("nothing to release: no fragment, and no other specification")
    for plan in plans:
        click.echo(f"{plan.package.name} {plan.package.version} → {plan.version} ({plan.level})")
        for reason in plan.reasons:
            click.echo(f"    {reason.level}: {reason.source}: {reason.text}")
        for one in plan.old_names().gone:
            click.echo(f"    the old name {one.old} goes: {one.new}")
        for name, bound in plan.bounds.items():
            click.echo(f"    then needs {name}{bound}")


def _show_next(plans: Sequence[Planned], *, dry_run: bool) -> None:
    names = " ".join(plan.package.name for plan in plans)
    click.echo("nothing was written (--dry-run); a release goes on with" if dry_run else "now")
    click.echo("    nox -s surface, look at git diff, commit")
    click.echo(f"    portalgen release --tag {names}")
    for plan in plans:
        click.echo(f"        {plan.tag}")
    click.echo(f"    nox -s build -- {names}")
    click.echo("    git push --follow-tags: release.yml publishes each tag")


def _show_tags(tags: tuple[str, ...], output: str) -> None:
    if output == "json":
        click.echo(json.dumps(list(tags)))
        return
    for one in tags:
        click.echo(one)
    if not tags:
        click.echo("nothing to tag: every release has its tag")


def _progress(text: str) -> None:
    click.echo(f"portalgen: {text}", err=True)
