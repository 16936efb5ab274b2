"""Where passwords and secrets come from: a file, an environment variable, a prompt. Never arguments."""

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import click

__all__ = ["Secret", "ask", "given", "source_options"]

Secret = Callable[[], str]
"""Gives a secret, and asks for it once at most."""

Decorator = Callable[[Callable[..., None]], Callable[..., None]]


def source_options(name: str, what: str) -> tuple[Decorator, Decorator]:
    """The two options that say where a secret is.

    Args:
        name: The beginning of their names: "password" for --password-file and --password-env.
        what: What it is, for the help.
    """
    return (
        click.option(
            f"--{name}-file",
            type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path),
            help=f"File that holds {what}.",
        ),
        click.option(
            f"--{name}-env",
            metavar="VARIABLE",
            help=f"Environment variable that holds {what}.",
        ),
    )


def given(name: str, file: Path | None, variable: str | None) -> Secret | None:
    """The secret that the two options lead to; None if neither was given.

    Raises:
        click.UsageError: Both were, or the file can't be used, or there is no such variable.
    """
    if file and variable:
        raise click.UsageError(f"Give --{name}-file or --{name}-env, not both.")
    if variable:
        value = os.environ.get(variable)
        if value is None:
            raise click.UsageError(f"There is no environment variable {variable} (--{name}-env).")
        return lambda: value
    if file:
        try:
            content = file.read_text("utf-8-sig").rstrip("\r\n")
        except (OSError, UnicodeDecodeError):
            raise click.UsageError(f"{file} (--{name}-file) isn't a text file in UTF-8.") from None
        return lambda: content
    return None


def ask(what: str) -> Secret:
    """A secret that the user is asked for, without showing what is typed, when it is needed.

    Args:
        what: What to ask for.
    """

    @cache
    def answer() -> str:
        return str(click.prompt(what, hide_input=True, default="", show_default=False, err=True))

    return answer
