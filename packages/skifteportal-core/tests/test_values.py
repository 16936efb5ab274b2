"""Numbers, moments and dates: what Python makes of them, and how they are written."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import IntEnum

import pytest
from codec_models import Krav, KravInput

from skifteportal.core.codec import decode, encode, to_json
from skifteportal.core.shapes import (
    ANY,
    DATE_TIME,
    ModelOf,
)

KRAV = ModelOf("codec_models:Krav")
KRAV_INPUT = ModelOf("codec_models:KravInput")


def member(text, name="fri"):
    """The krav whose member is this JSON text."""
    return decode(f'{{"id":"4b97","{name}":{text}}}'.encode(), KRAV)


def written(krav, name="fri"):
    """The JSON text of a krav's member, to the last character."""
    content = encode(krav, KRAV).decode()
    start = content.index(f'"{name}":') + len(name) + 3
    return content[start:-1]


# --- numbers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "1.10", "100", "0.10", "0", "-5", "0.000001", "-0.0", "123456789012345678901234567890",
        "18446744073709551616", "-9223372036854775809", "0.123456789012345678901234567890",
        "123456789012345678901234567890.10", "1E+2", "1E-7", "1.5E+400",
    ],
)  # fmt: skip
def test_amounts_are_exact_to_the_digit(text):
    krav = member(text, "beloeb")
    assert krav.beloeb.__class__ is Decimal
    assert krav.additional_properties is None
    assert written(krav, "beloeb") == text


@pytest.mark.parametrize(
    ("text", "out"),
    [("1e2", "1E+2"), ("1E2", "1E+2"), ("0.0000001", "1E-7"), ("0.00000000", "0E-8"), ("-0", "0")],
)
def test_an_exponent_keeps_its_value_and_gets_the_writing_of_decimal(text, out):
    krav = member(text, "beloeb")
    assert krav.beloeb == Decimal(text)
    assert written(krav, "beloeb") == out


@pytest.mark.parametrize("text", ["0", "-7", "18446744073709551616", "9" * 300])
def test_integers_of_any_size(text):
    krav = member(text, "antal")
    assert krav.antal == int(text)
    assert krav.antal.__class__ is int
    assert written(krav, "antal") == text


@pytest.mark.parametrize(("text", "value"), [("10.0", 10), ("1E+3", 1000), ("-25.0", -25)])
def test_an_integer_with_a_fraction_or_exponent_is_read_and_kept(text, value):
    krav = member(text, "antal")
    assert krav.antal == value
    assert krav.antal.__class__ is int
    assert written(krav, "antal") == text
    krav.antal = 11
    assert written(krav, "antal") == "11"


class Number(IntEnum):
    TWO = 2


class Exact(Decimal):
    pass


def test_subclasses_of_numbers_are_written_as_numbers():
    krav = Krav(id="1", antal=Number.TWO, beloeb=Exact("1.10"), fri=[Number.TWO, Exact("1.20")])
    assert to_json(krav) == {
        "id": "1",
        "antal": 2,
        "beloeb": Decimal("1.10"),
        "fri": [2, Decimal("1.20")],
    }
    assert encode(krav, KRAV) == b'{"id":"1","beloeb":1.10,"antal":2,"fri":[2,1.20]}'


def test_whole_amounts_may_be_ints():
    assert encode(KravInput(beloeb=100), KRAV_INPUT) == b'{"beloeb":100}'


def test_json_of_any_shape_has_no_float():
    krav = member('[1, 1.10, {"a": 1e2}, true, null, "x"]')
    assert krav.fri == [1, Decimal("1.10"), {"a": Decimal("1E+2")}, True, None, "x"]
    assert written(krav) == '[1,1.10,{"a":1E+2},true,null,"x"]'


def test_a_finite_float_may_be_sent_where_anything_may():
    assert encode(0.1, ANY) == b"0.1"


