"""A portal in the test's own process answers as one over TLS and sockets does: each operation, bad requests, planned failures."""

from __future__ import annotations

import re
import ssl
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from typing_extensions import override

from skifteportal.core import _http
from skifteportal.sandbox import InProcessPortal, ManualClock, Sandbox
from skifteportal.sandbox.callers import caller_for
from skifteportal.sandbox.seed_dissolutions import EXAMPLE_PROFILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skifteportal.sandbox import Portal, Request
    from skifteportal.sandbox.control import Control

sys.path.insert(0, str(Path(__file__).parent))
from access_matrix import Matrix

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
COMPARED = (
    *("content-type", "content-length", "content-disposition", "x-total-count"),
    *("www-authenticate", "retry-after", "x-request-id"),
)
KRAV = "/doedsbojournaler/e25d84d3-7aec-4361-84da-93125cb83f08/krav"
GOOD = b'{"beloeb":1,"endeligt":true}'
JSON = ("Content-Type", "application/json")


class Told(NamedTuple):
    """What a client sees of an answer; ids that were just made are counted."""

    status: int
    headers: dict[str, str]
    body: str


class Mode(Matrix):
    """The matrix's calls, sent by an HTTP client."""

    def __init__(self, portal: Portal, control: Control, client: _http.Client) -> None:
        super().__init__()
        self.portal = portal
        self.control = control
        self.client = client

    @override
    def send(self, request: Request) -> Any:
        """Send it, and return what the client is told."""
        return self.answered(request.method, request.target, request.headers, request.body)

    def answered(
        self, method: str, target: str, headers: tuple[tuple[str, str], ...], body: bytes
    ) -> Any:
        """The answer as `Matrix` wants it."""
        sent = [*headers, ("X-Request-Id", "both-modes")]
        answer = self.client.request(method, target, headers=sent, content=body)
        return Answered(answer.status_code, answer.content, answer)

    def token_of(self, profile: str = "") -> str:
        """A token of the company that files, or for a profile."""
        return self.portal.access_token(caller_for(self.portal, profile=profile))


class Answered(NamedTuple):
    """An answer over either way."""

    status: int
    body: bytes
    whole: _http.Response

    @property
    def told(self) -> Told:
        """What is compared."""
        seen: dict[str, str] = {}
        text = UUID.sub(
            lambda found: seen.setdefault(found[0], f"id {len(seen)}"),
            self.body.decode("latin-1"),
        )
        headers = {name: self.whole.headers.get(name, "") for name in COMPARED}
        return Told(self.status, headers, text)


@pytest.fixture(scope="module")
def modes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Mode, Mode]]:
    clock = ManualClock()
    inside = InProcessPortal(clock=clock)
    folder = tmp_path_factory.mktemp("modes") / "folder"
    with Sandbox.start(folder=folder, clock=clock) as sandbox:
        trusted = ssl.create_default_context(cafile=folder / "ca.pem")
        with (
            _http.Client(transport=inside.transport, base_url=inside.environment.api_url) as here,
            _http.Client(verify=trusted, base_url=sandbox.urls["api"]) as there,
        ):
            yield (
                Mode(inside.portal, inside.control, here),
                Mode(sandbox.portal, sandbox.control, there),
            )


OPERATIONS = Matrix().operations


@pytest.mark.parametrize("number", range(len(OPERATIONS)), ids=lambda one: OPERATIONS[one].id)
def test_each_operation_answers_alike(modes: tuple[Mode, Mode], number: int) -> None:
    told: list[Told] = []
    for mode in modes:
        mode.portal.reset()
        operation = mode.operations[number]
        kind = mode.kinds[operation.api]
        token = mode.token_of(EXAMPLE_PROFILE if kind == "delegated" else "")
        ids = mode.made_by_the_owner(operation, former=False)
        told.append(mode.call(operation, token, ids).told)
    assert told[0] == told[1]
    assert told[0].status < 500


