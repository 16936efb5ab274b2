"""A blocking TLS socket that serves one HTTP connection in its own thread, as an event loop's transport would."""

import asyncio
import contextlib
import ssl
import time
from collections.abc import Callable
from typing import Final

import attrs
from typing_extensions import override

from skifteportal.sandbox.http_connection import HttpConnection

__all__ = ["BlockingTransport"]

_WRITE_SECONDS: Final = 30.0
_CHUNK: Final = 65_536


@attrs.frozen(eq=False)
class _Timer:
    due: float
    what: Callable[[], object]
    timers: "set[_Timer]"

    def cancel(self) -> None:
        self.timers.discard(self)


class BlockingTransport(asyncio.Transport):
    """Serves a connection until either side closes it.

    Args:
        connected: The socket, after its handshake.
    """

    def __init__(self, connected: ssl.SSLSocket) -> None:
        super().__init__()
        self._socket = connected
        self._timers: set[_Timer] = set()
        self._reading = True
        self._closed = False

    def serve(self, connection: HttpConnection) -> None:
        """Read, answer and keep time.

        Args:
            connection: What is told of all that comes.

        Raises:
            OSError: The caller went away.
        """
        connection.connection_made(self)
        try:
            while not self._closed:
                self._step(connection)
        finally:
            connection.connection_lost(None)

    def later(self, seconds: float, what: Callable[[], object]) -> _Timer:
        """Have something done after some seconds, unless it is cancelled."""
        timer = _Timer(time.monotonic() + seconds, what, self._timers)
        self._timers.add(timer)
        return timer

    def _step(self, connection: HttpConnection) -> None:
        timer = min(self._timers, key=lambda one: one.due)  # a connection's patience has one always
        left = timer.due - time.monotonic()
        if left <= 0:
            timer.cancel()
            timer.what()
        elif not self._reading:
            time.sleep(left)
        else:
            self._socket.settimeout(left)
            with contextlib.suppress(TimeoutError):
                data = self._socket.recv(_CHUNK)
                if data:
                    connection.data_received(data)
                else:
                    self._closed = True

    @override
    def write(self, data: bytes | bytearray | memoryview) -> None:
        self._socket.settimeout(_WRITE_SECONDS)
        self._socket.sendall(data)

    @override
    def close(self) -> None:
        self._closed = True

    @override
    def abort(self) -> None:
        self.close()

    @override
    def pause_reading(self) -> None:
        self._reading = False

    @override
    def resume_reading(self) -> None:
        self._reading = True
