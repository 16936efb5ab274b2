"""The portal's clock, and how the portal writes a moment."""

import time
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Protocol

import attrs

__all__ = [
    "Clock",
    "ManualClock",
    "SystemClock",
    "day_of",
    "midnight",
    "nanoseconds",
    "timestamp",
    "today",
]

_NANOSECONDS = 1_000_000_000
_FEWEST_DIGITS = 7
_FIRST_DAY = date(1970, 1, 1).toordinal()


class Clock(Protocol):
    """Tells the portal the time."""

    def now_ns(self) -> int:
        """Return the time in nanoseconds since 1970-01-01T00:00:00Z."""
        ...


class SystemClock:
    """The machine's clock."""

    def now_ns(self) -> int:
        """Return the machine's time in nanoseconds since 1970-01-01T00:00:00Z."""
        return time.time_ns()


@attrs.define
class ManualClock:
    """A clock that stands still until it is moved: for tests of tokens and deadlines.

    Attributes:
        moment: The time it shows, aware.
    """

    moment: datetime = datetime(2026, 1, 15, 12, 0, 0, 123456, tzinfo=UTC)

    def now_ns(self) -> int:
        """Return the shown time in nanoseconds since 1970-01-01T00:00:00Z."""
        return (self.moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) * 1000

    def advance(self, *, seconds: float = 0, days: float = 0) -> None:
        """Move the clock on.

        Args:
            seconds: By how many seconds.
            days: And by how many days.
        """
        self.moment += timedelta(seconds=seconds, days=days)


def timestamp(nanoseconds: int) -> str:
    """Write a moment as the portal does: UTC with seven to nine fractional digits (guide, examples 6 and 4.3.3).

    Args:
        nanoseconds: Since 1970-01-01T00:00:00Z.
    """
    seconds, fraction = divmod(nanoseconds, _NANOSECONDS)
    digits = f"{fraction:09d}".rstrip("0").ljust(_FEWEST_DIGITS, "0")
    return f"{_second(seconds)}.{digits}Z"


@lru_cache(maxsize=64)  # what happens now happens in few seconds, again and again
def _second(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, tz=UTC):%Y-%m-%dT%H:%M:%S}"


def nanoseconds(text: str) -> int:
    """Read an RFC 3339 timestamp to the nanosecond; digits beyond the ninth are cut off, and a leap second is the next one.

    Args:
        text: The timestamp, already found to be one.
    """
    whole, _, rest = text.upper().partition(".")
    digits = rest[: len(rest) - len(rest.lstrip("0123456789"))]
    leap = whole[17:19] == "60"  # which no datetime has
    written = f"{whole[:17]}59{whole[19:]}" if leap else whole
    moment = datetime.fromisoformat(written + rest.removeprefix(digits))
    seconds = int(moment.timestamp()) + leap
    return seconds * _NANOSECONDS + int(digits[:9].ljust(9, "0"))


def midnight(day: date) -> int:
    """Return the moment at which a day begins in Denmark, nanoseconds since 1970-01-01T00:00:00Z.

    Args:
        day: The day; any that there is.
    """
    # Summer time begins and ends after midnight.
    summer = _last_sunday(day.year, 3).date() < day <= _last_sunday(day.year, 10).date()
    hours = (day.toordinal() - _FIRST_DAY) * 24 - (2 if summer else 1)
    return hours * 3600 * _NANOSECONDS


def today(clock: Clock) -> date:
    """Return the date in Denmark, which the portal's date rules are judged by ("dags dato")."""
    return day_of(clock.now_ns())


def day_of(moment: int) -> date:
    """Return the date that a moment has in Denmark.

    The summer time rule is the EU's: from the last Sunday of March to that of October, both at 01:00 UTC.
    Reckoned here, since time zone data is not on every machine.

    Args:
        moment: Nanoseconds since 1970-01-01T00:00:00Z.
    """
    return _day(moment // (3600 * _NANOSECONDS))


@lru_cache(maxsize=16)
def _day(hour: int) -> date:
    moment = datetime.fromtimestamp(hour * 3600, tz=UTC)
    summer = _last_sunday(moment.year, 3) <= moment < _last_sunday(moment.year, 10)
    return (moment + timedelta(hours=2 if summer else 1)).date()


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)
