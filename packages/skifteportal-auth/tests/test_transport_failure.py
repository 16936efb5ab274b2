"""What the HTTP client raises, in words. The real handshakes are in test_handshake.py."""

import ssl

import pytest
from canaries import canary

from skifteportal.auth import AuthUnreachable, CertificateRefused, ServerNotTrusted
from skifteportal.auth._transport_failure import FAILURES, explain
from skifteportal.core import _http

URL = "https://sysauth.example/realms/sts/token"
CERTIFICATE = "the certificate in x.p12 (CVR 30808460)"


def ssl_error(reason):
    error = ssl.SSLError(1, f"[SSL: {reason}] made up")
    error.reason = reason
    return error


def caused(error, cause):
    error.__cause__ = cause
    return error


def explained(error, endpoint=URL, certificate=CERTIFICATE, proxy=None):
    assert isinstance(error, FAILURES)
    found = explain(error, endpoint=endpoint, certificate=certificate, proxy=proxy)
    assert found.endpoint == endpoint
    assert str(found).startswith("The login at ")
    return found


@pytest.mark.parametrize(
    ("reason", "alert", "said"),
    [
        ("TLSV13_ALERT_CERTIFICATE_REQUIRED", "certificate_required", "it saw no certificate"),
        ("SSLV3_ALERT_CERTIFICATE_EXPIRED", "certificate_expired", "has expired"),
        ("SSLV3_ALERT_CERTIFICATE_REVOKED", "certificate_revoked", "is revoked"),
        ("TLSV1_ALERT_UNKNOWN_CA", "unknown_ca", "does not trust the certificate's issuer"),
        ("SSLV3_ALERT_BAD_CERTIFICATE", "bad_certificate", "most likely it saw none"),
        ("SSLV3_ALERT_CERTIFICATE_UNKNOWN", "certificate_unknown", "does not trust the issuer"),
        ("SSLV3_ALERT_UNSUPPORTED_CERTIFICATE", "unsupported_certificate", "kind of certificate"),
        ("TLSV1_ALERT_ACCESS_DENIED", "access_denied", "its company has no access"),
        ("SSLV3_ALERT_HANDSHAKE_FAILURE", "handshake_failure", "another certificate"),
        ("TLSV1_ALERT_DECRYPT_ERROR", "decrypt_error", "could not check"),
    ],
)
@pytest.mark.parametrize("wrapped", [True, False], ids=["in httpx's", "raw"])
def test_an_alert_is_named_and_explained(reason, alert, said, wrapped):
    raw = ssl_error(reason)
    error = explained(caused(_http.ReadError(""), raw) if wrapped else raw)
    assert type(error) is CertificateRefused
    assert error.alert == alert
    assert f"refused {CERTIFICATE} (TLS alert {alert}): " in str(error)
    assert said in str(error)
    assert not error.retryable
    assert error.retry_after == 5


def test_the_cause_is_found_behind_contexts_too():
    link = ValueError()
    link.__context__ = ssl_error("TLSV1_ALERT_UNKNOWN_CA")
    link.__context__.__context__ = link  # a loop, as Python makes when an error is raised again
    assert explained(caused(_http.ReadError(""), link)).alert == "unknown_ca"


@pytest.mark.parametrize("reason", ["WRONG_VERSION_NUMBER", "TLSV1_ALERT_PROTOCOL_VERSION"])
def test_what_is_no_fault_of_the_certificate(reason):
    error = explained(caused(_http.ConnectError(""), ssl_error(reason)))
    assert type(error) is AuthUnreachable
    assert f"over TLS ({reason.lower()}): is it the right host and port?" in str(error)
    assert not error.retryable


def test_an_alert_where_no_certificate_is_shown():
    error = explained(ssl_error("TLSV1_ALERT_UNKNOWN_CA"), certificate=None)
    assert type(error) is AuthUnreachable


