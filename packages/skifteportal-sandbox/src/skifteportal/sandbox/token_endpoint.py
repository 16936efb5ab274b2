"""The login: direct tokens for a client certificate with an API key (guide 3.1.1) or a signed assertion (3.1.2)."""

import hmac
from collections.abc import Callable, Mapping
from typing import Any, Final

from cryptography import x509

from skifteportal.sandbox.answers import json_answer
from skifteportal.sandbox.assertions import AssertionRefused, Assertions
from skifteportal.sandbox.call import World
from skifteportal.sandbox.messages import Answer, Request
from skifteportal.sandbox.oauth import Refused, not_allowed, read_form, refusal, token_answer
from skifteportal.sandbox.subject import company_of, serial_number_of
from skifteportal.sandbox.tokens import Caller, Tokens

__all__ = ["TokenEndpoint", "login_addresses"]

_REALM: Final = "/realms/sts"
_TOKEN_PATH: Final = f"{_REALM}/protocol/openid-connect/token"
_CERTIFICATES_PATH: Final = f"{_REALM}/protocol/openid-connect/certs"
_DISCOVERY_PATH: Final = f"{_REALM}/.well-known/openid-configuration"
_ASSERTION_TYPE: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_BAD_CLIENT: Final = "Invalid client or Invalid client credentials"


def login_addresses(host: str) -> tuple[str, ...]:
    """Return what an assertion may name as its audience: the host (as the guide), the realm, the token endpoint.

    Args:
        host: The login host's address.
    """
    return host, host + _REALM, host + _TOKEN_PATH


class TokenEndpoint:
    """Answers what comes to the login host: token requests, its public keys, its description of itself.

    Args:
        world: The registered clients and companies, the settings.
        tokens: Makes the tokens.
        assertions: Judges the assertions of variant B.
    """

    def __init__(self, world: World, tokens: Tokens, assertions: Assertions) -> None:
        self._world = world
        self._tokens = tokens
        self._assertions = assertions

    def handle(self, request: Request, *, saw: Callable[[Caller], None]) -> Answer:
        """Answer a request to the login host.

        Args:
            request: The request.
            saw: Is told who asks.
        """
        if request.path == _TOKEN_PATH:
            if request.method != "POST":
                return not_allowed("POST")
            try:
                return self._token(request, saw)
            except Refused as refused:
                return refused.answer
        documents = {_CERTIFICATES_PATH: self._tokens.key_set, _DISCOVERY_PATH: self._discovery}
        document = documents.get(request.path)
        if document is None:
            return refusal(404, "Unable to find matching target resource method")
        if request.method != "GET":
            return not_allowed("GET")
        return json_answer(200, document())

    def _discovery(self) -> dict[str, Any]:
        host = self._tokens.issuer.removesuffix(_REALM)
        return {
            "issuer": self._tokens.issuer,
            "token_endpoint": host + _TOKEN_PATH,
            "jwks_uri": host + _CERTIFICATES_PATH,
            "grant_types_supported": ["client_credentials"],
            "scopes_supported": ["openid"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": ["RS256"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def _token(self, request: Request, saw: Callable[[Caller], None]) -> Answer:
        form = read_form(request)
        grant = form.get("grant_type")
        if grant is None:
            raise Refused(400, "invalid_request", "Missing form parameter: grant_type")
        certificate = _certificate(request)
        signed = "client_assertion" in form
        identify = self._by_assertion if signed else self._by_secret
        client_id, filer = identify(form, certificate)
        if grant != "client_credentials":
            raise Refused(400, "unsupported_grant_type", "Unsupported grant_type")
        self._check_scope(form)
        caller = self._filer(filer, client_id)
        saw(caller)
        return token_answer(
            access_token=self._tokens.access_token(caller, client_id=client_id, scope="openid"),
            id_token=self._tokens.id_token(caller, client_id=client_id),
            seconds=self._world.settings.token_seconds,
        )

    def _by_secret(
        self, form: Mapping[str, str], certificate: x509.Certificate | None
    ) -> tuple[str, x509.Certificate | None]:
        """Variant A: return the client id, if its secret is right, and the filer's certificate: the handshake's."""
        client = self._world.store.clients.get(form.get("client_id", ""))
        if client is None:
            raise Refused(401, "invalid_client", _BAD_CLIENT)
        if not hmac.compare_digest(form.get("client_secret", "").encode(), client.secret.encode()):
            raise Refused(401, "unauthorized_client", _BAD_CLIENT)
        return client.id, certificate

    def _by_assertion(
        self, form: Mapping[str, str], certificate: x509.Certificate | None
    ) -> tuple[str, x509.Certificate | None]:
        """Variant B: return the API user's CVR number, which is its client id, and the certificate that signed."""
        if form.get("client_assertion_type") != _ASSERTION_TYPE:
            text = f"client_assertion_type must be {_ASSERTION_TYPE}"
            raise Refused(400, "invalid_request", text)
        user = None if certificate is None else company_of(certificate)
        if user is None or user not in self._world.store.api_users:
            raise Refused(401, "invalid_client", _BAD_CLIENT)
        if form.get("client_id", user) != user:
            raise Refused(401, "invalid_client", "client_id, if sent, must be the CVR number")
        try:
            return user, self._assertions.check(form["client_assertion"], subject=user)
        except AssertionRefused as refused:
            text = f"Client authentication with signed JWT failed: {refused}"
            raise Refused(401, "invalid_client", text) from None

    def _filer(self, certificate: x509.Certificate | None, client_id: str) -> Caller:
        """Return who the token stands for: the company of the filer's certificate."""
        company = None if certificate is None else company_of(certificate)
        if (
            certificate is None
            or company is None
            or (
                self._world.settings.registered_companies_only
                and company not in self._world.store.companies
            )
        ):
            raise Refused(401, "unauthorized_client", _BAD_CLIENT)
        return Caller(
            company=company,
            kind="direct",
            certificate=serial_number_of(certificate),
            client=client_id,
        )

    def _check_scope(self, form: Mapping[str, str]) -> None:
        scopes = form.get("scope", "").split()
        if not scopes and self._world.settings.scope_required:
            raise Refused(400, "invalid_request", "Missing form parameter: scope")
        if any(scope not in self._world.settings.scopes for scope in scopes):
            raise Refused(400, "invalid_scope", "Invalid scopes: only openid is known")


def _certificate(request: Request) -> x509.Certificate | None:
    try:
        return (
            None
            if request.certificate is None
            else x509.load_der_x509_certificate(request.certificate)
        )
    except ValueError:
        return None
