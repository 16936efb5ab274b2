"""How a call goes, in all three worlds: what is sent, and what comes back."""

import platform
import uuid

import pytest

from skifteportal.core import (
    CallOptions,
    DecodeError,
    InvalidArgument,
)
from skifteportal.core.shapes import ANY, INTEGER

ID = "e25d84d3-7aec-4361-84da-93125cb83f08"


# What is sent


def test_a_get(world, portal, make_operation):
    portal.answers((200, '{"id":"x"}'))
    result = world.call(make_operation(path="/krav/{kravId}"), (ID,), query={"size": 7})
    assert result == {"id": "x"}
    request = portal.request
    assert request.method == "GET"
    assert str(request.url) == f"https://api.test-minskiftesag.net/krav/{ID}?size=7"
    assert request.content == b""
    assert request.headers["Host"] == "api.test-minskiftesag.net"
    assert request.headers["Authorization"] == "Bearer token"
    assert request.headers["Accept"] == "application/json"
    assert "Content-Length" not in request.headers
    assert "Content-Type" not in request.headers
    version = ".".join(platform.python_version_tuple()[:2])
    assert request.headers["User-Agent"] == (
        "skifteportal-doedsbojournal/0.1.0 (spec 1.3.0; sha256 0123456789ab) "
        f"skifteportal-core/0.1.0 python/{version}"
    )
    assert uuid.UUID(request.headers["X-Request-Id"]).version == 4


def test_a_post_with_a_body(world, portal, make_operation):
    portal.answers((201, "{}"))
    world.call(make_operation("POST", body=ANY), body={"beløb": 1})
    assert portal.request.content == '{"beløb":1}'.encode()
    assert portal.request.headers["Content-Type"] == "application/json"
    assert portal.request.headers["Content-Length"] == "12"


def test_a_post_without_a_body_says_so(world, portal, make_operation):
    world.call(make_operation("POST", answer=None))
    assert portal.request.headers["Content-Length"] == "0"
    assert "Content-Type" not in portal.request.headers


def test_what_cannot_be_sent_is_refused_before_it_is(world, portal, make_operation):
    with pytest.raises(InvalidArgument):
        world.call(make_operation("POST", body=INTEGER), body="text")
    with pytest.raises(InvalidArgument):
        world.call(make_operation(path="/krav/{kravId}"), ("..",))
    with pytest.raises(InvalidArgument):
        world.call(make_operation(), options=CallOptions(headers={"Host": "evil.test"}))
    assert portal.requests == []


def test_headers_of_the_options_are_sent(world, portal, make_operation):
    world.call(make_operation(answer=None), options=CallOptions(headers={"traceparent": "00-1"}))
    assert portal.request.headers["traceparent"] == "00-1"


# What is read


def test_any_2xx_is_a_success(world, portal, make_operation):
    portal.answers((207, "17"))
    assert world.call(make_operation()) == 17


def test_an_answer_nobody_asked_for_is_no_error(world, portal, make_operation):
    portal.answers((200, '{"id":"x"}'))
    assert world.call(make_operation("POST", answer=None)) is None


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_an_empty_204_without_an_answer_in_the_contract(world, portal, make_operation, method):
    portal.answers(204)
    assert world.call(make_operation(method, answer=None)) is None


def test_a_delete_may_be_answered_with_nothing(world, portal, make_operation):
    portal.answers(204)
    assert world.call(make_operation("DELETE", answer=ANY)) is None


@pytest.mark.parametrize("content", ["", "<html>ok</html>", '"text"'])
def test_a_success_that_cannot_be_read_is_told_as_such(world, portal, make_operation, content):
    portal.answers((200, content, {"X-Request-Id": "req-9"}))
    with pytest.raises(DecodeError, match=r"had accepted the request .status 200.") as caught:
        world.call(make_operation("POST", answer=INTEGER))
    error = caught.value
    assert (error.operation, error.answer.status) == ("doKrav", 200)
    assert error.answer.content == content.encode()
    assert error.answer.request_id == "req-9"
    assert "html" not in str(error)
