"""The hosts without client certificates, token exchange and APIs, over TLS, in a thread with its own loop."""

import asyncio
import socket
import ssl
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from skifteportal.sandbox.http_connection import Awaited, HttpConnection
from skifteportal.sandbox.loop_thread import LoopThread
from skifteportal.sandbox.messages import Answer, Heart, Request, Role

__all__ = ["HttpServer"]

_HANDSHAKE_SECONDS: Final = 30.0


class HttpServer:
    """Serves one or more roles, each on a socket that already listens, until stopped.

    Args:
        listeners: A bound and listening socket for each role.
        heart: Answers requests; called in the loop's thread, or in another for those that take long.
        takes_long: Whether a request does, so that others need not wait for it.
        server_file: Key and certificate of the servers, PEM.
        max_body_bytes: The largest body that is read; more is answered with 413.
    """

    def __init__(
        self,
        listeners: Mapping[Role, socket.socket],
        heart: Heart,
        *,
        takes_long: Callable[[Request], bool],
        server_file: Path,
        max_body_bytes: int,
    ) -> None:
        self._listeners = listeners
        self._heart = heart
        self._takes_long = takes_long
        self._limit = max_body_bytes
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.minimum_version = ssl.TLSVersion.TLSv1_2
        self._context.load_cert_chain(server_file)
        self._servers: list[asyncio.Server] = []
        self._opened: set[HttpConnection] = set()
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
        loop = asyncio.get_running_loop()
        for role, listener in self._listeners.items():
            connection = partial(
                HttpConnection,
                role,
                self._heart,
                max_body_bytes=self._limit,
                later=loop.call_later,
                aside=self._aside,
                opened=self._opened,
            )
            self._servers.append(
                await loop.create_server(
                    connection,
                    sock=listener,
                    ssl=self._context,
                    ssl_handshake_timeout=_HANDSHAKE_SECONDS,
                )
            )

    def _aside(
        self, request: Request, heart: Heart, told: Callable[[Answer], object]
    ) -> Awaited | None:
        if not self._takes_long(request):
            return None

        def finished(work: asyncio.Future[Answer]) -> None:
            if not work.cancelled():  # the caller went away
                told(work.result())

        work = asyncio.get_running_loop().run_in_executor(None, heart, request)
        work.add_done_callback(finished)
        return work

    async def _close(self) -> None:
        for server in self._servers:
            server.close()
        for connection in tuple(self._opened):
            connection.abort()
        await asyncio.sleep(0)  # lets the loop close what was aborted
