"""The login: tokens for a client id, its secret and a client certificate (guide 3.1.1, variant A).

Refusals have Keycloak's shape, since the portal's realm is one of Keycloak's; which it really sends is not known.
"""

import hmac
from typing import Any, Final
from urllib.parse import parse_qsl

from cryptography import x509
from cryptography.x509.oid import NameOID

from skifteportal.sandbox.answers import json_answer
from skifteportal.sandbox.call import World
from skifteportal.sandbox.messages import Answer, Request
from skifteportal.sandbox.tokens import Caller, Tokens

__all__ = ["TokenEndpoint"]

_REALM: Final = "/realms/sts"
_TOKEN_PATH: Final = f"{_REALM}/protocol/openid-connect/token"
_CERTIFICATES_PATH: Final = f"{_REALM}/protocol/openid-connect/certs"
_DISCOVERY_PATH: Final = f"{_REALM}/.well-known/openid-configuration"
_FORM: Final = "application/x-www-form-urlencoded"
_UNCACHED: Final = (("Cache-Control", "no-store"), ("Pragma", "no-cache"))
_SCHEME: Final = "NTRDK-"
_CVR_DIGITS: Final = 8


class _Refused(Exception):  # noqa: N818 - becomes an answer
    def __init__(self, status: int, error: str, description: str | None = None) -> None:
        super().__init__(error)
        self.answer = _refusal(status, error, description)


def _refusal(status: int, error: str, description: str | None = None) -> Answer:
    body = (
        {"error": error}
        if description is None
        else {"error": error, "error_description": description}
    )
    return json_answer(status, body, headers=_UNCACHED)


def _company(certificate: bytes | None) -> str | None:
    """Return the CVR number that a certificate's organizationIdentifier names, or None."""
    if certificate is None:
        return None
    try:
        subject = x509.load_der_x509_certificate(certificate).subject
    except ValueError:
        return None
    for attribute in subject.get_attributes_for_oid(NameOID.ORGANIZATION_IDENTIFIER):
        value = str(attribute.value)
        cvr = value.removeprefix(_SCHEME)
        if (
            value.startswith(_SCHEME)
            and len(cvr) == _CVR_DIGITS
            and cvr.isascii()
            and cvr.isdigit()
        ):
            return cvr
    return None


class TokenEndpoint:
    """Answers what comes to the login host: token requests, its public keys, its description of itself.

    Args:
        world: The registered clients and companies, the settings.
        tokens: Makes the tokens.
    """

    def __init__(self, world: World, tokens: Tokens) -> None:
        self._world = world
        self._tokens = tokens

    def handle(self, request: Request) -> Answer:
        """Answer a request to the login host."""
        if request.path == _TOKEN_PATH:
            if request.method != "POST":
                return _not_allowed("POST")
            try:
                return self._token(request)
            except _Refused as refused:
                return refused.answer
        documents = {_CERTIFICATES_PATH: self._tokens.key_set, _DISCOVERY_PATH: self._discovery}
        document = documents.get(request.path)
        if document is None:
            return _refusal(404, "Unable to find matching target resource method")
        if request.method != "GET":
            return _not_allowed("GET")
        return json_answer(200, document())

    def _discovery(self) -> dict[str, Any]:
        host = self._tokens.issuer.removesuffix(_REALM)
        return {
            "issuer": self._tokens.issuer,
            "token_endpoint": host + _TOKEN_PATH,
            "jwks_uri": host + _CERTIFICATES_PATH,
            "grant_types_supported": ["client_credentials"],
            "scopes_supported": ["openid"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def _token(self, request: Request) -> Answer:
        form = _form(request)
        grant = form.get("grant_type")
        if grant is None:
            raise _Refused(400, "invalid_request", "Missing form parameter: grant_type")
        if "client_assertion" in form:
            raise _Refused(
                400,
                "invalid_request",
                "The sandbox has no login by client_assertion (variant B) yet",
            )
        client_id = self._client(form)
        if grant != "client_credentials":
            raise _Refused(400, "unsupported_grant_type", "Unsupported grant_type")
        scope = self._scope(form)
        company = _company(request.certificate)
        registered = self._world.store.companies
        if company is None or (
            self._world.settings.registered_companies_only and company not in registered
        ):
            raise _Refused(
                401, "unauthorized_client", "Invalid client or Invalid client credentials"
            )
        caller = Caller(company=company, kind="direct")
        body = {
            "access_token": self._tokens.access_token(caller, client_id=client_id, scope=scope),
            "expires_in": self._world.settings.token_seconds,
            "refresh_expires_in": 0,
            "token_type": "Bearer",
            "id_token": self._tokens.id_token(caller, client_id=client_id),
            "not-before-policy": 0,
            "scope": scope,
        }
        return json_answer(200, body, headers=_UNCACHED)

    def _client(self, form: dict[str, str]) -> str:
        """Return the client id, if its secret is right."""
        client = self._world.store.clients.get(form.get("client_id", ""))
        if client is None:
            raise _Refused(401, "invalid_client", "Invalid client or Invalid client credentials")
        if not hmac.compare_digest(form.get("client_secret", "").encode(), client.secret.encode()):
            raise _Refused(
                401, "unauthorized_client", "Invalid client or Invalid client credentials"
            )
        return client.id

    def _scope(self, form: dict[str, str]) -> str:
        scope = form.get("scope")
        if scope is None and self._world.settings.scope_required:
            raise _Refused(400, "invalid_request", "Missing form parameter: scope")
        if any(part not in self._world.settings.scopes for part in (scope or "").split()):
            raise _Refused(400, "invalid_scope", "Invalid scopes: only openid is known")
        return "openid"


def _form(request: Request) -> dict[str, str]:
    kind = (request.header("Content-Type") or "").partition(";")[0].strip().lower()
    if kind != _FORM:
        raise _Refused(415, "HTTP 415 Unsupported Media Type")
    try:
        pairs = parse_qsl(
            request.body.decode(), keep_blank_values=True, errors="strict", max_num_fields=50
        )
    except ValueError:
        raise _Refused(400, "invalid_request", "The form cannot be read") from None
    form = dict(pairs)
    if len(form) != len(pairs):
        raise _Refused(400, "invalid_request", "duplicated parameter")
    return form


def _not_allowed(method: str) -> Answer:
    answer = _refusal(405, "HTTP 405 Method Not Allowed")
    return Answer(status=405, headers=(*answer.headers, ("Allow", method)), body=answer.body)
