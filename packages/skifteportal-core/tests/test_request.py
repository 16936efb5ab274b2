import uuid
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum, StrEnum
from urllib.parse import parse_qsl, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skifteportal.core import InvalidArgument, _http
from skifteportal.core.request import (
    Paging,
    check_headers,
    new_request_id,
    read_paging,
    write_path,
    write_query,
)

TEMPLATE = "/doedsbojournaler/{doedsbojournalId}/krav/{kravId}"
ID = "e25d84d3-7aec-4361-84da-93125cb83f08"


def test_a_path_is_filled_with_ids_as_text_or_uuid():
    assert write_path("/retskredse", ()) == "/retskredse"
    assert write_path(TEMPLATE, (uuid.UUID(ID), "1183")) == f"/doedsbojournaler/{ID}/krav/1183"


@given(st.text(min_size=1).filter(lambda text: text not in {".", ".."}))
def test_whatever_an_id_holds_it_stays_in_its_place(value):
    path = write_path(TEMPLATE, (value, "x"))
    assert path.isascii()
    parts = path.split("/")
    assert len(parts) == 5
    assert unquote(parts[2]) == value
    sent = _http.URL("https://api.domstol.dk" + path)
    assert sent.raw_path.decode() == path
    assert sent.host == "api.domstol.dk"


@pytest.mark.parametrize("value", ["", ".", ".."])
def test_ids_that_would_make_another_path_are_refused(value):
    with pytest.raises(InvalidArgument, match="kravId is empty or a dot") as caught:
        write_path(TEMPLATE, ("x", value))
    assert caught.value.argument == "kravId"


@pytest.mark.parametrize("value", [None, 17, b"x"])
def test_ids_that_are_no_text_are_refused(value):
    with pytest.raises(InvalidArgument, match="doedsbojournalId must be a str or a UUID"):
        write_path(TEMPLATE, (value, "x"))


def test_half_a_character_is_refused():
    with pytest.raises(InvalidArgument, match="half a character"):
        write_path(TEMPLATE, ("\ud800", "x"))
    with pytest.raises(InvalidArgument, match="half a character"):
        write_query({"navn": "\ud800"})


class Direction(StrEnum):
    DESC = "DESC"


class Level(Enum):
    HIGH = 3


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a b&c=æ/", "a%20b%26c%3D%C3%A6%2F"),
        (Direction.DESC, "DESC"),
        (Level.HIGH, "3"),
        (True, "true"),
        (False, "false"),
        (17, "17"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1.10"), "1.10"),
        (date(2022, 4, 29), "2022-04-29"),
        (datetime(2022, 4, 29, 12, tzinfo=UTC), "2022-04-29T12%3A00%3A00%2B00%3A00"),
        (
            datetime(2022, 4, 29, tzinfo=timezone(timedelta(hours=2))),
            "2022-04-29T00%3A00%3A00%2B02%3A00",
        ),
        (uuid.UUID(ID), ID),
    ],
)
def test_query_values_are_written_as_in_json(value, text):
    assert write_query({"navn": value}) == f"?navn={text}"


def test_none_is_left_out_and_lists_repeat_the_name():
    assert write_query(None) == ""
    assert write_query({"a": None}) == ""
    assert write_query({"a": None, "b": ["x", None, 1], "c": ("y",)}) == "?b=x&b=1&c=y"


@pytest.mark.parametrize("value", [1.5, Decimal("NaN"), b"x", object()])
def test_what_has_no_json_form_is_refused_by_name(value):
    with pytest.raises(InvalidArgument, match="beloeb must be a str") as caught:
        write_query({"beloeb": value})
    assert caught.value.argument == "beloeb"


def test_a_naive_datetime_is_refused():
    with pytest.raises(InvalidArgument, match="siden must have a time zone"):
        write_query({"siden": datetime(2022, 4, 29)})  # noqa: DTZ001 - that is what is refused


@given(st.dictionaries(st.text(), st.text()))
def test_every_query_comes_back(query):
    assert parse_qsl(write_query(query)[1:], keep_blank_values=True) == list(query.items())


def test_paging_is_read_from_the_query(make_operation):
    operation = make_operation()
    assert read_paging({}, operation) == Paging(operation=operation)
    query = {"page": 2, "size": 50}
    assert read_paging(query, operation) == Paging(operation=operation, start=2, size=50)


@pytest.mark.parametrize(
    ("query", "argument"),
    [
        ({"page": -1}, "page"),
        ({"page": "1"}, "page"),
        ({"page": True}, "page"),
        ({"size": 0}, "size"),
    ],
)
def test_pages_that_are_none_are_refused(query, argument, make_operation):
    with pytest.raises(InvalidArgument, match="must be a whole number") as caught:
        read_paging(query, make_operation())
    assert caught.value.argument == argument


def test_extra_headers_are_taken():
    headers = {"traceparent": "00-x-y-01", "X-Tenant": "7"}
    assert dict(check_headers(headers)) == headers


@pytest.mark.parametrize(
    "header", [("X-A", "b\r\nX-Evil: 1"), ("X A", "b"), ("", "b"), ("X-A", "æ"), ("X-A", "\x7f")]
)
def test_headers_that_http_does_not_allow_are_refused(header):
    with pytest.raises(InvalidArgument, match="not allowed in HTTP"):
        check_headers(dict([header]))


@pytest.mark.parametrize("name", ["Authorization", "host", "Content-Length", "X-Request-Id"])
def test_headers_that_are_ours_are_refused(name):
    with pytest.raises(InvalidArgument, match="is set by the client"):
        check_headers({name: "x"})


def test_request_ids_are_random_uuids():
    ids = {new_request_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(str(uuid.UUID(each)) == each and uuid.UUID(each).version == 4 for each in ids)
    assert all(uuid.UUID(each).variant == uuid.RFC_4122 for each in ids)


@pytest.mark.parametrize(
    "headers", [{"X-A": 5}, {5: "x"}, {"X-A": None}, {"X-A": b"x"}, [("a", "b")], 5]
)
def test_headers_are_a_mapping_of_texts(headers):
    with pytest.raises(InvalidArgument) as caught:
        check_headers(headers)
    assert caught.value.argument == "headers"
