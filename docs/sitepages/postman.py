"""Postman collections (format 2.1.0) of each API, with the login, and environments: the same bytes in every run."""

from __future__ import annotations

import json
import uuid
from itertools import groupby
from typing import TYPE_CHECKING, Any

import attrs

from sitepages.samples import sample
from skifteportal.core.environments import PRODUCTION, TEST
from skifteportal.sandbox.defaults import PORTS
from skifteportal.sandbox.examples import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from portalgen.document import Document, Node, RawOperation
    from portalgen.registry import ApiEntry
    from sitepages.house import House

__all__ = ["collection", "environments", "pages"]

_FORMAT = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
_NAMES = uuid.UUID("6f3f0d3e-6a55-4a52-9d0b-3f4a4f0c5a10")
_TOKEN_PATH = "realms/sts/protocol/openid-connect/token"  # noqa: S105 - a path
_ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"  # noqa: S105 - a name
_KEEP = (
    "const answer = pm.response.json();",
    'pm.collectionVariables.set("{}", answer.access_token);',
)
_CHECK = 'pm.test("there is a token", () => pm.expect(answer.access_token).to.be.a("string"));'
_CERTIFICATE = (
    "The login is over mutual TLS: name the certificate in Postman's settings (Certificates, Client certificates) for the "
    "host of {{auth_url}}, and the sandbox's ca.pem as a CA certificate. Postman keeps it on this machine."
)


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
    about=_CERTIFICATE,
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
    about=f"Make the assertion with `skifteportal assertion`; it is good for a minute, and once. {_CERTIFICATE}",
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


def pages(house: House) -> Iterator[tuple[str, str]]:
    """Write the files.

    Args:
        house: The data.
    """
    for entry in house.apis:
        text = _json(collection(entry, house.documents[entry.api]))
        yield f"en/downloads/{entry.api}.postman_collection.json", text
    for name, environment in environments().items():
        yield f"en/downloads/{name}.postman_environment.json", _json(environment)


def environments() -> Mapping[str, dict[str, Any]]:
    """Make the environments: sandbox, test and production. Secrets are left for the user to fill in."""
    hosts = {
        "sandbox": tuple(f"https://127.0.0.1:{PORTS[role]}" for role in ("sysauth", "auth", "api")),
        "test": (TEST.auth_url, TEST.exchange_url, TEST.api_url),
        "production": (PRODUCTION.auth_url, PRODUCTION.exchange_url, PRODUCTION.api_url),
    }
    return {name: _environment(name, urls) for name, urls in hosts.items()}


def _environment(name: str, urls: tuple[str, ...]) -> dict[str, Any]:
    values = dict(zip(("auth_url", "exchange_url", "api_url"), urls, strict=True))
    examples = {key.lower(): value for key, value in EXAMPLES.items()} if name == "sandbox" else {}
    secrets = ("client_id", "client_secret", "client_assertion", "profile_id")
    if name == "sandbox":
        examples["profile_id"] = EXAMPLES["EXAMPLE_PROFILE"]
    return {
        "id": _id("environment", name),
        "name": f"Skifteportalen: {name}",
        "values": [
            *({"key": key, "value": value, "enabled": True} for key, value in values.items()),
            *(
                {"key": key, "value": "", "type": "secret", "enabled": True}
                for key in secrets
                if key not in examples
            ),
            *({"key": key, "value": value, "enabled": True} for key, value in examples.items()),
        ],
        "_postman_variable_scope": "environment",
    }


def collection(entry: ApiEntry, document: Document) -> dict[str, Any]:
    """Make the collection of an API.

    Args:
        entry: The API.
        document: Its specification.
    """
    operations = sorted(document.operations(), key=_tag)
    folders = [
        {
            "name": tag,
            "id": _id(entry.api, tag),
            "item": [_request(entry, document, one) for one in group],
        }
        for tag, group in groupby(operations, key=_tag)
    ]
    login = [] if entry.token == "open" else [_login(entry)]  # noqa: S105 - a kind
    bearer = {"type": "bearer", "bearer": [_pair("token", "{{access_token}}", kind="string")]}
    return {
        "info": {
            "_postman_id": _id(entry.api),
            "name": f"Skifteportalen: {entry.title} {entry.version}",
            "description": f"{entry.package}, specification {entry.version} ({entry.provenance}). {_CERTIFICATE}",
            "schema": _FORMAT,
        },
        "item": [*login, *folders],
        **({"auth": bearer} if login else {}),
        "variable": [_pair("access_token", ""), _pair("direct_token", "")],
    }


