"""What a synchronous client is; how calls go is in test_calls.py."""

import copy
import inspect
import pickle
import threading

import attrs
import pytest

from skifteportal.core import (
    TEST,
    AsyncClient,
    AsyncOpenClient,
    CallOptions,
    Client,
    ConfigurationError,
    DelegatedAuth,
    DirectAuth,
    File,
    InvalidArgument,
    OpenClient,
    PortalAuth,
    Timeouts,
    _http,
)


@pytest.fixture
def client_class(api):
    return type("KravClient", (Client,), {"_api": api})


@pytest.fixture
def transport(portal):
    return _http.MockTransport(portal)


def test_its_repr_shows_api_environment_and_kind_of_token_only(client_class, auth, transport):
    client = client_class(auth, transport=transport)
    assert repr(client) == "<KravClient doedsbojournal 1.3.0, environment 'test', token direct>"
    assert client.environment is TEST


@pytest.mark.parametrize("base", [Client, OpenClient, AsyncClient, AsyncOpenClient])
def test_its_signature_has_what_users_may_set_and_nothing_else(base):
    parameters = list(inspect.signature(base).parameters.values())
    assert not [one.name for one in parameters if one.name.startswith("_")]
    assert {one.kind for one in parameters[1:]} == {inspect.Parameter.KEYWORD_ONLY}


@pytest.mark.parametrize("way", [copy.copy, copy.deepcopy, pickle.dumps])
def test_it_cannot_be_copied_or_pickled(client_class, auth, transport, way):
    with pytest.raises(ConfigurationError, match="can't be copied or pickled"):
        way(client_class(auth, transport=transport))


class Direct(DirectAuth):
    environment = TEST
    rate_limit_key = "client-7"


class Delegated(DelegatedAuth):
    environment = TEST
    rate_limit_key = "12345678"


@pytest.mark.parametrize(
    ("token", "target", "message"),
    [
        ("direct", Delegated(), "takes a DirectAuth, such as credential.direct.., not a Delegated"),
        ("delegated", Direct(), "takes a DelegatedAuth, such as .*, not a Direct"),
        ("either", TEST, "takes a DirectAuth or DelegatedAuth, not a Environment"),
        ("direct", "secret-token", "not a str"),
        ("open", Direct(), "is open: its client takes an Environment"),
    ],
)
def test_the_wrong_kind_of_token_is_refused_at_once(api, transport, token, target, message):
    wrong = type("Wrong", (Client,), {"_api": attrs.evolve(api, token=token)})
    with pytest.raises(ConfigurationError, match=message) as caught:
        wrong(target, transport=transport)
    assert "secret-token" not in str(caught.value)


@pytest.mark.parametrize(
    ("token", "target"),
    [
        ("direct", Direct()),
        ("delegated", Delegated()),
        ("either", Direct()),
        ("either", Delegated()),
    ],
)
def test_the_right_kind_of_token_is_taken(api, transport, token, target):
    right = type("Right", (Client,), {"_api": attrs.evolve(api, token=token)})
    assert isinstance(target, PortalAuth)
    assert right(target, transport=transport).environment is TEST


def test_an_open_api_takes_an_environment_and_sends_no_token(
    api, portal, transport, make_operation
):
    retskreds = type("Retskreds", (OpenClient,), {"_api": attrs.evolve(api, token="open")})
    with retskreds(TEST, transport=transport) as client:
        client._call(make_operation(answer=None))
    assert "Authorization" not in portal.request.headers


def test_closed_it_refuses_to_call(client_class, auth, transport, make_operation):
    client = client_class(auth, transport=transport)
    client.close()
    with pytest.raises(ConfigurationError, match="The client is closed"):
        client._call(make_operation())


def test_an_http_client_of_ones_own_is_used_and_left_open(
    client_class, auth, portal, transport, make_operation
):
    seen = []
    with _http.Client(
        transport=transport,
        headers={"X-Gateway": "7", "User-Agent": "mine"},
        event_hooks={"request": [seen.append]},
        follow_redirects=True,
        cookies={"a": "b"},
    ) as own:
        with client_class(auth, http_client=own) as client:
            client._call(make_operation(answer=None))
        assert not own.is_closed
    assert seen == [portal.request]
    assert portal.request.headers["X-Gateway"] == "7"
    assert portal.request.headers["User-Agent"].startswith("skifteportal-doedsbojournal/")
    assert "Cookie" not in portal.request.headers


def test_options_that_exclude_each_other_are_refused(client_class, auth, transport):
    own = _http.Client(transport=transport)
    for more in ({"transport": transport}, {"proxy": "http://p:1"}, {"limits": _http.Limits()}):
        with pytest.raises(ConfigurationError, match="with http_client, set them there"):
            client_class(auth, http_client=own, **more)
    for more in ({"proxy": "http://p:1"}, {"limits": _http.Limits()}):
        with pytest.raises(ConfigurationError, match="transport of your own"):
            client_class(auth, transport=transport, **more)


def test_our_own_http_client_trusts_the_environments_roots(client_class, auth, monkeypatch):
    made = []
    monkeypatch.setattr(_http, "Client", lambda **given: made.append(given) or own)
    own = _http.MockTransport(None)
    own.headers = _http.Headers()
    limits = _http.Limits(max_connections=3)
    client_class(auth)
    client_class(auth, proxy="http://proxy.test:8080", limits=limits)
    assert made == [
        {"verify": TEST.ssl_context()},
        {"verify": TEST.ssl_context(), "proxy": "http://proxy.test:8080", "limits": limits},
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [("timeouts", 5), ("deadline", -1), ("max_retries", -1), ("max_retries", None)],
)
def test_options_that_make_no_sense_are_refused(client_class, auth, transport, name, value):
    with pytest.raises(InvalidArgument) as caught:
        client_class(auth, transport=transport, **{name: value})
    assert caught.value.argument == name


def test_several_threads_can_use_one_client(client_class, auth, portal, transport, make_operation):
    portal.answers((200, "{}"))
    with client_class(auth, transport=transport) as client:
        threads = [
            threading.Thread(target=client._call, args=(make_operation(),)) for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    ids = {request.headers["X-Request-Id"] for request in portal.requests}
    assert len(ids) == len(portal.requests) == 8


def test_a_deprecated_operation_warns_where_it_is_called(
    api, auth, portal, transport, make_operation
):
    operation = make_operation(
        "POST", deprecated="addKrav is deprecated.", upload="application/pdf"
    )

    class Generated(Client):
        _api = api

        def call(self):
            return self._call(operation)

        def upload(self):
            return self._upload(operation, (), File.from_bytes(b"x", name="x.pdf"))

        def download(self):
            return self._download(operation, ())

        def pages(self):
            return self._pages(operation)

    portal.answers((200, "{}"))
    with Generated(auth, transport=transport) as client:
        for method in (client.call, client.upload, client.download, client.pages):
            with pytest.warns(DeprecationWarning, match="addKrav is deprecated") as caught:
                method()
            assert caught[0].filename == __file__


def test_a_calls_timeouts_win_over_the_clients(
    client_class, auth, portal, transport, make_operation
):
    with client_class(auth, transport=transport, timeouts=Timeouts(read=7.0)) as client:
        client._call(make_operation(answer=None))
        client._call(make_operation(answer=None), options=CallOptions(timeouts=Timeouts(read=3.0)))
    first, second = (request.extensions["timeout"] for request in portal.requests)
    assert first == {"connect": 5.0, "read": 7.0, "write": 30.0, "pool": 5.0}
    assert second["read"] == 3.0
