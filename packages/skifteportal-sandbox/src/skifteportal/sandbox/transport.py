"""The portal in the caller's own process: an httpx transport that asks its heart, without sockets and TLS."""

import time
from collections.abc import AsyncIterator, Iterator
from typing import Final

from typing_extensions import override

from skifteportal.core._http import (
    AsyncBaseTransport,
    AsyncByteStream,
    BaseTransport,
    ConnectError,
    ReadError,
    ReadTimeout,
    RemoteProtocolError,
    Response,
    SyncByteStream,
)
from skifteportal.core._http import (
    Request as HttpRequest,
)
from skifteportal.core.environments import TEST, Environment
from skifteportal.sandbox.messages import Answer, Request, Role
from skifteportal.sandbox.portal import Portal

__all__ = ["SandboxTransport"]

_NO_CONTENT: Final = 204


def _origin(url: str) -> str:
    return url.split("/")[2]


class _HalfABody(SyncByteStream, AsyncByteStream):
    """The first half of a body, and then the end of the connection, in httpx's words."""

    def __init__(self, body: bytes) -> None:
        self._half = body[: len(body) // 2]
        self._error = RemoteProtocolError(
            "peer closed connection without sending complete message body "
            f"(received {len(self._half)} bytes, expected {len(body)})"
        )

    @override
    def __iter__(self) -> Iterator[bytes]:
        yield self._half
        raise self._error

    @override
    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._half
        raise self._error


class SandboxTransport(BaseTransport, AsyncBaseTransport):
    """Answers httpx clients, sync and async, from a portal in memory.

    No TLS is spoken, so the certificate is given here, and only whether there is one is judged.

    Args:
        portal: The portal.
        environment: Whose addresses the client calls; the portal's test environment unless given.
        certificate: The client certificate that the login sees, DER; without one the login hangs up.
    """

    def __init__(
        self, portal: Portal, *, environment: Environment = TEST, certificate: bytes | None = None
    ) -> None:
        self._portal = portal
        self._certificate = certificate
        self._roles: dict[str, Role] = {
            _origin(environment.auth_url): "sysauth",
            _origin(environment.exchange_url): "auth",
            _origin(environment.api_url): "api",
        }

    def _answer(self, request: HttpRequest, body: bytes) -> Answer:
        role = self._roles.get(request.url.netloc.decode())
        if role is None:
            raise ConnectError("The sandbox has no such host", request=request)
        certificate = self._certificate if role == "sysauth" else None
        if role == "sysauth" and certificate is None:
            # what a client meets under TLS 1.3: the refusal comes after the connection
            raise ReadError("[SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED]", request=request)
        return self._portal.handle(
            Request(
                role=role,
                method=request.method,
                target=request.url.raw_path.decode(),
                headers=tuple(request.headers.multi_items()),
                body=body,
                certificate=certificate,
            )
        )

    @override
    def handle_request(self, request: HttpRequest) -> Response:
        answer = self._answer(request, request.read())
        if answer.delay:
            _check_patience(request, answer)
            time.sleep(answer.delay)
        return _response(request, answer)

    @override
    async def handle_async_request(self, request: HttpRequest) -> Response:
        answer = self._answer(request, await request.aread())
        if answer.delay:
            _check_patience(request, answer)
            from anyio import sleep  # noqa: PLC0415 - as core: not before the first wait

            await sleep(answer.delay)
        return _response(request, answer)


def _check_patience(request: HttpRequest, answer: Answer) -> None:
    """Time out at once where the caller would not wait: nobody gains by its really waiting."""
    patience = request.extensions.get("timeout", {}).get("read")
    if patience is not None and answer.delay >= patience:
        raise ReadTimeout("The read operation timed out", request=request)


def _response(request: HttpRequest, answer: Answer) -> Response:
    if answer.cut == "whole":
        text = "Server disconnected without sending a response."
        raise RemoteProtocolError(text, request=request)
    headers = list(answer.headers)
    if answer.status != _NO_CONTENT:  # RFC 9110, section 8.6
        headers.append(("Content-Length", str(len(answer.body))))
    if answer.cut == "body":
        stream = _HalfABody(answer.body)
        return Response(answer.status, headers=headers, stream=stream, request=request)
    content = b"" if request.method == "HEAD" else answer.body
    return Response(answer.status, headers=headers, content=content, request=request)
