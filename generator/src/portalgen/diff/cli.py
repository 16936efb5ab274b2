"""The command `portalgen diff`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from portalgen.diff import compare
from portalgen.diff.render import as_markdown, as_text
from portalgen.diff.sources import find_source

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["diff"]


@click.command()
@click.argument("base")
@click.argument("revision")
@click.option("--api", help="The API's folder in specs/, for the Python names of a file elsewhere.")
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    help="text for people (default), one JSON document, or Markdown for a mail or a changelog.",
)
@click.pass_obj
def diff(root: Path | None, base: str, revision: str, api: str | None, output: str) -> None:
    """Say what a change of an OpenAPI file breaks.

    BASE and REVISION are files, or versions of the registry's APIs as in doedsbojournal@1.3.0. Every change
    has two levels: `wire` (does a client that is installed stop working?) and `client` (does a user's code
    stop running or type-checking after the upgrade?).

    JSON: an object with wire, client, base_version, revision_version and changes, each with kind, location,
    wire, client, reason, effect, directions, law, client_law, base, revision, operations, python, witness,
    unproven, note and fingerprint.
    """
    old, new = find_source(base, root=root), find_source(revision, root=root)
    report = compare(old.document, new.document, api=api or old.api or new.api)
    if output == "json":
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    elif output == "markdown":
        click.echo(as_markdown(report), nl=False)
    else:
        click.echo(as_text(report), nl=False)
