"""What went wrong between us and the token endpoint, in words that a user can act on.

Works on what the synchronous HTTP client raises: it alone keeps OpenSSL's own words.
"""

import ssl
from urllib.parse import urlsplit

from skifteportal.auth.errors import (
    AuthUnreachable,
    CertificateRefused,
    ServerNotTrusted,
    TokenError,
)
from skifteportal.core import _http
from skifteportal.core.causes import causes_of
from skifteportal.core.proxies import proxy_in_use, unusable

__all__ = ["FAILURES", "explain"]

# The last three: a proxy variable that the HTTP library can't read or has no code for.
_UNUSABLE = (ValueError, ImportError, _http.InvalidURL)
FAILURES = (_http.HTTPError, OSError, *_UNUSABLE)
"""What the HTTP client raises: OSError includes ssl.SSLError, which may come unwrapped."""

_BROKEN = (_http.ReadError, _http.WriteError, _http.RemoteProtocolError)
_PROBLEMS = {
    _http.ConnectTimeout: "was not reached in time",
    _http.TimeoutException: "did not answer in time",
    _http.DecodingError: "sent an answer that can't be unpacked",
}

_REFUSED_PAUSE = 5.0
_ALERT = "ALERT_"
_ALERTS = {
    "certificate_required": (
        "it saw no certificate. A proxy that opens TLS drops it: the login needs a direct "
        "connection, or one by CONNECT"
    ),
    "certificate_expired": "the certificate has expired. Order a new one in MitID Erhverv",
    "certificate_revoked": "the certificate is revoked. Order a new one in MitID Erhverv",
    "unknown_ca": (
        "it does not trust the certificate's issuer: a test certificate in production, the "
        "reverse, or a .p12 file without the issuing certificate (give it as extra_chain)"
    ),
    # Java's servers, and so Keycloak, have two answers only (tried with Java 17): bad_certificate when
    # none arrived, certificate_unknown for everything else that OpenSSL has alerts of its own for.
    "bad_certificate": (
        "most likely it saw none: a proxy that opens TLS drops it, and a Java server, as the portal's "
        "Keycloak is, then answers so. Or it does not accept the certificate: not valid yet by its "
        "clock, or damaged"
    ),
    "certificate_unknown": (
        "it does not accept the certificate, without saying why, as Java servers do. Most likely it "
        "does not trust the issuer: a test certificate in production, the reverse, or a .p12 file "
        "without the issuing certificate (give it as extra_chain). Else it has expired or is not "
        "valid yet by the server's clock, or is revoked"
    ),
    "unsupported_certificate": "it does not take this kind of certificate",
    "access_denied": "the certificate is good, but its company has no access",
    "handshake_failure": "no agreement was reached, which mostly means that it wants another certificate",
    "decrypt_error": "it could not check the certificate's signature",
}


def explain(
    error: BaseException, *, endpoint: str, certificate: str | None, proxy: str | None = None
) -> TokenError:
    """Turn a failure of the HTTP client into one of ours, which has no tie to the request.

    Args:
        error: One of FAILURES.
        endpoint: The URL that was asked.
        certificate: What to call the certificate that was shown; None if none was.
        proxy: The proxy's URL, if one was given; else those of the environment variables count.
    """
    cause = _ssl_error(error)
    if isinstance(cause, ssl.SSLCertVerificationError):
        problem = getattr(cause, "verify_message", "it could not be checked")
        return ServerNotTrusted(
            f"{_host(endpoint)} shows a certificate that is not trusted: {problem}. Name the right root certificates (AUTH_CA, or the environment's ca_file); behind a proxy that "
            "opens TLS, its root certificate would be needed.",
            endpoint=endpoint,
            retry_after=_REFUSED_PAUSE,
        )
    if reason := getattr(cause, "reason", None):  # absent where OpenSSL did not make the error
        return _from_openssl(reason, endpoint, certificate)
    if isinstance(error, _BROKEN):
        return _broken(endpoint, certificate)
    return _out_of_reach(error, endpoint, proxy)


def _out_of_reach(error: BaseException, endpoint: str, proxy: str | None) -> TokenError:
    for kind, problem in _PROBLEMS.items():
        if isinstance(error, kind):
            return _unreachable(endpoint, problem)
    if isinstance(error, _UNUSABLE) and not isinstance(error, OSError):
        problem = unusable(type(error).__name__, proxy)
        return AuthUnreachable(f"{_host(endpoint)} can't be called. {problem}", endpoint=endpoint)
    name = proxy_in_use(endpoint, proxy)
    if isinstance(error, _http.ProxyError):
        return _unreachable(endpoint, f"can't be reached: the proxy refused ({name})")
    through = f" through the proxy ({name})" if name else ""
    return _unreachable(endpoint, f"can't be reached{through}{_words(error)}")


def _from_openssl(reason: str, endpoint: str, certificate: str | None) -> TokenError:
    alert = reason.rpartition(_ALERT)[2].lower() if _ALERT in reason else None
    if alert in _ALERTS and certificate:
        return CertificateRefused(
            f"{_host(endpoint)} refused {certificate} (TLS alert {alert}): {_ALERTS[alert]}.",
            endpoint=endpoint,
            retry_after=_REFUSED_PAUSE,
            alert=alert,
        )
    if "EOF" in reason:
        return _broken(endpoint, certificate)
    return _unreachable(
        endpoint,
        f"can't be talked to over TLS ({reason.lower()}): is it the right host and port?",
        retryable=False,
    )


def _broken(endpoint: str, certificate: str | None) -> TokenError:
    if not certificate:
        return _unreachable(endpoint, "broke the connection before it answered")
    return CertificateRefused(
        f"{_host(endpoint)} broke the connection after the TLS handshake, without an answer: most "
        f"likely it refuses {certificate}. See that it is valid, registered with the portal, and "
        "of the right environment; a network that drops connections looks the same.",
        endpoint=endpoint,
        retryable=True,
    )


def _unreachable(endpoint: str, problem: str, *, retryable: bool = True) -> AuthUnreachable:
    hint = ""
    if urlsplit(endpoint).hostname in {"localhost", "127.0.0.1", "::1"}:
        hint = " Is the sandbox running? Start it with: skifteportal-sandbox"
    return AuthUnreachable(
        f"{_host(endpoint)} {problem}.{hint}", endpoint=endpoint, retryable=retryable
    )


def _host(endpoint: str) -> str:
    return f"The login at {urlsplit(endpoint).netloc}"


def _ssl_error(error: BaseException) -> ssl.SSLError | None:
    for link in causes_of(error):
        if isinstance(link, ssl.SSLError):
            return link
    return None


def _words(error: BaseException) -> str:
    """The operating system's words, which name nothing of the request."""
    for link in causes_of(error):
        if isinstance(link, OSError) and link.strerror:
            return f": {link.strerror}"
    return ""
