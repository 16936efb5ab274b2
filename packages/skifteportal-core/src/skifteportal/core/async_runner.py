"""How an asynchronous client is set up, and how it drives a call's flow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

import anyio
from anyio import to_thread

from skifteportal.core import _http
from skifteportal.core.base import BaseClient
from skifteportal.core.call import Watch
from skifteportal.core.credentials import PortalAuth
from skifteportal.core.environments import Environment
from skifteportal.core.errors import ConfigurationError
from skifteportal.core.flow import Effect, Penalize, Reserve, Send, flow
from skifteportal.core.options import Timeouts
from skifteportal.core.retry import FAILURES, DeadlinePassed
from skifteportal.core.setup import Settings, http_arguments

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import TracebackType
    from typing import Self

    from skifteportal.core.answers import Answer
    from skifteportal.core.call import Call
    from skifteportal.core.limits import RateLimiter
    from skifteportal.core.receipts import Receipt
    from skifteportal.core.tracing import Tracing

__all__ = ["AsyncRunner"]

R = TypeVar("R")
X = TypeVar("X", bound=PortalAuth | Environment)


class AsyncRunner(BaseClient, Generic[X]):
    """What both kinds of asynchronous client share.

    It runs on asyncio and on trio. Close it, or use it as a context manager.

    Args:
        auth: The credential, such as ``credential.direct()``; for an open API the environment, such as ``TEST``.
        timeouts: Seconds for each step of an attempt.
        deadline: Seconds for each whole call, with all its attempts, waits and the reading of the answer.
        max_retries: How many times a call may be sent again.
        limiter: Spreads calls over time; share it between the clients of one credential.
        on_answer: Called with each call's final answer, also when it is an error. What it raises is raised.
        on_receipt: Called with each receipt (kvittering) that the answer of a create holds, before the call returns;
            they have legal effect. If it raises, so does the call: a ReceiptNotKept, which holds receipt and result.
        tracing: Follows each call, such as ``skifteportal.core.otel.OpenTelemetry()``.
        transport: An HTTP transport of your own.
        http_client: An HTTP client of your own. It isn't closed with this one; of its settings, its connections, its
            headers and its event hooks are used.
        proxy: Address of the proxy for all calls. The environment variables (``HTTPS_PROXY``) count without it.
        limits: Limits of the connection pool.

    Raises:
        ConfigurationError: The wrong kind of token, or options that exclude each other.
    """

    # Of the class, so that tests can have their own and users don't see it.
    _sleep: Callable[[float], Awaitable[None]] = staticmethod(anyio.sleep)

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
        self._owned = http_client is None
        self._http = http_client or _http.AsyncClient(**arguments)
        self._use_headers(self._http.headers)

    async def aclose(self) -> None:
        """Close the connections. An HTTP client of your own stays open."""
        if self._owned:
            await self._http.aclose()

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
        """Drive a call's flow."""
        if self._http.is_closed:
            raise ConfigurationError("The client is closed. Make a new one.")
        steps = flow(call)
        reply: object = None
        try:
            while True:
                try:
                    effect = steps.send(reply)
                except StopIteration as stop:
                    result: R = stop.value
                    return result
                try:
                    reply = await self._do(effect, call)
                except Exception as error:  # noqa: BLE001 - the flow raises it again
                    reply = steps.throw(error)  # which logs and raises it
        finally:
            steps.close()  # cancelled, a call ends here

    async def _do(self, effect: Effect, call: Call[Any]) -> object:
        """Do what the flow asks for."""
        if isinstance(effect, Send):
            try:
                return await self._send(effect.request, call)
            except FAILURES as error:
                return error
        if isinstance(effect, Reserve):
            return await effect.limiter.reserve_async(effect.key, effect.operation)
        if isinstance(effect, Penalize):
            await effect.limiter.penalize_async(effect.key, effect.operation, effect.seconds)
        else:
            await self._sleep(effect.seconds)
        return None

    async def _send(self, request: _http.Request, call: Call[Any]) -> _http.Response:
        """Send once, and read the answer."""
        left = call.clip(request)
        if left is None:
            return await self._exchange(request, call)
        with anyio.move_on_after(left):
            return await self._exchange(request, call)
        raise DeadlinePassed

    async def _exchange(self, request: _http.Request, call: Call[Any]) -> _http.Response:
        response = await self._http.send(
            request, auth=self._auth, follow_redirects=False, stream=True
        )
        call.status = response.status_code
        if call.streamed and response.is_success:
            return response
        try:
            if call.watched:
                await self._watch(response, call)
            else:
                call.content = await response.aread()
        except BaseException:
            await response.aclose()
            raise
        return response

    async def _watch(self, response: _http.Response, call: Call[Any]) -> None:
        """Read an answer piece by piece."""
        watch = Watch(call, response)
        sink = call.sink if response.is_success else None
        if sink is not None:
            await to_thread.run_sync(sink.start, response)
        chunks: list[bytes] = []
        async for chunk in response.aiter_bytes():
            watch.saw(chunk)
            if sink is None:
                chunks.append(chunk)
            else:
                await to_thread.run_sync(sink.write, chunk)
        watch.end()
        call.content = b"".join(chunks)
