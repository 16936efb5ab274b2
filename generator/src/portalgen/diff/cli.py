"""The command `portalgen diff`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from portalgen.diff.compare import compare
from portalgen.diff.law_page import law_as_json, law_as_markdown
from portalgen.diff.pairs import judge_pairs, pairs_table
from portalgen.diff.render import as_markdown, as_text
from portalgen.diff.sources import find_source

__all__ = ["diff"]


@click.command()
@click.argument("base", required=False)
@click.argument("revision", required=False)
@click.option("--api", help="The API's folder in specs/, for the Python names of a file elsewhere.")
@click.option("--law", is_flag=True, help="Print what counts as a break, and why, instead.")
@click.option(
    "--pairs",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Judge the pairs of a table against two other tools' verdicts, instead.",
)
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    help="text for people (default), one JSON document, or Markdown for a mail or a changelog.",
)
@click.pass_obj
def diff(
    root: Path | None,
    base: str | None,
    revision: str | None,
    api: str | None,
    *,
    law: bool,
    pairs: Path | None,
    output: str,
) -> None:
    """Say what a change of an OpenAPI file breaks.

    BASE and REVISION are files, or versions of the registry's APIs as in doedsbojournal@1.3.0. Every change
    has two levels: `wire` (does a client that is installed stop working?) and `client` (does a user's code
    stop running or type-checking after the upgrade?).

    JSON: an object with wire, client, base_version, revision_version and changes, each with kind, location,
    wire, client, reason, effect, directions, law, client_law, base, revision, operations, python, witness,
    unproven, note and fingerprint.

    Exit codes: 0 the files were compared; 2 one of them can't be.
    """
    if law:
        _print(law_as_json() if output == "json" else law_as_markdown())
        return
    if pairs is not None:
        _print(pairs_table(list(judge_pairs(pairs))))
        return
    if base is None or revision is None:
        raise click.UsageError("Name the two files to compare: BASE and REVISION.")
    old, new = find_source(base, root=root), find_source(revision, root=root)
    report = compare(old.document, new.document, api=api or old.api or new.api)
    if output == "json":
        _print(report.as_json())
    else:
        _print(as_markdown(report) if output == "markdown" else as_text(report))


def _print(found: str | dict[str, Any]) -> None:
    if isinstance(found, str):
        click.echo(found, nl=False)
    else:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
