"""The checks of what the portal says: token, exchange, calls."""

import warnings
from contextlib import suppress

from skifteportal.auth._login import called
from skifteportal.auth._token_answer import Refusal
from skifteportal.auth._token_request import TokenEndpoint
from skifteportal.auth._transport_failure import FAILURES, explain
from skifteportal.auth.cli._shown_token import shown_token
from skifteportal.auth.cli.doctor.asking import Seen, get
from skifteportal.auth.cli.doctor.examination import Examination
from skifteportal.auth.cli.doctor.finding import Finding
from skifteportal.auth.cli.doctor.network_checks import OPEN_PATH
from skifteportal.auth.errors import CertificateExpiresSoon, ClientRefused, TokenError
from skifteportal.core.credentials import PortalAuth
from skifteportal.core.retry import GATEWAY

__all__ = ["check_api_call", "check_exchange", "check_open_call", "check_token"]

_OF_ANOTHER_AREA = ("not enabled", "not allowed", "service account", "disabled", "not authorized")
_UNKNOWN_SCOPE = "openid skifteportal-doctor"


def check_open_call(examination: Examination) -> Finding | None:
    """Call what everybody may call."""
    url = examination.settings.environment.api_url + OPEN_PATH
    seen = _call(examination, url)
    return None if seen.status < 300 else _bad(examination, seen)  # noqa: PLR2004 - success


def check_token(examination: Examination) -> Finding | None:
    """Log in; if the client is refused, find out which part of it."""
    settings = examination.settings
    signer = examination.opened[1] if settings.signer else None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CertificateExpiresSoon)  # the step validity says so
        credential = settings.credential(
            examination.certificate, signer, clock=examination.system.clock
        )
    try:
        shown_token(credential.direct())
    except ClientRefused as error:
        name = "client_refused" if settings.signer else _why_refused(examination)
        facts = {**examination.facts, "status": str(error.status), "code": error.code or "-"}
        return Finding(id=name, facts=facts, detail=str(error))
    examination.found_credential = credential
    return None


def check_exchange(examination: Examination) -> Finding | None:
    """Exchange the token for the profile's."""
    if examination.profile is None:
        return Finding(id="no_profile", outcome="skipped")
    shown_token(examination.credential.for_profile(examination.profile))
    return None


def check_api_call(examination: Examination) -> Finding | None:
    """Call an API with the token."""
    credential, profile = examination.credential, examination.profile
    auth = credential.for_profile(profile) if profile else credential.direct()
    seen = _call(
        examination, examination.settings.environment.api_url + examination.api_check, auth
    )
    examination.request_id = seen.request_id
    facts = {**examination.facts, "status": str(seen.status), "path": examination.api_check}
    if seen.status == 401:  # noqa: PLR2004 - Unauthorized
        return Finding(id="token_not_taken", facts=facts)
    if seen.status == 403:  # noqa: PLR2004 - Forbidden
        return Finding(id="no_access", facts=facts)
    if seen.status == 404:  # noqa: PLR2004 - Not Found
        return Finding(id="not_there", facts=facts, outcome="warning")
    return None if seen.status < 300 else _bad(examination, seen)  # noqa: PLR2004 - success


def _call(examination: Examination, url: str, auth: PortalAuth | None = None) -> Seen:
    try:
        return get(url, context=examination.settings.environment.ssl_context(), auth=auth)
    except FAILURES as error:
        failure = explain(error, endpoint=url, certificate=None)
    raise failure


def _bad(examination: Examination, seen: Seen) -> Finding:
    facts = {**examination.facts, "status": str(seen.status)}
    if seen.status == 429:  # noqa: PLR2004 - Too Many Requests
        return Finding(id="too_many", facts=facts)
    return Finding(id="api_down" if seen.status in GATEWAY else "api_unexpected", facts=facts)


def _why_refused(examination: Examination) -> str:
    """Which part of client id, secret and certificate the login did not take.

    Its answer is mostly the same for all. So it is asked once more, for a scope that does not
    exist: if it then complains of the scope, id and secret were right.
    """
    settings = examination.settings
    environment = settings.environment
    refusals: list[Refusal] = []

    def note(refusal: Refusal) -> TokenError:
        refusals.append(refusal)
        return ClientRefused("refused", endpoint=refusal.endpoint)

    endpoint = TokenEndpoint(
        url=environment.token_endpoint,
        setting="auth_url",
        ssl_context=lambda: examination.certificate.ssl_context(ca_file=environment.ca_file),
        certificate=called(examination.certificate),
        refused=note,
        clock=examination.system.clock,
    )
    form = {
        "client_id": settings.client_id,
        "client_secret": settings.client_secret(),
        "grant_type": "client_credentials",
        "scope": _UNKNOWN_SCOPE,
    }
    with suppress(TokenError):
        endpoint.fetch(lambda: form)
    return _meaning(refusals[0]) if refusals else "client_refused"


def _meaning(refusal: Refusal) -> str:
    if refusal.code == "invalid_scope":
        return "not_registered"
    if any(words in refusal.description for words in _OF_ANOTHER_AREA):
        return "other_case_area"
    return "unknown_client" if refusal.code == "invalid_client" else "wrong_secret"
