import contextlib
import gzip
import http.client
import json
import socket
import ssl
import threading
from urllib.parse import urlsplit

import pytest
from portal_in_memory import GUIDE_ESTATE, PDF, Api

from skifteportal.sandbox import Portal, Settings
from skifteportal.sandbox.http_server import HttpServer
from skifteportal.sandbox.messages import Answer


@pytest.fixture(scope="module")
def token(running):
    return Api(running.portal).token()


@pytest.fixture
def context(running):
    made = ssl.create_default_context(cafile=running.folder / "ca.pem")
    made.verify_flags |= ssl.VERIFY_X509_STRICT  # as Python 3.13 does by itself
    return made


@pytest.fixture
def connect(running, context):
    opened = []

    def open_one(url=None):
        address = urlsplit(url or running.environment.api_url)
        connection = http.client.HTTPSConnection(
            address.hostname, address.port, context=context, timeout=10
        )
        opened.append(connection)
        return connection

    yield open_one
    for connection in opened:
        connection.close()


def ask(connection, method, path, body=None, *, token=None, **headers):
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if token is not None:
        sent["Authorization"] = f"Bearer {token}"
    connection.request(method, path, body, sent)
    answer = connection.getresponse()
    return answer, answer.read()


def test_the_guides_search_goes_over_tls_on_a_kept_connection(connect, token):
    connection = connect()
    for _ in range(2):
        answer, body = ask(
            connection,
            "POST",
            "/doedsbojournaler",
            b'{"cprNummer":"4634875520"}',
            token=token,
            Content_Type="application/json",
        )
        assert (answer.status, json.loads(body)[0]["id"]) == (200, GUIDE_ESTATE)
        assert answer.headers["X-Total-Count"] == "1"
        assert answer.headers["Content-Length"] == str(len(body))


def upload(connection, token, body, name='filename="test.pdf"', **headers):
    krav = f"/doedsbojournaler/{GUIDE_ESTATE}/krav"
    made, content = ask(
        connection,
        "POST",
        krav,
        b'{"beloeb":1,"endeligt":true}',
        token=token,
        Content_Type="application/json",
    )
    assert made.status == 201
    path = f"{krav}/{json.loads(content)['id']}/bilag"
    return ask(
        connection,
        "POST",
        path,
        body,
        token=token,
        Content_Type="application/pdf",
        Content_Disposition=name,
        **headers,
    )


def test_an_upload_may_come_in_chunks(connect, token):
    connection = connect()
    answer, body = upload(connection, token, iter([PDF[:5], PDF[5:]]))
    assert answer.status == 201
    assert ask(connection, "GET", json.loads(body)["url"], token=token)[1] == PDF


@pytest.mark.parametrize("raw", ["blå.pdf".encode(), "blå.pdf".encode("latin-1")])
def test_a_name_outside_ascii_is_read_as_utf_8_or_latin_1(connect, token, raw):
    answer, body = upload(connect(), token, PDF, name=b'filename="' + raw + b'"')
    assert (answer.status, json.loads(body)["filnavn"]) == (201, "blå.pdf")


def test_a_compressed_body_is_refused_unopened(connect, token):
    answer, _ = upload(connect(), token, gzip.compress(PDF), Content_Encoding="gzip")
    assert answer.status == 415


def test_a_caller_who_expects_100_continue_is_told_to_go_on(connect, token):
    connection = connect()
    connection.connect()
    body = b'{"cprNummer":"4634875520"}'
    head = (
        f"POST /doedsbojournaler HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nExpect: 100-continue\r\n\r\n"
    )
    connection.sock.sendall(head.encode())
    assert connection.sock.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
    connection.sock.sendall(body)
    assert connection.sock.recv(1000).startswith(b"HTTP/1.1 200 OK")


def test_unknown_paths_methods_and_tokens_are_refused(connect):
    assert ask(connect(), "GET", "/nothing")[0].status == 404
    for method in ("HEAD", "OPTIONS", "TRACE", "PROPFIND"):
        answer, _ = ask(connect(), method, "/doedsbojournaler")
        assert (answer.status, answer.headers["Allow"]) == (405, "POST")
    assert (
        ask(connect(), "POST", "/doedsbojournaler", token="æ".encode().decode("latin-1"))[0].status
        == 401
    )


@pytest.mark.parametrize(
    "sent",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"b" * 40_000 + b"\r\n\r\n",
        b"POST /doedsbojournaler HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
        b"POST /doedsbojournaler HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"POST /doedsbojournaler HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
)
def test_broken_http_gets_a_4xx_and_no_trace(connect, sent):
    connection = connect()
    connection.connect()
    connection.sock.sendall(sent)
    received = connection.sock.recv(10_000)
    assert received.startswith((b"HTTP/1.1 4", b"HTTP/1.0 4"))
    assert b"Traceback" not in received


def test_a_caller_who_goes_away_harms_nobody(connect, token):
    connection = connect()
    connection.connect()
    connection.sock.sendall(
        b"POST /doedsbojournaler HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf"
    )
    connection.close()
    assert ask(connect(), "GET", f"/doedsbojournaler/{GUIDE_ESTATE}", token=token)[0].status == 200


def test_the_exchange_has_its_own_address(connect, running):
    answer, body = ask(connect(running.environment.exchange_url), "GET", "/certs")
    assert answer.status == 200
    assert b'"alg":"RS256"' in body


