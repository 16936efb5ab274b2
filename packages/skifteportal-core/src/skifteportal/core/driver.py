"""How a synchronous client drives a call's flow: the doing of what the flow asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from skifteportal.core.call import Watch
from skifteportal.core.flow import Effect, Penalize, Reserve, Send, flow
from skifteportal.core.retry import FAILURES

if TYPE_CHECKING:
    from collections.abc import Callable

    from skifteportal.core import _http
    from skifteportal.core.call import Call
    from skifteportal.core.credentials import PortalAuth

__all__ = ["drive"]

R = TypeVar("R")


def drive(
    call: Call[R],
    http: _http.Client,
    auth: PortalAuth | None,
    sleep: Callable[[float], None],
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
                reply = _do(effect, call, http, auth, sleep)
            except Exception as error:  # noqa: BLE001 - the flow raises it again
                reply = steps.throw(error)  # which logs and raises it
    finally:
        steps.close()  # cancelled, a call ends here


def _do(
    effect: Effect,
    call: Call[Any],
    http: _http.Client,
    auth: PortalAuth | None,
    sleep: Callable[[float], None],
) -> object:
    """Do what the flow asks for."""
    if isinstance(effect, Send):
        try:
            return _send(effect.request, call, http, auth)
        except FAILURES as error:
            return error
    if isinstance(effect, Reserve):
        return effect.limiter.reserve(effect.key, effect.operation)
    if isinstance(effect, Penalize):
        effect.limiter.penalize(effect.key, effect.operation, effect.seconds)
    else:
        sleep(effect.seconds)
    return None


def _send(
    request: _http.Request, call: Call[Any], http: _http.Client, auth: PortalAuth | None
) -> _http.Response:
    """Send once, and read the answer."""
    call.clip(request)
    response = http.send(request, auth=auth, follow_redirects=False, stream=True)
    call.status = response.status_code
    if call.streamed and response.is_success:
        return response
    try:
        if call.watched:
            call.clip(request)
            _watch(response, call)
        else:
            call.content = response.read()
    except BaseException:
        response.close()
        raise
    return response


def _watch(response: _http.Response, call: Call[Any]) -> None:
    """Read an answer piece by piece."""
    watch = Watch(call, response)
    sink = call.sink if response.is_success else None
    if sink is not None:
        sink.start(response)
    chunks: list[bytes] = []
    take = chunks.append if sink is None else sink.write
    for chunk in response.iter_bytes():
        call.check_deadline()
        watch.saw(chunk)
        take(chunk)
    watch.end()
    call.content = b"".join(chunks)
