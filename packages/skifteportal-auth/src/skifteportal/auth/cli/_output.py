"""What the commands share in talking: format, language, exit codes."""

import json
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from typing import Any

import click

from skifteportal.core.errors import PortalError

__all__ = ["echo_fields", "echo_json", "failures_exit_with_1", "format_option", "lang_option"]

_WIDTH = 22

Decorator = Callable[[Callable[..., None]], Callable[..., None]]

format_option: Decorator = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the result is written.",
)
lang_option: Decorator = click.option(
    "--lang",
    type=click.Choice(["en", "da"]),
    default="en",
    show_default=True,
    help="Language of the text.",
)


def echo_json(value: Mapping[str, Any]) -> None:
    """Print an object as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def echo_fields(fields: Mapping[str, object]) -> None:
    """Print names and values, one a line, the values under each other."""
    for name, value in fields.items():
        click.echo(f"{name:<{_WIDTH}} {value}")


@contextmanager
def failures_exit_with_1() -> Generator[None]:
    """Turn one of our errors into its text and exit code 1."""
    try:
        yield
    except PortalError as error:
        raise click.ClickException(str(error)) from None
