"""The login over real mutual TLS on loopback: what is shown, and each way that it is refused."""

import hashlib
import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta

import anyio
import oces
import pytest
from canaries import canary
from cryptography.hazmat.primitives.hashes import SHA256

from skifteportal.auth import (
    AuthUnreachable,
    Certificate,
    CertificateRefused,
    ClientRefused,
    ClientSecretCredential,
    ServerNotTrusted,
)
from skifteportal.core import _http
from skifteportal.core.environments import Environment

SECRET = canary("0f1e2d3c-not-a-real-secret", "the client secret")
ACCESS_TOKEN = canary("eyJhbGciOiJSUzI1sInR5c.made-up-token", "the access token")
GOOD = {"access_token": ACCESS_TOKEN, "expires_in": 300}
VERSIONS = [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3]


def credential(url, ca_file, certificate, **told):
    environment = Environment(
        name="loopback",
        auth_url=url,
        exchange_url="https://auth.example",
        api_url="https://api.example",
        ca_file=ca_file,
    )
    return ClientSecretCredential(
        environment, client_id="anmelder", client_secret=SECRET, certificate=certificate, **told
    )


def sync_call(credential):
    def answer(request):
        return _http.Response(200, text=request.headers["authorization"])

    with _http.Client(transport=_http.MockTransport(answer), auth=credential.direct()) as client:
        return client.get("https://api.example/x").text


def asynchronous(backend):
    def call(credential):
        async def run():
            async def answer(request):
                return _http.Response(200, text=request.headers["authorization"])

            async with _http.AsyncClient(
                transport=_http.MockTransport(answer), auth=credential.direct()
            ) as client:
                return (await client.get("https://api.example/x")).text

        return anyio.run(run, backend=backend)

    return call


@pytest.fixture(params=["sync", "asyncio", "trio"])
def call(request):
    return sync_call if request.param == "sync" else asynchronous(request.param)


def small(**told):
    issued = oces.authority().issue(key=oces.ec_key("leaf"), **told)
    return Certificate.from_p12(issued.p12(), password="")


def unchecked(monkeypatch, certificate):
    """A certificate whose own check is off, to see what the server says."""
    monkeypatch.setattr(Certificate, "check", lambda *_, **__: None)
    monkeypatch.setattr(Certificate, "warn_if_expiring", lambda *_, **__: None)
    return certificate


@pytest.mark.parametrize("version", VERSIONS)
def test_the_certificate_is_shown(serve, certificate, call, version):
    shown = []
    url, ca_file, server = serve(lambda form, der: (shown.append(der), (200, GOOD))[1], version)
    assert call(credential(url, ca_file, certificate)) == f"Bearer {ACCESS_TOKEN}"
    fingerprint = certificate.chain[0].fingerprint(SHA256())
    assert [hashlib.sha256(der).digest() for der in shown] == [fingerprint]
    assert server.forms == [
        {
            "client_id": "anmelder",
            "client_secret": SECRET,
            "grant_type": "client_credentials",
            "scope": "openid",
        }
    ]


def test_a_large_certificate_as_the_real_ones_are(serve):
    issued = oces.authority().issue(key=oces.key_of("large leaf", 3072))
    certificate = Certificate.from_p12(issued.p12(), password="")
    url, ca_file, _ = serve()
    assert sync_call(credential(url, ca_file, certificate)) == f"Bearer {ACCESS_TOKEN}"


def test_the_root_is_not_sent(serve, certificate):
    url, ca_file, _ = serve(trusted="issuing", verify_flags=ssl.VERIFY_X509_PARTIAL_CHAIN)
    assert sync_call(credential(url, ca_file, certificate)) == f"Bearer {ACCESS_TOKEN}"
    sent = certificate.ssl_context(ca_file=ca_file)
    assert sent is certificate.ssl_context(ca_file=ca_file)


def test_200_threads_and_200_tasks_log_in_once(serve, certificate):
    """No more requests than one, over real TLS, while the endpoint holds its answer back."""
    go_on = threading.Event()

    def answer(form, der):
        assert go_on.wait(30)
        return 200, GOOD

    url, ca_file, server = serve(answer)
    shared = credential(url, ca_file, certificate)
    begun, found = threading.Barrier(201), []

    def run():
        begun.wait()
        found.append(sync_call(shared))

    threads = [threading.Thread(target=run) for _ in range(200)]
    for thread in threads:
        thread.start()
    begun.wait()

    async def one():
        found.append(await get())

    async def get():
        def answer(request):
            return _http.Response(200, text=request.headers["authorization"])

        transport = _http.MockTransport(answer)
        async with _http.AsyncClient(transport=transport, auth=shared.direct()) as client:
            return (await client.get("https://api.example/x")).text

    async def tasks():
        async with anyio.create_task_group() as group:
            for _ in range(200):
                group.start_soon(one)
            await anyio.wait_all_tasks_blocked()
            go_on.set()

    anyio.run(tasks)
    for thread in threads:
        thread.join()
    assert found == [f"Bearer {ACCESS_TOKEN}"] * 400
    assert len(server.forms) == 1


