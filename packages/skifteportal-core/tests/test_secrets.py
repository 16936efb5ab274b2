"""Nothing secret or personal gets out of a call, however it ends. The canary plugin does the looking."""

import logging
import pickle

import pytest
from canaries import canary

from skifteportal.core import (
    TEST,
    CallOptions,
    DirectAuth,
    File,
    PortalError,
    _http,
)
from skifteportal.core.shapes import ANY, INTEGER

TOKEN = canary("eyJ0b2tlbi1vZi10aGUtdGVzdHM", "access token")
CPR = canary("010203-0404", "CPR number in a body")
NAME = canary("Ione Kossmann", "name in a query")
ID = canary("e25d84d3-7aec-4361-84da-c0ffee123456", "id in a path")
ANSWERED = canary("Erlinda Hillestad", "name in an answer")
COOKIE = canary("session-cookie-4711", "cookie")
FILENAME = canary("Regning til Hillestad.pdf", "name of a file")


class Secret(DirectAuth):
    environment = TEST
    rate_limit_key = "client-7"

    def auth_flow(self, request):
        request.headers["Authorization"] = f"Bearer {TOKEN}"
        yield request


@pytest.fixture
def secret_world(world, caplog):
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.DEBUG, "skifteportal")
    world.auth = Secret()
    return world


ENDINGS = [
    (200, f'{{"navn":"{ANSWERED}"}}', {"Set-Cookie": COOKIE}),
    (200, f"<html>{ANSWERED}"),
    (201, f'"{ANSWERED}"'),
    (302, ANSWERED, {"Location": f"https://evil.test/{NAME}"}),
    (400, f'{{"besked":"{ANSWERED}","fejlkode":"{ANSWERED}","felt":"{ANSWERED}"}}'),
    (422, f'{{"fejlkode":"doedsbo.f17","besked":"{ANSWERED}"}}', {"X-Request-Id": ANSWERED}),
    (429, ANSWERED, {"Retry-After": "61"}),
    (502, ANSWERED),
    _http.ConnectError(f"{NAME} {TOKEN}"),
    _http.ReadError(f"{NAME} {TOKEN}"),
    _http.ReadTimeout(f"{NAME} {TOKEN}"),
    _http.LocalProtocolError(f"Illegal header value {TOKEN}"),
]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("answer", [None, INTEGER])
def test_calls(secret_world, portal, make_operation, ending, answer):
    portal.answers(ending)
    operation = make_operation("POST", "/krav/{kravId}", body=ANY, answer=answer)
    try:
        secret_world.call(operation, (ID,), body={"cprNummer": CPR}, query={"navn": NAME})
    except PortalError as error:
        pickled = pickle.dumps(error)
        for secret in (TOKEN, CPR, NAME, ID, ANSWERED, COOKIE):
            assert secret.encode() not in pickled
        with pytest.raises(PortalError):  # which the plugin looks at
            raise
    assert portal.requests


@pytest.mark.parametrize("ending", ENDINGS)
def test_uploads(secret_world, portal, make_operation, tmp_path, ending):
    portal.answers(ending)
    operation = make_operation("POST", "/krav/{kravId}/bilag", upload="application/pdf")
    file = tmp_path / FILENAME
    for given in (file, file, File.from_bytes(b"x", name=FILENAME)):
        try:
            secret_world.upload(operation, (ID,), given)
        except PortalError:
            with pytest.raises(PortalError):
                raise
        file.write_bytes(CPR.encode())  # the first time it isn't there


def test_refusals(secret_world, make_operation):
    operation = make_operation("POST", "/krav/{kravId}", body=INTEGER)
    for more in (
        {"body": CPR},
        {"body": 1, "query": {"navn": NAME.encode()}},
        {"body": 1, "options": CallOptions(headers={"X-Name": f"{NAME}\n"})},
    ):
        with pytest.raises(PortalError):
            secret_world.call(operation, (ID,), **more)


def test_the_http_librarys_log_keeps_its_lines_and_loses_the_addresses(
    secret_world, portal, caplog, make_operation
):
    secret_world.call(make_operation(path="/krav/{id}", answer=None), (ID,), query={"navn": NAME})
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("httpx")]
    assert lines == ['HTTP Request: GET https://api.test-minskiftesag.net/... "HTTP/1.1 200 OK"']


def test_the_http_librarys_log_of_other_hosts_stays_as_it_is(caplog):
    caplog.set_level(logging.INFO)
    with _http.Client(transport=_http.MockTransport(lambda _: _http.Response(200))) as other:
        other.get("https://example.test/a?b=c")
    logging.getLogger("httpx").info("no arguments")
    logging.getLogger("httpx").info("%(named)s", {"named": "argument"})
    lines = [record.getMessage() for record in caplog.records]
    assert lines == [
        'HTTP Request: GET https://example.test/a?b=c "HTTP/1.1 200 OK"',
        "no arguments",
        "argument",
    ]
