"""Deadlines that pass while an answer is under way: told by the clock, or by the event loop."""

import anyio
import pytest
import trio.testing

from skifteportal.core import (
    AsyncClient,
    CallOptions,
    Client,
    DeadlineExceeded,
    OutcomeUnknown,
    _http,
)
from skifteportal.core.shapes import ANY


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request):
    """On trio the clock jumps ahead as soon as all wait; on asyncio the deadline is short."""
    if request.param == "trio":
        return "trio", {"clock": trio.testing.MockClock(autojump_threshold=0)}
    return "asyncio"


class Trickle(_http.SyncByteStream):
    """A body that never ends, a byte a second."""

    def __init__(self, clock):
        self.clock = clock

    def __iter__(self):
        while True:
            self.clock.now += 1.0
            yield b"1"


@pytest.fixture
def trickling(api, auth, clock):
    transport = _http.MockTransport(lambda _: _http.Response(200, stream=Trickle(clock)))
    own = {"_api": api, "_timing": clock.timing(), "_sleep": staticmethod(clock.sleep)}
    return type("TestClient", (Client,), own)(auth, transport=transport)


def test_a_trickling_answer_ends_at_the_deadline(trickling, clock, make_operation):
    with pytest.raises(DeadlineExceeded):
        trickling._call(make_operation(), options=CallOptions(deadline=10.0))
    assert clock.now == 1010.0
    with pytest.raises(OutcomeUnknown, match="deadline"):
        trickling._call(make_operation("POST"), options=CallOptions(deadline=10.0))


def test_a_trickling_file_ends_at_the_deadline(trickling, clock, make_operation):
    options = CallOptions(deadline=10.0)
    download = trickling._download(make_operation(answer=None), (), options=options)
    with pytest.raises(DeadlineExceeded):
        download.read()
    with download as opened, pytest.raises(DeadlineExceeded):
        list(opened.iter_bytes())
    assert clock.now == 1020.0


class Silence(_http.AsyncByteStream):
    """A body of which nothing comes."""

    async def __aiter__(self):
        await anyio.sleep_forever()
        yield b"never"


class Silent(_http.AsyncBaseTransport):
    """Answers with silence, before or after the headers."""

    def __init__(self, *, headers):
        self.headers = headers

    async def handle_async_request(self, request):
        async for _ in request.stream:
            pass
        if not self.headers:
            await anyio.sleep_forever()
        return _http.Response(200, stream=Silence())


@pytest.fixture
def silent(api, auth):
    cls = type("TestClient", (AsyncClient,), {"_api": api})
    return lambda *, headers: cls(auth, transport=Silent(headers=headers), deadline=0.05)


@pytest.mark.anyio
@pytest.mark.parametrize("headers", [True, False])
async def test_silence_ends_at_the_deadline(silent, make_operation, headers):
    async with silent(headers=headers) as client:
        with pytest.raises(DeadlineExceeded):
            await client._call(make_operation())
        with pytest.raises(OutcomeUnknown):
            await client._call(make_operation("POST", body=ANY), body=1)


@pytest.mark.anyio
async def test_a_silent_file_ends_at_the_deadline(silent, make_operation):
    async with silent(headers=True) as client:
        download = client._download(make_operation(answer=None), ())
        with pytest.raises(DeadlineExceeded):
            await download.read()
        async with download as opened:
            with pytest.raises(DeadlineExceeded):
                await anext(opened.iter_bytes())


@pytest.mark.anyio
async def test_a_cancelled_call_is_cancelled(silent, make_operation):
    async with silent(headers=True) as client:
        options = CallOptions(deadline=3600.0)
        with anyio.move_on_after(0.05) as scope:
            await client._call(make_operation(), options=options)
        assert scope.cancelled_caught
