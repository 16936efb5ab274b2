"""Whether, and when, a call is sent again: the rules, as functions of what happened."""

from __future__ import annotations

import ssl
import sys
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import attrs

from skifteportal.core import _http
from skifteportal.core.causes import causes_of
from skifteportal.core.errors import CallTimeout, ConnectionFailed, DeadlineExceeded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from skifteportal.core.errors import TransportError

__all__ = [
    "FAILURES",
    "GATEWAY",
    "LONGEST_WAIT",
    "BrokenAnswer",
    "DeadlinePassed",
    "Failure",
    "backoff",
    "classify",
    "deadline_passed",
    "retry_after",
]

GATEWAY = frozenset({502, 503, 504})
"""Statuses that say nothing about what the portal did."""

LONGEST_WAIT = 60.0
"""Seconds: if the portal asks for a longer wait, the caller is told instead."""

_FIRST_BACKOFF = 0.5
_LONGEST_BACKOFF = 8.0
_DOUBLINGS = 4  # from the first to the longest


class DeadlinePassed(Exception):  # noqa: N818 - a signal from runner to flow, never seen outside
    """The call's deadline passed while it was on its way."""


class BrokenAnswer(Exception):  # noqa: N818 - likewise
    """The answer's body is shorter than announced."""


FAILURES = (
    _http.TransportError,
    _http.DecodingError,
    ssl.SSLError,  # escapes the HTTP library under asyncio
    DeadlinePassed,
    BrokenAnswer,
)
"""What a runner hands to the flow instead of an answer. Everything else passes through untouched."""


@attrs.frozen(repr=False)
class Failure:
    """What a failed attempt means.

    Attributes:
        error: The error to raise if nothing was done that can't be asked for again.
        reason: What happened, in a sentence without any value.
        arrived: Whether the portal may have got the whole request.
        final: Whether trying again is pointless.
    """

    error: type[TransportError]
    reason: str
    arrived: bool
    final: bool = False


def classify(error: Exception, *, may_have_arrived: bool, status: int | None) -> Failure:
    """Say what a failed attempt means. Not to be called while the error is being handled.

    Args:
        error: One of FAILURES.
        may_have_arrived: Whether the whole request may have been sent.
        status: The answer's status, if its headers came.
    """
    arrived = may_have_arrived
    if isinstance(error, DeadlinePassed):
        return deadline_passed(arrived=arrived)
    if isinstance(error, (_http.ConnectTimeout, _http.PoolTimeout)):
        return Failure(CallTimeout, "No connection could be had in time.", arrived=False)
    links = causes_of(error, beyond=sys.exc_info()[1])
    cause = next((link for link in links if isinstance(link, OSError)), None)
    unconnected = isinstance(error, (_http.ConnectError, _http.ProxyError))
    # asyncio lets OpenSSL's own error through. Once connected, no certificate is looked at.
    if isinstance(cause, ssl.SSLCertVerificationError) and (unconnected or cause is error):
        words: str = getattr(cause, "verify_message", "no reason given")
        reason = f"The server's certificate is not trusted: {words}."
        return Failure(ConnectionFailed, reason, arrived=False, final=True)
    detail = _detail(cause)
    if unconnected:
        return Failure(ConnectionFailed, f"No connection could be made{detail}.", arrived=False)
    place = _place(status, arrived=arrived)
    if isinstance(error, _http.TimeoutException):
        return Failure(CallTimeout, f"The time ran out {place}.", arrived)
    return Failure(ConnectionFailed, f"The connection broke {place}{detail}.", arrived)


def deadline_passed(*, arrived: bool) -> Failure:
    """What it means that the deadline passed."""
    return Failure(DeadlineExceeded, "The call's deadline passed.", arrived, final=True)


def _place(status: int | None, *, arrived: bool) -> str:
    if status is not None:
        return f"while the answer (status {status}) was being read"
    return "before an answer came" if arrived else "while the request was being sent"


def _detail(cause: OSError | None) -> str:
    """The cause in the system's own words, which hold no values of the call."""
    # OpenSSL's errors have a reason, though not always
    words: str | None = getattr(cause, "reason", None) or getattr(cause, "strerror", None)
    return f" ({words})" if words else ""


def backoff(retries: int, chance: float) -> float:
    """Seconds to wait before the next retry: exponential, with full jitter.

    Args:
        retries: How many retries there have been.
        chance: A random number, 0 to 1.
    """
    return min(_LONGEST_BACKOFF, _FIRST_BACKOFF * 2.0 ** min(retries, _DOUBLINGS)) * chance


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds the portal asks to wait (RFC 9110, 10.2.3); None if it doesn't say, or not readably.

    A date is counted from the answer's own: the portal's clock may be another than ours.

    Args:
        headers: The answer's headers.
        now: The time of day, seconds since 1970: for answers without a date.
    """
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    until = _seconds(value)
    if until is None:
        return None
    answered = _seconds(headers.get("date", ""))
    return max(0.0, until - (now if answered is None else answered))


def _seconds(date: str) -> float | None:
    """A date of HTTP as seconds since 1970; None if it can't be read."""
    try:
        moment = parsedate_to_datetime(date)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
