"""Calls as OpenTelemetry spans: what is in one, and what never is."""

import subprocess
import sys

import anyio
import attrs
import pytest
from opentelemetry import baggage, context, trace
from opentelemetry.trace import SpanContext, SpanKind, StatusCode, TraceFlags

from skifteportal.core import (
    AsyncClient,
    CallOptions,
    ConnectionFailed,
    DecodeError,
    NotFound,
    _http,
)
from skifteportal.core.otel import OpenTelemetry
from skifteportal.core.shapes import ANY

ID = "e25d84d3-7aec-4361-84da-93125cb83f08"
CONTEXT = SpanContext(0xABC, 0xDEF, is_remote=False, trace_flags=TraceFlags(1))
TRACEPARENT = "00-00000000000000000000000000000abc-0000000000000def-01"


class Span(trace.NonRecordingSpan):
    def __init__(self, name, kind, attributes):
        super().__init__(CONTEXT)
        self.name, self.kind, self.attributes = name, kind, dict(attributes)
        self.status = None
        self.ended = 0

    def set_attribute(self, key, value):
        assert not self.ended
        self.attributes[key] = value

    def set_status(self, status, description=None):
        self.status = (status.status_code, status.description or description)

    def end(self, end_time=None):
        self.ended += 1


@attrs.define
class Tracer:
    spans: list = attrs.field(factory=list)

    def start_span(self, name, *, kind, attributes):
        self.spans.append(Span(name, kind, attributes))
        return self.spans[-1]


@pytest.fixture
def tracer():
    return Tracer()


@pytest.fixture
def client(tracer):
    return {"tracing": OpenTelemetry(tracer)}


@pytest.fixture
def get_krav(make_operation):
    return make_operation(path="/krav/{kravId}", id="getKrav")


def test_a_call_is_one_span_with_all_its_attempts(world, portal, get_krav, tracer, client):
    portal.answers(503, _http.ConnectError("no"), (200, '{"navn":"Koss"}'))
    world.call(get_krav, (ID,), client=client, query={"navn": "Koss"})
    (span,) = tracer.spans
    assert (span.name, span.kind, span.ended, span.status) == (
        "getKrav",
        SpanKind.CLIENT,
        1,
        None,
    )
    assert span.attributes == {
        "skifteportal.operation": "getKrav",
        "skifteportal.attempts": 3,
        "http.request.method": "GET",
        "url.template": "/krav/{kravId}",
        "http.response.status_code": 200,
    }
    assert {request.headers["traceparent"] for request in portal.requests} == {TRACEPARENT}


@pytest.mark.parametrize(
    ("reply", "error", "status"),
    [
        (404, NotFound, 404),
        ((200, "{"), DecodeError, 200),
        (_http.ConnectError("no"), ConnectionFailed, None),
    ],
)
def test_an_error_is_named_and_not_told(  # noqa: PLR0917
    world, portal, get_krav, tracer, client, reply, error, status
):
    portal.answers(reply)
    with pytest.raises(error):
        world.call(get_krav, (ID,), client=client)
    (span,) = tracer.spans
    assert span.ended == 1
    assert span.status == (StatusCode.ERROR, None)
    assert span.attributes["error.type"] == error.__name__
    assert span.attributes.get("http.response.status_code") == status


def test_a_traceparent_of_the_callers_stays(world, portal, get_krav, client):
    portal.answers((200, "1"))
    world.call(get_krav, (ID,), client=client, options=CallOptions(headers={"traceparent": "00-1"}))
    assert portal.request.headers["traceparent"] == "00-1"


def test_baggage_stays_at_home(world, portal, get_krav, client):
    portal.answers((200, "1"))
    token = context.attach(baggage.set_baggage("kunde", "Koss"))
    try:
        world.call(get_krav, (ID,), client=client)
    finally:
        context.detach(token)
    assert "baggage" not in portal.request.headers


def test_without_a_tracer_of_ones_own_it_is_the_global_one(world, portal, get_krav):
    portal.answers((200, "1"))  # none is set up here: then nothing is recorded, nothing sent
    assert world.call(get_krav, (ID,), client={"tracing": OpenTelemetry()}) == 1
    assert "traceparent" not in portal.request.headers


@pytest.mark.anyio
async def test_a_cancelled_call_ends_its_span(api, auth, get_krav, tracer, client):
    async def hang(_request):
        await anyio.sleep_forever()

    transport = _http.MockTransport(hang)
    client_class = type("KravClient", (AsyncClient,), {"_api": api})
    async with client_class(auth, transport=transport, **client) as own:
        with anyio.move_on_after(0):
            await own._call(get_krav, (ID,))
    (span,) = tracer.spans
    assert span.ended == 1
    assert span.attributes["error.type"] == "Cancelled"


def test_a_span_tells_no_ids_and_bodies(world, portal, make_operation, tracer, client):
    portal.answers((201, '{"navn":"Koss"}', {"X-Request-Id": "r"}))
    operation = make_operation("POST", "/krav/{kravId}", body=ANY)
    world.call(operation, (ID,), body={"navn": "Koss"}, client=client)
    assert ID not in str(tracer.spans[0].attributes)
    assert "Koss" not in str(vars(tracer.spans[0]))


def test_core_needs_no_opentelemetry():
    code = "import sys; sys.modules['opentelemetry'] = None; from skifteportal.core import Client"
    subprocess.run([sys.executable, "-c", code], check=True)
