"""The token on a request, and its renewal after a 401."""

import copy
import pickle

import anyio
import pytest
from canaries import canary

from skifteportal.auth import AuthUnreachable
from skifteportal.auth._auth import DirectTokenAuth
from skifteportal.auth._token import Token
from skifteportal.auth._token_source import TokenSource
from skifteportal.core import _http
from skifteportal.core.credentials import DirectAuth
from skifteportal.core.environments import Environment
from skifteportal.core.errors import ConfigurationError

SECRET = canary("made-up-access-token", "the access token")
API = "https://api.example"


class Portal:
    """Takes the tokens that it is told to; issues numbered ones."""

    def __init__(self, time, environment, statuses=()):
        self.time, self.issued, self.seen, self.statuses = time, 0, [], list(statuses)
        self.failure = None
        tokens = TokenSource(self.issue, endpoint="https://sysauth.example", clock=time.clock)
        self.auth = DirectTokenAuth(environment, tokens=tokens, rate_limit_key="anmelder")

    def issue(self):
        if self.failure:
            raise self.failure
        self.issued += 1
        return Token.living(
            f"{SECRET}-{self.issued}",
            life=300,
            asked_at=self.time.monotonic,
            asked_at_wall=self.time.wall,
            jitter=0,
        )

    def answer(self, request):
        self.seen.append((request.headers["authorization"][-1], request.read()))
        return _http.Response(self.statuses.pop(0) if self.statuses else 200)

    async def answer_async(self, request):
        self.seen.append((request.headers["authorization"][-1], await request.aread()))
        return _http.Response(self.statuses.pop(0) if self.statuses else 200)


def sync_send(portal, method="GET", url=API + "/x", **told):
    with _http.Client(transport=_http.MockTransport(portal.answer), auth=portal.auth) as client:
        return client.request(method, url, **told).status_code


def asynchronous(backend):
    def send(portal, method="GET", url=API + "/x", **told):
        async def run():
            transport = _http.MockTransport(portal.answer_async)
            async with _http.AsyncClient(transport=transport, auth=portal.auth) as client:
                return (await client.request(method, url, **told)).status_code

        return anyio.run(run, backend=backend)

    return send


@pytest.fixture(params=["sync", "asyncio", "trio"])
def send(request):
    return sync_send if request.param == "sync" else asynchronous(request.param)


@pytest.fixture
def portal(time, environment):
    return lambda *statuses: Portal(time, environment, statuses)


def test_each_request_carries_the_one_token(portal, send):
    portal = portal()
    assert [send(portal), send(portal)] == [200, 200]
    assert portal.seen == [("1", b"")] * 2
    assert portal.issued == 1


def test_a_401_is_answered_with_a_new_token_and_the_same_body_once_more(portal, send):
    portal = portal(401)
    assert send(portal, "POST", json={"a": 1}) == 200
    assert portal.seen == [("1", b'{"a":1}'), ("2", b'{"a":1}')]


def test_a_second_401_is_the_caller_s(portal, send):
    portal = portal(401, 401)
    assert send(portal) == 401
    assert [token for token, _ in portal.seen] == ["1", "2"]


def test_and_then_no_401_asks_for_a_token_for_a_while(portal, send, time):
    portal = portal(401, 401, 401, 401)
    assert [send(portal), send(portal), send(portal)] == [401, 401, 401]
    assert portal.issued == 2
    time.pass_(31)
    portal.statuses[:] = [401]
    assert send(portal) == 200
    assert portal.issued == 3


def test_a_403_is_never_sent_again(portal, send):
    portal = portal(403)
    assert send(portal) == 403
    assert portal.issued == len(portal.seen) == 1


def test_a_token_that_another_call_has_renewed_is_not_renewed_again(portal):
    portal = portal()

    def answer(request):
        if not portal.seen:
            portal.seen.append(None)
            assert sync_send(portal) == 401  # meanwhile, another call reports the same token
            assert portal.issued == 2
            return _http.Response(401)
        return portal.answer(request)

    portal.statuses[:] = [401, 401]
    portal.auth._tokens.renewal_was_useless = lambda: None
    with _http.Client(transport=_http.MockTransport(answer), auth=portal.auth) as client:
        assert client.get(API).status_code == 200
    assert portal.issued == 2