@pytest.fixture
def small(running):
    """A server that takes ten bytes."""
    listener = socket.create_server(("127.0.0.1", 0))
    portal = Portal(clients=[], issuer="https://x", settings=Settings(max_body_bytes=10))
    server = HttpServer(
        {"api": listener},
        portal.handle,
        takes_long=portal.takes_long,
        server_file=running.folder / "server.pem",
        max_body_bytes=10,
    )
    server.start()
    yield f"https://127.0.0.1:{listener.getsockname()[1]}"
    server.stop()


@pytest.mark.parametrize("chunked", [True, False])
def test_a_body_beyond_the_limit_is_refused_before_it_is_read(connect, small, chunked):
    body = iter([b"x" * 500_000] * 6) if chunked else b"x" * 3_000_000  # still being sent
    answer, content = ask(connect(small), "POST", "/doedsbojournaler", body, X_Request_ID="mine")
    assert (answer.status, answer.headers["Connection"]) == (413, "close")
    assert answer.headers["X-Request-ID"]
    assert json.loads(content)["besked"].startswith("The body is too large")


@pytest.fixture
def slow(running):
    """A server on which one call takes as long as the test says."""
    going, listener = threading.Event(), socket.create_server(("127.0.0.1", 0))

    def heart(request):
        assert request.target == "/quick" or going.wait(10)
        return Answer(status=200)

    server = HttpServer(
        {"api": listener},
        heart,
        takes_long=lambda request: request.target != "/quick",
        server_file=running.folder / "server.pem",
        max_body_bytes=10,
    )
    server.start()
    stopped, stop = [], server.stop
    server.stop = lambda: stopped.append(stop())
    yield f"https://127.0.0.1:{listener.getsockname()[1]}", going, server
    going.set()
    if not stopped:
        server.stop()


def test_a_call_that_takes_long_keeps_nobody_else_waiting(connect, slow):
    url, going, _ = slow
    long = connect(url)
    long.request("GET", "/long")
    assert ask(connect(url), "GET", "/quick")[0].status == 200
    going.set()
    assert long.getresponse().status == 200


def test_who_goes_away_while_a_call_takes_long_harms_nobody(connect, slow):
    url, going, _ = slow
    long = connect(url)
    long.request("GET", "/long")
    long.close()
    assert ask(connect(url), "GET", "/quick")[0].status == 200
    going.set()
    assert ask(connect(url), "GET", "/quick")[0].status == 200


def test_a_call_that_takes_long_is_finished_though_the_server_stops(connect, slow):
    url, going, server = slow
    long = connect(url)
    long.request("GET", "/long")
    assert ask(connect(url), "GET", "/quick")[0].status == 200  # the other has begun
    stopping = threading.Thread(target=server.stop)
    stopping.start()
    with pytest.raises((http.client.RemoteDisconnected, ssl.SSLError, ConnectionError)):
        long.getresponse()
    going.set()
    stopping.join()


def test_tls_before_1_2_is_refused(running):
    context = ssl.create_default_context(cafile=running.folder / "ca.pem")
    with pytest.warns(DeprecationWarning, match="TLS"):
        context.minimum_version = ssl.TLSVersion.TLSv1
    with pytest.warns(DeprecationWarning, match="TLS"):
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    for url in running.urls.values():
        address = urlsplit(url)
        connection = http.client.HTTPSConnection(
            address.hostname, address.port, context=context, timeout=10
        )
        with pytest.raises(ssl.SSLError):
            connection.connect()
        connection.close()


def test_stopping_closes_kept_connections(running, connect):
    listener = socket.create_server(("127.0.0.1", 0))
    server = HttpServer(
        {"api": listener},
        running.portal.handle,
        takes_long=running.portal.takes_long,
        server_file=running.folder / "server.pem",
        max_body_bytes=10,
    )
    server.start()
    host, port = listener.getsockname()
    half = socket.create_connection((host, port), timeout=10)  # has said nothing yet
    connection = connect(f"https://{host}:{port}")
    assert ask(connection, "GET", "/")[0].status == 404
    server.stop()
    with contextlib.suppress(ConnectionResetError, ssl.SSLEOFError):
        assert connection.sock.recv(1) == b""
    with half, contextlib.suppress(ConnectionResetError):
        assert half.recv(1) == b""
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host, port))


@pytest.fixture
def planned(running):
    def plan(**given):
        running.control.fail("getBo", **given)

    yield plan
    running.control.clear_failures()


@pytest.mark.parametrize("cut", ["before", "after"])
def test_a_connection_is_dropped_as_planned(connect, token, planned, cut):
    planned(cut=cut)
    with pytest.raises((http.client.RemoteDisconnected, ssl.SSLError, ConnectionError)):
        ask(connect(), "GET", f"/doedsbojournaler/{GUIDE_ESTATE}", token=token)
    assert ask(connect(), "GET", f"/doedsbojournaler/{GUIDE_ESTATE}", token=token)[0].status == 200


def test_a_body_ends_half_way_as_planned(connect, token, planned):
    planned(cut="body", delay=0.001)
    with pytest.raises(http.client.IncompleteRead) as caught:
        ask(connect(), "GET", f"/doedsbojournaler/{GUIDE_ESTATE}", token=token)
    assert abs(len(caught.value.partial) - caught.value.expected) <= 1


def test_a_late_answer_keeps_nobody_else_waiting(connect, token, planned):
    planned(delay=3600)
    late = connect()
    late.request(
        "GET", f"/doedsbojournaler/{GUIDE_ESTATE}", headers={"Authorization": f"Bearer {token}"}
    )
    found = ask(connect(), "GET", f"/doedsbojournaler/{GUIDE_ESTATE}/krav", token=token)
    assert found[0].status == 200
