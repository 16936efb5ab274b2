"""A portal that answers as a test tells it, and one way to call it from three worlds.

Most of what a client does is the same whether it is synchronous or runs on asyncio or trio: tests that take ``world``
run in all three. Time is the test's own: nobody sleeps.
"""

import sys
import types
from collections.abc import AsyncIterator

import anyio
import attrs
import pytest

from skifteportal.core import (
    TEST,
    AsyncClient,
    AsyncOpenClient,
    Client,
    CodeInfo,
    DirectAuth,
    OpenClient,
    _http,
)
from skifteportal.core.operation import Api, Operation
from skifteportal.core.shapes import ANY
from skifteportal.core.timing import Timing

CODES = {
    "doedsbo.f17": CodeInfo(
        "doedsbo.f17",
        "Opgjortdato skal være dags dato eller tidligere",
        "The date of the statement lies in the future.",
        "Send today's date or an earlier one.",
        "https://example.test/errors/doedsbo.f17/",
    ),
    "doedsbo.f25": CodeInfo("doedsbo.f25", "PDF filen er usikker"),
}


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request):
    return request.param


@pytest.fixture
def api(monkeypatch):
    catalogue = types.ModuleType("test_catalogue_module")
    catalogue.CODES = CODES
    monkeypatch.setitem(sys.modules, "test_catalogue_module", catalogue)
    return Api(
        name="doedsbojournal",
        package="skifteportal-doedsbojournal",
        version="0.1.0",
        spec_version="1.3.0",
        spec_sha256="0123456789abcdef" * 4,
        token="direct",
        errors="test_catalogue_module",
    )


class FixedToken(DirectAuth):
    environment = TEST
    rate_limit_key = "client-7"

    def auth_flow(self, request):
        request.headers["Authorization"] = "Bearer token"
        yield request


@pytest.fixture
def auth():
    return FixedToken()


@attrs.define
class Clock:
    """A clock that moves when told; sleeping moves it."""

    now: float = 1000.0
    sleeps: list = attrs.field(factory=list)
    chance: float = 1.0

    def timing(self):
        return Timing(
            clock=lambda: self.now,
            wall=lambda: self.now + 1_700_000_000,
            chance=lambda: self.chance,
        )

    def sleep(self, seconds):
        self.sleeps.append(seconds)
        self.now += seconds

    async def sleep_async(self, seconds):
        self.sleep(seconds)


@pytest.fixture
def clock():
    return Clock()


@attrs.define
class Portal:
    """Gives the scripted answers in turn (the last one for ever), and keeps the requests."""

    script: list = attrs.field(factory=lambda: [200])
    requests: list = attrs.field(factory=list)

    def answers(self, *script):
        self.script = list(script)
        return self

    def __call__(self, request):
        self.requests.append(request)
        reply = self.script[0] if len(self.script) == 1 else self.script.pop(0)
        if callable(reply):
            reply = reply(request)
        if isinstance(reply, Exception):
            raise reply
        if isinstance(reply, int):
            reply = (reply, b"")
        if isinstance(reply, tuple):
            status, content, *headers = reply
            content = content if isinstance(content, bytes) else content.encode()
            reply = _http.Response(
                status, headers=headers[0] if headers else None, stream=_http.ByteStream(content)
            )
        return reply

    @property
    def request(self):
        assert len(self.requests) == 1
        return self.requests[0]


class UnreadTransport(_http.MockTransport):
    """As the mock transport, but the request's body is left for the handler to take or not."""

    def handle_request(self, request):
        return self.handler(request)

    async def handle_async_request(self, request):
        return self.handler(request)


@pytest.fixture
def portal():
    return Portal()


@attrs.define
class World:
    """A client of one of the three worlds, called from a synchronous test."""

    kind: str
    clock: Clock
    portal: Portal
    api: Api
    auth: object
    defaults: dict = attrs.field(factory=dict)
    own_time: bool = True
    sleep: object = None

    @property
    def synchronous(self):
        return self.kind == "sync"

    def run(self, work):
        """Run a function that is asynchronous in the asynchronous worlds."""
        return work() if self.synchronous else anyio.run(work, backend=self.kind)

    def client(self, **options):
        """A client, as its class's constructor takes it."""
        options = (
            {
                "transport": _http.MockTransport(self.portal),
            }
            | self.defaults
            | options
        )
        open_, base = {
            True: (OpenClient, Client),
            False: (AsyncOpenClient, AsyncClient),
        }[self.synchronous]
        base = open_ if self.api.token == "open" else base
        own = {"_api": self.api}
        if self.own_time:
            sleep = self.sleep or (self.clock.sleep if self.synchronous else self.clock.sleep_async)
            own |= {"_timing": self.clock.timing(), "_sleep": staticmethod(sleep)}
        return type("TestClient", (base,), own)(self.auth, **options)

    def do(self, method, *arguments, **options):
        """Call a method of a fresh client, to its end."""
        own = options.pop("client", {})

        def work():
            with self.client(**own) as client:
                return getattr(client, method)(*arguments, **options)

        async def work_async():
            async with self.client(**own) as client:
                return await getattr(client, method)(*arguments, **options)

        return self.run(work if self.synchronous else work_async)

    def call(self, operation, *arguments, **options):
        return self.do("_call", operation, *arguments, **options)

    def upload(self, operation, *arguments, **options):
        return self.do("_upload", operation, *arguments, **options)

    def use(self, method, *arguments, then, then_async=None, **options):
        """Call a method that sends nothing itself (pages, downloads), and use what it returns."""
        own = options.pop("client", {})

        def work():
            with self.client(**own) as client:
                return then(getattr(client, method)(*arguments, **options))

        async def work_async():
            async with self.client(**own) as client:
                result = (then_async or then)(getattr(client, method)(*arguments, **options))
                if isinstance(result, AsyncIterator):
                    return [item async for item in result]
                return await result

        return self.run(work if self.synchronous else work_async)


@pytest.fixture(params=["sync", "asyncio", "trio"])
def world(request, clock, portal, api, auth):
    return World(request.param, clock, portal, api, auth)


@pytest.fixture
def unread_transport():
    return UnreadTransport


def operation(method="GET", path="/krav", **more):
    more.setdefault("repeatable", method != "POST")
    more.setdefault("answer", ANY)
    return Operation(id=more.pop("id", "doKrav"), method=method, path=path, **more)


@pytest.fixture
def make_operation():
    return operation
