"""The control port's commands about calls: planned failures, the rate limit, the journal."""

from collections.abc import Mapping
from typing import Any, Final

from skifteportal.sandbox.control.command import Command
from skifteportal.sandbox.control.control import Control
from skifteportal.sandbox.control.schemas import (
    BOOLEAN,
    DIGITS,
    NOTHING,
    SECONDS,
    TEXT,
    members,
)
from skifteportal.sandbox.errors import Refused
from skifteportal.sandbox.wanted import perhaps

__all__ = ["CALLS"]

_COUNT: Final = {"type": "integer", "minimum": 0}
_WANTED: Final = ("operation", "api", "company", "client", "kind", "code", "request_id")


def _failures(control: Control, _path: Mapping[str, str], _body: Mapping[str, Any]) -> Any:
    return {"failures": [failure.as_json() for failure in control.portal.failures.planned]}


def _fail(control: Control, _path: Mapping[str, str], body: Mapping[str, Any]) -> Any:
    given = dict(body)
    delay = float(given.pop("delay", 0))  # JSON may give an int or a Decimal
    return control.fail(given.pop("operation"), delay=delay, **given).as_json()


def _clear_failures(control: Control, path: Mapping[str, str], body: Mapping[str, Any]) -> Any:
    control.clear_failures()
    return _failures(control, path, body)


def _limit(control: Control, _path: Mapping[str, str], _body: Mapping[str, Any]) -> Any:
    return {"limit": control.info()["limit"]}


def _set_limit(control: Control, path: Mapping[str, str], body: Mapping[str, Any]) -> Any:
    control.limit(body["limit"])
    return _limit(control, path, body)


def _check_operation(control: Control, operation: str) -> None:
    known = {*control.portal.operations, "login", "exchange", "-"}
    if operation not in known:
        problem = f"there is no such operation{perhaps(operation, known)}"
        raise Refused(problem, field="operation")


def _journal(control: Control, _path: Mapping[str, str], body: Mapping[str, Any]) -> Any:
    if "operation" in body:
        _check_operation(control, body["operation"])
    wanted: dict[str, Any] = {name: body[name] for name in _WANTED if name in body}
    if "status" in body:
        wanted["status"] = int(body["status"])
    after = int(body.get("after", 0))
    found = [entry for entry in control.journal.calls(**wanted) if entry.number > after]
    if "last" in body:
        found = found[max(len(found) - int(body["last"]), 0) :]
    return {"entries": [entry.as_json() for entry in found]}


def _clear_journal(control: Control, path: Mapping[str, str], _body: Mapping[str, Any]) -> Any:
    control.journal.clear()
    return _journal(control, path, {})


def _keep_bodies(control: Control, _path: Mapping[str, str], body: Mapping[str, Any]) -> Any:
    control.journal.keep_bodies = body["keep"]
    return {"keep": control.journal.keep_bodies}


CALLS: Final[tuple[Command, ...]] = (
    Command(
        name="fail",
        method="POST",
        path="/_sandbox/failures",
        summary="Let the next calls of an operation fail: with a code, a status, late, cut off, or with broken JSON.",
        schema=members(
            ("operation",),
            operation={**TEXT, "description": "operationId, login, exchange, or * for any"},
            code=TEXT,
            status={"type": "integer", "minimum": 400, "maximum": 599},
            message=TEXT,
            retry_after={**_COUNT, "description": "seconds, beside a code or a status"},
            delay={**SECONDS, "description": "seconds by which the answer comes late"},
            cut={"enum": ["before", "after", "body"]},
            garbled=BOOLEAN,
            times={"type": "integer", "minimum": 1},
            skip=_COUNT,
        ),
        run=_fail,
    ),
    Command(
        name="failures",
        method="GET",
        path="/_sandbox/failures",
        summary="What is still to fail.",
        schema=NOTHING,
        run=_failures,
    ),
    Command(
        name="clear_failures",
        method="DELETE",
        path="/_sandbox/failures",
        summary="Let all calls go well again.",
        schema=NOTHING,
        run=_clear_failures,
    ),
    Command(
        name="limit",
        method="GET",
        path="/_sandbox/limit",
        summary="The rate limit.",
        schema=NOTHING,
        run=_limit,
    ),
    Command(
        name="set_limit",
        method="PUT",
        path="/_sandbox/limit",
        summary="Limit the calls of each operation by each client id; null for no limit.",
        schema=members(
            ("limit",),
            limit={"type": ["string", "null"], "description": "500/s, 20/min, 1000/h, 100/10s"},
        ),
        run=_set_limit,
    ),
    Command(
        name="journal",
        method="GET",
        path="/_sandbox/journal",
        summary="The newest calls, the oldest first; /_sandbox/journal/live sends them as they come.",
        schema=members(**dict.fromkeys(_WANTED, TEXT), status=DIGITS, after=DIGITS, last=DIGITS),
        run=_journal,
    ),
    Command(
        name="clear_journal",
        method="DELETE",
        path="/_sandbox/journal",
        summary="Forget the calls.",
        schema=NOTHING,
        run=_clear_journal,
    ),
    Command(
        name="keep_bodies",
        method="PUT",
        path="/_sandbox/journal/bodies",
        summary="Keep the JSON bodies of API calls in the journal, or do so no longer; never secrets and tokens.",
        schema=members(("keep",), keep=BOOLEAN),
        run=_keep_bodies,
    ),
)
"""The commands, in the order of the documentation."""
