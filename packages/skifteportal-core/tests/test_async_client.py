"""What an asynchronous client is; how calls go is in test_calls.py."""

import copy

import anyio
import attrs
import pytest

from skifteportal.core import (
    TEST,
    AsyncClient,
    AsyncOpenClient,
    ConfigurationError,
    File,
    _http,
)

pytestmark = pytest.mark.anyio


@pytest.fixture
def client_class(api):
    return type("KravClient", (AsyncClient,), {"_api": api})


@pytest.fixture
def transport(portal):
    return _http.MockTransport(portal)


async def test_its_repr_and_copies(client_class, auth, transport):
    client = client_class(auth, transport=transport)
    assert repr(client) == "<KravClient doedsbojournal 1.3.0, environment 'test', token direct>"
    with pytest.raises(ConfigurationError, match="can't be copied or pickled"):
        copy.copy(client)


async def test_closed_it_refuses_to_call(client_class, auth, transport, make_operation):
    client = client_class(auth, transport=transport)
    await client.aclose()
    with pytest.raises(ConfigurationError, match="The client is closed"):
        await client._call(make_operation())


async def test_an_http_client_of_ones_own_is_left_open(
    client_class, auth, transport, make_operation
):
    async with _http.AsyncClient(transport=transport) as own:
        async with client_class(auth, http_client=own) as client:
            await client._call(make_operation(answer=None))
        assert not own.is_closed


async def test_an_open_api(api, portal, transport, make_operation):
    cls = type("Retskreds", (AsyncOpenClient,), {"_api": attrs.evolve(api, token="open")})
    async with cls(TEST, transport=transport) as client:
        await client._call(make_operation(answer=None))
    assert "Authorization" not in portal.request.headers


async def test_many_calls_at_once(client_class, auth, portal, transport, make_operation):
    portal.answers((200, "17"))
    results = []
    async with (
        client_class(auth, transport=transport) as client,
        anyio.create_task_group() as group,
    ):

        async def call():
            results.append(await client._call(make_operation()))

        for _ in range(20):
            group.start_soon(call)
    assert results == [17] * 20


async def test_a_deprecated_operation_warns_where_it_is_called(
    api, auth, portal, transport, make_operation
):
    operation = make_operation("POST", deprecated="It is deprecated.", upload="application/pdf")

    class Generated(AsyncClient):
        _api = api

        async def call(self):
            return await self._call(operation)

        async def upload(self):
            return await self._upload(operation, (), File.from_bytes(b"x", name="x.pdf"))

        def download(self):
            return self._download(operation, ())

        def pages(self):
            return self._pages(operation)

    portal.answers((200, "{}"))
    async with Generated(auth, transport=transport) as client:
        for method in (client.call, client.upload):
            with pytest.warns(DeprecationWarning, match="It is deprecated") as caught:
                await method()
            assert caught[0].filename == __file__
        for method in (client.download, client.pages):
            with pytest.warns(DeprecationWarning, match="It is deprecated") as caught:
                method()
            assert caught[0].filename == __file__
