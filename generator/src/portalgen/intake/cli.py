"""The command `portalgen intake`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from portalgen.checkout import Checkout
from portalgen.diff import Level
from portalgen.intake.refusal import Refused
from portalgen.intake.report import as_json, as_markdown, as_text
from portalgen.intake.take import take_in

__all__ = ["intake"]

_REFUSED = 1


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@click.option("--api", help="Which API the file is of; else it is recognised.")
@click.option(
    "--at-most",
    type=click.Choice(["patch", "minor", "major"]),
    help="Refuse a file that breaks more than this, on the wire or in code.",
)
@click.option(
    "--as-current",
    is_flag=True,
    help="Make the file current although our reconstruction bears a newer version.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    help="text as one could mail it (default), one JSON document, or Markdown.",
)
@click.pass_obj
def intake(  # noqa: PLR0917 - as click calls it
    root: Path | None,
    files: tuple[Path, ...],
    api: str | None,
    at_most: str | None,
    as_current: bool,  # noqa: FBT001 - click calls it by name
    dry_run: bool,  # noqa: FBT001
    output: str,
) -> None:
    """Take in OpenAPI files that the portal sent.

    FILE is a .yaml, .json or .txt file (so the portal publishes them), or a .zip of several. Each is recognised by
    its title, operations and file name, examined, linted, and compared with the current version. Then, all at once
    or not at all:

    \b
        specs/API/VERSION.yaml       the file, byte for byte (JSON is YAML too)
        specs/portal.toml            version, provenance and SHA-256
        specs/API/overlay.yaml       without the corrections that do nothing any more
        packages/skifteportal-API    made anew, and skifteportal-specs
        packages/.../changes         the "API changes" for the changelogs

    The first official file of an API takes the place of our reconstruction of the same or an older version, and the
    report lists where ours was wrong. A version older than the current one is only kept, as history. A file that is
    known changes nothing; a known version with another content is refused. Nothing that a file refers to is opened.

    The printed report can be mailed as it is. JSON: an object with written, packages, files (path: written or
    removed), left_out and taken: a list with file, api, package, status (current, history, known), version, before,
    before_provenance, path, sha256, verdict (as of `portalgen diff`), wrong_guesses, retired, overlay_kept,
    overlay_dropped, read_only_forgotten, new_posts, warnings and notice. A refusal: an object with refused and
    reasons.

    Exit codes: 0 taken in, or known already; 1 refused, with every reason; 2 wrong usage, or a file that can't
    be read.
    """  # noqa: D301 - click leaves the lines after it as they are
    try:
        found = take_in(
            Checkout.find(root),
            files,
            api=api,
            at_most=None if at_most is None else Level(at_most),
            as_current=as_current,
            dry_run=dry_run,
        )
    except Refused as refused:
        if output == "json":
            data = {"refused": refused.file, "reasons": list(refused.reasons)}
            click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        click.echo(f"portalgen: refused, nothing was changed\n{refused}", err=True)
        sys.exit(_REFUSED)
    match output:
        case "json":
            click.echo(json.dumps(as_json(found), ensure_ascii=False, indent=2))
        case "markdown":
            click.echo(as_markdown(found), nl=False)
        case _:
            click.echo(as_text(found), nl=False)
