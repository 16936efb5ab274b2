"""How a call goes, without any I/O: what to send, when to wait, when to give up.

Like httpx's ``auth_flow`` it is a generator. It yields what is to be done and is sent what came of it; a runner,
synchronous or not, does it. So the rules are written once, and tests need no network and no clock.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from skifteportal.core.errors import ApiError, CallTimeout, DeadlineExceeded, OutcomeUnknown
from skifteportal.core.redaction import LOGGER, request_id_of
from skifteportal.core.retry import (
    GATEWAY,
    LONGEST_WAIT,
    backoff,
    classify,
    deadline_passed,
    retry_after,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from skifteportal.core import _http
    from skifteportal.core.call import Call
    from skifteportal.core.errors import TransportError
    from skifteportal.core.limits import RateLimiter
    from skifteportal.core.retry import Failure

__all__ = ["Effect", "Penalize", "Reserve", "Send", "Sleep", "error_of", "flow"]

R = TypeVar("R")

_NOT_FOUND = 404
_TOO_MANY = 429


# Without eq and repr a class is made in half the time, and a request's repr would show a token.
@attrs.define(eq=False, repr=False)
class Send:
    """Send the request. The runner sends back the response, or one of retry.FAILURES."""

    request: _http.Request


@attrs.frozen(eq=False, repr=False)
class Sleep:
    """Wait so many seconds."""

    seconds: float


@attrs.frozen(eq=False, repr=False)
class Reserve:
    """Ask the rate limiter for a place. The runner sends back the seconds to wait."""

    limiter: RateLimiter
    key: str
    operation: str


@attrs.frozen(eq=False, repr=False)
class Penalize:
    """Tell the rate limiter of a 429."""

    limiter: RateLimiter
    key: str
    operation: str
    seconds: float


Effect = Send | Sleep | Reserve | Penalize


def flow(call: Call[R]) -> Generator[Effect, Any, R]:
    """Make a call.

    Args:
        call: The call.

    Returns:
        What ``call.result`` makes of the answer.

    Raises:
        PortalError: As skifteportal.core.errors says.
    """
    if call.tracing is None:
        return (yield from _call(call))
    span = call.tracing.begin(call.operation, call.headers)
    problem: str | None = None
    try:
        return (yield from _call(call))
    except BaseException as error:
        problem = "Cancelled" if isinstance(error, GeneratorExit) else type(error).__name__
        raise
    finally:
        span.end(status=call.status, attempts=call.attempts, error=problem)


def _call(call: Call[R]) -> Generator[Effect, Any, R]:
    """Make a call, and see to its answer."""
    try:
        response = yield from _attempts(call)
    except Exception as error:
        status = f"{error.status} " if isinstance(error, ApiError) else ""
        call.ended = call.timing.clock()
        call.log(status + type(error).__name__, getattr(error, "request_id", None))
        raise
    finally:
        call.body.finish()
    call.ended = call.timing.clock()
    if LOGGER.isEnabledFor(logging.INFO):
        call.log(response.status_code, request_id_of(response.headers))
    if call.on_answer is not None:
        call.on_answer(call.answer(response))
    result = call.result(call, response)
    if call.on_receipt is not None:
        from skifteportal.core.receipts import hand_over  # noqa: PLC0415 - few want them

        hand_over(call, response, result, call.on_receipt)
    return result


def _attempts(call: Call[Any]) -> Generator[Effect, Any, _http.Response]:
    """Send until there is an answer that is a success, or nothing more to try."""
    operation = call.operation
    arrived = False  # whether an earlier attempt may have been carried out
    retries = 0
    while True:
        if call.limiter is not None:
            yield from _reserve(call, call.limiter)
        if call.expired:
            raise _too_late(call, "The call's deadline passed before it was sent.")
        reply: _http.Response | Exception = yield Send(call.request())
        asked = None
        if isinstance(reply, Exception):
            failure = _classify(call, reply)
            arrived = arrived or failure.arrived
            safe = not failure.final and (operation.repeatable or not failure.arrived)
            delay = backoff(retries, call.timing.chance())
        else:
            status = reply.status_code
            call.log_headers(reply)
            if 200 <= status < 300 or _gone_already(call, status, arrived=arrived):  # noqa: PLR2004
                return reply
            arrived = arrived or status in GATEWAY
            safe = status == _TOO_MANY or (status in GATEWAY and operation.repeatable)
            asked = retry_after(reply.headers, call.timing.wall())
            # The backoff at least, also if the portal says 0 or a time that has passed.
            delay = max(backoff(retries, call.timing.chance()), asked or 0.0)
            if call.limiter is not None and status == _TOO_MANY:
                yield Penalize(call.limiter, call.rate_limit_key, operation.id, delay)
        if not (safe and retries < call.max_retries and _worth_waiting(call, delay)):
            if isinstance(reply, Exception):
                raise error_of(call, reply)
            raise _refused(call, reply, asked)
        retries += 1
        yield Sleep(delay)


def _reserve(call: Call[Any], limiter: RateLimiter) -> Generator[Effect, Any, None]:
    """Take a place at the rate limiter's, and wait for it."""
    delay: float = yield Reserve(limiter, call.rate_limit_key, call.operation.id)
    if delay <= 0:
        return
    if call.expires is not None and call.timing.clock() + delay >= call.expires:
        raise _too_late(call, "The rate limiter's wait is longer than the call's deadline.")
    yield Sleep(delay)


def _too_late(call: Call[Any], reason: str) -> DeadlineExceeded:
    return DeadlineExceeded(reason, operation=call.operation, request_id=call.request_id)


def _gone_already(call: Call[Any], status: int, *, arrived: bool) -> bool:
    """Whether a repeated DELETE finds nothing: then an earlier attempt has done it."""
    call.gone = arrived and status == _NOT_FOUND and call.operation.method == "DELETE"
    return call.gone


def _worth_waiting(call: Call[Any], delay: float) -> bool:
    """Whether the next attempt can be made at all, in time."""
    if not call.body.repeatable or delay > LONGEST_WAIT:
        return False
    return call.expires is None or call.timing.clock() + delay < call.expires


def error_of(call: Call[Any], problem: Exception) -> TransportError | OutcomeUnknown:
    """The error for one of retry.FAILURES, in the flow or after it, while a download is read."""
    failure = _classify(call, problem)
    unknown = failure.arrived and not call.operation.repeatable
    error = OutcomeUnknown if unknown else failure.error
    return error(failure.reason, operation=call.operation, request_id=call.request_id)


def _classify(call: Call[Any], problem: Exception) -> Failure:
    failure = classify(problem, may_have_arrived=call.body.may_have_arrived, status=call.status)
    if failure.error is CallTimeout and call.expired:  # its steps were cut to the deadline
        return deadline_passed(arrived=failure.arrived)
    return failure


def _refused(
    call: Call[Any], response: _http.Response, retry_after: float | None
) -> ApiError | OutcomeUnknown:
    call.ended = call.timing.clock()
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
