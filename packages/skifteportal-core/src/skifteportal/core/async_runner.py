"""How an asynchronous client is set up, and where its calls go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from skifteportal.core import _http
from skifteportal.core.base import BaseClient
from skifteportal.core.connections import Connections
from skifteportal.core.credentials import PortalAuth
from skifteportal.core.environments import Environment
from skifteportal.core.first_call import async_driver
from skifteportal.core.options import Timeouts
from skifteportal.core.setup import Settings, http_arguments

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import TracebackType
    from typing import Self

    from skifteportal.core.answers import Answer
    from skifteportal.core.call import Call
    from skifteportal.core.files import FileInput
    from skifteportal.core.limits import RateLimiter
    from skifteportal.core.receipts import Receipt
    from skifteportal.core.tracing import Tracing

__all__ = ["AsyncRunner"]

R = TypeVar("R")
X = TypeVar("X", bound=PortalAuth | Environment)


async def _sleep(seconds: float) -> None:
    from anyio import sleep  # noqa: PLC0415 - not before the first wait

    await sleep(seconds)


class AsyncRunner(BaseClient, Generic[X]):
    """What both kinds of asynchronous client share.

    It runs on asyncio and on trio, and the child of a fork makes connections of its own. Close it, or use it as a
    context manager.

    Args:
        auth: The credential, such as ``credential.direct()``; for an open API the environment, such as ``TEST``.
        timeouts: Seconds for each step of an attempt.
        deadline: Seconds for each whole call, with all its attempts, waits and the reading of the answer.
        max_retries: How many times a call may be sent again.
        limiter: Spreads calls over time; share it between the clients of one credential.
        on_answer: Called with each call's final answer, also when it is an error. What it raises is raised.
        on_receipt: Called with each receipt (kvittering) that the answer of a create holds, before the call returns;
            the proof of filing. If it raises, so does the call: a ReceiptNotKept, which holds receipt and result.
        check_upload: Called with each file before it is uploaded; what it returns is sent. Such as ``checked_upload`` of
            ``skifteportal.core.pdf``: what it raises is raised, with the portal's codes, and nothing is sent. It runs in a
            thread; its time doesn't count towards the deadline.
        tracing: Follows each call, such as ``skifteportal.core.otel.OpenTelemetry()``.
        transport: An HTTP transport of your own.
        http_client: An HTTP client of your own. It isn't closed with this one; of its settings, its connections, its
            headers and its event hooks are used. The child of a fork refuses it, as it does a transport of your own.
        proxy: Address of the proxy for all calls. The environment variables (``HTTPS_PROXY``) count without it.
        limits: Limits of the connection pool.

    Raises:
        ConfigurationError: The wrong kind of token, options that exclude each other, or a proxy that can't be one: also in
            the environment variables.
    """

    # Of the class, so that tests can have their own and users don't see it.
    _sleep: Callable[[float], Awaitable[None]] = staticmethod(_sleep)

    def __init__(
        self,
        auth: X,
        /,
        *,
        timeouts: Timeouts = Timeouts(),  # noqa: B008 - it is frozen
        deadline: float | None = None,
        max_retries: int = 2,
        limiter: RateLimiter | None = None,
        on_answer: Callable[[Answer], None] | None = None,
        on_receipt: Callable[[Receipt], None] | None = None,
        check_upload: Callable[[FileInput], FileInput] | None = None,
        tracing: Tracing | None = None,
        transport: _http.AsyncBaseTransport | None = None,
        http_client: _http.AsyncClient | None = None,
        proxy: str | None = None,
        limits: _http.Limits | None = None,
    ) -> None:
        super().__init__(
            auth,
            Settings(
                timeouts=timeouts,
                deadline=deadline,
                max_retries=max_retries,
                limiter=limiter,
                on_answer=on_answer,
                on_receipt=on_receipt,
                check_upload=check_upload,
                tracing=tracing,
            ),
        )
        arguments = http_arguments(
            self.environment,
            transport=transport,
            http_client=http_client,
            proxy=proxy,
            limits=limits,
        )
        self._connections = Connections(_http.AsyncClient, arguments, http_client)
        self._use_headers(self._connections.headers)

    async def aclose(self) -> None:
        """Close the connections. An HTTP client of your own stays open."""
        http = self._connections.release()
        if http is not None:
            await http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def _run(self, call: Call[R]) -> R:
        """Make a call."""
        result: R = await async_driver()(call, self._connections.current(), self._auth, self._sleep)
        return result
