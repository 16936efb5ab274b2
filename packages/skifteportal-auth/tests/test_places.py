"""Places in a moving window: in memory and in Redis, by the same tests."""

import multiprocessing
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from limits import parse
from limits.strategies import MovingWindowRateLimiter

from skifteportal.auth._places import MemoryPlaces, RedisPlaces, Window
from skifteportal.auth._redis_client import client_of

HOUR = 3600.0
A_WHILE = 60.0  # what a test may take: the windows are far longer


@pytest.fixture(params=["memory", "redis"])
def places(request, redis_server, time):
    if request.param == "memory":
        yield MemoryPlaces(lambda: time.wall)
    else:
        with client_of(redis_server.url) as client:
            client.flushall()
            yield RedisPlaces(client)


def book(places, key, *windows, spacing=1.0, longest=10 * HOUR):
    return places.book(key, windows, spacing=spacing, longest=longest)


def near(seconds):
    return pytest.approx(seconds - A_WHILE / 2, abs=A_WHILE / 2)


HOURLY = Window(amount=3, seconds=HOUR)


def test_while_there_is_room_places_are_now(places):
    assert [book(places, "a", HOURLY) for _ in range(3)] == [0, 0, 0]


def test_then_each_gets_a_moment_of_its_own_a_window_later(places):
    waits = [book(places, "b", HOURLY, spacing=100.0) for _ in range(8)]
    assert waits[3:] == [
        near(HOUR), near(HOUR + 100), near(HOUR + 200), near(2 * HOUR), near(2 * HOUR + 100),
    ]  # fmt: skip


def test_keys_are_apart(places):
    assert [book(places, "c", HOURLY) for _ in range(3)] == [0, 0, 0]
    assert book(places, "d", HOURLY) == 0


def test_several_limits_all_hold(places):
    daily = Window(amount=4, seconds=24 * HOUR)
    waits = [book(places, "e", HOURLY, daily, longest=48 * HOUR) for _ in range(5)]
    assert waits[:3] == [0, 0, 0]
    assert waits[3:] == [near(HOUR), near(24 * HOUR)]


def test_without_a_limit_places_are_now(places):
    assert [book(places, "f") for _ in range(5)] == [0] * 5


def test_a_place_too_far_ahead_is_not_taken(places):
    for _ in range(3):
        book(places, "g", HOURLY)
    assert book(places, "g", HOURLY, longest=HOUR / 2) == near(HOUR)
    assert book(places, "g", HOURLY) == near(HOUR)


def test_held_back_nobody_gets_a_place_before_and_then_one_after_the_other(places):
    places.hold_back("h", 1000)
    places.hold_back("h", 10)  # shortens nothing
    assert [book(places, "h", HOURLY, spacing=100.0) for _ in range(2)] == [near(1000), near(1100)]
    assert book(places, "i", HOURLY) == 0


def test_held_back_without_a_limit_they_are_spread_too(places):
    places.hold_back("j", 1000)
    assert [book(places, "j", spacing=100.0) for _ in range(2)] == [near(1000), near(1100)]


def test_nobody_is_held_back_for_more_than_an_hour(places):
    places.hold_back("k", 1e9)
    assert book(places, "k") == near(HOUR)


def test_a_clock_that_was_set_back_does_not_make_all_wait(places):
    for _ in range(4):
        book(places, "l", HOURLY)
    assert book(places, "l", HOURLY, longest=HOUR / 2) == 0  # as if that place were from before


def test_the_library_reads_the_log(places):
    for _ in range(2):
        book(places, "LIMITER/m/3/1/hour", HOURLY)
    strategy, limit = MovingWindowRateLimiter(places), parse("3/hour")
    assert strategy.get_window_stats(limit, "m").remaining == 1
    assert strategy.hit(limit, "m")
    assert not strategy.hit(limit, "m")


@given(
    steps=st.lists(st.floats(min_value=0, max_value=30), max_size=80),
    amounts=st.tuples(st.integers(1, 5), st.integers(5, 20)),
    spacing=st.floats(min_value=0, max_value=1),
)
def test_no_window_ever_holds_more_than_its_limit(steps, amounts, spacing):
    now = 1000.0
    places = MemoryPlaces(lambda: now)
    windows = [
        Window(amount=amount, seconds=seconds)
        for amount, seconds in zip(amounts, (10.0, 60.0), strict=True)
    ]
    booked = []
    for step in steps:
        now += step
        booked.append(now + places.book("x", windows, spacing=spacing, longest=1e6))
    assert booked == sorted(booked)
    for window in windows:
        for first, after in zip(booked, booked[window.amount :], strict=False):
            assert after - first >= window.seconds - 1e-6


def book_many(url, amount, calls, results):
    with client_of(url) as client:
        places = RedisPlaces(client)
        window = Window(amount=amount, seconds=HOUR)
        results.put([book(places, "shared", window) for _ in range(calls)])


def test_processes_share_one_limit(redis_server):
    spawn = multiprocessing.get_context("spawn")
    results = spawn.Queue()
    processes = [
        spawn.Process(target=book_many, args=(redis_server.url, 100, 80, results)) for _ in range(2)
    ]
    for process in processes:
        process.start()
    waits = results.get(timeout=60) + results.get(timeout=60)
    for process in processes:
        process.join(60)
    assert sum(wait == 0 for wait in waits) == 100
    assert len(set(waits)) == 61  # each of the others has a moment of its own


def test_threads_share_one_limit(time):
    places, waits = MemoryPlaces(lambda: time.wall), []
    window = Window(amount=100, seconds=HOUR)
    threads = [
        threading.Thread(
            target=lambda: waits.extend(book(places, "n", window, spacing=0.5) for _ in range(50))
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sum(wait == 0 for wait in waits) == 100
    assert len(set(waits)) == 101


def test_a_lock_that_the_parent_of_a_fork_held_is_free_in_the_child(time, forked):
    places = MemoryPlaces(lambda: time.wall)
    holder, held, go_on = places.locks["o"], threading.Event(), threading.Event()

    def hold():
        with holder:
            held.set()
            go_on.wait(30)

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(30)
    forked()
    assert book(places, "o", HOURLY) == 0
    go_on.set()
    thread.join(30)
