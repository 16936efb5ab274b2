"""The hosts without client certificates, token exchange and APIs: aiohttp over TLS, in a thread with its own loop."""

import asyncio
import logging
import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final, TypeAlias

from aiohttp import web

from skifteportal.sandbox.loop_thread import LoopThread
from skifteportal.sandbox.messages import Answer, Request, Role

__all__ = ["HttpServer"]

Heart: TypeAlias = Callable[[Request], Answer]

# aiohttp's own log may quote what a caller sent, so it goes nowhere; the heart logs its calls.
_SILENT: Final = logging.getLogger("skifteportal.sandbox.aiohttp")
_SILENT.disabled = True
_SHUTDOWN_SECONDS: Final = 1.0


def _text(raw: bytes) -> str:
    """Read a header: UTF-8 if it is, else Latin-1, so that nothing unprintable gets further."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


async def _cut(request: web.BaseRequest, answer: Answer) -> web.StreamResponse:
    """Drop the connection, as was planned: at once, or after half of the body."""
    headers = [*answer.headers, ("Content-Length", str(len(answer.body)))]
    response = web.StreamResponse(status=answer.status, headers=headers)
    if answer.cut == "body":
        await response.prepare(request)
        await response.write(answer.body[: len(answer.body) // 2])
    request.protocol.force_close()
    return response


class HttpServer:
    """Serves one or more roles, each on a socket that already listens, until stopped.

    Args:
        listeners: A bound and listening socket for each role.
        heart: Answers requests; called in the loop's thread.
        server_file: Key and certificate of the servers, PEM.
        max_body_bytes: The largest body that is read; more is answered with 413.
    """

    def __init__(
        self,
        listeners: Mapping[Role, socket.socket],
        heart: Heart,
        *,
        server_file: Path,
        max_body_bytes: int,
    ) -> None:
        self._listeners = listeners
        self._heart = heart
        self._limit = max_body_bytes
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.minimum_version = ssl.TLSVersion.TLSv1_2
        self._context.load_cert_chain(server_file)
        self._served: list[tuple[web.Server, web.ServerRunner]] = []
        self._thread = LoopThread("sandbox-http")

    def start(self) -> None:
        """Begin to serve, in a thread of its own; return when requests are answered."""
        self._thread.start()
        self._thread.call(self._serve())

    def stop(self) -> None:
        """Stop serving and close every connection."""
        self._thread.call(self._close())
        self._thread.stop()

    async def _serve(self) -> None:
        for role, listener in self._listeners.items():
            server = web.Server(
                self._answering(role), access_log=None, logger=_SILENT, auto_decompress=False
            )
            runner = web.ServerRunner(server, access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS)
            await runner.setup()
            await web.SockSite(runner, listener, ssl_context=self._context).start()
            self._served.append((server, runner))

    async def _close(self) -> None:
        kept = [
            one.transport
            for server, _ in self._served
            for one in server.connections
            if one.transport
        ]
        for _, runner in self._served:
            await runner.cleanup()
        for transport in kept:
            transport.abort()  # a TLS connection otherwise waits for its caller to say goodbye
        await asyncio.sleep(0)  # lets the loop close what was aborted

    def _answering(self, role: Role) -> Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]:
        async def answering(request: web.BaseRequest) -> web.StreamResponse:
            body = await self._read(request)
            if body is None:
                response = web.Response(status=413, text="The body is too large")
                response.force_close()
                return response
            answer = self._heart(
                Request(
                    role=role,
                    method=request.method,
                    target=request.raw_path,
                    headers=tuple(
                        (_text(name), _text(value)) for name, value in request.raw_headers
                    ),
                    body=body,
                )
            )
            if answer.delay:
                await asyncio.sleep(answer.delay)
            if answer.cut:
                return await _cut(request, answer)
            return web.Response(
                status=answer.status, headers=list(answer.headers), body=answer.body
            )

        return answering

    async def _read(self, request: web.BaseRequest) -> bytes | None:
        if (request.content_length or 0) > self._limit:
            return None
        if request.headers.get("Expect", "").lower() == "100-continue" and request.transport:
            request.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = bytearray()
        async for chunk in request.content.iter_any():
            body += chunk
            if len(body) > self._limit:
                return None
        return bytes(body)
