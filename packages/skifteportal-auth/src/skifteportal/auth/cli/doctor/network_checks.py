"""The checks of the way to the portal: names, TLS, clocks, and the handshake with the certificate."""

from urllib.parse import urlsplit

from skifteportal.auth._login import called
from skifteportal.auth._transport_failure import FAILURES, explain
from skifteportal.auth.cli.doctor.asking import get
from skifteportal.auth.cli.doctor.examination import Examination
from skifteportal.auth.cli.doctor.finding import Finding
from skifteportal.auth.errors import CertificateRefused
from skifteportal.core.proxies import proxy_in_use

__all__ = ["OPEN_PATH", "check_clock", "check_dns", "check_handshake", "check_tls"]

OPEN_PATH = "/retskredse"
"""What everybody may call, without a token (guide 4.5.6)."""

_CLOCK_SECONDS = 60
_HTTPS = 443


def check_dns(examination: Examination) -> Finding | None:
    """Look up the hosts' names, if no proxy does that."""
    environment = examination.settings.environment
    for url in (environment.auth_url, environment.exchange_url, environment.api_url):
        parts = urlsplit(url)
        host = str(parts.hostname)
        if proxy := proxy_in_use(url):
            facts = {**examination.facts, "proxy": proxy}
            return Finding(id="by_proxy", facts=facts, outcome="skipped")
        try:
            examination.system.resolve(host, parts.port or _HTTPS)
        except (OSError, UnicodeError) as error:  # the latter: no name could be like that
            facts = {**examination.facts, "host": host}
            return Finding(id="dns", facts=facts, detail=getattr(error, "strerror", None) or "")
    return None


def check_tls(examination: Examination) -> None:
    """Connect to each host without a certificate, and look whether theirs is trusted."""
    environment = examination.settings.environment
    context = environment.ssl_context()
    clock = examination.system.clock
    # The login's refusal to go on without a certificate comes after it has shown its own.
    for url, stranger in (
        (environment.auth_url, "who shows none"),
        (environment.exchange_url, None),
        (environment.api_url + OPEN_PATH, None),
    ):
        before = clock.wall()
        try:
            seen = get(url, context=context)
        except FAILURES as error:
            failure = explain(error, endpoint=url, certificate=stranger)
        else:
            if seen.date is not None:
                examination.ahead = (before + clock.wall()) / 2 - seen.date
            continue
        if not isinstance(failure, CertificateRefused):
            raise failure


def check_clock(examination: Examination) -> Finding | None:
    """Compare this machine's clock with the portal's."""
    if examination.ahead is None:
        return Finding(id="no_date", facts=examination.facts, outcome="skipped")
    if abs(examination.ahead) > _CLOCK_SECONDS:
        facts = {**examination.facts, "seconds": f"{abs(examination.ahead):.0f}"}
        name = "clock_fast" if examination.ahead > 0 else "clock_slow"
        return Finding(id=name, facts=facts)
    return None


def check_handshake(examination: Examination) -> None:
    """Connect to the login with the certificate; nothing is asked for that counts."""
    environment = examination.settings.environment
    certificate = examination.certificate
    context = certificate.ssl_context(ca_file=environment.ca_file)
    url = environment.token_endpoint
    try:
        get(url, context=context)
    except FAILURES as error:
        failure = explain(error, endpoint=url, certificate=called(certificate))
    else:
        return
    raise failure
