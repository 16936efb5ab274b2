import ssl
from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skifteportal.core import CallTimeout, ConnectionFailed, DeadlineExceeded, _http
from skifteportal.core.retry import (
    BrokenAnswer,
    DeadlinePassed,
    Failure,
    backoff,
    classify,
    retry_after,
)

NOW = 1_700_000_000.0


@given(retries=st.integers(0, 10_000), chance=st.floats(0, 1))
def test_backoff_is_between_nothing_and_eight_seconds_and_doubles(retries, chance):
    delay = backoff(retries, chance)
    assert 0 <= delay <= min(8.0, 0.5 * 2 ** min(retries, 10))
    assert backoff(retries, 1.0) <= backoff(retries + 1, 1.0)


def test_backoff_without_luck():
    assert [backoff(retries, 1.0) for retries in range(6)] == [0.5, 1, 2, 4, 8, 8]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        (" 17 ", 17.0),
        (formatdate(NOW + 30, usegmt=True), 30.0),
        (formatdate(NOW - 30, usegmt=True), 0.0),
        ("", None),
        ("-1", None),
        ("1.5", None),
        ("soon", None),
        ("²", None),
        ("Mon, 01 Jan 0001 00:00:00 +2359", 0.0),
        ("Mon, 01 Jan 2001 00:00:00 +99999999999999999999", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_date(value, seconds):
    assert retry_after({"retry-after": value}, NOW) == seconds


@pytest.mark.parametrize("ahead", [300, 0, -60])
def test_a_date_is_counted_from_the_answers_own(ahead):
    portals = NOW + ahead
    headers = {
        "retry-after": formatdate(portals + 30, usegmt=True),
        "date": formatdate(portals, usegmt=True),
    }
    assert retry_after(headers, NOW) == 30.0


@pytest.mark.parametrize("date", ["", "soon"])
def test_without_a_date_it_is_counted_from_ours(date):
    headers = {"retry-after": formatdate(NOW + 30, usegmt=True), "date": date}
    assert retry_after(headers, NOW) == 30.0


def test_a_date_without_a_zone_is_utc():
    headers = {"retry-after": "Sun, 06 Nov 1994 08:49:37 -0000"}
    assert retry_after(headers, 784111777.0 - 5) == 5.0


def test_no_retry_after():
    assert retry_after({}, NOW) is None


@given(st.text())
def test_any_retry_after_can_be_read(value):
    seconds = retry_after({"retry-after": value}, NOW)
    assert seconds is None or seconds >= 0


def caused(error, cause):
    error.__cause__ = cause
    return error


@pytest.mark.parametrize("arrived", [True, False])
@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (_http.ConnectTimeout(""), CallTimeout),
        (_http.PoolTimeout(""), CallTimeout),
        (_http.ConnectError(""), ConnectionFailed),
        (_http.ProxyError(""), ConnectionFailed),
    ],
)
def test_without_a_connection_nothing_can_have_arrived(error, kind, arrived):
    failure = classify(error, may_have_arrived=arrived, status=None)
    assert (failure.error, failure.arrived, failure.final) == (kind, False, False)


@pytest.mark.parametrize("arrived", [True, False])
@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (_http.ReadTimeout(""), CallTimeout),
        (_http.WriteTimeout(""), CallTimeout),
        (_http.ReadError(""), ConnectionFailed),
        (_http.WriteError(""), ConnectionFailed),
        (_http.RemoteProtocolError(""), ConnectionFailed),
        (_http.DecodingError(""), ConnectionFailed),
        (ssl.SSLError(1, "alert"), ConnectionFailed),
        (BrokenAnswer(), ConnectionFailed),
    ],
)
def test_on_a_connection_it_depends_on_what_was_sent(error, kind, arrived):
    failure = classify(error, may_have_arrived=arrived, status=None)
    assert (failure.error, failure.arrived, failure.final) == (kind, arrived, False)


def test_a_passed_deadline_is_the_end():
    assert classify(DeadlinePassed(), may_have_arrived=True, status=None) == Failure(
        DeadlineExceeded, "The call's deadline passed.", arrived=True, final=True
    )


@pytest.mark.parametrize(
    ("arrived", "status", "words"),
    [
        (False, None, "while the request was being sent"),
        (True, None, "before an answer came"),
        (True, 201, "while the answer (status 201) was being read"),
    ],
)
def test_the_reason_says_when(arrived, status, words):
    broken = classify(_http.ReadError("secret"), may_have_arrived=arrived, status=status)
    assert broken.reason == f"The connection broke {words}."
    late = classify(_http.ReadTimeout("secret"), may_have_arrived=arrived, status=status)
    assert late.reason == f"The time ran out {words}."


def test_the_systems_own_words_are_told_and_the_librarys_are_not():
    refused = caused(_http.ConnectError("secret"), OSError(111, "Connection refused"))
    reason = classify(refused, may_have_arrived=False, status=None).reason
    assert reason == "No connection could be made (Connection refused)."
    alert = ssl.SSLError(1, "[SSL: BAD] secret")
    alert.reason = "TLSV1_ALERT_UNKNOWN_CA"
    broken = caused(_http.ReadError("secret"), caused(RuntimeError("secret"), alert))
    reason = classify(broken, may_have_arrived=True, status=None).reason
    assert reason == "The connection broke before an answer came (TLSV1_ALERT_UNKNOWN_CA)."


def test_a_certificate_that_is_not_trusted_is_the_end():
    cause = ssl.SSLCertVerificationError(1, "secret")
    cause.verify_message = "self-signed certificate"
    for error in (caused(_http.ConnectError(""), cause), cause):
        failure = classify(error, may_have_arrived=True, status=None)
        assert failure.error is ConnectionFailed
        assert failure.final
        assert not failure.arrived
        assert failure.reason == "The server's certificate is not trusted: self-signed certificate."


def test_a_certificate_counts_only_where_one_is_looked_at():
    cause = ssl.SSLCertVerificationError(1, "secret")
    for error in (_http.ReadError(""), _http.WriteError(""), _http.RemoteProtocolError("")):
        failure = classify(caused(error, cause), may_have_arrived=True, status=None)
        assert (failure.arrived, failure.final) == (True, False)
        assert "trusted" not in failure.reason


def test_what_the_caller_is_handling_says_nothing_about_the_call():
    handled = ssl.SSLCertVerificationError(1, "elsewhere")
    error = _http.ConnectError("")
    error.__context__ = handled
    try:
        raise handled
    except ssl.SSLError:
        failure = classify(error, may_have_arrived=False, status=None)
    assert failure.reason == "No connection could be made."
    assert not failure.final
