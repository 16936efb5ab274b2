"""The command `skifteportal-sandbox clock`."""

from typing import Any, Final

import click

from skifteportal.sandbox.control.options import Asked, running_sandbox

__all__ = ["clock"]

_PATH: Final = "/_sandbox/clock"


def _shown(said: dict[str, Any]) -> str:
    return f"{said['time']}{' (stands still)' if said['frozen'] else ''}"


@click.group(invoke_without_command=False)
def clock() -> None:
    """Freeze and move the portal's clock: tokens, deadlines, everything goes by it.

    Only TLS and signed assertions go by the machine's, since their makers know no other.

    \b
    Examples:
      skifteportal-sandbox clock freeze 2026-03-01
      skifteportal-sandbox clock advance 8w
      skifteportal-sandbox clock run
    """  # noqa: D301 - click's \b


@clock.command()
@running_sandbox
def show(*, asked: Asked) -> None:
    """Show the portal's time, and whether it stands still."""
    asked.do("GET", _PATH, text=_shown)


@clock.command()
@click.argument("at", required=False)
@running_sandbox
def freeze(*, asked: Asked, at: str | None) -> None:
    """Stop the clock, at a time (2026-03-01, 2026-03-01T09:30:00Z) or at the present."""
    asked.do("POST", f"{_PATH}/freeze", {"at": at}, text=_shown)


@clock.command("set")
@click.argument("at")
@running_sandbox
def set_clock(*, asked: Asked, at: str) -> None:
    """Set the clock to a time: 2026-03-01 (its noon, UTC) or 2026-03-01T09:30:00Z."""
    asked.do("POST", f"{_PATH}/set", {"at": at}, text=_shown)


@clock.command()
@click.argument("by")
@running_sandbox
def advance(*, asked: Asked, by: str) -> None:
    """Move the clock on: 8w, 3d, 12h, 30min, 45s, one after the other (1d12h), or seconds."""
    asked.do("POST", f"{_PATH}/advance", {"by": by}, text=_shown)


@clock.command()
@running_sandbox
def run(*, asked: Asked) -> None:
    """Let the clock run on from the time that it shows."""
    asked.do("POST", f"{_PATH}/run", text=_shown)


@clock.command()
@running_sandbox
def release(*, asked: Asked) -> None:
    """Let the clock show the machine's time again."""
    asked.do("POST", f"{_PATH}/release", text=_shown)
