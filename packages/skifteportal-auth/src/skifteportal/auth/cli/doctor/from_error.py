"""Which finding each error of the library is."""

import ssl
from collections.abc import Mapping
from urllib.parse import urlsplit

from skifteportal.auth import errors
from skifteportal.auth.cli.doctor.finding import Finding
from skifteportal.core.errors import ConfigurationError, InvalidArgument, PortalError
from skifteportal.core.proxies import proxy_in_use, proxy_settings_problem

__all__ = ["finding_of"]

# The first that fits: subclasses stand before their bases.
_BY_TYPE: Mapping[type[PortalError], str] = {
    errors.NotACertificateFile: "not_p12",
    errors.WrongPassword: "wrong_password",
    errors.OldEncryption: "old_encryption",
    errors.NoPrivateKey: "no_key",
    errors.NoCertificate: "no_certificate",
    errors.WrongKindOfCertificate: "wrong_kind",
    errors.CertificateExpired: "expired",
    errors.CertificateNotYetValid: "not_yet_valid",
    errors.WrongEnvironment: "wrong_environment",
    errors.NotAParticipant: "not_participant",
    errors.UnknownProfile: "unknown_profile",
    errors.ActorTokenRefused: "actor_refused",
    errors.ExchangeRefused: "exchange_refused",
    errors.ServerNotTrusted: "server_not_trusted",
    errors.AuthUnreachable: "unreachable",
    errors.TooManyTokenRequests: "too_many",
    errors.UnexpectedTokenAnswer: "unexpected_answer",
    InvalidArgument: "bad_profile",
    ConfigurationError: "settings",
}
_HTTPS = 443
_BY_ALERT = {
    "certificate_revoked": "revoked",
    "certificate_expired": "expired_there",
    "unknown_ca": "issuer_unknown",
    "certificate_required": "certificate_lost",
    "bad_certificate": "certificate_lost_or_bad",
    "certificate_unknown": "refused_without_reason",
}


def finding_of(error: PortalError, facts: Mapping[str, str]) -> Finding:
    """Name what an error means.

    Args:
        error: One of the library's.
        facts: What else is known, for the texts.
    """
    known = {**facts, **_facts(error)}
    if isinstance(error, errors.CertificateRefused):
        name = _BY_ALERT.get(error.alert or "", "certificate_refused")
    elif isinstance(error, errors.AuthUnreachable) and proxy_settings_problem():
        name = "proxy_settings"
    elif isinstance(error, errors.AuthUnreachable) and "proxy" in known:
        name = "proxy_unreachable"
    else:
        name = next((id_ for kind, id_ in _BY_TYPE.items() if isinstance(error, kind)), "other")
    return Finding(id=name, facts=known, detail=str(error))


def _facts(error: PortalError) -> dict[str, str]:
    facts: dict[str, str] = {"openssl": ssl.OPENSSL_VERSION}
    if isinstance(error, errors.CertificateExpired) and error.not_after:
        facts["date"] = f"{error.not_after:%Y-%m-%d %H:%M} UTC"
    if isinstance(error, errors.CertificateNotYetValid) and error.not_before:
        facts["date"] = f"{error.not_before:%Y-%m-%d %H:%M} UTC"
    if isinstance(error, errors.TokenError):
        parts = urlsplit(error.endpoint or "")
        facts["host"] = parts.netloc
        facts["address"] = f"{parts.hostname}:{parts.port or _HTTPS}"
        if proxy := proxy_in_use(error.endpoint or ""):
            facts["proxy"] = proxy
    for name in ("status", "code", "alert"):
        value = getattr(error, name, None)
        facts[name] = "-" if value is None else str(value)
    return facts
