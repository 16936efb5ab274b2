"""How a call goes, without any I/O: what to send, when to wait, when to give up.

Like httpx's ``auth_flow`` it is a generator. It yields what is to be done and is sent what came of it; a runner,
synchronous or not, does it. So the rules are written once, and tests need no network and no clock.
"""

from __future__ import annotations

import logging
import random
import time
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from skifteportal.core import _http
from skifteportal.core.errors import ApiError, DeadlineExceeded, OutcomeUnknown
from skifteportal.core.redaction import LOGGER, request_id_of
from skifteportal.core.retry import GATEWAY, LONGEST_WAIT, backoff, classify, retry_after

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from skifteportal.core.call import Call
    from skifteportal.core.errors import TransportError
    from skifteportal.core.retry import Failure

__all__ = ["Effect", "Penalize", "Reserve", "Send", "Sleep", "Timing", "flow"]

R = TypeVar("R")

_NOT_FOUND = 404
_TOO_MANY = 429


@attrs.frozen(kw_only=True)
class Timing:
    """Time and chance, so that tests can have their own.

    Attributes:
        clock: Seconds on a clock that is never set back.
        wall: Seconds since 1970.
        chance: A random number, 0 to 1.
    """

    clock: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time
    chance: Callable[[], float] = random.random


@attrs.define
class Send:
    """Send the request. The runner sends back the response, or one of retry.FAILURES."""

    request: _http.Request


@attrs.frozen
class Sleep:
    """Wait so many seconds."""

    seconds: float


@attrs.frozen
class Reserve:
    """Ask the rate limiter for a place. The runner sends back the seconds to wait."""


@attrs.frozen
class Penalize:
    """Tell the rate limiter of a 429."""

    seconds: float


Effect = Send | Sleep | Reserve | Penalize


def flow(call: Call[R], timing: Timing, *, limited: bool) -> Generator[Effect, Any, R]:
    """Make a call.

    Args:
        call: The call.
        timing: Clock and chance.
        limited: Whether there is a rate limiter to ask.

    Returns:
        What ``call.result`` makes of the answer.

    Raises:
        PortalError: As skifteportal.core.errors says.
    """
    try:
        response = yield from _attempts(call, timing, limited=limited)
    except Exception as error:
        status = f"{error.status} " if isinstance(error, ApiError) else ""
        call.ended = timing.clock()
        call.log(status + type(error).__name__, getattr(error, "request_id", None))
        raise
    call.ended = timing.clock()
    if LOGGER.isEnabledFor(logging.INFO):
        call.log(response.status_code, request_id_of(response.headers))
    if call.on_answer is not None:
        call.on_answer(call.answer(response))
    return call.result(call, response)


def _attempts(
    call: Call[Any], timing: Timing, *, limited: bool
) -> Generator[Effect, Any, _http.Response]:
    """Send until there is an answer that is a success, or nothing more to try."""
    operation = call.operation
    arrived = False  # whether an earlier attempt may have been carried out
    retries = 0
    while True:
        if limited:
            yield from _reserve(call, timing)
        if call.expires is not None and timing.clock() >= call.expires:
            raise _too_late(call, "The call's deadline passed before it was sent.")
        reply = yield Send(call.request())
        if not isinstance(reply, _http.Response):
            failure = classify(
                reply, may_have_arrived=call.body.may_have_arrived, status=call.status
            )
            arrived = arrived or failure.arrived
            safe = not failure.final and (operation.repeatable or not failure.arrived)
            asked = None
        else:
            failure = None
            status = reply.status_code
            call.log_headers(reply)
            if 200 <= status < 300 or _gone_already(call, status, arrived=arrived):  # noqa: PLR2004
                return reply
            arrived = arrived or status in GATEWAY
            safe = status == _TOO_MANY or (status in GATEWAY and operation.repeatable)
            asked = retry_after(reply.headers, timing.wall())
        delay = backoff(retries, timing.chance()) if asked is None else asked
        if limited and failure is None and status == _TOO_MANY:
            yield Penalize(delay)
        if not (safe and retries < call.max_retries and _worth_waiting(call, delay, timing)):
            if failure is not None:
                raise _failed(call, failure)
            raise _refused(call, reply, asked, timing)
        retries += 1
        yield Sleep(delay)


def _reserve(call: Call[Any], timing: Timing) -> Generator[Effect, Any, None]:
    """Take a place at the rate limiter's, and wait for it."""
    delay: float = yield Reserve()
    if delay <= 0:
        return
    if call.expires is not None and timing.clock() + delay >= call.expires:
        raise _too_late(call, "The rate limiter's wait is longer than the call's deadline.")
    yield Sleep(delay)


def _too_late(call: Call[Any], reason: str) -> DeadlineExceeded:
    return DeadlineExceeded(reason, operation=call.operation, request_id=call.request_id)


def _gone_already(call: Call[Any], status: int, *, arrived: bool) -> bool:
    """Whether a repeated DELETE finds nothing: then an earlier attempt has done it."""
    call.gone = arrived and status == _NOT_FOUND and call.operation.method == "DELETE"
    return call.gone


def _worth_waiting(call: Call[Any], delay: float, timing: Timing) -> bool:
    """Whether the next attempt can be made at all, in time."""
    if not call.body.repeatable or delay > LONGEST_WAIT:
        return False
    return call.expires is None or timing.clock() + delay < call.expires


def _failed(call: Call[Any], failure: Failure) -> TransportError | OutcomeUnknown:
    unknown = failure.arrived and not call.operation.repeatable
    error = OutcomeUnknown if unknown else failure.error
    return error(failure.reason, operation=call.operation, request_id=call.request_id)


def _refused(
    call: Call[Any], response: _http.Response, retry_after: float | None, timing: Timing
) -> ApiError | OutcomeUnknown:
    call.ended = timing.clock()
    answer = call.answer(response)
    if call.on_answer is not None:
        call.on_answer(answer)
    if answer.status in GATEWAY and not call.operation.repeatable:
        return OutcomeUnknown(
            f"A gateway answered {answer.status}, not the portal itself.",
            operation=call.operation,
            request_id=answer.request_id,
            answer=answer,
        )
    return call.refusal(answer, retry_after)
