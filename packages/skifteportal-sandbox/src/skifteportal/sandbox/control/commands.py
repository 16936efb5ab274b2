"""Every command of the control port but the court's acts, as a table."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from skifteportal.sandbox.control.access_commands import ACCESS
from skifteportal.sandbox.control.call_commands import CALLS
from skifteportal.sandbox.control.command import Command
from skifteportal.sandbox.control.control import Control
from skifteportal.sandbox.control.schemas import NOTHING, members
from skifteportal.sandbox.control.state_view import VIEWS
from skifteportal.sandbox.control.time_commands import TIME
from skifteportal.sandbox.court import COURT
from skifteportal.sandbox.court.estates_schemas import CVR
from skifteportal.sandbox.defaults import MOST

if TYPE_CHECKING:
    from skifteportal.sandbox.described import Described

__all__ = ["COMMANDS"]

_COUNT: Final = {"type": "integer", "minimum": 0}
_AMOUNT: Final = {**_COUNT, "maximum": MOST}


def _info(control: Control, _path: Mapping[str, str], _body: Mapping[str, Any]) -> dict[str, Any]:
    described: tuple[Described, ...] = (*COMMANDS, *COURT.values())
    paths = [
        {
            "name": one.name,
            "method": one.method,
            "path": one.path,
            "summary": one.summary,
            "schema": one.schema,
        }
        for one in described
    ]
    return {**control.info(), "paths": paths}


def _reset(control: Control, _path: Mapping[str, str], _body: Mapping[str, Any]) -> dict[str, Any]:
    control.reset()
    return {}


COMMANDS: Final[tuple[Command, ...]] = (
    Command(
        name="info",
        method="GET",
        path="/_sandbox/info",
        summary="What this sandbox is, and every path of this port.",
        schema=NOTHING,
        run=_info,
    ),
    Command(
        name="reset",
        method="POST",
        path="/_sandbox/reset",
        summary="Put the portal back to how it was started.",
        schema=NOTHING,
        run=_reset,
    ),
    Command(
        name="seed",
        method="POST",
        path="/_sandbox/seed",
        summary="Add made-up estates and claims to what is there.",
        schema=members(estates=_AMOUNT, claims=_AMOUNT, random_seed=_COUNT, company=CVR),
        run=lambda control, _path, body: {"entered": control.seed(**body)},
    ),
    *TIME,
    *CALLS,
    *ACCESS,
    *VIEWS,
)
"""Every command, in the order of the documentation."""
