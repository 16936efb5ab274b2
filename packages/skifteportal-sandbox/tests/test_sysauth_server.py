import http.client
import json
import socket
import ssl
import threading
from urllib.parse import urlencode, urlsplit

import pytest
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)

from skifteportal.core.env_file import read_env_file
from skifteportal.sandbox import sysauth_server
from skifteportal.sandbox.messages import Answer
from skifteportal.sandbox.sysauth_server import SysauthServer

TOKEN = "/realms/sts/protocol/openid-connect/token"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def values(running):
    return read_env_file(running.env_file)


@pytest.fixture
def form(values):
    """What is posted for a token, encoded."""
    sent = {
        "client_id": values["AUTH_CLIENT_ID"],
        "client_secret": values["AUTH_CLIENT_SECRET"],
        "grant_type": "client_credentials",
        "scope": "openid",
    }
    return urlencode(sent).encode()


@pytest.fixture
def context_with(running, values, tmp_path):
    """A stdlib TLS context that shows one of the folder's certificates, or none."""

    def make(name, *, version=None, chain=True):
        context = ssl.create_default_context(cafile=running.folder / "ca.pem")
        if version is not None:
            context.maximum_version = version
        if name is not None:
            password = values["AUTH_CERT_PASSWORD"].encode()
            read = pkcs12.load_pkcs12((running.folder / f"{name}.p12").read_bytes(), password)
            above = [one.certificate for one in read.additional_certs] if chain else []
            parts = [
                certificate.public_bytes(Encoding.PEM)
                for certificate in (read.cert.certificate, *above)
            ]
            parts.append(read.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
            (tmp_path / "client.pem").write_bytes(b"".join(parts))
            context.load_cert_chain(tmp_path / "client.pem")
        return context

    return make


@pytest.fixture
def connect(running, context_with):
    address = urlsplit(running.environment.auth_url)
    opened = []

    def open_one(name="anmelder", **options):
        context = context_with(name, **options)
        connection = http.client.HTTPSConnection(
            address.hostname, address.port, context=context, timeout=10
        )
        opened.append(connection)
        return connection

    yield open_one
    for connection in opened:
        connection.close()


def ask(connection, method="POST", path=TOKEN, body=b"", headers=FORM):
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    return answer, answer.read()


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_company_gets_a_token_with_its_certificate(connect, form, version):
    connection = connect(version=version)
    for _ in range(2):  # the connection is kept
        answer, body = ask(connection, body=form)
        assert (answer.status, json.loads(body)["token_type"]) == (200, "Bearer")
    assert connection.sock.version() == version.name.replace("_", ".").replace("TLSv", "TLSv")


ALERTS = [
    (None, "TLSV13_ALERT_CERTIFICATE_REQUIRED", "SSLV3_ALERT_HANDSHAKE_FAILURE"),
    ("fremmed_ca", "TLSV1_ALERT_UNKNOWN_CA", "TLSV1_ALERT_UNKNOWN_CA"),
    ("produktion", "TLSV1_ALERT_UNKNOWN_CA", "TLSV1_ALERT_UNKNOWN_CA"),
    ("udloebet", "SSLV3_ALERT_CERTIFICATE_EXPIRED", "SSLV3_ALERT_CERTIFICATE_EXPIRED"),
    ("tilbagekaldt", "SSLV3_ALERT_CERTIFICATE_REVOKED", "SSLV3_ALERT_CERTIFICATE_REVOKED"),
]


@pytest.mark.parametrize(("name", "alert"), [(name, alert) for name, alert, _ in ALERTS])
def test_a_refused_certificate_is_told_why_by_its_alert(connect, name, alert):
    connection = connect(name)
    connection.connect()  # under TLS 1.3 the refusal comes after the handshake
    with pytest.raises(ssl.SSLError) as caught:
        connection.sock.recv(1)
    assert caught.value.reason == alert


@pytest.mark.parametrize("name", [name for name, _, _ in ALERTS])
def test_the_alert_arrives_though_the_caller_has_already_sent(connect, name):
    wanted = {one: alert for one, alert, _ in ALERTS}[name]
    connection = connect(name)
    with pytest.raises(ssl.SSLError) as caught:
        ask(connection, body=b"x" * 10_000)
    assert caught.value.reason == wanted


@pytest.mark.parametrize(("name", "alert"), [(name, alert) for name, _, alert in ALERTS])
def test_tls_1_2_says_it_in_the_handshake(connect, name, alert):
    with pytest.raises(ssl.SSLError) as caught:
        connect(name, version=ssl.TLSVersion.TLSv1_2).connect()
    assert caught.value.reason == alert


def test_a_leaf_without_its_issuing_certificate_is_unknown(connect):
    connection = connect(chain=False)
    connection.connect()
    with pytest.raises(ssl.SSLError) as caught:
        connection.sock.recv(1)
    assert caught.value.reason == "TLSV1_ALERT_UNKNOWN_CA"


def test_a_good_certificate_of_an_unregistered_company_gets_an_answer_and_no_token(connect, form):
    answer, body = ask(connect("uregistreret"), body=form)
    assert (answer.status, json.loads(body)["error"]) == (401, "unauthorized_client")


def test_every_method_is_answered(connect):
    for method in ("GET", "PUT", "OPTIONS", "PROPFIND"):
        answer, body = ask(connect(), method)
        assert (answer.status, answer.headers["Allow"]) == (405, "POST")
        assert body
    answer, body = ask(connect(), "HEAD")
    assert (answer.status, body) == (405, b"")


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"Content-Length: x\r\n", 400),
        (b"Content-Length: -1\r\n", 400),
        (b"Content-Length: \xb2\r\n", 400),
        (b"Content-Length: 1\r\nContent-Length: 2\r\n", 400),
        (b"Content-Length: 65537\r\n", 413),
        (b"Content-Length: 99999999999999999999\r\n", 400),
        (b"Content-Length : 4\r\n", 400),
        (b"Transfer-Encoding: gzip\r\n", 400),
        (b"Host: y\r\n", 400),
        (b"A: b\r\n" * 20_000, 431),
        (b"A: " + b"b" * 70_000 + b"\r\n", 431),
    ],
)
def test_abused_headers_get_a_clear_refusal(connect, head, status):
    connection = connect()
    connection.connect()
    connection.sock.sendall(
        b"POST " + TOKEN.encode() + b" HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n"
    )
    answer = http.client.HTTPResponse(connection.sock)
    answer.begin()
    assert answer.status == status
    assert set(json.loads(answer.read())) == {"error", "error_description"}


