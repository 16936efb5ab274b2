"""How days of notice are counted.

The guide (section 5) says `varsles 30 dage før release til produktion` and `klar til API-testmiljøet senest 14 dage
før release`, that these are minimums (`den minimale acceptable tidsvarsel`), and no more. So:

1. Days are calendar days: the guide does not say `hverdage`.
2. A day is a date in Denmark (Europe/Copenhagen), whatever the clock says when the mail arrives or the release begins.
3. The day of the announcement does not count, the day of the release does: what is announced on 1 March has had 30
   days on 31 March, which is the first day on which a major change may be released.
4. Summer time changes nothing, for only dates are counted.

Rule 3 is ours, and the one that is kinder to the portal; counting whole days in between would ask for one more.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

__all__ = ["DENMARK", "days_between", "earliest", "parse_day"]

DENMARK = ZoneInfo("Europe/Copenhagen")


def days_between(first: date, last: date) -> int:
    """Count the days of notice from one day to another, by the rules above; negative if `last` is earlier."""
    return (last - first).days


def earliest(first: date, days: int) -> date:
    """Give the first day on which that many days of notice have been given."""
    return first + timedelta(days=days)


def parse_day(text: str) -> date:
    """Read a day: a date, or a moment with its offset, which is a date in Denmark.

    Raises:
        ValueError: It is neither, or a moment without an offset: nobody knows which day it is.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} has no offset from UTC; give a date, 2026-11-23")
    return moment.astimezone(DENMARK).date()
