"""How a call goes, in all three worlds: what a deadline does."""

import pytest

from skifteportal.core import (
    CallOptions,
    DeadlineExceeded,
    OutcomeUnknown,
    TooManyRequests,
    _http,
)
from skifteportal.core.shapes import ANY


def test_a_deadline_shortens_the_timeouts(world, portal, make_operation):
    world.call(make_operation(answer=None), options=CallOptions(deadline=7.0))
    assert portal.request.extensions["timeout"] == {
        "connect": 5.0,
        "read": 7.0,
        "write": 7.0,
        "pool": 5.0,
    }


def test_no_wait_goes_past_the_deadline(world, portal, clock, make_operation):
    portal.answers((429, "", {"Retry-After": "20"}))
    with pytest.raises(TooManyRequests):
        world.call(make_operation(), client={"deadline": 20.0})
    assert clock.sleeps == []
    portal.answers((429, "", {"Retry-After": "19"}), (200, "17"))
    assert world.call(make_operation(), client={"deadline": 20.0}) == 17


def test_a_timeout_at_the_deadline_is_the_deadline(world, portal, clock, make_operation):
    def slow(request):
        request.read()
        clock.now += 10
        return _http.ReadTimeout("x")

    portal.answers(slow)
    with pytest.raises(DeadlineExceeded):
        world.call(make_operation(), options=CallOptions(deadline=10.0))
    with pytest.raises(OutcomeUnknown, match="deadline"):
        world.call(make_operation("POST", body=ANY), body=1, options=CallOptions(deadline=10.0))
    assert len(portal.requests) == 2


def test_nothing_is_sent_after_the_deadline(world, portal, clock, make_operation):
    def oversleep(_seconds):
        clock.now += 100

    async def oversleep_async(_seconds):
        clock.now += 100

    portal.answers(503)
    world.sleep = oversleep if world.synchronous else oversleep_async
    with pytest.raises(DeadlineExceeded, match="before it was sent"):
        world.call(make_operation(), options=CallOptions(deadline=50.0))
    assert len(portal.requests) == 1
