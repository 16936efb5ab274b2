"""The command `portalgen twin`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from portalgen.build import Workshop
from portalgen.checkout import Checkout
from portalgen.diff.sources import find_source
from portalgen.problems import BrokenInput
from portalgen.twin.compare import SpecVersion, compare_packages

if TYPE_CHECKING:
    from portalgen.registry import ApiEntry

__all__ = ["twin"]


@click.command()
@click.argument("api")
@click.argument("base")
@click.argument("revision")
@click.option(
    "--format", "output", type=click.Choice(["text", "json"]), default="text", help="text, or JSON."
)
@click.pass_obj
def twin(root: Path | None, api: str, base: str, revision: str, output: str) -> None:
    """Generate API's package from two versions of its specification, and say what breaks in Python.

    BASE and REVISION are versions that specs/ has (1.3.0, or doedsbojournal@1.3.0), API itself for the registry's
    version, or files.

    griffe compares names and signatures; a generated program calls every method and reads every attribute of the old
    package, and what mypy --strict says of it with the new one is what breaks in types. Half a minute.

    JSON: an object with level (major or none) and findings.

    Exit codes: 0 nothing breaks; 1 something does; 2 there is no package or no comparison.
    """
    workshop = Workshop.open(Checkout.find(root))
    (entry,) = workshop.registry.select((api,))
    before, after = (_version(entry, named, root) for named in (base, revision))
    verdict = compare_packages(workshop, entry, base=before, revision=after)
    if output == "json":
        click.echo(json.dumps(verdict.as_json(), ensure_ascii=False, indent=2))
    else:
        click.echo(f"{api} {base} → {revision}: {verdict.level}")
        for finding in verdict.findings:
            click.echo(f"    {finding}")
    sys.exit(1 if verdict.findings else 0)


def _version(entry: ApiEntry, named: str, root: Path | None) -> SpecVersion:
    """Find a version of an API's specification: by its number, as `find_source` does, or in a file."""
    is_number = named[:1].isdigit() and not Path(named).is_file()
    source = find_source(f"{entry.api}@{named}" if is_number else named, root=root)
    if source.api not in {"", entry.api}:
        raise BrokenInput(f"{named} is a specification of {source.api}, not of {entry.api}")
    return SpecVersion(
        version=str(source.document["info"]["version"]),
        provenance="reconstructed" if source.path.stem.endswith("-reconstructed") else "official",
        content=source.path.read_bytes(),
    )