BAD = {
    "no such path": ("GET", "/nothing", (), b""),
    "another method": ("PATCH", "/retskredse", (), b""),
    "HEAD": ("HEAD", "/retskredse", (), b""),
    "OPTIONS": ("OPTIONS", "/retskredse", (), b""),
    "a query that breaks its schema": ("GET", "/retskredse?size=x", (), b""),
    "a parameter twice": ("GET", "/retskredse?size=1&size=2", (), b""),
    "a path in hex": ("GET", "/retskredse/%31101", (), b""),
    "a slash behind": ("GET", "/retskredse/", (), b""),
    "an empty query": ("GET", "/retskredse?", (), b""),
    "no token": ("GET", KRAV, (), b""),
    "a token of nobody's": ("GET", KRAV, (("Authorization", "Bearer a.b.c"),), b""),
    "no JSON": ("POST", KRAV, (JSON,), b"{"),
    "another type": ("POST", KRAV, (("Content-Type", "text/plain"),), GOOD),
    "no type": ("POST", KRAV, (), GOOD),
    "no body": ("POST", KRAV, (JSON,), b""),
    "a rule broken": (
        "POST",
        KRAV,
        (JSON,),
        b'{"beloeb":1,"endeligt":true,"opgjortdato":"2099-01-01"}',
    ),
    "a schema broken": ("POST", KRAV, (JSON,), b'{"beloeb":"1"}'),
    "compressed": ("POST", KRAV, (JSON, ("Content-Encoding", "gzip")), GOOD),
    "UTF-8 that is none": ("POST", KRAV, (JSON,), b'{"beloeb":1,"endeligt":true,"titel":"\xff"}'),
    "a great number": ("POST", KRAV, (JSON,), b'{"beloeb":1e400,"endeligt":true}'),
    "a body of a GET": ("GET", KRAV, (JSON,), b"{}"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_requests_are_refused_alike(modes: tuple[Mode, Mode], name: str) -> None:
    method, target, headers, body = BAD[name]
    told: list[Told] = []
    for mode in modes:
        mode.portal.reset()
        if "token" not in name:
            headers = (*headers, ("Authorization", f"Bearer {mode.token_of()}"))
        told.append(mode.answered(method, target, headers, body).told)
        headers = BAD[name][2]
    assert told[0] == told[1]


def test_a_body_that_is_too_large_is_refused_by_both(modes: tuple[Mode, Mode]) -> None:
    statuses: list[int] = []
    for mode in modes:  # a socket is closed before all of it is read, so the texts are not the same
        headers = (JSON, ("Authorization", f"Bearer {mode.token_of()}"))
        statuses.append(mode.answered("POST", KRAV, headers, b" " * (33 * 1024 * 1024)).status)
    assert statuses == [413, 413]


@pytest.mark.parametrize(
    "plan",
    [
        {"code": "doedsbo.f21"},
        {"status": 503, "retry_after": 3},
        {"status": 429, "message": "Vent"},
        {"garbled": True},
        {"cut": "before"},
        {"cut": "after"},
        {"cut": "body"},
    ],
    ids=str,
)
def test_planned_failures_are_met_alike(modes: tuple[Mode, Mode], plan: dict[str, Any]) -> None:
    told: list[tuple[Told | type[Exception], int]] = []
    for mode in modes:
        mode.portal.reset()
        mode.control.fail("addKrav", **plan)
        headers = (JSON, ("Authorization", f"Bearer {mode.token_of()}"))
        came: Told | type[Exception]
        try:
            came = mode.answered("POST", KRAV, headers, GOOD).told
        except _http.TransportError as error:
            came = type(error)
        with mode.portal.transaction() as world:
            told.append((came, len(world.store.registrations)))
    assert told[0] == told[1]


def test_a_rate_limit_is_kept_alike(modes: tuple[Mode, Mode]) -> None:
    told: list[list[Told]] = []
    for mode in modes:
        mode.portal.reset()
        mode.control.limit("2/h")
        headers = (("Authorization", f"Bearer {mode.token_of()}"),)
        told.append([mode.answered("GET", KRAV, headers, b"").told for _ in range(3)])
        mode.portal.reset()
    assert told[0] == told[1]
    assert [one.status for one in told[0]] == [200, 200, 429]
