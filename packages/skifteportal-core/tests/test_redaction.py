import pytest
from hypothesis import given
from hypothesis import strategies as st

from skifteportal.core import _http
from skifteportal.core.redaction import request_id_of, shown_headers

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


def test_only_headers_of_the_list_are_shown():
    headers = _http.Headers(
        {
            "Authorization": "Bearer token",
            "Content-Type": "application/json",
            "Content-Disposition": "filename=Koss.pdf",
            "Set-Cookie": "a=b",
            "X-Total-Count": "7",
        }
    )
    assert shown_headers(headers) == {"content-type": "application/json", "x-total-count": "7"}


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        ({"X-Request-Id": "abc-1", "X-Correlation-Id": "def-2"}, "abc-1"),
        ({"X-Correlation-Id": "def-2"}, "def-2"),
        ({"X-Request-Id": "two words", "X-Correlation-Id": "def-2"}, "def-2"),
        ({"X-Request-Id": "", "traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"}, TRACE),
        ({"traceparent": f"cc-{TRACE}-00f067aa0ba902b7-01-more"}, TRACE),
        ({"traceparent": "nonsense"}, None),
        ({"X-Request-Id": "x" * 129}, None),
        ({}, None),
    ],
)
def test_the_request_id_is_the_first_of_the_usual_headers(headers, found):
    assert request_id_of(_http.Headers(headers)) == found


@given(st.text())
def test_a_request_id_can_stand_in_a_log(value):
    found = request_id_of({"x-request-id": value})
    assert found is None or (found.isascii() and found.isprintable() and " " not in found)
