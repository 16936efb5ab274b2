"""The portal's policy of notices, on the observed change."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalgen.diff import Level
from portalgen.notices import Judgement, Notice, judge
from portalgen.notices.policy import NOTICE_DAYS, TEST_DAYS

ANNOUNCED = date(2026, 3, 1)
TODAY = date(2026, 3, 2)


def notice(**changes: Any) -> Notice:
    base: dict[str, Any] = {
        "id": "a-2",
        "api": "a",
        "before": "1.3.0",
        "version": "2.0.0",
        "claimed": "major",
        "announced": ANNOUNCED,
        "test": ANNOUNCED + timedelta(days=16),
        "production": ANNOUNCED + timedelta(days=30),
        "source": "a mail",
    }
    return Notice(**(base | changes))


def judged(observed: Level | None = Level.MAJOR, *, current: str = "1.3.0", **changes: Any):
    return judge(notice(**changes), observed=observed, current=current, today=TODAY)


def rules(judgement: Judgement) -> dict[str, str]:
    return {one.rule: one.severity for one in judgement.findings}


def minor(**changes: Any) -> dict[str, Any]:
    return {
        "claimed": "minor",
        "version": "1.4.0",
        "test": ANNOUNCED,
        "production": ANNOUNCED + timedelta(days=14),
    } | changes


def test_a_major_change_with_the_least_notice_is_in_order():
    found = judged()
    assert found.findings == ()
    assert (found.days_given, found.days_needed, found.missing_days) == (30, 30, 0)
    assert found.earliest_production == date(2026, 3, 31)
    assert not found.failed


def test_a_day_less_is_too_short_and_says_when_it_would_not_be():
    found = judged(production=date(2026, 3, 30), test=date(2026, 3, 10))
    assert rules(found) == {"notice_too_short": "breach"}
    assert "29 days from 2026-03-01" in found.findings[0].text
    assert "1 missing, not before 2026-03-31" in found.findings[0].text
    assert "guide 5.1" in found.findings[0].text
    assert (found.missing_days, found.failed) == (1, True)


def test_in_test_thirteen_days_before_a_major_release_is_too_late():
    found = judged(test=date(2026, 3, 18))
    assert rules(found) == {"test_too_late": "breach"}
    assert found.earliest_production == date(2026, 4, 1)


def test_a_minor_change_has_fourteen_days_and_no_deadline_in_test():
    assert rules(judged(Level.MINOR, **minor(test=date(2026, 3, 15)))) == {}
    late = judged(Level.MINOR, **minor(production=date(2026, 3, 14)))
    assert rules(late) == {"notice_too_short": "breach"}
    after = judged(Level.MINOR, **minor(test=date(2026, 3, 16)))
    assert rules(after) == {"test_too_late": "breach"}
    assert after.earliest_production == date(2026, 3, 16)


def test_a_patch_is_not_announced():
    found = judged(
        Level.PATCH, claimed="patch", version="1.3.1", announced=None, test=None, production=TODAY
    )
    assert "announced_missing" not in rules(found)
    assert (found.days_needed, found.earliest_production) == (0, None)


def test_what_is_called_minor_and_breaks_has_the_deadlines_of_a_major_change():
    found = judged(Level.MAJOR, **minor())
    assert rules(found) == {
        "under_claimed": "breach",
        "under_bumped": "breach",
        "notice_too_short": "breach",
    }
    assert found.missing_days == 16


def test_what_is_called_major_and_is_minor_is_asked_about():
    found = judged(Level.MINOR)
    assert rules(found) == {"over_claimed": "warning"}
    assert not found.failed


@pytest.mark.parametrize(
    ("observed", "changes", "rule"),
    [
        (Level.MINOR, minor(version="1.3.0"), "unbumped"),
        (None, minor(version="1.3.0"), "unbumped"),
        (Level.MINOR, minor(version="1.2.9"), "decreased"),
        (Level.MINOR, minor(version="1.3.1"), "under_bumped"),
        (Level.MINOR, minor(announced=None), "announced_missing"),
        (Level.MAJOR, {"test": None}, "test_missing"),
    ],
)
def test_breaches(observed: Level, changes: dict[str, Any], rule: str):
    found = judged(observed, **changes)
    assert rules(found)[rule] == "breach"
    assert found.failed


def test_the_same_file_with_the_same_version_is_no_change():
    assert "unbumped" not in rules(judged(Level.NONE, **minor(version="1.3.0")))


def test_a_label_that_the_version_does_not_bear_out_is_asked_about():
    found = judged(Level.MINOR, **minor(version="2.0.0"))
    assert rules(found) == {"mislabelled": "warning"}


def test_days_that_are_not_known_are_asked_for():
    found = judged(Level.MINOR, **minor(test=None, production=None))
    assert rules(found) == {"test_missing": "warning", "production_missing": "warning"}
    assert found.days_given is None


def test_an_emergency_is_exempt_and_says_so():
    found = judged(
        emergency="a hole in the login", production=date(2026, 3, 3), test=date(2026, 3, 1)
    )
    assert rules(found) == {"notice_too_short": "exempt", "test_too_late": "exempt"}
    assert "exempt (5.4): a hole in the login" in found.findings[0].text
    assert not found.failed
    assert (found.earliest_production, found.missing_days) == (ANNOUNCED, 0)
    assert rules(judged(emergency="law", announced=None, test=None)) == {
        "announced_missing": "exempt",
        "test_missing": "exempt",
    }


def test_what_could_not_be_compared_is_believed_and_said():
    found = judged(None)
    assert rules(found) == {"not_observed": "warning"}
    assert found.days_needed == 30


def test_in_production_and_not_in_our_package_is_overdue():
    found = judge(notice(), observed=Level.MAJOR, current="1.3.0", today=date(2026, 3, 31))
    assert rules(found) == {"overdue": "overdue"}
    assert found.failed
    done = judge(notice(), observed=Level.MAJOR, current="2.0.0", today=date(2026, 3, 31))
    assert not done.failed


def test_as_data():
    data = judged(production=date(2026, 3, 30), test=date(2026, 3, 10)).as_json()
    assert data["observed"] == "major"
    assert data["earliest_production"] == "2026-03-31"
    assert (data["missing_days"], data["failed"]) == (1, True)
    assert data["findings"][0]["rule"] == "notice_too_short"
    assert judged(None, announced=None).as_json()["earliest_production"] is None


@given(
    st.sampled_from([Level.MAJOR, Level.MINOR, Level.PATCH]),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_the_earliest_day_is_the_first_without_a_breach_of_a_deadline(level, to_test, to_release):
    test = ANNOUNCED + timedelta(days=to_test)
    production = ANNOUNCED + timedelta(days=to_release)
    found = judged(level, test=test, production=production)
    late = {"notice_too_short", "test_too_late"} & rules(found).keys()
    first = found.earliest_production
    assert first is not None
    assert bool(late) == (production < first)
    assert found.missing_days == max(0, (first - production).days)
    assert first >= ANNOUNCED + timedelta(days=NOTICE_DAYS[level])
    if level is Level.MAJOR:
        assert first >= test + timedelta(days=TEST_DAYS)
