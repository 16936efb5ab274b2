"""Asking for a token: what is sent, how often, how long."""

import os
import ssl

import pytest
from canaries import canary

from skifteportal.auth import (
    AuthUnreachable,
    CertificateRefused,
    ClientRefused,
    ServerNotTrusted,
    UnexpectedTokenAnswer,
)
from skifteportal.auth._token_answer import client_refused
from skifteportal.auth._token_request import TokenEndpoint
from skifteportal.core import _http
from skifteportal.core.errors import ConfigurationError

URL = "https://sysauth.example/token"
SECRET = canary("s3cr3t-of-the-client", "the client secret")
ACCESS_TOKEN = canary("made-up-access-token", "the access token")
FORM = {"client_id": "anmelder", "client_secret": SECRET}
GOOD = {"access_token": ACCESS_TOKEN, "expires_in": 300}


class Login:
    """Answers requests in turn: a response, an exception, or a good answer when none is left."""

    def __init__(self, time, *turns):
        self.time, self.turns, self.requests, self.closed = time, list(turns), [], False

    def __call__(self, request):
        self.requests.append(request)
        turn = self.turns.pop(0) if self.turns else _http.Response(200, json=GOOD)
        if callable(turn):
            return turn(request)
        if isinstance(turn, Exception):
            raise turn
        return turn

    def endpoint(self, **told):
        transport = _http.MockTransport(self)
        transport.close = self.close
        return TokenEndpoint(
            **{
                "url": URL,
                "ssl_context": ssl.create_default_context,
                "certificate": "the certificate",
                "setting": "auth_url",
                "refused": client_refused("Check the secret."),
                "clock": self.time.clock,
                "transport": transport,
            }
            | told
        )

    def close(self):
        self.closed = True


@pytest.fixture
def login(time):
    return lambda *turns: Login(time, *turns)


def fetch(login, **told):
    return login.endpoint(**told).fetch(lambda: FORM)


def test_the_form_that_is_posted(login):
    login = login()
    token = fetch(login)
    assert token.header == f"Bearer {ACCESS_TOKEN}"
    (request,) = login.requests
    assert (request.method, str(request.url)) == ("POST", URL)
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert request.headers["accept"] == "application/json"
    assert request.headers["user-agent"].startswith("skifteportal-auth/")
    assert request.content.decode() == f"client_id=anmelder&client_secret={SECRET}"


def test_the_life_counts_from_before_the_request(login, time):
    def slow(request):
        time.pass_(10)
        return _http.Response(200, json=GOOD)

    token = fetch(login(slow))
    assert token.asked_at == 1000
    assert token.good_until == 1285


def test_the_user_s_transport_stays_open(login):
    login = login()
    fetch(login)
    assert not login.closed


@pytest.mark.parametrize(
    "turn",
    [
        _http.ConnectError("refused"),
        _http.ConnectTimeout("slow"),
        _http.ReadError("reset"),
        _http.RemoteProtocolError("gone"),
        _http.Response(502),
        _http.Response(503, headers={"Retry-After": "1"}),
        _http.Response(504),
    ],
)
def test_it_is_asked_once_more_with_a_form_of_its_own(login, time, turn):
    login = login(turn)
    forms = iter([{"client_assertion": "first"}, {"client_assertion": "second"}])
    assert login.endpoint().fetch(lambda: next(forms)).header == f"Bearer {ACCESS_TOKEN}"
    assert [request.content for request in login.requests] == [
        b"client_assertion=first",
        b"client_assertion=second",
    ]
    assert time.slept == [0.5]


@pytest.mark.parametrize(
    ("turns", "kind"),
    [
        ([_http.ConnectError("a"), _http.ConnectError("b")], AuthUnreachable),
        ([_http.ReadError("a"), _http.ReadError("b")], CertificateRefused),
        ([_http.Response(503), _http.Response(502)], UnexpectedTokenAnswer),
        ([_http.ConnectError("a"), _http.Response(401)], ClientRefused),
    ],
)
def test_but_not_a_third_time(login, turns, kind):
    login = login(*turns)
    with pytest.raises(kind):
        fetch(login)
    assert len(login.requests) == 2