@pytest.mark.parametrize(
    "broken",
    [
        _http.ReadError("reset"),
        _http.WriteError("reset"),
        _http.RemoteProtocolError("Server disconnected"),
        caused(_http.ConnectError(""), ssl_error("UNEXPECTED_EOF_WHILE_READING")),
    ],
    ids=["read", "write", "no answer", "in the handshake"],
)
def test_a_connection_that_breaks_without_an_alert_is_probably_the_certificate(broken):
    error = explained(broken)
    assert type(error) is CertificateRefused
    assert error.alert is None
    assert f"most likely it refuses {CERTIFICATE}" in str(error)
    assert error.retryable
    assert error.retry_after == 0
    without = explained(broken, certificate=None)
    assert type(without) is AuthUnreachable
    assert "broke the connection before it answered" in str(without)


def test_a_server_that_is_not_trusted():
    raw = ssl.SSLCertVerificationError(1, "made up")
    raw.verify_message = "unable to get local issuer certificate"
    raw.reason = "CERTIFICATE_VERIFY_FAILED"
    error = explained(caused(_http.ConnectError(""), raw))
    assert type(error) is ServerNotTrusted
    assert "not trusted: unable to get local issuer certificate. Name the right root" in str(error)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (_http.ConnectTimeout(""), "was not reached in time"),
        (_http.ReadTimeout(""), "did not answer in time"),
        (_http.PoolTimeout(""), "did not answer in time"),
        (_http.DecodingError(""), "sent an answer that can't be unpacked"),
        (_http.ConnectError("no"), "can't be reached."),
        (
            caused(_http.ConnectError(""), ConnectionRefusedError(111, "Connection refused")),
            "can't be reached: Connection refused.",
        ),
        (OSError(101, "Network is unreachable"), "can't be reached: Network is unreachable."),
        (ssl.SSLError("odd"), "can't be reached."),
    ],
)
def test_an_endpoint_that_is_not_reached(error, said):
    found = explained(error)
    assert type(found) is AuthUnreachable
    assert said in str(found)
    assert found.retryable
    assert found.retry_after == 0
    assert "sandbox" not in str(found)


@pytest.fixture
def proxy_variable(monkeypatch):
    """Set HTTPS_PROXY, alone."""

    def proxy_variable(value):
        monkeypatch.setenv("HTTPS_PROXY", value)
        monkeypatch.setenv("NO_PROXY", "")

    return proxy_variable


def test_a_proxy_is_named_by_where_it_comes_from(proxy_variable):
    proxy_variable("http://proxy.example:8080")
    refused = caused(_http.ConnectError(""), ConnectionRefusedError(111, "Connection refused"))
    text = "can't be reached through the proxy (HTTPS_PROXY): Connection refused."
    assert text in str(explained(refused))
    assert "the proxy refused (HTTPS_PROXY)" in str(explained(_http.ProxyError("407")))
    assert "the proxy refused (proxy=)" in str(
        explained(_http.ProxyError("407"), proxy="http://proxy.example:8080")
    )


@pytest.mark.parametrize(
    "error",
    [
        ValueError(canary("gopher://bruger:kodeord@proxy", "a proxy's URL")),
        ImportError("socksio"),
        _http.InvalidURL("x"),
    ],
)
def test_a_setting_that_can_not_be_used_is_not_tried_again(error, proxy_variable):
    proxy_variable("gopher://bruger:kodeord@proxy")
    found = explained(error)
    assert type(found) is AuthUnreachable
    assert "can't be called. HTTPS_PROXY must begin with http://" in str(found)
    assert not found.retryable
    found = explained(error, proxy="http://proxy.example:8080")
    assert f"can't use these settings ({type(error).__name__})" in str(found)
    assert not found.retryable


@pytest.mark.parametrize("host", ["127.0.0.1:8443", "localhost:1", "[::1]:1"])
def test_on_loopback_it_asks_whether_the_sandbox_runs(host):
    error = explained(_http.ConnectError(""), endpoint=f"https://{host}/token")
    assert "Is the sandbox running? Start it with: skifteportal-sandbox" in str(error)