@pytest.mark.parametrize("version", VERSIONS)
def test_an_expired_certificate(serve, call, version, monkeypatch):
    now = datetime.now(UTC)
    expired = small(not_before=now - timedelta(days=9), not_after=now - timedelta(days=1))
    url, ca_file, _ = serve(version=version)
    with pytest.raises(CertificateRefused, match="has expired") as caught:
        call(credential(url, ca_file, unchecked(monkeypatch, expired)))
    assert caught.value.alert == "certificate_expired"


@pytest.mark.parametrize("version", VERSIONS)
def test_a_certificate_that_is_not_yet_valid(serve, version, monkeypatch):
    now = datetime.now(UTC)
    early = small(not_before=now + timedelta(days=1), not_after=now + timedelta(days=9))
    url, ca_file, _ = serve(version=version)
    with pytest.raises(CertificateRefused, match="not valid yet by its clock") as caught:
        sync_call(credential(url, ca_file, unchecked(monkeypatch, early)))
    assert caught.value.alert == "bad_certificate"


@pytest.mark.parametrize("version", VERSIONS)
def test_a_file_without_the_issuing_certificate(serve, version):
    leaf = oces.authority().issue(key=oces.ec_key("leaf"))
    alone = Certificate.from_p12(leaf.p12(above=()), password="")
    url, ca_file, _ = serve(version=version)
    with pytest.raises(CertificateRefused, match="without the issuing certificate") as caught:
        sync_call(credential(url, ca_file, alone))
    assert caught.value.alert == "unknown_ca"


def test_a_certificate_that_never_arrives(serve, certificate, monkeypatch):
    url, ca_file, _ = serve(version=ssl.TLSVersion.TLSv1_3)
    plain = ssl.create_default_context(cafile=ca_file)
    monkeypatch.setattr(Certificate, "ssl_context", lambda *_, **__: plain)
    with pytest.raises(CertificateRefused, match="it saw no certificate") as caught:
        sync_call(credential(url, ca_file, certificate))
    assert caught.value.alert == "certificate_required"


def test_a_wrong_secret(serve, certificate, call):
    url, ca_file, server = serve(lambda form, der: (401, {"error": "invalid_client"}))
    shared = credential(url, ca_file, certificate)
    for _ in range(3):
        with pytest.raises(ClientRefused, match="401 invalid_client"):
            call(shared)
    assert len(server.forms) == 1


def test_a_server_that_is_not_trusted(serve, certificate):
    url, _, server = serve()
    with pytest.raises(ServerNotTrusted, match="Name the right root certificates"):
        sync_call(credential(url, None, certificate))
    assert not server.forms


def test_a_server_with_another_name(serve, certificate):
    url, ca_file, _ = serve(address="127.0.0.2")
    with pytest.raises(ServerNotTrusted, match=r"not valid for '127\.0\.0\.1'"):
        sync_call(credential(url, ca_file, certificate))


def test_nobody_there(tmp_path, certificate, time):
    ca_file, _ = oces.server_certificate(tmp_path)
    with socket.socket() as bound:  # bound and not listening, so that nobody else gets the port
        bound.bind(("127.0.0.1", 0))
        url = f"https://127.0.0.1:{bound.getsockname()[1]}"
        with pytest.raises(AuthUnreachable, match="Is the sandbox running"):
            sync_call(credential(url, ca_file, certificate, clock=time.clock))
    assert time.slept == [0.5]


def test_a_server_without_tls(tmp_path, certificate):
    ca_file, _ = oces.server_certificate(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer():
            connection, _ = server.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        url = f"https://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(AuthUnreachable, match="is it the right host and port"):
            sync_call(credential(url, ca_file, certificate))
        thread.join()


def test_a_connection_that_is_dropped_after_the_handshake(serve, certificate, time):
    def drop(form, der):
        raise ConnectionAbortedError

    url, ca_file, server = serve(drop)
    with pytest.raises(CertificateRefused, match="broke the connection") as caught:
        sync_call(credential(url, ca_file, certificate, clock=time.clock))
    assert caught.value.alert is None
    assert len(server.forms) == 2
