"""The command `portalgen impact`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from portalgen.diff import compare
from portalgen.diff.sources import find_source
from portalgen.impact.find import Impact, impact
from portalgen.problems import BrokenInput

__all__ = ["impact_command"]

_BREAKS = 1


@click.command("impact")
@click.argument("base")
@click.argument("revision")
@click.option(
    "--code",
    type=click.Path(path_type=Path),
    required=True,
    help="The program: a Python file, or a folder of them. It is read, never run.",
)
@click.option("--api", help="The API's folder in specs/, for the Python names of a file elsewhere.")
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    help="text for people (default), or one JSON document on stdout.",
)
@click.pass_obj
def impact_command(
    root: Path | None, *, base: str, revision: str, code: Path, api: str | None, output: str
) -> None:
    """Show the lines of a program that an update of an API would break.

    BASE and REVISION are files, or versions of the registry's APIs as in doedsbojournal@1.3.0. A line is `sure` where
    the file itself says what the name belongs to (an import, a client that it makes, an annotation), and `likely` where
    only the name is the same.

    JSON: an object with files, unread and hits, each with file, line, column, code, name, fate, replacement, reason and
    certainty.

    Exit codes: 0 nothing breaks; 1 lines break, or files could not be read; 2 wrong usage.
    """
    old, new = find_source(base, root=root), find_source(revision, root=root)
    api = api or old.api or new.api
    if not api:
        raise BrokenInput(f"which API {base} is of can't be told from where it lies: say --api")
    found = impact(compare(old.document, new.document, api=api), code)
    if output == "json":
        click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
    else:
        click.echo(_as_text(found))
    sys.exit(_BREAKS if found.hits or found.unread else 0)


def _as_text(found: Impact) -> str:
    parts: list[str] = []
    for hit in found.hits:
        new = f", now {hit.replacement}" if hit.replacement else ""
        parts += [
            f"{hit.file}:{hit.line}:{hit.column}: {hit.name} {hit.fate}{new} ({hit.certainty})",
            f"    {hit.code}",
            f"    {hit.reason}",
        ]
    parts += [f"not read: {problem}" for problem in found.unread]
    lines = len({(hit.file, hit.line) for hit in found.hits})
    parts.append(f"{found.files} files read, {lines} lines break")
    return "\n".join(parts)
