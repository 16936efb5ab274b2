import threading
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skifteportal.sandbox import ManualClock
from skifteportal.sandbox.errors import Refused
from skifteportal.sandbox.moving_clock import MovingClock, read_duration, read_moment

START = datetime(2026, 1, 15, 12, tzinfo=UTC)


@pytest.fixture
def base():
    return ManualClock(moment=START)


@pytest.fixture
def clock(base):
    return MovingClock(base)


def shown(clock):
    return datetime.fromtimestamp(clock.now_ns() / 1e9, tz=UTC)


def test_it_follows_the_other_clock_until_it_is_taken_in_hand(base, clock):
    base.advance(seconds=5)
    assert clock.now_ns() == base.now_ns()
    assert not clock.frozen


def test_a_frozen_clock_stands_still_and_runs_on_from_there(base, clock):
    clock.freeze()
    base.advance(days=3)
    assert (shown(clock), clock.frozen) == (START, True)
    clock.run()
    base.advance(seconds=7)
    assert (shown(clock), clock.frozen) == (START + timedelta(seconds=7), False)
    clock.release()
    assert clock.now_ns() == base.now_ns()


def test_setting_and_advancing_neither_stop_nor_start_it(base, clock):
    clock.set(datetime(2030, 1, 1, tzinfo=UTC))
    base.advance(seconds=1)
    assert shown(clock) == datetime(2030, 1, 1, 0, 0, 1, tzinfo=UTC)
    clock.freeze()
    clock.advance(timedelta(weeks=8))
    base.advance(seconds=1)
    assert shown(clock) == datetime(2030, 1, 1, 0, 0, 1, tzinfo=UTC) + timedelta(weeks=8)


def test_it_is_frozen_at_a_time_or_not_at_all(base, clock):
    clock.freeze(at=datetime(2030, 1, 1, tzinfo=UTC))
    assert shown(clock) == datetime(2030, 1, 1, tzinfo=UTC)
    clock.release()
    with pytest.raises(Refused, match="between 1971 and 2199"):
        clock.freeze(at=datetime(1066, 1, 1, tzinfo=UTC))
    with pytest.raises(Refused, match="at: the moment needs a time zone"):
        clock.freeze(at=datetime(2030, 1, 1))  # noqa: DTZ001 - that is the point
    assert not clock.moved


def test_where_it_was_put_is_noted_and_gone_back_to_after_a_restart(base, clock):
    def restarted(days):
        base.advance(days=days)
        again = MovingClock(base)
        again.prepared(clock.noted)()
        return again

    assert (clock.noted, clock.moved, restarted(1).moved) == ("", False, False)
    clock.advance(timedelta(weeks=8))
    assert clock.moved
    assert shown(restarted(2)) == START + timedelta(weeks=8, days=3)  # time has gone by meanwhile
    clock.set(datetime(2020, 1, 1, tzinfo=UTC))
    assert shown(restarted(1)) == datetime(2020, 1, 2, tzinfo=UTC)
    clock.freeze()
    again = restarted(5)
    assert (shown(again), again.frozen) == (shown(clock), True)
    again.prepared("")()
    assert again.now_ns() == base.now_ns()


@pytest.mark.parametrize("note", ["frozen", "frozen -1", "shift", "shift 1.5", "gone", "frozen 1 "])
def test_what_is_no_note_of_a_clock_is_refused(clock, note):
    with pytest.raises(ValueError, match="no place of a clock"):
        clock.prepared(note)


@pytest.mark.parametrize(
    "by", [timedelta(days=-365 * 60), timedelta(days=365 * 200), timedelta.max]
)
def test_no_portal_lives_before_1971_or_after_2199(clock, by):
    with pytest.raises(Refused, match="by: the portal's time is between 1971 and 2199"):
        clock.advance(by)
    assert shown(clock) == START


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("8w", 8 * 604_800),
        ("3d", 259_200),
        ("1d12h", 129_600),
        ("30min", 1800),
        ("2m 5s", 125),
        ("1.5", 1.5),
        (90, 90),
        (-0.5, -0.5),
    ],
)
def test_durations_are_read(text, seconds):
    assert read_duration(text) == timedelta(seconds=seconds)


def test_a_duration_beyond_all_time_is_the_longest_that_there_is():
    assert read_duration("999999999w 1s") == timedelta.max


@pytest.mark.parametrize("seconds", [float("inf"), float("nan"), 1e300])
def test_what_is_no_number_of_seconds_is_refused(seconds):
    with pytest.raises(Refused, match="by: there is no such number of seconds"):
        read_duration(seconds)


@pytest.mark.parametrize("text", ["", "  ", "x", "8 weeks", "-3d", "3d!"])
def test_other_durations_are_refused(text):
    with pytest.raises(Refused, match="by: write a duration"):
        read_duration(text)


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
def test_a_duration_is_the_sum_of_its_parts(weeks, days, seconds):
    expected = timedelta(weeks=weeks, days=days, seconds=seconds)
    assert read_duration(f"{weeks}w{days}d{seconds}s") == expected


def test_moments_are_read():
    assert read_moment("2026-03-01") == datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert read_moment("2026-03-01T09:30:00") == datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    assert read_moment("2026-03-01T09:30:00+02:00") == datetime(2026, 3, 1, 7, 30, tzinfo=UTC)
    with pytest.raises(Refused, match="at: write a moment"):
        read_moment("tomorrow")


def test_who_reads_while_it_is_set_going_sees_it_standing_still_or_going():
    class Watched(ManualClock):
        def now_ns(self):
            if clock.frozen:  # as another thread would at this moment
                seen.append(shown(clock).year)
            return super().now_ns()

    seen = []
    clock = MovingClock(Watched())
    clock.freeze(at=datetime(2030, 1, 1, tzinfo=UTC))
    clock.run()
    assert seen == [2030]
    assert shown(clock).year == 2030


def test_two_that_move_it_on_at_once_both_do(clock):
    clock.freeze()
    threads = [
        threading.Thread(target=lambda: [clock.advance(timedelta(hours=1)) for _ in range(200)])
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shown(clock) == START + timedelta(hours=800)
