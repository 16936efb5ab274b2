"""The command `portalgen`."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click
from typing_extensions import override

from portalgen import __version__, commands
from portalgen.build import Workshop
from portalgen.checkout import Checkout
from portalgen.problems import BrokenInput

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["main"]

_FINDINGS = 1
_BROKEN = 2

_format = click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    help="text for people (default), or one JSON document on stdout.",
)


# Commands that live beside what they do, loaded when they are called: the others stay quick.
_ELSEWHERE: dict[str, str] = {
    "diff": "portalgen.diff.cli:diff",
    "impact": "portalgen.impact.cli:impact_command",
    "intake": "portalgen.intake.cli:intake",
    "notice": "portalgen.notices.cli:notice",
    "release": "portalgen.release.cli:release",
    "twin": "portalgen.twin.cli:twin",
}


class _Group(click.Group):
    """Commands that report unusable input in one line, with exit code 2."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *_ELSEWHERE})

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _ELSEWHERE:
            return super().get_command(ctx, cmd_name)
        module, _, name = _ELSEWHERE[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    @override
    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenInput as error:
            click.echo(f"portalgen: {error}", err=True)
            ctx.exit(_BROKEN)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The checkout to work on; else the one that the current folder stands in.",
)
@click.version_option(__version__)
@click.pass_context
def main(context: click.Context, root: Path | None) -> None:
    """Turn specs/ into packages/.

    The registry, specs/portal.toml, says which APIs there are. For each, portalgen reads the OpenAPI
    file, and writes packages/skifteportal-API whole: all but CHANGELOG.md and changes/ is generated
    and must not be edited. packages/skifteportal-specs holds all specs and error codes as data.

    The portal's new files are taken in by intake, which does the rest as well. After a change of specs/ by hand, with the
    file's new SHA-256 in the registry:

    \b
        portalgen lint API       does the file keep the rules?
        portalgen generate       write the packages
        portalgen check          is the tree what would be written? (for CI)

    Exit codes: 0 all is well; 1 findings, differences, or an API that can't be built (the others
    still are); 2 wrong usage, or a registry that can't be read.
    """  # noqa: D301 - click leaves the lines after it as they are
    context.obj = root


@main.command("list")
@_format
@click.pass_obj
def list_command(root: Path | None, output: str) -> None:
    """List the APIs of the registry, with the names that are derived for them.

    JSON: a list of objects with api, version, spec, package, module, client, token, provenance,
    operations (the operationIds in the spec's order; null if the spec can't be read) and problems.
    """
    lines = commands.list_apis(_workshop(root))
    if output == "json":
        _print_json([attrs.asdict(line) for line in lines])
    else:
        for line in lines:
            count = "?" if line.operations is None else len(line.operations)
            click.echo(f"{line.api} {line.version} ({line.provenance}, {count} operations)")
            click.echo(f"    {line.spec} -> {line.package}, {line.module}.{line.client}")
    _print_problems((line.api, line.problems) for line in lines)
    _exit(failed=any(line.problems for line in lines))


@main.command()
@click.argument("api", nargs=-1)
@_format
@click.pass_obj
def generate(root: Path | None, api: tuple[str, ...], output: str) -> None:
    """Write the packages of the named APIs, or of all, and the data package.

    A package whose inputs did not change since (generated.json holds their hashes) is left alone. An
    operation that can't be generated fails its API by name; the other APIs are still written.

    JSON: a list of objects with package, status (written, unchanged, failed), files and problems.
    """
    found = commands.generate(_workshop(root), api, progress=_progress)
    if output == "json":
        _print_json([attrs.asdict(one) for one in found])
    else:
        for one in found:
            click.echo(f"{one.package}: {one.status}" + (f", {one.files} files" * bool(one.files)))
    _print_problems((one.package, one.problems) for one in found)
    _exit(failed=any(one.status == "failed" for one in found))


@main.command()
@_format
@click.pass_obj
def check(root: Path | None, output: str) -> None:
    """Compare the tree with what `generate` would write, byte for byte.

    Names every file that is changed, missing or stray, and packages that no API has any more.

    JSON: a list of objects with package, status (same, different, failed), differences (path, kind)
    and problems.
    """
    found = commands.check(_workshop(root), progress=_progress)
    if output == "json":
        _print_json([attrs.asdict(one) for one in found])
    else:
        for one in found:
            click.echo(f"{one.package}: {one.status}")
            for difference in one.differences:
                click.echo(f"    {difference.kind}: {difference.path}")
    _print_problems((one.package, one.problems) for one in found)
    _exit(failed=any(one.status != "same" for one in found))


@main.command()
@click.argument("api", nargs=-1)
@_format
@click.pass_obj
def lint(root: Path | None, api: tuple[str, ...], output: str) -> None:
    """Check the specs of the named APIs, or of all, against our rules.

    Warnings (the style of an official file, which is the court's affair) don't fail.

    JSON: a list of objects with api, findings (rule, pointer, message, level) and problems.
    """
    found = commands.lint_apis(_workshop(root), api)
    if output == "json":
        _print_json([attrs.asdict(one) for one in found])
    else:
        for one in found:
            click.echo(f"{one.api}: {len(one.findings)} findings")
            for finding in one.findings:
                click.echo(f"    {finding}")
    _print_problems((one.api, one.problems) for one in found)
    _exit(failed=any(one.failed for one in found))


def _workshop(root: Path | None) -> Workshop:
    return Workshop.open(Checkout.find(root))


def _print_json(data: list[dict[str, Any]]) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def _print_problems(problems: Iterable[tuple[str, tuple[str, ...]]]) -> None:
    for name, texts in problems:
        for text in texts:
            click.echo(f"{name}: {text}", err=True)


def _progress(text: str) -> None:
    click.echo(f"portalgen: {text}", err=True)


def _exit(*, failed: bool) -> None:
    sys.exit(_FINDINGS if failed else 0)
