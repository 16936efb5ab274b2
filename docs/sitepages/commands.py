"""A page for each command line, made of its own help."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitepages.house import House

__all__ = ["pages"]

_WIDTH: Final = 100  # columns: what a page shows without a scroll bar
_COMMANDS: Final = {
    "skifteportal": (
        "skifteportal.auth.cli._group:group",
        "Certificates, tokens, and why a login fails: `python3 -m pip install 'skifteportal-auth[cli]'`.",
    ),
    "skifteportal-sandbox": (
        "skifteportal.sandbox.cli:main",
        "A portal of your own, and everything that can be done to it. It comes with `skifteportal-sandbox`.",
    ),
    "portalgen": (
        "portalgen.cli:main",
        (
            "For maintainers: turns `specs/` into packages; for everybody: says what a new file breaks. It is in a checkout only: "
            "`nox -s generate` makes an environment that has it, as `.nox/generate/bin/portalgen` "
            "(`.nox\\generate\\Scripts\\portalgen.exe` on Windows)."
        ),
    ),
}
"""Each command: where it is, and what it is for."""


def pages(_house: House) -> Iterator[tuple[str, str]]:
    """Write a page for each command line, a section for each of its commands.

    Args:
        _house: The data; the commands tell of themselves.
    """
    for name, (place, purpose) in _COMMANDS.items():
        module, attribute = place.split(":")
        parts = [f"# `{name}`", purpose]
        parts += _sections(getattr(import_module(module), attribute), name, None)
        yield f"en/reference/commands/{name}.md", "\n\n".join(parts) + "\n"


def _sections(command: click.Command, path: str, parent: click.Context | None) -> Iterator[str]:
    """Write a command's help, then those of its own commands; hidden ones are left out."""
    context = click.Context(
        command,
        info_name=path.rpartition(" ")[2],
        parent=parent,
        max_content_width=_WIDTH,
        terminal_width=_WIDTH,
    )
    yield f"## `{path}`\n\n```text\n{command.get_help(context)}\n```"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = cast("click.Command", command.get_command(context, name))  # it was just listed
            yield from _sections(found, f"{path} {name}", context)
