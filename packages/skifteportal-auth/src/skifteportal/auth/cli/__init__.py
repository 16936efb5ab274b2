"""The command ``skifteportal``: looks at certificates, finds out why a login fails, shows tokens.

Needs ``pip install skifteportal-auth[cli]``. Nothing here is imported by the library itself.
"""

import logging
import sys
from typing import TYPE_CHECKING

from skifteportal.core.errors import ConfigurationError
from skifteportal.core.redaction import LOGGER

if TYPE_CHECKING:
    import click

__all__ = ["command", "main"]


def command() -> "click.Group":
    """The command, as click has it: to run in tests, or to put into a command of your own.

    Raises:
        ConfigurationError: click isn't installed.
    """
    try:
        from skifteportal.auth.cli._group import group  # noqa: PLC0415 - click is an extra
    except ModuleNotFoundError as error:
        if error.name != "click":
            raise
        problem = ConfigurationError(
            "The command skifteportal needs click, which isn't installed. Install it with: "
            "python3 -m pip install 'skifteportal-auth[cli]'"
        )
    else:
        return group
    raise problem


def main() -> None:
    """Run the command. Exits with 0 if all is well, 1 if a check failed, 2 if it can't be run so."""
    try:
        run = command()
    except ConfigurationError as error:
        sys.stderr.write(f"Error: {error}\n")
        sys.exit(2)
    LOGGER.addHandler(logging.NullHandler())  # the commands say themselves what went wrong
    run(prog_name="skifteportal")
