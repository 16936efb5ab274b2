"""A token endpoint on loopback over real TLS, in a thread of its own, that one test tells what to do."""

import contextlib
import json
import socket
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

__all__ = ["TlsServer"]


class TlsServer:
    """Serves POSTs and GETs.

    Args:
        context: The TLS side.
        answer: Is given the form and the client's certificate (DER or None); returns the status,
            and bytes or what JSON is made of.
        get: Is given a GET's path and its Authorization header (or None); returns the same.
        ahead: Seconds by which its Date headers are ahead; None to leave them empty.
        headers: More headers of every answer: names and values.
    """

    def __init__(
        self, context, answer, get=lambda path, authorization: (404, {}), ahead=0, headers=()
    ):
        self.forms = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                length = int(self.headers["Content-Length"])
                form = dict(parse_qsl(self.rfile.read(length).decode()))
                server.forms.append(form)
                self._send(*answer(form, self.connection.getpeercert(binary_form=True)))

            def do_GET(self):
                self._send(*get(self.path, self.headers["Authorization"]))

            def _send(self, status, content):
                body = content if isinstance(content, bytes) else json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                for name, value in headers:
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def date_time_string(self, timestamp=None):
                return "" if ahead is None else super().date_time_string(time.time() + ahead)

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def finish_request(self, request, client_address):
                try:
                    request.do_handshake()
                except OSError:
                    drain(request)
                    return
                Handler(request, client_address, self)

            def handle_error(self, request, client_address):
                pass

        self._server = Server(("127.0.0.1", 0), Handler)
        self._server.socket = context.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )
        self.url = f"https://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def drain(request):
    """Read what the client has sent already: closing on unread bytes would reset the connection,
    and the alert with it.
    """
    with contextlib.suppress(OSError, ssl.SSLError):
        request.settimeout(5)
        socket.socket.shutdown(request, socket.SHUT_WR)
        while socket.socket.recv(request, 4096):
            pass