@pytest.mark.parametrize(
    ("turn", "kind"),
    [
        (_http.Response(401, json={"error": "invalid_client"}), ClientRefused),
        (_http.Response(503, headers={"Retry-After": "60"}), UnexpectedTokenAnswer),
        (_http.Response(500), UnexpectedTokenAnswer),
        (_http.Response(200, text="<html>"), UnexpectedTokenAnswer),
        (ssl.SSLCertVerificationError(1, "no"), ServerNotTrusted),
    ],
)
def test_what_would_not_get_better_is_asked_once(login, time, turn, kind):
    login = login(turn)
    with pytest.raises(kind):
        fetch(login)
    assert len(login.requests) == 1
    assert not time.slept


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(login, status):
    login = login(_http.Response(status, headers={"Location": "https://evil.example/token"}))
    with pytest.raises(UnexpectedTokenAnswer, match="a redirect, which is not followed"):
        fetch(login)
    assert len(login.requests) == 1


def test_each_phase_has_the_time_that_is_left(login, time):
    def late(request):
        time.pass_(16)
        raise _http.ConnectError("refused")

    login = login(late)
    fetch(login)
    first, second = (request.extensions["timeout"] for request in login.requests)
    assert first == {"connect": 5.0, "read": 20.0, "write": 20.0, "pool": 20.0}
    assert second == {"connect": 3.5, "read": 3.5, "write": 3.5, "pool": 3.5}


def test_past_the_deadline_it_is_not_asked_again(login, time):
    def late(request):
        time.pass_(20)
        raise _http.ReadTimeout("slow")

    login = login(late)
    with pytest.raises(AuthUnreachable, match="did not answer in time"):
        fetch(login)
    assert len(login.requests) == 1


def test_an_answer_that_drips_in_is_given_up_at_the_deadline(login, time):
    def drips():
        for _ in range(100):
            time.pass_(1)
            yield b" "

    login = login(_http.Response(200, content=drips()))
    with pytest.raises(AuthUnreachable, match=r"did not finish its answer within 20 s"):
        fetch(login)
    assert len(login.requests) == 1


def test_an_answer_without_end_is_given_up(login):
    def endless():
        while True:
            yield b" " * 100_000

    with pytest.raises(UnexpectedTokenAnswer, match="more than 1 MiB"):
        fetch(login(_http.Response(200, content=endless())))


def test_a_broken_compression_is_no_token(login):
    answers = [
        _http.Response(200, headers={"Content-Encoding": "gzip"}, stream=_http.ByteStream(b"no"))
        for _ in range(2)
    ]
    with pytest.raises(AuthUnreachable, match="can't be unpacked"):
        fetch(login(*answers))


def test_the_error_has_no_tie_to_the_request(login):
    with pytest.raises(AuthUnreachable) as caught:
        fetch(login(*[_http.ConnectError("a", request=_http.Request("POST", URL, data=FORM))] * 2))
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_a_context_that_can_not_be_made_is_reported_as_it_is(login):
    def fail():
        raise ConfigurationError("no CA file")

    login = login()
    with pytest.raises(ConfigurationError, match="no CA file"):
        fetch(login, ssl_context=fail)
    assert not login.requests


def test_a_proxy_variable_that_can_not_be_read_is_named(login, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", canary("gopher://bruger:kodeord@proxy", "a proxy's password"))
    with pytest.raises(AuthUnreachable, match="HTTPS_PROXY must begin with http://"):
        fetch(login(), transport=None)


def test_a_proxy_is_used(login):
    # Port 1 on loopback refuses, which shows where the request went; the host itself has no address.
    with pytest.raises(AuthUnreachable, match="Connection refused"):
        fetch(login(), transport=None, proxy="http://127.0.0.1:1", url="https://none.invalid/token")


def test_the_log_says_what_happened_and_no_secret(login, caplog):
    fetch(login(_http.ConnectError("refused")))
    with pytest.raises(ClientRefused):
        fetch(login(_http.Response(401)))
    messages = [r.getMessage() for r in caplog.records if r.name == "skifteportal"]
    assert messages[0].startswith("token request failed, once more: The login at sysauth.example")
    assert messages[1] == f"token from {URL} for 300 s"
    assert messages[2].startswith(f"token request failed: {URL} refused the client (401)")


def test_a_forked_process_does_not_use_its_parents_transport(login):
    login = login()
    with pytest.raises(ConfigurationError, match="before this process was forked"):
        fetch(login, process=os.getpid() + 1)
    assert not login.requests
