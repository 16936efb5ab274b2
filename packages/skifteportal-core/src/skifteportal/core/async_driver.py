"""How an asynchronous client drives a call's flow: the doing of what the flow asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import anyio
from anyio import to_thread

from skifteportal.core.call import Watch
from skifteportal.core.flow import Effect, Penalize, Reserve, Send, flow
from skifteportal.core.retry import FAILURES, DeadlinePassed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from skifteportal.core import _http
    from skifteportal.core.call import Call
    from skifteportal.core.credentials import PortalAuth

__all__ = ["drive"]

R = TypeVar("R")


async def drive(
    call: Call[R],
    http: _http.AsyncClient,
    auth: PortalAuth | None,
    sleep: Callable[[float], Awaitable[None]],
) -> R:
    """Drive a call's flow.

    Args:
        call: The call.
        http: What sends its requests.
        auth: Puts the token on them; None for an open API.
        sleep: Waits so many seconds.

    Returns:
        The call's result.

    Raises:
        PortalError: As skifteportal.core.errors says.
    """
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
                reply = await _do(effect, call, http, auth, sleep)
            except Exception as error:  # noqa: BLE001 - the flow raises it again
                reply = steps.throw(error)  # which logs and raises it
    finally:
        steps.close()  # cancelled, a call ends here


async def _do(
    effect: Effect,
    call: Call[Any],
    http: _http.AsyncClient,
    auth: PortalAuth | None,
    sleep: Callable[[float], Awaitable[None]],
) -> object:
    """Do what the flow asks for."""
    if isinstance(effect, Send):
        try:
            return await _send(effect.request, call, http, auth)
        except FAILURES as error:
            return error
    if isinstance(effect, Reserve):
        return await effect.limiter.reserve_async(effect.key, effect.operation)
    if isinstance(effect, Penalize):
        await effect.limiter.penalize_async(effect.key, effect.operation, effect.seconds)
    else:
        await sleep(effect.seconds)
    return None


async def _send(
    request: _http.Request, call: Call[Any], http: _http.AsyncClient, auth: PortalAuth | None
) -> _http.Response:
    """Send once, and read the answer."""
    left = call.clip(request)
    if left is None:
        return await _exchange(request, call, http, auth)
    with anyio.move_on_after(left):
        return await _exchange(request, call, http, auth)
    raise DeadlinePassed


async def _exchange(
    request: _http.Request, call: Call[Any], http: _http.AsyncClient, auth: PortalAuth | None
) -> _http.Response:
    response = await http.send(request, auth=auth, follow_redirects=False, stream=True)
    call.status = response.status_code
    if call.streamed and response.is_success:
        return response
    try:
        if call.watched:
            await _watch(response, call)
        else:
            call.content = await response.aread()
    except BaseException:
        await response.aclose()
        raise
    return response


async def _watch(response: _http.Response, call: Call[Any]) -> None:
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
