"""How days of notice are counted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalgen.notices.days import days_between, earliest, parse_day

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def test_the_guides_thirty_days():
    assert earliest(date(2026, 3, 1), 30) == date(2026, 3, 31)
    assert days_between(date(2026, 3, 1), date(2026, 3, 31)) == 30


@given(DAYS, st.integers(0, 400))
def test_the_earliest_day_has_just_enough(first: date, days: int):
    found = earliest(first, days)
    assert days_between(first, found) == days
    assert days_between(first, found - timedelta(days=1)) == days - 1


@given(DAYS, DAYS, st.integers(1, 60))
def test_a_later_release_and_an_earlier_announcement_give_more_days(first, last, more):
    given_days = days_between(first, last)
    assert days_between(first, last + timedelta(days=more)) == given_days + more
    assert days_between(first - timedelta(days=more), last) == given_days + more
    assert days_between(last, first) == -given_days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-23", date(2026, 11, 23)),
        ("2026-11-23T23:30:00+00:00", date(2026, 11, 24)),  # half past midnight in Denmark
        ("2026-06-30T22:15:00Z", date(2026, 7, 1)),  # summer time
        ("2026-11-23T00:10:00+01:00", date(2026, 11, 23)),
    ],
)
def test_a_day_is_a_date_in_denmark(text: str, day: date):
    assert parse_day(text) == day


@pytest.mark.parametrize("text", ["2026-11-23T10:00:00", "23/11/2026", ""])
def test_what_is_no_day_is_refused(text: str):
    with pytest.raises(ValueError):
        parse_day(text)