class Wire(_http.BaseTransport):
    """Sends the body piece by piece, as a connection does; MockTransport would keep it."""

    def __init__(self, portal):
        self.portal = portal

    def handle_request(self, request):
        self.portal.seen.append(b"".join(request.stream))
        return _http.Response(self.portal.statuses.pop(0) if self.portal.statuses else 200)


class Upload(_http.SyncByteStream):
    """A body that says whether it can be read again, as core's uploads do."""

    def __init__(self, *, repeatable):
        self.repeatable = repeatable

    def __iter__(self):
        yield b"file"


@pytest.mark.parametrize(
    ("stream", "seen", "status"),
    [
        (_http.ByteStream(b"file"), [b"file", b"file"], 200),
        (Upload(repeatable=True), [b"file", b"file"], 200),
        (Upload(repeatable=False), [b"file"], 401),
    ],
    ids=["bytes", "file", "pipe"],
)
def test_an_upload_is_sent_again_only_if_it_can_be(portal, stream, seen, status):
    portal = portal(401)
    with _http.Client(transport=Wire(portal), auth=portal.auth) as client:
        assert client.send(_http.Request("POST", API, stream=stream)).status_code == status
        assert portal.seen == seen
        assert client.get(API).status_code == 200
    assert portal.issued == 2  # the next call has a new token in any case


def test_an_iterator_of_someone_else_s_is_not_sent_again(portal):
    portal = portal(401)
    with _http.Client(transport=Wire(portal), auth=portal.auth) as client:
        once = (part for part in [b"once"])
        assert client.post(API, content=once).status_code == 401
    assert portal.seen == [b"once"]


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example/x",
        "https://evil.example/x",
        "https://api.example:8443/x",
        "https://api.example.evil.example/x",
        "https://sub.api.example/x",
        "https://sysauth.example/x",
    ],
)
def test_the_token_goes_nowhere_else(portal, send, url):
    portal = portal()
    with pytest.raises(ConfigurationError, match=r"elsewhere than to https://api\.example, and"):
        send(portal, url=url)
    assert not portal.seen
    assert portal.issued == 0


@pytest.mark.parametrize("url", ["https://api.example:443/x", "https://API.example/x?y#z"])
def test_other_spellings_of_the_same_host_are_the_same_host(portal, url):
    assert sync_send(portal(), url=url) == 200


def test_a_port_of_its_own(time):
    environment = Environment(
        name="sandbox",
        auth_url="https://127.0.0.1:1",
        exchange_url="https://127.0.0.1:2",
        api_url="https://127.0.0.1:3",
    )
    portal = Portal(time, environment)
    assert sync_send(portal, url="https://127.0.0.1:3/x") == 200
    with pytest.raises(ConfigurationError):
        sync_send(portal, url="https://127.0.0.1:2/x")


def test_without_a_token_there_is_no_call(portal, send):
    portal = portal()
    portal.failure = AuthUnreachable("down")
    with pytest.raises(AuthUnreachable):
        send(portal)
    assert not portal.seen


@pytest.mark.parametrize(
    ("timeout", "within"),
    [
        (_http.Timeout(30, connect=5), 30),
        (_http.Timeout(2.5, connect=1), 2.5),  # as core cuts them near a call's deadline
        (_http.Timeout(None, connect=5), None),
    ],
)
def test_a_call_waits_for_its_token_as_long_as_for_its_answer(portal, send, timeout, within):
    portal = portal(401)
    waited = []
    get, get_async = portal.auth._tokens.get, portal.auth._tokens.get_async

    def noted(*, within):
        waited.append(within)
        return get(within=within)

    def noted_async(*, within):
        waited.append(within)
        return get_async(within=within)

    portal.auth._tokens.get, portal.auth._tokens.get_async = noted, noted_async
    assert send(portal, timeout=timeout) == 200
    assert waited == [within, within]


def test_it_is_what_core_asks_for(portal, environment):
    auth = portal().auth
    assert isinstance(auth, DirectAuth)
    assert auth.environment == environment
    assert auth.rate_limit_key == "anmelder"
    assert repr(auth) == "<DirectTokenAuth prøve>"


@pytest.mark.parametrize("duplicate", [pickle.dumps, copy.copy, copy.deepcopy])
def test_it_can_not_be_pickled_or_copied(portal, duplicate):
    with pytest.raises(TypeError, match="make one in each process"):
        duplicate(portal().auth)
