"""What the commands that talk to a running sandbox share: its folder, the form of the answer, the exit codes."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from skifteportal.sandbox import defaults

if TYPE_CHECKING:
    from skifteportal.sandbox.control.client import ControlClient

__all__ = ["Asked", "running_sandbox"]

_REFUSED: Final = 1
_NONE: Final = 2


class Asked:
    """A command's way to the sandbox, and back to the terminal."""

    def __init__(self, folder: Path, form: str) -> None:
        self._folder = folder
        self._form = form

    @property
    def as_json(self) -> bool:
        """Whether the answer is to be printed as JSON."""
        return self._form == "json"

    @property
    def client(self) -> "ControlClient":
        """The running sandbox's control port."""
        from skifteportal.sandbox.control.client import ControlClient  # noqa: PLC0415 - for --help

        return ControlClient(self._folder)

    def do(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        *,
        text: str | Callable[[Any], str],
        drop_none: bool = True,
    ) -> None:
        """Call the control port and print what came of it; end with exit code 1 or 2 if it fails.

        Args:
            method: HTTP method.
            path: The path.
            body: The body; of a GET the query.
            text: What to print, or what makes it from the answer; with --format json the answer is printed.
            drop_none: Whether members of the body that are None are left out.
        """
        given = (body or {}).items()
        sent = {name: value for name, value in given if value is not None or not drop_none}
        answer = self.guarded(lambda: self.client.call(method, path, sent))
        self.say(answer, text=text if isinstance(text, str) else text(answer))

    def say(self, answer: Any, *, text: str, indent: int | None = 2) -> None:
        """Print an answer as text, or as JSON if that was asked for.

        Args:
            answer: What to print as JSON.
            text: What to print as text.
            indent: How far JSON is indented; None for one line.
        """
        if self.as_json:
            click.echo(json.dumps(answer, ensure_ascii=False, indent=indent))
        else:
            click.echo(text)

    def guarded(self, work: Callable[[], Any]) -> Any:
        """Do something with the sandbox, and turn its errors into a line on stderr and an exit code."""
        from skifteportal.sandbox.errors import NoSandbox, Refused, SandboxError  # noqa: PLC0415 - for --help

        try:
            return work()
        except SandboxError as error:
            if self.as_json and isinstance(error, Refused):
                said = {"code": error.code, "field": error.field, "message": error.message}
                click.echo(json.dumps(said, ensure_ascii=False), err=True)
            else:
                click.echo(f"Error: {error}", err=True)
            sys.exit(_NONE if isinstance(error, NoSandbox) else _REFUSED)


def running_sandbox(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options --folder and --format, and an `Asked` as its argument `asked`."""

    def asking(*, folder: Path, form: str, **options: Any) -> None:
        command(asked=Asked(folder, form), **options)

    asking.__doc__, asking.__name__ = command.__doc__, command.__name__
    asking.__dict__.update(
        command.__dict__
    )  # click keeps the options that stand above on the function
    with_format = click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="How the answer is printed.",
    )
    with_folder = click.option(
        "--folder",
        type=click.Path(path_type=Path),
        default=defaults.FOLDER,
        show_default=True,
        help="The running sandbox's folder.",
    )
    return with_folder(with_format(asking))