# --- moments and dates -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2022-09-09T13:08:25Z", datetime(2022, 9, 9, 13, 8, 25, tzinfo=UTC)),
        ("2022-09-09T13:08:25.98Z", datetime(2022, 9, 9, 13, 8, 25, 980000, tzinfo=UTC)),
        ("2022-09-09T13:08:25.988362Z", datetime(2022, 9, 9, 13, 8, 25, 988362, tzinfo=UTC)),
        ("2022-09-09T13:08:25.000000Z", datetime(2022, 9, 9, 13, 8, 25, tzinfo=UTC)),
        ("2022-09-09T13:08:25.9883469Z", datetime(2022, 9, 9, 13, 8, 25, 988346, tzinfo=UTC)),
        ("2022-09-09T13:08:25.98834699Z", datetime(2022, 9, 9, 13, 8, 25, 988346, tzinfo=UTC)),
        ("2022-09-09T13:08:25.988346999Z", datetime(2022, 9, 9, 13, 8, 25, 988346, tzinfo=UTC)),
        ("2022-09-09T13:08Z", datetime(2022, 9, 9, 13, 8, tzinfo=UTC)),
        ("2022-09-09 13:08:25Z", datetime(2022, 9, 9, 13, 8, 25, tzinfo=UTC)),
        ("2022-W36-5T13:08:25Z", datetime(2022, 9, 9, 13, 8, 25, tzinfo=UTC)),
        ("2022-09-09T13:08:25+00:00", datetime(2022, 9, 9, 13, 8, 25, tzinfo=UTC)),
        ("2022-09-09T15:08:25+02:00", datetime(2022, 9, 9, 13, 8, 25, tzinfo=UTC)),
        (
            "2022-09-09T15:08:25.123456789+02:00",
            datetime(2022, 9, 9, 13, 8, 25, 123456, tzinfo=UTC),
        ),
    ],
)
def test_moments_are_read_cut_to_microseconds_and_written_as_they_came(text, value):
    krav = member(f'"{text}"', "oprettelsestidspunkt")
    assert krav.oprettet == value
    assert written(krav, "oprettelsestidspunkt") == f'"{text}"'
    in_list = member(f'["{text}"]', "frister")
    assert in_list.frister == [value]
    assert written(in_list, "frister") == f'["{text}"]'


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime(2022, 9, 9, 13, 8, 25, tzinfo=UTC), "2022-09-09T13:08:25Z"),
        (datetime(2022, 9, 9, 13, 8, 25, 7, tzinfo=UTC), "2022-09-09T13:08:25.000007Z"),
        (datetime(22, 9, 9, tzinfo=timezone(timedelta(0), "GMT")), "0022-09-09T00:00:00Z"),
        (
            datetime(2022, 9, 9, 15, tzinfo=timezone(timedelta(hours=2))),
            "2022-09-09T15:00:00+02:00",
        ),
        (
            datetime(2022, 9, 9, tzinfo=timezone(timedelta(hours=-1, minutes=30))),
            "2022-09-09T00:00:00-00:30",
        ),
        # RFC 3339 has no seconds in an offset: Copenhagen before 1894 was 50:20 ahead.
        (
            datetime(1890, 1, 1, tzinfo=timezone(timedelta(minutes=50, seconds=20))),
            "1889-12-31T23:09:40Z",
        ),
        (
            datetime(2022, 1, 1, tzinfo=timezone(timedelta(microseconds=5))),
            "2021-12-31T23:59:59.999995Z",
        ),
    ],
)
def test_moments_are_written_in_one_way(value, text):
    assert encode(value, DATE_TIME) == f'"{text}"'.encode()


def test_a_kept_spelling_gives_way_to_a_changed_attribute():
    krav = member('"2022-09-09T13:08:25.988362763Z"', "oprettelsestidspunkt")
    krav.oprettet += timedelta(days=1)
    assert written(krav, "oprettelsestidspunkt") == '"2022-09-10T13:08:25.988362Z"'
    krav.oprettet = None
    assert to_json(krav) == {"id": "4b97"}


@pytest.mark.parametrize("kept", ["not a moment", 5, ["2022"]])
def test_a_spelling_that_does_not_spell_the_attribute_is_not_written(kept):
    moment = datetime(2022, 9, 9, tzinfo=UTC)
    krav = Krav(id="1", oprettet=moment, additional_properties={"oprettelsestidspunkt": kept})
    assert to_json(krav)["oprettelsestidspunkt"] == "2022-09-09T00:00:00Z"
    krav = Krav(id="1", antal=7, additional_properties={"antal": kept})
    assert to_json(krav)["antal"] == 7


@pytest.mark.parametrize("text", ["2022-04-29", "20220429", "2022-W17-5", "2022W175"])
def test_dates(text):
    krav = member(f'"{text}"', "opgjortdato")
    assert krav.opgjortdato == date(2022, 4, 29)
    assert written(krav, "opgjortdato") == f'"{text}"'
    krav.opgjortdato = date(2022, 4, 30)
    assert written(krav, "opgjortdato") == '"2022-04-30"'


class Day(date):
    pass


def test_a_subclass_of_date_is_a_date():
    assert to_json(Krav(id="1", opgjortdato=Day(2022, 4, 29)))["opgjortdato"] == "2022-04-29"
