"""How a call goes, in all three worlds: what is sent again."""

import ssl

import pytest

from skifteportal.core import (
    CallOptions,
    CallTimeout,
    ConnectionFailed,
    NotFound,
    OutcomeUnknown,
    ServerError,
    TooManyRequests,
    TransportError,
    _http,
)
from skifteportal.core.shapes import ANY


def test_a_call_that_failed_early_is_sent_again_whatever_it_is(
    world, portal, clock, make_operation
):
    portal.answers(_http.ConnectError("x"), _http.PoolTimeout("x"), (201, "17"))
    assert world.call(make_operation("POST")) == 17
    assert clock.sleeps == [0.5, 1.0]
    ids = {request.headers["X-Request-Id"] for request in portal.requests}
    assert len(ids) == 1


def test_a_body_that_was_not_taken_has_not_arrived(world, portal, unread_transport, make_operation):
    portal.answers(_http.WriteError("x"), (201, "17"))
    client = {"transport": unread_transport(portal)}
    assert world.call(make_operation("POST", body=ANY), body=1, client=client) == 17
    assert len(portal.requests) == 2


@pytest.mark.parametrize(
    "failure",
    [
        _http.ReadError("x"),
        _http.ReadTimeout("x"),
        _http.WriteError("x"),
        _http.RemoteProtocolError("x"),
        ssl.SSLError(1, "x"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_after_it_may_have_arrived_only_repeatable_calls_are_sent_again(
    world, portal, make_operation, failure
):
    portal.answers(failure, (200, "17"))
    assert world.call(make_operation("POST", repeatable=True, body=ANY), body=1) == 17
    portal.requests.clear()
    portal.answers(failure, (200, "17"))
    with pytest.raises(OutcomeUnknown) as caught:
        world.call(make_operation("POST", body=ANY), body=1)
    assert caught.value.operation == "doKrav"
    assert caught.value.answer is None
    assert len(portal.requests) == 1


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_gateways_answer_says_nothing_of_the_outcome(world, portal, make_operation, status):
    portal.answers((status, "<html>"), (200, "17"))
    assert world.call(make_operation("PUT")) == 17
    portal.answers((status, "<html>", {"X-Request-Id": "gw-1"}), (200, "17"))
    with pytest.raises(OutcomeUnknown, match=f"answered {status}") as caught:
        world.call(make_operation("POST"))
    assert (caught.value.answer.status, caught.value.request_id) == (status, "gw-1")


def test_other_errors_are_final(world, portal, make_operation):
    for status in (400, 401, 404, 500):
        portal.requests.clear()
        portal.answers(status)
        with pytest.raises(Exception, match=str(status)):
            world.call(make_operation())
        assert len(portal.requests) == 1


def test_retries_end(world, portal, clock, make_operation):
    portal.answers(503)
    with pytest.raises(ServerError, match="503"):
        world.call(make_operation())
    assert len(portal.requests) == 3
    assert clock.sleeps == [0.5, 1.0]
    portal.answers(_http.ReadTimeout("x"))
    with pytest.raises(CallTimeout):
        world.call(make_operation(), options=CallOptions(max_retries=0))
    assert len(portal.requests) == 4
    with pytest.raises(TransportError):
        world.call(make_operation(), client={"max_retries": 1})
    assert len(portal.requests) == 6


def test_chance_spreads_retries(world, portal, clock, make_operation):
    clock.chance = 0.25
    portal.answers(503, 503, (200, "17"))
    world.call(make_operation())
    assert clock.sleeps == [0.125, 0.25]


def test_the_rate_limit_is_waited_for_whatever_the_call_is(world, portal, clock, make_operation):
    portal.answers((429, "", {"Retry-After": "7"}), 429, (201, "17"))
    assert world.call(make_operation("POST")) == 17
    assert clock.sleeps == [7.0, 1.0]


@pytest.mark.parametrize("status", [429, 503])
def test_waits_of_more_than_a_minute_are_left_to_the_caller(
    world, portal, clock, make_operation, status
):
    portal.answers((status, "", {"Retry-After": "61"}))
    with pytest.raises((TooManyRequests, ServerError)) as caught:
        world.call(make_operation())
    assert caught.value.retry_after == 61.0
    assert clock.sleeps == []


def test_a_certificate_that_is_not_trusted_is_not_tried_again(world, portal, make_operation):
    error = _http.ConnectError("x")
    error.__cause__ = ssl.SSLCertVerificationError(1, "x")
    portal.answers(error)
    with pytest.raises(ConnectionFailed, match="certificate is not trusted"):
        world.call(make_operation())
    assert len(portal.requests) == 1


def test_a_repeated_delete_that_finds_nothing_has_succeeded(world, portal, make_operation):
    answers = []
    for first in (_http.ReadError("x"), 503):
        portal.answers(first, (404, '{"fejl":1}'))
        options = CallOptions(on_answer=answers.append)
        assert world.call(make_operation("DELETE"), options=options) is None
    assert [answer.status for answer in answers] == [404, 404]


def test_a_delete_that_never_arrived_and_finds_nothing_has_not(world, portal, make_operation):
    for first in (_http.ConnectError("x"), 429):
        portal.answers(first, 404)
        with pytest.raises(NotFound):
            world.call(make_operation("DELETE"))
    portal.answers(503, 404)
    with pytest.raises(NotFound):
        world.call(make_operation("GET"))


@pytest.mark.parametrize("asked", ["0", "Sun, 06 Nov 1994 08:49:37 GMT"])
def test_asked_for_no_wait_it_waits_as_if_not_asked(world, portal, clock, make_operation, asked):
    portal.answers(
        (429, "", {"Retry-After": asked}), (503, "", {"Retry-After": asked}), (200, "17")
    )
    assert world.call(make_operation()) == 17
    assert clock.sleeps == [0.5, 1.0]
