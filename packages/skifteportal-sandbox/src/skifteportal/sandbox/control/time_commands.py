"""The control port's commands about the portal's clock."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from skifteportal.sandbox.control.command import Command
from skifteportal.sandbox.control.control import Control
from skifteportal.sandbox.control.schemas import NOTHING, TEXT, members

__all__ = ["TIME"]

_AT: Final = {**TEXT, "description": "2026-03-01 (its noon, UTC) or 2026-03-01T09:30:00Z"}
_BY: Final = {
    "anyOf": [TEXT, {"type": "number"}],
    "description": "8w, 3d, 12h, 30min, 45s, one after the other, or a number of seconds",
}


def _then(
    change: Callable[[Control, Mapping[str, Any]], None],
) -> Callable[[Control, Mapping[str, str], Mapping[str, Any]], Any]:
    """Change the clock, and say what it shows then."""

    def run(control: Control, _path: Mapping[str, str], body: Mapping[str, Any]) -> Any:
        change(control, body)
        return control.time()

    return run


TIME: Final[tuple[Command, ...]] = (
    Command(
        name="clock",
        method="GET",
        path="/_sandbox/clock",
        summary="The portal's time, and whether it stands still.",
        schema=NOTHING,
        run=lambda control, _path, _body: control.time(),
    ),
    Command(
        name="freeze",
        method="POST",
        path="/_sandbox/clock/freeze",
        summary="Stop the clock, at a time or at the present.",
        schema=members(at=_AT),
        run=_then(lambda control, body: control.freeze(body.get("at"))),
    ),
    Command(
        name="set",
        method="POST",
        path="/_sandbox/clock/set",
        summary="Set the clock, which stands still or runs as before.",
        schema=members(("at",), at=_AT),
        run=_then(lambda control, body: control.set_time(body["at"])),
    ),
    Command(
        name="advance",
        method="POST",
        path="/_sandbox/clock/advance",
        summary="Move the clock on, which stands still or runs as before.",
        schema=members(("by",), by=_BY),
        run=_then(lambda control, body: control.advance(_plain(body["by"]))),
    ),
    Command(
        name="run",
        method="POST",
        path="/_sandbox/clock/run",
        summary="Let the clock run on from the time that it shows.",
        schema=NOTHING,
        run=_then(lambda control, _body: control.run()),
    ),
    Command(
        name="release",
        method="POST",
        path="/_sandbox/clock/release",
        summary="Let the clock show the machine's time again.",
        schema=NOTHING,
        run=_then(lambda control, _body: control.release()),
    ),
)
"""The commands, in the order of the documentation."""


def _plain(by: Any) -> str | float:
    """Return the text, or the number of seconds as JSON gave it (an int or a Decimal)."""
    return by if isinstance(by, str) else float(by)
