"""Writes the portal's dates as a calendar file (RFC 5545), the same bytes for the same notices."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from portalgen.notices.notices_file import Notice

__all__ = ["calendar"]

_LINE = 75  # octets, RFC 5545 section 3.1
_KINDS = {
    "test": "in the test environment",
    "production": "in production",
}
# Days before, for which a calendar program gives an alarm.
_ALARMS = {"test": (1,), "production": (14, 1)}


def calendar(notices: Iterable[Notice]) -> bytes:
    """Write a calendar of the days on which announced versions are put in test and in production.

    Each is an event of a whole day, whose UID stays the same when a date is moved: a program that reads the file
    again moves its entry. Nothing in it depends on when it was written.

    Args:
        notices: The notices; those without dates give no events.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//skifteportal//portalgen notices//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    for notice in sorted(notices, key=lambda one: one.id):
        for kind, day in (("test", notice.test), ("production", notice.production)):
            if day is not None:
                lines += _event(notice, kind, day)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(notice: Notice, kind: str, day: date) -> Iterator[str]:
    title = f"{notice.api} {notice.version} {_KINDS[kind]}"
    stamp = notice.announced or day
    yield "BEGIN:VEVENT"
    yield f"UID:{notice.id}-{kind}@notices.skifteportal.invalid"
    yield f"DTSTAMP:{stamp:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"  # the day after: the end is exclusive
    yield f"SUMMARY:{_text(title + (' (made up)' if notice.made_up else ''))}"
    yield f"DESCRIPTION:{_text(_description(notice))}"
    yield "TRANSP:TRANSPARENT"
    for days in _ALARMS[kind]:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{_text(title)}"
        yield f"TRIGGER:-P{days}D"
        yield "END:VALARM"
    yield "END:VEVENT"


def _description(notice: Notice) -> str:
    lines = [f"{notice.before} → {notice.version}, called {notice.claimed} by the portal."]
    if notice.announced:
        lines.append(f"Announced {notice.announced}.")
    if notice.emergency:
        lines.append(f"Emergency: {notice.emergency}.")
    return "\n".join([*lines, f"Source: {notice.source}"])


def _text(value: str) -> str:
    """Write a TEXT value (section 3.3.11); control characters have no place in one."""
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        value = value.replace(sign, written)
    return "".join(sign for sign in value if sign.isprintable())


def _folded(line: str) -> bytes:
    """Fold a line at 75 octets, never inside a character, and end it with CRLF."""
    parts = [b""]
    for sign in line:
        octets = sign.encode()
        # What goes on begins with a space, which counts.
        if len(parts[-1]) + len(octets) > _LINE - bool(len(parts) > 1):
            parts.append(b"")
        parts[-1] += octets
    return b"\r\n ".join(parts) + b"\r\n"
