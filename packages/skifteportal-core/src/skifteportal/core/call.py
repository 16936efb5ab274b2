"""One call being made: its request, its limits, and what becomes of its answer."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

import attrs

from skifteportal.core import _http
from skifteportal.core.errors import ApiError, error_class
from skifteportal.core.redaction import LOGGER, request_id_of, shown_headers
from skifteportal.core.retry import BrokenAnswer, DeadlinePassed

if TYPE_CHECKING:
    from collections.abc import Callable

    from skifteportal.core.answers import Answer
    from skifteportal.core.body import Body
    from skifteportal.core.limits import RateLimiter
    from skifteportal.core.operation import Api, Operation
    from skifteportal.core.receipts import Receipt
    from skifteportal.core.timing import Timing
    from skifteportal.core.tracing import Tracing

__all__ = ["Call", "Sink", "Watch", "announced_size"]

R = TypeVar("R")

_SHORTEST = 0.001  # seconds; 0 would mean "at once" to some and "never" to others


class Sink(Protocol):
    """Takes an answer's body piece by piece, from the start again if the call is repeated."""

    def start(self, response: _http.Response) -> None:
        """A body begins; what came before is void."""
        ...

    def write(self, chunk: bytes) -> None:
        """The next piece."""
        ...


@attrs.define(kw_only=True, eq=False, repr=False)
class Call(Generic[R]):
    """One call. Made by a client, driven by the flow, seen by nobody else.

    Attributes:
        api: The API.
        operation: The operation.
        url: The whole address.
        headers: The request's headers.
        body: The request's body.
        timeouts: Seconds for connect, read, write and pool.
        max_retries: How many times it may be sent again.
        request_id: The ``X-Request-Id`` we send.
        result: Makes the result of an answer that is a success.
        timing: What tells the time.
        started: When it began, on its clock.
        ended: When it ended, on the same clock.
        expires: When it must have ended, on the same clock; None for never.
        limiter: The rate limiter; None for none.
        rate_limit_key: What it counts by.
        on_answer: Called with the final answer.
        on_receipt: Called with each receipt in the answer of a create.
        tracing: Follows the call.
        progress: Called with the bytes received so far, and the total if known.
        sink: Takes the body of a success; None to have it in memory.
        download: Whether the answer is a file.
        streamed: Whether a success is handed out unread.
        attempts: How many times it was sent.
        status: The current attempt's status, as soon as it is known.
        content: The current attempt's body, if it is in memory.
        gone: Whether it is a repeated DELETE that had succeeded before.
    """

    api: Api
    operation: Operation[Any]
    url: str
    headers: _http.Headers
    body: Body
    timeouts: dict[str, float]
    max_retries: int
    request_id: str
    result: Callable[[Call[R], _http.Response], R]
    timing: Timing
    started: float
    ended: float = 0.0
    expires: float | None = None
    limiter: RateLimiter | None = None
    rate_limit_key: str = ""
    on_answer: Callable[[Answer], None] | None = None
    on_receipt: Callable[[Receipt], None] | None = None
    tracing: Tracing | None = None
    progress: Callable[[int, int | None], None] | None = None
    sink: Sink | None = None
    download: bool = False
    streamed: bool = False
    attempts: int = 0
    status: int | None = None
    content: bytes = b""
    gone: bool = False

    def request(self) -> _http.Request:
        """The request of the next attempt.

        Raises:
            InvalidArgument: Its body can't be sent, or not now.
        """
        self.attempts += 1
        self.status = None
        self.content = b""
        self.body.start()
        return _http.Request(
            self.operation.method,
            self.url,
            headers=self.headers,
            stream=self.body,
            extensions={"timeout": self.timeouts if self.expires is None else dict(self.timeouts)},
        )

    def clip(self, request: _http.Request) -> float | None:
        """Let no step take longer than the deadline. Returns the seconds left, None without a deadline."""
        if self.expires is None:
            return None
        left = max(self.expires - self.timing.clock(), _SHORTEST)
        timeouts = request.extensions["timeout"]
        for step, seconds in self.timeouts.items():
            timeouts[step] = min(seconds, left)
        return left

    @property
    def expired(self) -> bool:
        """Whether the deadline has passed."""
        return self.expires is not None and self.timing.clock() >= self.expires

    def check_deadline(self) -> None:
        """Raise DeadlinePassed if it has."""
        if self.expired:
            raise DeadlinePassed

    @property
    def watched(self) -> bool:
        """Whether somebody wants to know of each piece of the answer's body."""
        return self.expires is not None or self.download

    def answer(self, response: _http.Response) -> Answer:
        """The answer as a user may see it."""
        from skifteportal.core.answers import Answer  # noqa: PLC0415 - few ask for it

        return Answer(
            operation=self.operation.id,
            status=response.status_code,
            headers=response.headers,
            content=self.content,
            request_id=request_id_of(response.headers) or self.request_id,
            http_version=response.http_version,
            elapsed=self.ended - self.started,
            attempts=self.attempts,
        )

    def refusal(self, answer: Answer, retry_after: float | None) -> ApiError:
        """The error for an answer that isn't a success."""
        # As the codes themselves: not imported before the first error.
        from skifteportal.core.catalogue import find_codes, load_catalogue  # noqa: PLC0415

        catalogue = load_catalogue(self.api.errors)
        found = find_codes(answer.content, catalogue)
        return error_class(answer.status)(
            operation=self.operation,
            answer=answer,
            codes=found.codes,
            info=catalogue.get(found.codes[0]) if found.codes else None,
            field=found.field,
            retry_after=retry_after,
        )

    def log(self, outcome: object, request_id: str | None) -> None:
        """Write the call's one line."""
        LOGGER.info(
            "%s: %s %s -> %s in %d ms, attempts: %d [request id %s]",
            self.operation.id,
            self.operation.method,
            self.operation.path,
            outcome,
            round((self.ended - self.started) * 1000),
            self.attempts,
            request_id or self.request_id,
        )

    def log_headers(self, response: _http.Response) -> None:
        """Write the headers of one attempt, those of the allow-list."""
        if LOGGER.isEnabledFor(logging.DEBUG):
            LOGGER.debug(
                "%s: sent %s, got %s %s",
                self.operation.id,
                shown_headers(self.headers),
                response.status_code,
                shown_headers(response.headers),
            )


class Watch:
    """Follows the reading of one body: its progress and its length.

    Attributes:
        total: Bytes announced; None if there is no telling.
    """

    def __init__(self, call: Call[Any], response: _http.Response) -> None:
        self._progress = call.progress if response.is_success else None
        self._received = 0
        self.total = announced_size(response.headers)

    def saw(self, chunk: bytes) -> None:
        """A piece has come."""
        self._received += len(chunk)
        if self._progress is not None:
            self._progress(self._received, self.total)

    def end(self) -> None:
        """The last piece has come.

        Raises:
            BrokenAnswer: That is not all that was announced.
        """
        if self.total is not None and self._received != self.total:
            raise BrokenAnswer


def announced_size(headers: _http.Headers) -> int | None:
    """The size of an answer's body in bytes; None if it isn't announced, or only of its compressed form."""
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()) or "content-encoding" in headers:
        return None
    return int(length)