def _login(entry: ApiEntry) -> dict[str, Any]:
    requests = [
        _token(entry, _VARIANT_A, keep_as=("access_token", "direct_token")),
        _token(entry, _VARIANT_B, keep_as=("access_token", "direct_token")),
    ]
    if entry.token != "direct":  # noqa: S105 - a kind
        requests.append(_token(entry, _EXCHANGE, keep_as=("access_token",)))
    return {"name": "Login", "id": _id(entry.api, "Login"), "item": requests}


def _token(entry: ApiEntry, asked: _TokenRequest, *, keep_as: tuple[str, ...]) -> dict[str, Any]:
    script = [_KEEP[0], *(_KEEP[1].format(variable) for variable in keep_as), _CHECK]
    return {
        "name": asked.name,
        "id": _id(entry.api, asked.name),
        "event": [{"listen": "test", "script": {"type": "text/javascript", "exec": script}}],
        "request": {
            "auth": {"type": "noauth"},
            "method": "POST",
            "header": [],
            "body": {
                "mode": "urlencoded",
                "urlencoded": [_pair(key, value) for key, value in asked.form.items()],
            },
            "url": {
                "raw": f"{asked.host}/{asked.path}",
                "host": [asked.host],
                "path": asked.path.split("/"),
            },
            "description": asked.about,
        },
    }


def _request(entry: ApiEntry, document: Document, operation: RawOperation) -> dict[str, Any]:
    steps = operation.path.strip("/").split("/")
    variables = [step[1:-1] for step in steps if step.startswith("{")]
    path = [f":{step[1:-1]}" if step.startswith("{") else step for step in steps]
    query = [
        _pair(one["name"], "", disabled=True)
        for one in operation.parameters
        if one["in"] == "query"
    ]
    headers, body = _body(document, operation)
    return {
        "name": f"{operation.id}: {operation.node.get('summary', '')}".rstrip(": "),
        "id": _id(entry.api, operation.id),
        "request": {
            "method": operation.method,
            "header": headers,
            **({"body": body} if body else {}),
            "url": {
                "raw": "/".join(["{{api_url}}", *path]),
                "host": ["{{api_url}}"],
                "path": path,
                "query": query,
                "variable": [_pair(name, _example(name)) for name in variables],
            },
            "description": str(operation.node.get("description", "")),
        },
    }


def _body(document: Document, operation: RawOperation) -> tuple[list[Any], dict[str, Any]]:
    content: Node = document.resolve(operation.node.get("requestBody", {})).get("content", {})
    for media_type, node in content.items():
        header = [_pair("Content-Type", media_type)]
        if media_type == "application/json":
            value = _json(sample(document, node["schema"]))
            return header, {
                "mode": "raw",
                "raw": value,
                "options": {"raw": {"language": "json"}},
            }
        name = _pair("Content-Disposition", 'attachment; filename="bilag.pdf"')
        return [*header, name], {"mode": "file", "file": {}}
    return [], {}


def _example(name: str) -> str:
    known = {
        "sagId": "{{example_sag}}",
        "cvrNummer": "{{example_cvr}}",
        "personId": "{{example_person}}",
    }
    return known.get(name, f"{{{{{name}}}}}")


def _pair(key: str, value: str, *, kind: str = "", disabled: bool = False) -> dict[str, Any]:
    pair: dict[str, Any] = {"key": key, "value": value}
    if kind:
        pair["type"] = kind
    if disabled:
        pair["disabled"] = True
    return pair


def _tag(operation: RawOperation) -> str:
    return str(operation.node.get("tags", ["operations"])[0])


def _id(*parts: str) -> str:
    return str(uuid.uuid5(_NAMES, "/".join(parts)))


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n"
