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


@pytest.mark.parametrize(
    "by", [timedelta(days=-365 * 60), timedelta(days=365 * 200), timedelta.max]
)
def test_no_portal_lives_before_1971_or_after_2199(clock, by):
    with pytest.raises(Refused, match="between 1971 and 2199"):
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
    ],
)
def test_durations_are_read(text, seconds):
    assert read_duration(text) == timedelta(seconds=seconds)


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
