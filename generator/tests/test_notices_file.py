"""The reader of specs/notices.toml."""

from __future__ import annotations

from datetime import date

import pytest

from portalgen.checkout import Checkout
from portalgen.notices import Notices, notices_path, parse_notices
from portalgen.problems import BrokenInput

FULL = """
schema = 1

[[notice]]
id = "doedsbojournal-1.4.0"
api = "doedsbojournal"
from = "1.3.0"
version = "1.4.0"
claimed = "minor"
announced = 2026-11-02
test = 2026-11-09
production = 2026-12-01
emergency = ""
source = "a mail"
made_up = true
operations = ["addAktiv"]
fields = ["kravInput.note"]
"""
SMALL = {
    "id": '"a-1"',
    "api": '"a"',
    "from": '"1.0.0"',
    "version": '"1.1.0"',
    "claimed": '"minor"',
    "source": '"a mail"',
}


def small(**changes: str | None) -> str:
    pairs = {key.removesuffix("_"): value for key, value in (SMALL | changes).items()}
    lines = [f"{key} = {value}" for key, value in pairs.items() if value is not None]
    return "\n".join(["[[notice]]", *lines, ""])


def parse(*tables: str) -> Notices:
    return parse_notices("\n".join(["schema = 1", *tables]))


def test_everything_a_notice_says():
    (notice,) = parse_notices(FULL).notices
    assert (notice.id, notice.api, notice.claimed) == (
        "doedsbojournal-1.4.0",
        "doedsbojournal",
        "minor",
    )
    assert notice.numbers == ((1, 3, 0), (1, 4, 0))
    assert (notice.announced, notice.test) == (date(2026, 11, 2), date(2026, 11, 9))
    assert notice.production == date(2026, 12, 1)
    assert (notice.operations, notice.fields) == (("addAktiv",), ("kravInput.note",))
    assert notice.made_up


def test_what_may_be_left_out():
    (notice,) = parse(small()).notices
    assert (notice.announced, notice.test, notice.production) == (None, None, None)
    assert (notice.emergency, notice.made_up, notice.operations) == ("", False, ())


@pytest.mark.parametrize(
    ("day", "test", "production"),
    [(8, False, False), (9, True, False), (30, True, True)],
)
def test_where_it_is_on_a_day(day: int, test: bool, production: bool):  # noqa: FBT001
    (notice,) = parse_notices(FULL.replace("2026-12-01", "2026-11-30")).notices
    assert notice.in_test(date(2026, 11, day)) is test
    assert notice.in_production(date(2026, 11, day)) is production


def test_what_is_in_production_is_in_test_although_nobody_said_since_when():
    (notice,) = parse(small(production="2026-01-01")).notices
    assert notice.in_test(date(2026, 1, 1))
    assert not notice.in_test(date(2025, 12, 31))


def test_notices_of_an_api_come_by_version():
    found = parse(
        small(id='"b"', version='"1.10.0"'),
        small(id='"c"', api='"other"'),
        small(id='"a"', version='"1.9.0"'),
    )
    assert [one.id for one in found.of("a")] == ["a", "b"]
    assert found.find("a", "1.10.0") == found.notices[0]
    assert found.find("a", "2.0.0") is None


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        (small(id=None), "[[notice]] 1: id is missing"),
        (small(id='"Stor"'), "(Stor): id is 'Stor', which is no id"),
        (small(id="7"), "[[notice]] 1: id must be a string, not 7"),
        (small(version='"1.1"'), "(a-1): version is '1.1', which is no version"),
        (small(**{"from": None}), "(a-1): from is missing"),
        (small(claimed='"huge"'), "claimed is 'huge'; it must be one of major, minor, patch"),
        (small(announced='"2026-11-02"'), "announced must be a date without time and quotes"),
        (small(announced="2026-11-02T10:00:00Z"), "announced must be a date without time"),
        (small(made_up='"yes"'), "made_up must be true or false, not 'yes'"),
        (small(operations='"addKrav"'), "operations must be a list of strings"),
        (small(fields="[1]"), "fields must be a list of strings"),
        (small(source='" "'), "source is empty; say where"),
        (small(prodution="2026-11-02"), "'prodution' is unknown; a notice has announced, api"),
        (small() + small(), "[[notice]] 2 (a-1): another notice has this id"),
        (small() + small(id='"a-2"'), "(a-2): a-1 announces a 1.1.0 already"),
        ("notice = 1", "notice must be tables"),
        ("notice = [1]", "notice must be tables"),
        ("notes = 1", "'notes' is unknown"),
        ("notice =", "is no TOML"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(table: str, problem: str):
    with pytest.raises(BrokenInput) as caught:
        parse(table)
    assert str(caught.value).startswith("specs/notices.toml")
    assert problem in str(caught.value)


_LATE = {"production": "2026-11-30"}


@pytest.mark.parametrize(
    ("days", "names"),
    [
        ({"announced": "2026-12-01"}, "announced, 2026-12-01"),
        ({"test": "2026-12-05"}, "test, 2026-12-05"),
        ({"announced": "2026-12-01", "test": "2026-12-05"}, "announced, 2026-12-01"),
        ({"announced": "2026-11-01", "test": "2026-12-05"}, "test, 2026-12-05"),
    ],
)
def test_a_release_before_what_comes_before_it_is_refused_but_for_an_emergency(days, names):
    with pytest.raises(BrokenInput) as caught:
        parse(small(**days, **_LATE))
    said = "specs/notices.toml, [[notice]] 1 (a-1): production is 2026-11-30, which is before "
    assert str(caught.value).startswith(f"{said}{names}; mend the days")
    (notice,) = parse(small(**days, **_LATE, emergency='"a hole in the login"')).notices
    assert notice.production == date(2026, 11, 30)


def test_days_that_fall_together_or_stand_alone_are_in_order():
    same = dict.fromkeys(("announced", "test", "production"), "2026-11-30")
    for days in (same, _LATE, {"announced": "2026-12-01", "test": "2026-11-30"}):
        assert len(parse(small(**days)).notices) == 1


@pytest.mark.parametrize("text", ["", "schema = 2", "schema = true", 'schema = "1"'])
def test_another_schema_is_refused(text: str):
    with pytest.raises(BrokenInput, match="reads schema 1"):
        parse_notices(text)


def test_a_checkout_without_the_file_has_no_notices(tmp_path):
    assert Notices.load(Checkout(tmp_path)).notices == ()


def test_a_checkouts_file_is_read(tmp_path):
    path = notices_path(Checkout(tmp_path))
    path.parent.mkdir()
    path.write_text(FULL, encoding="utf-8")
    assert len(Notices.load(Checkout(tmp_path)).notices) == 1


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = notices_path(Checkout(tmp_path))
    path.parent.mkdir()
    path.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(BrokenInput, match="can't be read"):
        Notices.load(Checkout(tmp_path))
