"""Calls over real TLS on loopback: what a mock transport can't show."""

import http.server
import logging
import ssl
import threading
import time

import attrs
import pytest
import trustme

from skifteportal.core import (
    TEST,
    CallOptions,
    CallTimeout,
    ConnectionFailed,
    DeadlineExceeded,
    File,
    OutcomeUnknown,
    Timeouts,
)
from skifteportal.core.shapes import ANY

CONTENT = b"%PDF" + bytes(300_000)
NAME = "Ione Koss 0101011234.pdf"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        getattr(self, "do_" + self.path.strip("/"))()

    def do_POST(self):
        length = self.headers.get("Content-Length")
        if length is None:
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            body = self.rfile.read(int(length))
        self.server.bodies.append(body)
        getattr(self, "do_" + self.path.strip("/"))()

    def answer(self, body=b"17", **headers):
        self.send_response(200)
        self.send_header("Content-Length", headers.get("length", len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_ok(self):
        self.answer()

    def do_file(self):
        self.send_response(200)
        self.send_header("Content-Disposition", f'attachment; filename="{NAME}"')
        self.send_header("Content-Length", str(len(CONTENT)))
        self.end_headers()
        self.wfile.write(CONTENT)

    def do_short(self):
        self.answer(b"[1", length=10)
        self.close_connection = True

    def do_nothing(self):
        self.close_connection = True

    def do_silence(self):
        self.server.released.wait()
        self.close_connection = True

    def do_trickle(self):
        self.send_response(200)
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        try:
            while not self.server.released.wait(0.005):
                self.wfile.write(b" ")
        except OSError:
            pass
        self.close_connection = True

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, context):
        super().__init__(("127.0.0.1", 0), Handler)
        self.socket = context.wrap_socket(
            self.socket, server_side=True, do_handshake_on_connect=False
        )
        self.bodies = []
        self.released = threading.Event()

    def handle_error(self, request, client_address):
        pass  # clients that hang up are what some tests are about


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def server(authority):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with Server(context) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.released.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def real_world(world, server, authority, tmp_path):
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    world.auth.environment = attrs.evolve(
        TEST, api_url=f"https://127.0.0.1:{server.server_port}", ca_file=tmp_path / "ca.pem"
    )
    world.defaults = {"transport": None}
    world.own_time = False
    return world


def test_a_call(real_world, make_operation):
    assert real_world.call(make_operation(path="/ok")) == 17


@pytest.mark.parametrize("stream", [False, True])
def test_an_upload(real_world, server, make_operation, tmp_path, stream):
    path = tmp_path / "faktura.pdf"
    path.write_bytes(CONTENT)
    with path.open("rb") as opened:
        file = File.from_stream(Unseekable(opened), name="x.pdf") if stream else path
        operation = make_operation("POST", "/ok", upload="application/pdf")
        assert real_world.upload(operation, (), file) == 17
    assert server.bodies == [CONTENT]


class Unseekable:
    def __init__(self, stream):
        self.read = stream.read

    def seekable(self):
        return False


def test_a_download(real_world, make_operation, tmp_path):
    operation = make_operation(path="/file", answer=None)
    saved = real_world.use("_download", operation, (), then=lambda d: d.save(tmp_path / "x.pdf"))
    assert saved.read_bytes() == CONTENT


def test_no_log_names_the_file(real_world, make_operation, caplog):
    operation = make_operation(path="/file", answer=None)
    with caplog.at_level(logging.DEBUG):
        assert real_world.use("_download", operation, (), then=lambda d: d.read()) == CONTENT
    assert "Content-Disposition" in caplog.text  # the HTTP library's, without the value
    assert NAME not in caplog.text


def test_an_answer_that_breaks_off(real_world, make_operation):
    with pytest.raises(ConnectionFailed, match="while the answer"):
        real_world.call(make_operation(path="/short"))
    with pytest.raises(OutcomeUnknown, match="while the answer"):
        real_world.call(make_operation("POST", path="/short"))


def test_no_answer_at_all(real_world, server, make_operation):
    with pytest.raises(ConnectionFailed):
        real_world.call(make_operation(path="/nothing"))
    with pytest.raises(OutcomeUnknown):
        real_world.call(make_operation("POST", "/nothing", body=ANY), body=1)
    assert server.bodies == [b"1"]


def test_a_slow_answer(real_world, make_operation):
    client = {"timeouts": Timeouts(read=0.05), "max_retries": 0}
    with pytest.raises(CallTimeout):
        real_world.call(make_operation(path="/silence"), client=client)


@pytest.mark.parametrize("path", ["/silence", "/trickle"])
def test_a_deadline(real_world, make_operation, path):
    options = CallOptions(deadline=0.1)
    started = time.monotonic()
    with pytest.raises(DeadlineExceeded):
        real_world.call(make_operation(path=path), options=options)
    assert time.monotonic() - started < 20  # and not the 30 s of the read timeout


def test_a_server_nobody_vouches_for(real_world, make_operation):
    real_world.auth.environment = attrs.evolve(real_world.auth.environment, ca_file=None)
    with pytest.raises(ConnectionFailed, match="certificate is not trusted: unable to get"):
        real_world.call(make_operation(path="/ok"))


def test_nobody_there(real_world, server, make_operation):
    server.server_close()
    with pytest.raises(ConnectionFailed):
        real_world.call(make_operation("POST", path="/ok"))


def test_a_proxy_that_is_not_there(real_world, make_operation):
    with pytest.raises(ConnectionFailed, match="No connection could be made"):
        real_world.call(make_operation(path="/ok"), client={"proxy": "http://127.0.0.1:1"})
