"""How long a liquidator is one: appointed on a day, until the day of resignation comes; perhaps appointed once more."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from skifteportal.sandbox.case_store import Record
from skifteportal.sandbox.clock import Clock, midnight, nanoseconds, timestamp, today
from skifteportal.sandbox.store import Profile

__all__ = ["appointed_again", "appointed_now", "appointments", "in_office", "left", "resigned"]

_SHOWN: Final = (
    "likvidatorId",
    "navn",
    "cvrNummer",
    "udpeget",
    "fratraadt",
    "publiceret",
    "habil",
)
# What is kept of an appointment and not shown: when the resignation came in, and the appointments before this one.
_NOTICE: Final = "fratraedelseMeldt"
_EARLIER: Final = "tidligereUdpegninger"


def appointed_now(profile: Profile, clock: Clock) -> dict[str, Any]:
    """Return what stands of a liquidator who is appointed today.

    Args:
        profile: The liquidator's profile.
        clock: The portal's time.
    """
    return {
        "likvidatorId": profile.id,
        "navn": profile.name,
        "cvrNummer": profile.company,
        "udpeget": today(clock).isoformat(),
        "publiceret": True,
        "habil": True,
    }


def appointed_again(record: Record, profile: Profile, clock: Clock) -> None:
    """Appoint a former liquidator anew, today: the time before stays on record.

    Args:
        record: The liquidator in the case.
        profile: The liquidator's profile.
        clock: The portal's time.
    """
    record.data = {
        **appointed_now(profile, clock),
        _EARLIER: [*record.data.get(_EARLIER, ()), _shown(record.data, active=False)],
    }
    record.changed = clock.now_ns()


def resigned(record: Record, day: date, clock: Clock) -> None:
    """Note that a liquidator resigns, and when that was said.

    Args:
        record: The liquidator in the case.
        day: The day of resignation: the first on which it is a liquidator no more, unless it has come already.
        clock: The portal's time.
    """
    moment = clock.now_ns()
    record.amend(moment, fratraadt=day.isoformat(), **{_NOTICE: timestamp(moment)})


def in_office(record: Record, clock: Clock) -> bool:
    """Whether a liquidator is appointed now; who resigns on a later day is until then.

    Args:
        record: The liquidator in the case.
        clock: The portal's time.
    """
    day: str | None = record.data.get("fratraadt")
    return day is None or date.fromisoformat(day) > today(clock)


def left(record: Record) -> int:
    """Return the moment at which a former liquidator left: what came later is none of its business.

    It is when the resignation came in, but within the day that it names: one for a later day takes effect as that
    begins, one for an earlier day as that ended.

    Args:
        record: A liquidator who is no longer in office.
    """
    day = date.fromisoformat(record.data["fratraadt"])
    end = midnight(day + timedelta(days=1))
    notice: str | None = record.data.get(_NOTICE)
    return end if notice is None else min(max(midnight(day), nanoseconds(notice)), end)


def appointments(records: Iterable[Record], clock: Clock) -> Iterator[Mapping[str, Any]]:
    """Yield the appointments of a case's liquidators, past ones too, ready to send.

    Args:
        records: The liquidators in the case.
        clock: The portal's time.
    """
    for record in records:
        yield from record.data.get(_EARLIER, ())
        yield _shown(record.data, active=in_office(record, clock))


def _shown(data: Mapping[str, Any], *, active: bool) -> Mapping[str, Any]:
    return {**{name: data[name] for name in _SHOWN if name in data}, "aktiv": active}
