"""The login host: a threaded TLS server that demands a client certificate and really says why it refuses one.

asyncio servers drop a refused connection without the TLS alert (CPython #98078), and the client cannot tell why; a
server on blocking sockets sends it. The handshake runs in the connection's own thread, so that nobody is kept
waiting by a caller who never finishes it.
"""

import contextlib
import http.server
import logging
import socket
import socketserver
import ssl
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final, TypeAlias, cast

from typing_extensions import override

from skifteportal.sandbox.messages import Answer, Request

__all__ = ["SysauthServer"]

_LOGGER: Final = logging.getLogger("skifteportal.sandbox")
_IDLE_SECONDS: Final = 30.0
_LINGER_SECONDS: Final = 2.0
_CHUNK: Final = 65_536
_MAX_BODY: Final = 65_536  # a token request is a small form

Heart: TypeAlias = Callable[[Request], Answer]


def _context(*, server_file: Path, ca_file: Path, revoked_file: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(server_file)
    context.load_verify_locations(ca_file)
    context.load_verify_locations(revoked_file)
    context.verify_mode = ssl.CERT_REQUIRED
    context.options |= ssl.OP_NO_TICKET  # a resumed session would not show its certificate again
    context.num_tickets = 0
    context.verify_flags |= ssl.VERIFY_CRL_CHECK_LEAF
    return context


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    connection: ssl.SSLSocket

    def _refuse(self, status: int, text: str) -> None:
        self.close_connection = True
        body = f'{{"error":"{text}"}}'.encode()
        self._send(
            Answer(status=status, headers=(("Content-Type", "application/json"),), body=body)
        )

    def _body(self) -> bytes | None:
        """Return the body, or None where the request has been refused."""
        lengths = self.headers.get_all("Content-Length", [])
        if "Transfer-Encoding" in self.headers:
            self._refuse(411, "send Content-Length instead of Transfer-Encoding")
        elif len(lengths) > 1 or not all(
            length.isascii() and length.isdigit() for length in lengths
        ):
            self._refuse(400, "Content-Length is not a number")
        elif lengths and (len(lengths[0]) > 9 or int(lengths[0]) > _MAX_BODY):  # noqa: PLR2004 - no huge int()
            self._refuse(413, "the body is too large")
        else:
            size = int(lengths[0]) if lengths else 0
            body = self.rfile.read(size)
            if len(body) == size:
                return body
            self.close_connection = True
        return None

    def _handle(self) -> None:
        body = self._body()
        if body is None:
            return
        request = Request(
            role="sysauth",
            method=self.command,
            target=self.path,
            headers=tuple(self.headers.items()),
            body=body,
            certificate=self.connection.getpeercert(binary_form=True),
        )
        self._send(cast("_Server", self.server).heart(request))

    def __getattr__(self, name: str) -> Any:
        # http.server looks for do_<METHOD>: whatever the method, the portal's heart answers
        if name.startswith("do_"):
            return self._handle
        raise AttributeError(name)

    def _send(self, answer: Answer) -> None:
        if answer.delay:
            time.sleep(answer.delay)
        if answer.cut:
            self.close_connection = True
        if answer.cut == "whole":
            return
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(
                answer.body if not answer.cut else answer.body[: len(answer.body) // 2]
            )

    @override
    def version_string(self) -> str:
        return "skifteportal-sandbox"

    @override
    def log_message(self, format: str, *args: Any) -> None:
        """Log nothing: request lines may hold what nobody should read. The heart logs its calls."""


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, listener: socket.socket, context: ssl.SSLContext, heart: Heart) -> None:
        super().__init__(listener.getsockname(), _Handler, bind_and_activate=False)
        self.socket.close()
        self.socket = listener
        self.heart = heart
        self._context = context
        self._open: set[ssl.SSLSocket] = set()
        self._guard = threading.Lock()

    @override
    def finish_request(self, request: Any, client_address: Any) -> None:
        plain: socket.socket = request
        plain.settimeout(_IDLE_SECONDS)
        with contextlib.suppress(OSError):  # the caller went away
            self._converse(plain, client_address)

    def _converse(self, plain: socket.socket, client_address: Any) -> None:
        secured = self._context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False)
        with self._guard:
            self._open.add(secured)
        try:
            secured.do_handshake()
        except ssl.SSLError as error:
            _LOGGER.info("sysauth: TLS refused: %s", error.reason)
            _linger(secured)
        else:
            _Handler(secured, client_address, self)
        finally:
            with self._guard:
                self._open.discard(secured)
            secured.close()

    @override
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Log the kind of failure only: a traceback may quote what the caller sent."""
        _LOGGER.error("sysauth: a connection failed: %s", type(sys.exception()).__name__)

    def judge_by(self, context: ssl.SSLContext) -> None:
        self._context = context

    def close_connections(self, *, of: frozenset[bytes] | None = None) -> None:
        with self._guard:
            for connection in self._open:
                with contextlib.suppress(OSError, ValueError):  # closed, or still shaking hands
                    if of is None or connection.getpeercert(binary_form=True) in of:
                        connection.shutdown(socket.SHUT_RDWR)


def _linger(secured: ssl.SSLSocket) -> None:
    """Let the alert reach the caller: closing with unread bytes would reset the connection and may discard it."""
    with contextlib.suppress(OSError), socket.socket(fileno=secured.detach()) as plain:
        plain.settimeout(_LINGER_SECONDS)
        plain.shutdown(socket.SHUT_WR)
        while plain.recv(_CHUNK):
            pass


class SysauthServer:
    """Serves the login on a socket that already listens, until stopped.

    Args:
        listener: A bound and listening socket.
        heart: Answers requests.
        server_file: Key and certificate of the server, PEM.
        ca_file: The root that client certificates must hang from, PEM.
        revoked_file: The list of revoked certificates, PEM.
    """

    def __init__(
        self,
        listener: socket.socket,
        heart: Heart,
        *,
        server_file: Path,
        ca_file: Path,
        revoked_file: Path,
    ) -> None:
        self._files = {"server_file": server_file, "ca_file": ca_file}
        context = _context(**self._files, revoked_file=revoked_file)
        self._server = _Server(listener, context, heart)
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.05},
            name="sandbox-sysauth",
            daemon=True,
        )

    def start(self) -> None:
        """Begin to serve, in a thread of its own."""
        self._thread.start()

    def revoke(self, revoked_file: Path, *, certificates: Iterable[bytes] = ()) -> None:
        """Go by another list of revoked certificates, from the next handshake on.

        Args:
            revoked_file: The list, PEM.
            certificates: Those whose open connections are closed, DER.
        """
        self._server.judge_by(_context(**self._files, revoked_file=revoked_file))
        self._server.close_connections(of=frozenset(certificates))

    def stop(self) -> None:
        """Stop serving and close every connection."""
        self._server.shutdown()
        self._thread.join()
        self._server.close_connections()
        self._server.server_close()