def test_a_broken_request_line_is_refused(connect):
    connection = connect()
    connection.connect()
    connection.sock.sendall(b"nonsense\r\n\r\n")
    assert b"400" in connection.sock.recv(1000)


def test_a_form_may_come_in_chunks_and_to_an_absolute_address(connect, running, form):
    url = f"{running.environment.auth_url}{TOKEN}"
    answer, _ = ask(connect(), path=url, body=iter([form[:9], form[9:]]))
    assert answer.status == 200


def test_who_is_still_sending_too_much_comes_to_read_why(connect):
    answer, body = ask(connect(), body=b"x" * 3_000_000)
    assert answer.status == 413
    assert json.loads(body)["error"] == "invalid_request"


def test_a_caller_who_goes_away_harms_nobody(connect, running):
    address = urlsplit(running.environment.auth_url)
    with socket.create_connection((address.hostname, address.port)):
        pass  # before the handshake
    connection = connect()
    connection.connect()
    connection.sock.sendall(
        f"POST {TOKEN} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf".encode()
    )
    connection.close()
    assert ask(connect())[0].status == 400


def test_a_caller_who_never_finishes_the_handshake_keeps_nobody_waiting(connect, running):
    address = urlsplit(running.environment.auth_url)
    with socket.create_connection((address.hostname, address.port)):
        assert ask(connect())[0].status == 400


@pytest.fixture
def own_server(running):
    """A server of the test's own, whose heart may fail."""
    servers = []

    def start(heart):
        listener = socket.create_server(("127.0.0.1", 0))
        folder = running.folder
        server = SysauthServer(
            listener,
            heart,
            server_file=folder / "server.pem",
            ca_file=folder / "ca.pem",
            revoked_file=folder / "crl.pem",
        )
        server.start()
        servers.append(server)
        return listener.getsockname()

    yield start
    for server in servers:
        server.stop()


def test_a_connection_that_fails_is_logged_by_its_kind_alone(
    own_server, context_with, monkeypatch, caplog
):
    done = threading.Event()

    def failing(*_):
        raise KeyError("secret of the caller")

    def noticed(record):
        done.set()
        return True

    monkeypatch.setattr(sysauth_server, "BlockingTransport", failing)
    host, port = own_server(lambda request: Answer(status=204))
    caplog.handler.addFilter(noticed)
    with caplog.at_level("ERROR", "skifteportal.sandbox"):
        connection = http.client.HTTPSConnection(
            host, port, context=context_with("anmelder"), timeout=10
        )
        with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
            ask(connection)
        connection.close()
        assert done.wait(10)
    caplog.handler.removeFilter(noticed)
    assert "KeyError" in caplog.text
    assert "secret" not in caplog.text


def test_stopping_closes_kept_connections(own_server, running, context_with):
    listener = socket.create_server(("127.0.0.1", 0))
    folder = running.folder
    server = SysauthServer(
        listener,
        lambda request: Answer(status=204),
        server_file=folder / "server.pem",
        ca_file=folder / "ca.pem",
        revoked_file=folder / "crl.pem",
    )
    host, port = listener.getsockname()
    server.start()
    connection = http.client.HTTPSConnection(
        host, port, context=context_with("anmelder"), timeout=10
    )
    assert ask(connection)[0].status == 204
    server.stop()
    assert connection.sock.recv(1) == b""
    connection.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host, port))


@pytest.mark.parametrize(("size", "status"), [(65_536, 400), (65_537, 413)])
def test_a_form_has_at_most_64_kib(connect, size, status):
    assert ask(connect(), body=b"x" * size)[0].status == status


@pytest.fixture
def planned(running):
    def plan(**given):
        running.control.fail("login", **given)

    yield plan
    running.control.clear_failures()


@pytest.mark.parametrize("cut", ["before", "after"])
def test_a_connection_is_dropped_as_planned(connect, planned, cut):
    planned(cut=cut)
    with pytest.raises((http.client.RemoteDisconnected, ssl.SSLError, ConnectionError)):
        ask(connect())
    assert ask(connect())[0].status == 400


def test_a_body_ends_half_way_as_planned(connect, planned):
    planned(cut="body", delay=0.001)
    with pytest.raises((http.client.IncompleteRead, ssl.SSLError)):
        ask(connect())
