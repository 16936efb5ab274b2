"""The command `skifteportal-sandbox settings`: everything that the sandbox assumes."""

import json
import sys
from pathlib import Path

import click

__all__ = ["settings"]


@click.command()
@click.option(
    "--settings",
    "file",
    type=click.Path(path_type=Path),
    help="A TOML file with those that differ from the defaults.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the settings are printed.",
)
def settings(*, file: Path | None, form: str) -> None:
    """List everything that the sandbox assumes about the portal, with its value and what it means."""
    from skifteportal.sandbox.errors import SettingsError  # noqa: PLC0415 - --help is quick without
    from skifteportal.sandbox.settings import Settings  # noqa: PLC0415
    from skifteportal.sandbox.settings_file import described, read_settings  # noqa: PLC0415

    try:
        rows = described(Settings() if file is None else read_settings(file))
    except SettingsError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo(f"{row['name']} = {json.dumps(row['value'])}\n    {row['meaning']}")
