import http.server
import os
import ssl
import subprocess
import sys
import threading

import pytest
import trustme

from skifteportal.core import ConfigurationError, _http
from skifteportal.core.connections import Connections

# As gunicorn with preload_app does: the parent makes a client and uses it, then two workers call at once.
PROGRAM = """
import os, sys
import attrs
from skifteportal.core import TEST, Client, DirectAuth
from skifteportal.core.operation import Api, Operation
from skifteportal.core.shapes import ANY

class Token(DirectAuth):
    environment = attrs.evolve(TEST, api_url=sys.argv[1], ca_file=sys.argv[2])
    rate_limit_key = ""

class Krav(Client):
    _api = Api(name="x", package="skifteportal-x", version="0.1.0", spec_version="1.0.0",
               spec_sha256="0" * 64, token="direct", errors="")

POST = Operation(id="addKrav", method="POST", path="/krav", repeatable=False, body=ANY, answer=ANY)
client = Krav(Token())
assert client._call(POST, body="parent") == "parent"
begin, started = os.pipe()
workers = {}
for name in ("first", "second"):
    pid = os.fork()
    if pid == 0:
        os.read(begin, 1)
        status = 1
        try:
            with client:
                status = 0 if client._call(POST, body=name) == name else 2
        finally:
            os._exit(status)
    workers[name] = pid
os.write(started, b"12")
print(*(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in workers.values()))
print(client._call(POST, body="parent again"))
client.close()
"""


class Echo(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append((body.decode().strip('"'), self.client_address))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def portal_on_a_port(tmp_path):
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        server.daemon_threads = True
        server.seen = []
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_forked_workers_get_their_own_answers(portal_on_a_port, tmp_path):
    address = f"https://127.0.0.1:{portal_on_a_port.server_port}"
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, address, str(tmp_path / "ca.pem")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ran.stdout.split("\n")[:2], ran.stderr) == (["0 0", "parent again"], "")
    seen = dict(portal_on_a_port.seen)
    assert sorted(seen) == ["first", "parent", "parent again", "second"]
    assert len(portal_on_a_port.seen) == 4
    assert seen["parent"] == seen["parent again"]  # the workers did not end the parent's connection
    assert len(set(seen.values())) == 3


@pytest.fixture(params=[_http.Client, _http.AsyncClient])
def make(request):
    return request.param


def test_a_child_makes_an_http_client_of_its_own_at_its_first_call(make):
    connections = Connections(make, {}, None)
    parents = connections.current()
    connections.forget_parent()
    mine = connections.current()
    assert isinstance(mine, make)
    assert mine is not parents
    assert connections.current() is mine
    assert not parents.is_closed
    assert connections.release() is mine


def test_of_two_threads_the_second_takes_what_the_first_made(make):
    connections = Connections(make, {}, None)
    connections.forget_parent()
    first = connections.current()
    assert connections._anew() is first


def test_a_child_of_a_child(make):
    connections = Connections(make, {}, None)
    connections.forget_parent()
    connections.forget_parent()
    assert isinstance(connections.current(), make)


def test_what_the_child_did_not_use_it_does_not_close(make):
    connections = Connections(make, {}, None)
    connections.forget_parent()
    assert connections.release() is None
    with pytest.raises(ConfigurationError, match="The client is closed"):
        connections.current()


def test_what_was_closed_before_the_fork_stays_closed():
    connections = Connections(_http.Client, {}, None)
    connections.release().close()
    connections.forget_parent()
    with pytest.raises(ConfigurationError, match="The client is closed"):
        connections.current()


@pytest.mark.parametrize("own", ["transport", "http_client"])
def test_what_is_the_users_own_is_refused_in_the_child(make, own):
    transport = _http.MockTransport(lambda request: _http.Response(200))
    given = make(transport=transport) if own == "http_client" else None
    connections = Connections(make, {} if given else {"transport": transport}, given)
    connections.forget_parent()
    with pytest.raises(ConfigurationError, match="before this process was forked"):
        connections.current()
    assert connections.release() is None
