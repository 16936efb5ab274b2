"""The login host: a threaded TLS server that demands a client certificate and really says why it refuses one.

asyncio servers drop a refused connection without the TLS alert (CPython #98078), and the client cannot tell why; a
server on blocking sockets sends it. The handshake runs in the connection's own thread, so that nobody is kept
waiting by a caller who never finishes it.
"""

import contextlib
import logging
import socket
import socketserver
import ssl
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from typing_extensions import override

from skifteportal.sandbox.blocking_transport import BlockingTransport
from skifteportal.sandbox.http_connection import HttpConnection
from skifteportal.sandbox.messages import Heart

__all__ = ["SysauthServer"]

_LOGGER: Final = logging.getLogger("skifteportal.sandbox")
_HANDSHAKE_SECONDS: Final = 30.0
_LINGER_SECONDS: Final = 2.0
_CHUNK: Final = 65_536
_MAX_BODY: Final = 65_536  # a token request is a small form


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


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, listener: socket.socket, context: ssl.SSLContext, heart: Heart) -> None:
        super().__init__(
            listener.getsockname(), socketserver.BaseRequestHandler, bind_and_activate=False
        )
        self.socket.close()
        self.socket = listener
        self._heart = heart
        self._context = context
        self._open: set[ssl.SSLSocket] = set()
        self._guard = threading.Lock()

    @override
    def finish_request(self, request: Any, client_address: Any) -> None:
        plain: socket.socket = request
        plain.settimeout(_HANDSHAKE_SECONDS)
        with contextlib.suppress(OSError):  # the caller went away
            self._converse(plain)

    def _converse(self, plain: socket.socket) -> None:
        secured = self._context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False)
        with self._guard:
            self._open.add(secured)
        try:
            secured.do_handshake()
        except ssl.SSLError as error:
            _LOGGER.info("sysauth: TLS refused: %s", error.reason)
            _linger(secured)
        else:
            transport = BlockingTransport(secured)
            transport.serve(
                HttpConnection(
                    "sysauth",
                    self._heart,
                    max_body_bytes=_MAX_BODY,
                    later=transport.later,
                    certificate=secured.getpeercert(binary_form=True),
                )
            )
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
                        # SSLSocket.shutdown drops TLS first, and what is just being written would go out in the clear.
                        socket.socket.shutdown(connection, socket.SHUT_RDWR)


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
