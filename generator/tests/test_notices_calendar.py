"""The calendar file, as a library reads it that we did not write."""

from __future__ import annotations

from datetime import date

import attrs
import icalendar
from hypothesis import given
from hypothesis import strategies as st

from portalgen.notices import Notice
from portalgen.notices.calendar import calendar

NOTICE = Notice(
    id="a-1.4.0",
    api="a",
    before="1.3.0",
    version="1.4.0",
    claimed="minor",
    announced=date(2026, 11, 2),
    test=date(2026, 11, 9),
    production=date(2026, 12, 31),
    source="Domstolsstyrelsens mail; 2. november, kl. 9\\10",
    made_up=True,
)


def events(*notices: Notice) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(calendar(notices)).walk("VEVENT"))


def test_two_days_with_exclusive_ends_and_alarms():
    test, production = events(NOTICE)
    assert (test.decoded("dtstart"), test.decoded("dtend")) == (
        date(2026, 11, 9),
        date(2026, 11, 10),
    )
    assert production.decoded("dtend") == date(2027, 1, 1)
    assert str(production["summary"]) == "a 1.4.0 in production (made up)"
    alarms = production.walk("VALARM")
    assert [str(one["trigger"].to_ical(), "ascii") for one in alarms] == ["-P14D", "-P1D"]
    assert all(one["action"] == "DISPLAY" for one in alarms)


def test_texts_come_through():
    event = events(attrs.evolve(NOTICE, emergency="sikkerhed, straks"))[0]
    assert str(event["description"]).splitlines() == [
        "1.3.0 → 1.4.0, called minor by the portal.",
        "Announced 2026-11-02.",
        "Emergency: sikkerhed, straks.",
        f"Source: {NOTICE.source}",
    ]


def test_a_moved_date_keeps_its_uid_and_the_bytes_depend_on_nothing_else():
    moved = attrs.evolve(NOTICE, production=date(2027, 1, 15), announced=None)
    assert [one["uid"] for one in events(NOTICE)] == [one["uid"] for one in events(moved)]
    other = attrs.evolve(NOTICE, id="b")
    assert calendar([NOTICE, other]) == calendar([other, NOTICE])


def test_without_dates_there_is_nothing_to_enter():
    assert events(attrs.evolve(NOTICE, test=None, production=None)) == []


@given(st.text(max_size=300))
def test_any_source_is_folded_and_read_again(source: str):
    content = calendar([attrs.evolve(NOTICE, source=source)])
    assert content.endswith(b"\r\n")
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert all(b"\n" not in line and b"\r" not in line for line in lines)
    for line in lines:
        line.decode()
    event = icalendar.Calendar.from_ical(content).walk("VEVENT")[0]
    written = "".join(one for one in source if one.isprintable() or one == "\n")
    assert str(event["description"]).endswith(f"Source: {written}")
