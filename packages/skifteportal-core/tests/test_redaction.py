import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skifteportal.core import _http
from skifteportal.core.redaction import hide_addresses, request_id_of, shown_headers

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


LIBRARY = _http.Client.__module__.partition(".")[0].replace("httpx", "httpcore")


@pytest.mark.parametrize("connection", ["http11", "http2"])
@pytest.mark.parametrize("name", [b"Content-Disposition", b"location", b"Set-Cookie"])
@pytest.mark.parametrize(
    "value", [b"filename=0101011234.pdf", b"it's 0101011234", b"'\"0101011234\\", b""]
)
def test_the_librarys_log_of_headers_names_no_files(caplog, connection, name, value):
    hide_addresses("https://api.example.test")
    headers = [(b"Date", b"today"), (name, value), (b"X-Total-Count", b"7")]
    logger = logging.getLogger(f"{LIBRARY}.{connection}")
    with caplog.at_level(logging.DEBUG, logger.name):
        message = f"receive_response_headers.complete return_value={(b'HTTP/1.1', headers)!r}"
        logger.debug(message)  # ready made, as the library does
        logger.debug(KeyError("x"))
    hidden = [(b"Date", b"today"), (name, b"..."), (b"X-Total-Count", b"7")]
    assert caplog.messages[0].endswith(f"return_value={(b'HTTP/1.1', hidden)!r}")
