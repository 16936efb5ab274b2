"""How a call goes, in all three worlds: what a rate limiter does."""

import ssl

import attrs
import pytest

from skifteportal.core import (
    DeadlineExceeded,
)


@attrs.define
class Limiter:
    waits: list
    told: list = attrs.field(factory=list)

    def reserve(self, key, operation_id):
        self.told.append(("reserve", key, operation_id))
        return self.waits.pop(0)

    def penalize(self, key, operation_id, seconds):
        self.told.append(("penalize", key, operation_id, seconds))

    async def reserve_async(self, key, operation_id):
        return self.reserve(key, operation_id)

    async def penalize_async(self, key, operation_id, seconds):
        self.penalize(key, operation_id, seconds)


def test_the_limiter_is_asked_before_each_attempt_and_told_of_429(
    world, portal, clock, make_operation
):
    limiter = Limiter([0.0, 2.5])
    portal.answers((429, "", {"Retry-After": "7"}), (200, "17"))
    assert world.call(make_operation(), client={"limiter": limiter}) == 17
    assert limiter.told == [
        ("reserve", "client-7", "doKrav"),
        ("penalize", "client-7", "doKrav", 7.0),
        ("reserve", "client-7", "doKrav"),
    ]
    assert clock.sleeps == [7.0, 2.5]


def test_a_wait_of_the_limiters_that_is_too_long_sends_nothing(
    world, portal, clock, make_operation
):
    client = {"limiter": Limiter([9.0, 9.0]), "deadline": 9.0}
    with pytest.raises(DeadlineExceeded, match="rate limiter"):
        world.call(make_operation(), client=client)
    assert portal.requests == clock.sleeps == []
    world.call(make_operation(answer=None), client=client | {"deadline": 9.5})
    assert clock.sleeps == [9.0]


def test_what_the_limiter_raises_is_raised(world, portal, make_operation):
    class Broken(Limiter):
        def reserve(self, key, operation_id):
            raise ssl.SSLError(1, "the limiter's own")

    with pytest.raises(ssl.SSLError, match="the limiter's own"):
        world.call(make_operation(), client={"limiter": Broken([])})
    assert portal.requests == []
