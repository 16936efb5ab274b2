from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skifteportal.sandbox.clock import ManualClock
from skifteportal.sandbox.doedsbo.kinds import KINDS, Deadlines
from skifteportal.sandbox.seed import seeded
from skifteportal.sandbox.settings import Settings

ESTATE = next(iter(seeded([], clock=ManualClock()).estates.values()))
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1))


@given(notice=DAYS, today=DAYS)
def test_deadlines_are_whole_weeks_after_the_notice_and_include_their_last_day(notice, today):
    deadlines = Deadlines.of(attrs.evolve(ESTATE, notice=notice), Settings())
    assert deadlines.claims_over(today) == (today > notice + timedelta(days=56))
    assert deadlines.provisional_over(today) == (today > notice + timedelta(days=112))


@given(today=DAYS)
def test_without_a_notice_there_is_no_deadline(today):
    deadlines = Deadlines.of(ESTATE, Settings())
    assert not deadlines.claims_over(today)
    assert not deadlines.provisional_over(today)


def test_the_weeks_are_settings():
    settings = Settings(deadline_weeks=1, provisional_weeks=2)
    deadlines = Deadlines.of(attrs.evolve(ESTATE, notice=date(2026, 1, 1)), settings)
    assert (deadlines.claims, deadlines.provisional) == (date(2026, 1, 8), date(2026, 1, 22))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kinds_names_are_the_specifications(kind):
    assert kind.parameter == f"{kind.name}Id"
    assert kind.operation_suffix.lower() == kind.name
