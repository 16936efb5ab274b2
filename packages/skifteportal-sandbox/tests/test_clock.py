import zoneinfo
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skifteportal.sandbox.clock import (
    ManualClock,
    SystemClock,
    midnight,
    nanoseconds,
    timestamp,
    today,
)

NANOSECONDS = st.integers(min_value=0, max_value=4_000_000_000_000_000_000)


@pytest.mark.parametrize(
    "text",
    [
        "2022-06-15T07:14:50.6432001Z",
        "2022-09-09T13:08:25.98834636Z",
        "2022-09-09T13:08:25.988362763Z",
    ],
)
def test_the_guides_timestamps_come_back_digit_for_digit(text):
    assert timestamp(nanoseconds(text)) == text


@given(NANOSECONDS)
def test_a_written_moment_is_read_as_the_same_with_seven_to_nine_digits(moment):
    text = timestamp(moment)

    assert nanoseconds(text) == moment
    assert 7 <= len(text.partition(".")[2].rstrip("Z")) <= 9


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("2022-06-15T09:14:50+02:00", "2022-06-15T07:14:50Z"),
        ("2022-06-15t07:14:50.5z", "2022-06-15T07:14:50.500Z"),
        ("2022-06-15T09:14:50.123456789123+02:00", "2022-06-15T07:14:50.123456789Z"),
        ("2022-06-15T05:14:50.25-02:00", "2022-06-15T07:14:50.25Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
        ("2017-01-01T00:59:60.5+01:00", "2017-01-01T00:00:00.5Z"),
    ],
)
def test_any_rfc_3339_form_is_read(text, same):
    assert nanoseconds(text) == nanoseconds(same)


def test_the_machines_clock_goes():
    before = SystemClock().now_ns()
    assert abs(before - datetime.now(tz=UTC).timestamp() * 1e9) < 60e9


def test_a_manual_clock_stands_until_moved():
    clock = ManualClock()
    first = clock.now_ns()
    assert clock.now_ns() == first
    clock.advance(seconds=1.5, days=1)
    assert clock.now_ns() - first == 86_401_500_000_000


@given(NANOSECONDS)
def test_today_is_the_date_in_denmark(moment):
    # the rule of the EU holds from 1996
    moment = 850_000_000_000_000_000 + moment // 3
    clock = ManualClock(
        moment=datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=moment // 1000)
    )
    copenhagen = zoneinfo.ZoneInfo("Europe/Copenhagen")
    assert today(clock) == clock.moment.astimezone(copenhagen).date()


@given(st.dates(min_value=date(1996, 12, 31), max_value=date(2036, 12, 31)))
def test_a_day_begins_at_midnight_in_denmark(day):
    begins = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=midnight(day) // 1000)
    local = begins.astimezone(zoneinfo.ZoneInfo("Europe/Copenhagen"))
    assert f"{local:%Y-%m-%d %H:%M:%S.%f}" == f"{day} 00:00:00.000000"


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_calendars_ends_begin_too(day):
    assert midnight(day) == (day - date(1970, 1, 1)).days * 86_400 * 10**9 - 3600 * 10**9
