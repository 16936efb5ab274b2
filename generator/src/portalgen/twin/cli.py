"""The command `portalgen twin`."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from portalgen.build import Workshop
from portalgen.checkout import Checkout
from portalgen.notices.observe import spec_file
from portalgen.problems import BrokenInput
from portalgen.twin.compare import compare_packages, spec_entry

if TYPE_CHECKING:
    from pathlib import Path

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

    griffe compares names and signatures; a generated program calls every method and reads every attribute of the old
    package, and what mypy --strict says of it with the new one is what breaks in types. Half a minute.

    Exit code 1: something breaks. JSON: an object with level (major or none) and findings.
    """
    workshop = Workshop.open(Checkout.find(root))
    (entry,) = workshop.registry.select((api,))
    before, after = (_entry(workshop, entry, version) for version in (base, revision))
    verdict = compare_packages(
        workshop,
        entry,
        base=(workshop.checkout.root / before.spec).read_bytes(),
        version=before.version,
        provenance=before.provenance,
        revision=after,
    )
    if output == "json":
        click.echo(json.dumps(verdict.as_json(), ensure_ascii=False, indent=2))
    else:
        click.echo(f"{api} {base} → {revision}: {verdict.level}")
        for finding in verdict.findings:
            click.echo(f"    {finding}")
    sys.exit(1 if verdict.findings else 0)


def _entry(workshop: Workshop, entry: ApiEntry, version: str) -> ApiEntry:
    path = spec_file(workshop.checkout, entry.api, version)
    if path is None:
        raise BrokenInput(f"specs/{entry.api} has no file of version {version}")
    provenance = "reconstructed" if path.stem.endswith("-reconstructed") else "official"
    return spec_entry(entry, version=version, provenance=provenance, content=path.read_bytes())
