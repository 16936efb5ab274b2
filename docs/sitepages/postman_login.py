"""The folder *Login* of a Postman collection: both variants of the login, and the exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from sitepages.postman_parts import id_of, pair, script

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portalgen.registry import ApiEntry

__all__ = ["ASSERTION", "CERTIFICATE", "login"]

_TOKEN_PATH = "realms/sts/protocol/openid-connect/token"  # noqa: S105 - a path
_ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"  # noqa: S105 - a name
_KEEP = (
    "const answer = pm.response.json();",
    'pm.collectionVariables.set("{}", answer.access_token);',
)
_CHECK = 'pm.test("there is a token", () => pm.expect(answer.access_token).to.be.a("string"));'
CERTIFICATE = (
    "The login is over mutual TLS: name the certificate in Postman's settings (Certificates, Client certificates) for the "
    "host of {{auth_url}}, and the sandbox's ca.pem as a CA certificate. Postman keeps it on this machine."
)

ASSERTION = (
    "skifteportal assertion --signer .skifteportal-sandbox/anden_anmelder.p12 --subject 11111111 "
    "--audience https://127.0.0.1:8743 --show-assertion"
)
"""The command that makes an assertion for the sandbox's login: it takes another's certificate to sign for `anmelder.p12`."""


@attrs.frozen(kw_only=True)
class _TokenRequest:
    """A request for a token: what Postman calls it, where it goes, what it sends."""

    name: str
    host: str
    path: str
    form: Mapping[str, str]
    about: str


_VARIANT_A = _TokenRequest(
    name="Token, variant A (client secret)",
    host="{{auth_url}}",
    path=_TOKEN_PATH,
    form={
        "grant_type": "client_credentials",
        "scope": "openid",
        "client_id": "{{client_id}}",
        "client_secret": "{{client_secret}}",
    },
    about=CERTIFICATE,
)
_VARIANT_B = _TokenRequest(
    name="Token, variant B (signed assertion)",
    host="{{auth_url}}",
    path=_TOKEN_PATH,
    form={
        "grant_type": "client_credentials",
        "scope": "openid",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": "{{client_assertion}}",
    },
    about=(
        f"Make the assertion, for the sandbox with `{ASSERTION}` (its password is AUTH_SIGNER_PASSWORD), and put it into the variable "
        f"client_assertion; it is good for a minute, and once. {CERTIFICATE}"
    ),
)
_EXCHANGE = _TokenRequest(
    name="Token for a liquidator's profile (exchange)",
    host="{{exchange_url}}",
    path="token",
    form={
        "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
        "requested_token_type": _ACCESS_TOKEN,
        "subject_token": "{{profile_id}}",
        "subject_token_type": "urn:dk:domstol:token-type:adgangsprofil-id",
        "actor_token": "{{direct_token}}",
        "actor_token_type": _ACCESS_TOKEN,
    },
    about="After variant A or B; the certificate is not shown here.",
)


def login(entry: ApiEntry) -> list[dict[str, Any]]:
    """Make the folder, or none for an API that takes no token.

    Args:
        entry: The API.
    """
    if entry.token == "open":  # noqa: S105 - a kind
        return []
    requests = [
        _request(entry, _VARIANT_A, keep_as=("access_token", "direct_token")),
        _request(entry, _VARIANT_B, keep_as=("access_token", "direct_token")),
    ]
    if entry.token != "direct":  # noqa: S105 - a kind
        requests.append(_request(entry, _EXCHANGE, keep_as=("access_token",)))
    return [{"name": "Login", "id": id_of(entry.api, "Login"), "item": requests}]


def _request(entry: ApiEntry, asked: _TokenRequest, *, keep_as: tuple[str, ...]) -> dict[str, Any]:
    return {
        "name": asked.name,
        "id": id_of(entry.api, asked.name),
        "event": script(_KEEP[0], *(_KEEP[1].format(variable) for variable in keep_as), _CHECK),
        "request": {
            "auth": {"type": "noauth"},
            "method": "POST",
            "header": [],
            "body": {
                "mode": "urlencoded",
                "urlencoded": [pair(key, value) for key, value in asked.form.items()],
            },
            "url": {
                "raw": f"{asked.host}/{asked.path}",
                "host": [asked.host],
                "path": asked.path.split("/"),
            },
            "description": asked.about,
        },
    }
