"""The portal's clock in the user's hand: frozen, set, moved on, or running."""

import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from skifteportal.sandbox.clock import Clock
from skifteportal.sandbox.errors import Refused

__all__ = ["MovingClock", "read_duration", "read_moment"]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_PARTS: Final = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)\s*(w|d|h|min|m|s)?", re.ASCII)
_UNITS: Final = {
    "w": timedelta(weeks=1),
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "min": timedelta(minutes=1),
    "m": timedelta(minutes=1),
    "s": timedelta(seconds=1),
    "": timedelta(seconds=1),
}
_NOTE: Final = re.compile(r"|frozen (?P<stopped>\d{1,19})|shift (?P<shift>-?\d{1,19})", re.ASCII)
_NOON: Final = timedelta(hours=12)
_DATE: Final = 10  # characters
_FIRST: Final = datetime(1971, 1, 1, tzinfo=UTC)
_LAST: Final = datetime(2200, 1, 1, tzinfo=UTC)


def read_duration(given: str | float) -> timedelta:
    """Read ``8w``, ``3d``, ``1d12h``, ``90s`` or a bare number of seconds.

    Raises:
        Refused: It is none of these.
    """
    if not isinstance(given, str):
        try:
            return timedelta(seconds=given)
        except (ValueError, OverflowError):
            raise Refused("there is no such number of seconds", field="by") from None
    rest, total = given.strip(), timedelta()
    while rest:
        part = _PARTS.match(rest)
        if part is None:
            break
        try:
            total += float(part[1]) * _UNITS[part[2] or ""]
        except OverflowError:
            total = timedelta.max
        rest = rest[part.end() :].lstrip()
    if rest or not given.strip():
        problem = "write a duration as 8w, 3d, 12h, 30min, 45s, or one after the other"
        raise Refused(problem, field="by")
    return total


def read_moment(text: str) -> datetime:
    """Read a date, which stands for its noon (UTC), or a moment of RFC 3339; without a zone it is UTC.

    Raises:
        Refused: It is neither.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        problem = "write a moment as 2026-03-01 or 2026-03-01T09:30:00Z"
        raise Refused(problem, field="at") from None
    if len(text.strip()) == _DATE:
        moment += _NOON
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _nanoseconds(moment: datetime) -> int:
    if moment.tzinfo is None:
        raise Refused("the moment needs a time zone: datetime(…, tzinfo=UTC)", field="at")
    if not _FIRST <= moment < _LAST:
        raise Refused("the portal's time is between 1971 and 2199", field="at")
    return (moment - _EPOCH) // _MICROSECOND * 1000


class MovingClock:
    """Another clock's time, until the user takes it in hand. Thread-safe.

    Args:
        base: The clock that it follows.
    """

    def __init__(self, base: Clock) -> None:
        self._base = base
        # How far it is ahead, and where it stands still: together, since readers take no lock.
        self._hand: tuple[int, int | None] = (0, None)
        self._guard = threading.Lock()

    def now_ns(self) -> int:
        """Return the shown time in nanoseconds since 1970-01-01T00:00:00Z."""
        shift, stopped = self._hand
        return self._base.now_ns() + shift if stopped is None else stopped

    @property
    def frozen(self) -> bool:
        """Whether it stands still."""
        return self._hand[1] is not None

    @property
    def moved(self) -> bool:
        """Whether it shows another time than the clock that it follows."""
        return self._hand != (0, None)

    @property
    def noted(self) -> str:
        """Where the user put it, so that a restart goes on from there: ``frozen …``, ``shift …`` (nanoseconds) or nothing."""
        shift, stopped = self._hand
        return f"shift {shift}" * bool(shift) if stopped is None else f"frozen {stopped}"

    def prepared(self, note: str) -> Callable[[], None]:
        """Read what `noted` was, and return what puts the clock there; see `skifteportal.sandbox.kept.Kept`.

        Raises:
            ValueError: It never was that.
        """
        found = _NOTE.fullmatch(note)
        if found is None:
            raise ValueError("no place of a clock")
        if found["stopped"] is None:
            shift = int(found["shift"] or 0)
            return lambda: self._put(shift, None)
        stopped = int(found["stopped"])
        return lambda: self._put(0, stopped)

    def _put(self, shift: int, stopped: int | None) -> None:
        with self._guard:
            self._hand = shift, stopped

    def freeze(self, *, at: datetime | None = None) -> None:
        """Stand still.

        Args:
            at: The time to show, aware; from 1971 to 2199; the present unless given.

        Raises:
            Refused: No portal lived then, or it names no zone; the clock is as it was.
        """
        with self._guard:
            self._show(self.now_ns() if at is None else _nanoseconds(at), frozen=True)

    def run(self) -> None:
        """Run on from the shown time."""
        with self._guard:
            self._show(self.now_ns(), frozen=False)

    def set(self, moment: datetime) -> None:
        """Show another time, and stand still or run as before.

        Args:
            moment: The time, aware; from 1971 to 2199.

        Raises:
            Refused: No portal lived then, or it names no zone; the clock is as it was.
        """
        with self._guard:
            self._show(_nanoseconds(moment), frozen=self.frozen)

    def advance(self, by: timedelta) -> None:
        """Move on, and stand still or run as before.

        Args:
            by: How far.

        Raises:
            Refused: No portal lives then.
        """
        with self._guard:
            shown = _EPOCH + self.now_ns() // 1000 * _MICROSECOND
            try:
                moment = shown + by
            except OverflowError:
                moment = _LAST
            try:
                self._show(_nanoseconds(moment), frozen=self.frozen)
            except Refused as error:
                raise Refused(error.message, field="by") from None

    def release(self) -> None:
        """Follow the other clock again."""
        self._put(0, None)

    def _show(self, nanoseconds: int, *, frozen: bool) -> None:
        self._hand = (0, nanoseconds) if frozen else (nanoseconds - self._base.now_ns(), None)
