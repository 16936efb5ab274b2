"""Holds a notice to the portal's own policy (guide section 5), by what the change is and not by what it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import attrs

from portalgen.diff import Level
from portalgen.notices.days import days_between, earliest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from portalgen.notices.notices_file import Notice

__all__ = ["NOTICE_DAYS", "TEST_DAYS", "Finding", "Judgement", "Severity", "judge"]

# breach: the portal's policy is broken; overdue: it is we who are late; warning: something to ask about;
# exempt: it would be a breach, but an emergency is stated.
Severity = Literal["breach", "overdue", "warning", "exempt"]

# Days before the release to production (5.1, 5.2, 5.3).
NOTICE_DAYS = {Level.MAJOR: 30, Level.MINOR: 14, Level.PATCH: 0, Level.NONE: 0}
# Days before the release that a major change is in the test environment (5.1).
TEST_DAYS = 14
_SECTIONS = {Level.MAJOR: "5.1", Level.MINOR: "5.2", Level.PATCH: "5.3", Level.NONE: "5.3"}


@attrs.frozen
class Finding:
    """What is to be said of a notice.

    Attributes:
        rule: The rule's name.
        severity: How grave it is.
        text: What is wrong, with dates and days.
    """

    rule: str
    severity: Severity
    text: str


@attrs.frozen(kw_only=True)
class Judgement:
    """A notice held to the policy.

    Attributes:
        notice: The notice.
        observed: The level of the change on the wire; None if the two files could not be compared.
        level: The level whose deadlines apply: the observed one, or the claimed one if nothing was observed.
        days_given: Days from announcement to production; None if one of them isn't known.
        days_needed: Days that the policy asks for.
        earliest_production: The first day on which the policy allows the release; None if it can't be known.
        missing_days: By how many days production is too early; 0 if it isn't, or isn't known.
        findings: What is to be said.
    """

    notice: Notice
    observed: Level | None
    level: Level
    days_given: int | None
    days_needed: int
    earliest_production: date | None
    missing_days: int
    findings: tuple[Finding, ...]

    @property
    def failed(self) -> bool:
        """Whether the policy is broken, or we are late."""
        return any(one.severity in {"breach", "overdue"} for one in self.findings)

    def as_json(self) -> dict[str, Any]:
        """Give the judgement as data."""
        earliest_day = self.earliest_production
        return {
            "id": self.notice.id,
            "api": self.notice.api,
            "version": self.notice.version,
            "claimed": self.notice.claimed,
            "observed": str(self.observed) if self.observed else None,
            "days_given": self.days_given,
            "days_needed": self.days_needed,
            "earliest_production": earliest_day.isoformat() if earliest_day else None,
            "missing_days": self.missing_days,
            "failed": self.failed,
            "findings": [attrs.asdict(one) for one in self.findings],
        }


def judge(notice: Notice, *, observed: Level | None, current: str, today: date) -> Judgement:
    """Hold a notice to the policy.

    Args:
        notice: The notice.
        observed: The level of the change on the wire, which is what section 5.1 calls breaking: integrations made for
            an earlier version do not work. `PATCH` where the files differ without consequence, `NONE` where they
            don't differ; None if they could not be compared.
        current: The version of the API that our package is made from.
        today: The day, in Denmark.
    """
    level = Level(notice.claimed) if observed is None else observed
    needed = NOTICE_DAYS[level]
    first = _earliest_production(notice, level)
    late = days_between(notice.production, first) if notice.production and first else 0
    given = None
    if notice.announced and notice.production:
        given = days_between(notice.announced, notice.production)
    findings = (
        *_claim(notice, observed),
        *_versions(notice, observed),
        *_dates(notice, level),
        *_deadlines(notice, level),
        *_ours(notice, current, today),
    )
    return Judgement(
        notice=notice,
        observed=observed,
        level=level,
        days_given=given,
        days_needed=needed,
        earliest_production=first,
        missing_days=max(0, late),
        findings=findings,
    )


def _earliest_production(notice: Notice, level: Level) -> date | None:
    """Give the first day that both deadlines allow; emergencies are released as soon as may be."""
    if notice.announced is None:
        return None
    if notice.emergency:
        return notice.announced
    found = earliest(notice.announced, NOTICE_DAYS[level])
    if level is Level.MAJOR and notice.test:
        found = max(found, earliest(notice.test, TEST_DAYS))
    return max(found, notice.test) if notice.test else found


def _claim(notice: Notice, observed: Level | None) -> Iterator[Finding]:
    claimed = Level(notice.claimed)
    if observed is None:
        text = (
            f"{notice.before} and {notice.version} could not be compared: the claim, {claimed}, is believed. "
            "Take the file in, and check again"
        )
        yield Finding("not_observed", "warning", text)
    elif claimed < observed:
        yield Finding(
            "under_claimed",
            "breach",
            f"it is called {claimed}, and is {observed} on the wire",
        )
    elif claimed > observed:
        yield Finding(
            "over_claimed",
            "warning",
            f"it is called {claimed}, and is only {observed} on the wire",
        )


def _versions(notice: Notice, observed: Level | None) -> Iterator[Finding]:
    before, after = notice.numbers
    stated = f"{notice.before} → {notice.version}"
    step = _step(before, after)
    if after < before:
        yield Finding("decreased", "breach", f"the version goes down: {stated}")
    elif after == before and observed is not Level.NONE:
        yield Finding("unbumped", "breach", f"the file changed and its version did not: {stated}")
    elif observed is not None and step < observed:
        yield Finding(
            "under_bumped",
            "breach",
            f"the version takes a {step} step ({stated}) for a change that is {observed} on the wire",
        )
    elif step is not Level(notice.claimed):
        yield Finding(
            "mislabelled",
            "warning",
            f"it is called {notice.claimed}, and the version takes a {step} step ({stated})",
        )


def _step(before: tuple[int, int, int], after: tuple[int, int, int]) -> Level:
    steps = zip((Level.MAJOR, Level.MINOR, Level.PATCH), before, after, strict=True)
    return next((level for level, old, new in steps if old != new), Level.NONE)


def _dates(notice: Notice, level: Level) -> Iterator[Finding]:
    severity: Severity = "exempt" if notice.emergency else "breach"
    if notice.announced is None and NOTICE_DAYS[level]:
        yield Finding("announced_missing", severity, f"a {level} change is announced; it was not")
    if notice.test is None and level is Level.MAJOR:
        yield Finding("test_missing", severity, "no day is given from which it is in test")
    elif notice.test is None and level is Level.MINOR:
        yield Finding("test_missing", "warning", "no day is given from which it is in test")
    if notice.production is None:
        yield Finding("production_missing", "warning", "no day of its release is given")


def _deadlines(notice: Notice, level: Level) -> Iterator[Finding]:
    if notice.production is None:
        return
    section = _SECTIONS[level]
    severity: Severity = "exempt" if notice.emergency else "breach"
    why = f"; exempt (5.4): {notice.emergency}" if notice.emergency else ""
    needed = NOTICE_DAYS[level]
    if notice.announced:
        given = days_between(notice.announced, notice.production)
        if given < needed:
            yield Finding(
                "notice_too_short",
                severity,
                f"{given} days from {notice.announced} to {notice.production}, a {level} change asks for {needed} "
                f"(guide {section}): {needed - given} missing, not before "
                f"{earliest(notice.announced, needed)}{why}",
            )
    if notice.test:
        given = days_between(notice.test, notice.production)
        needed = TEST_DAYS if level is Level.MAJOR else 0
        if given < needed:
            yield Finding(
                "test_too_late",
                severity,
                f"in test from {notice.test}, {given} days before production, a {level} change asks for {needed} "
                f"(guide {section}): {needed - given} missing, not before "
                f"{earliest(notice.test, needed)}{why}",
            )


def _ours(notice: Notice, current: str, today: date) -> Iterator[Finding]:
    numbers = tuple(int(number) for number in current.split("."))
    if notice.in_production(today) and numbers < notice.numbers[1]:
        yield Finding(
            "overdue",
            "overdue",
            f"in production since {notice.production}, and our package is made from {current}: "
            "take the file in and release",
        )
