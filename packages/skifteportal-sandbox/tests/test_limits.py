import pytest

from skifteportal.sandbox import ManualClock, Settings
from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.limits import Limiter


@pytest.fixture
def clock():
    return ManualClock()


def calls(limiter, count, client="a", operation="addKrav"):
    for _ in range(count):
        limiter.check(client, operation)


def test_without_a_limit_nobody_counts(clock):
    calls(Limiter(clock), 1000)


def test_too_many_calls_are_told_when_to_come_again(clock):
    limiter = Limiter(clock, start="3/min")
    calls(limiter, 3)
    clock.advance(seconds=20.5)
    with pytest.raises(Fault) as caught:
        calls(limiter, 1)
    assert (caught.value.status, caught.value.headers) == (429, (("Retry-After", "40"),))
    clock.advance(seconds=39)
    with pytest.raises(Fault):
        calls(limiter, 1)
    clock.advance(seconds=1)
    calls(limiter, 3)


def test_each_client_and_each_operation_has_its_own_count(clock):
    limiter = Limiter(clock, start="1/h")
    calls(limiter, 1)
    calls(limiter, 1, client="b")
    calls(limiter, 1, operation="getKrav")
    with pytest.raises(Fault):
        calls(limiter, 1)


def test_a_clock_that_is_set_back_begins_a_new_window(clock):
    limiter = Limiter(clock, start="1/h")
    calls(limiter, 1)
    clock.advance(days=-1)
    calls(limiter, 1)


def test_a_limit_may_be_set_and_taken_away(clock):
    limiter = Limiter(clock)
    limiter.set("1/s")
    assert str(limiter.limit) == "1/1s"
    calls(limiter, 1)
    limiter.set("1/s")
    calls(limiter, 1)
    limiter.set("")
    assert limiter.limit is None


def test_the_portal_counts_per_client_id_and_a_reset_goes_back_to_the_setting(make_portal, api):
    from portal_in_memory import GUIDE_ESTATE, Api

    portal = make_portal(settings=Settings(rate_limit="2/s"))
    api, path = Api(portal), f"/doedsbojournaler/{GUIDE_ESTATE}"
    assert [api("GET", path).status for _ in range(3)] == [200, 200, 429]
    assert api("GET", path)["Retry-After"] == "1"
    assert [api("GET", "/retskredse").status for _ in range(3)] == [200, 200, 200]
    portal.limiter.set("")
    assert api("GET", path).status == 200
    portal.reset()
    assert str(portal.limiter.limit) == "2/1s"


def test_a_limit_that_is_taken_off_meanwhile_counts_no_more(clock):
    class Off(ManualClock):
        def now_ns(self):
            done.append(limiter.limit)
            return super().now_ns()

    done = []
    limiter = Limiter(Off(), start="1/s")
    calls(limiter, 1)
    limiter.set("")
    calls(limiter, 1000)
    assert len(done) == 1
