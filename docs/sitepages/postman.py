"""Postman collections (format 2.1.0) of each API, with the login, and environments: the same bytes in every run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sitepages.postman_login import CERTIFICATE, login
from sitepages.postman_parts import id_of, pair, script
from sitepages.postman_values import BEFORE_ALL, filled_in, kept_of_answer, path_value
from sitepages.samples import sample
from skifteportal.core.environments import PRODUCTION, TEST
from skifteportal.sandbox.defaults import CLIENT_ID, PORTS
from skifteportal.sandbox.examples import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from portalgen.document import Document, Node, RawOperation
    from portalgen.registry import ApiEntry
    from sitepages.house import House

__all__ = ["collection", "environments", "pages"]

_FORMAT = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
_SECRETS = ("client_id", "client_secret", "client_assertion", "profile_id")
# These end the caller's part in a case, or the case: whoever runs a collection wants the rest first.
_LAST = ("afslutning", "fratraedelse")
_DONE = 'pm.test("it is done", () => pm.response.to.be.success);'


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
    sandbox = name == "sandbox"
    values |= {key.lower(): value if sandbox else "" for key, value in EXAMPLES.items()}
    known = {"client_id": CLIENT_ID, "profile_id": EXAMPLES["EXAMPLE_PROFILE"]} if sandbox else {}
    return {
        "id": id_of("environment", name),
        "name": f"Skifteportalen: {name}",
        "values": [
            *({"key": key, "value": value, "enabled": True} for key, value in values.items()),
            *(
                {"key": key, "value": known.get(key, ""), "type": "secret", "enabled": True}
                for key in _SECRETS
            ),
        ],
        "_postman_variable_scope": "environment",
    }


def collection(entry: ApiEntry, document: Document) -> dict[str, Any]:
    """Make the collection of an API: a folder for each tag, in an order in which it can be run.

    Args:
        entry: The API.
        document: Its specification.
    """
    operations = list(document.operations())
    tags = [tag for tag in dict.fromkeys(map(_tag, operations)) if tag not in _LAST]
    tags += [tag for tag in _LAST if tag in map(_tag, operations)]
    folders = [
        {
            "name": tag,
            "id": id_of(entry.api, tag),
            "item": [
                _request(entry, document, one, operations)
                for one in sorted(operations, key=_turn)
                if _tag(one) == tag
            ],
        }
        for tag in tags
    ]
    first = login(entry)
    bearer = {"type": "bearer", "bearer": [pair("token", "{{access_token}}", kind="string")]}
    return {
        "info": {
            "_postman_id": id_of(entry.api),
            "name": f"Skifteportalen: {entry.title} {entry.version}",
            "description": f"{entry.package}, specification {entry.version} ({entry.provenance}). {CERTIFICATE}",
            "schema": _FORMAT,
        },
        "item": [*first, *folders],
        "event": script(*BEFORE_ALL, when="prerequest"),
        **({"auth": bearer} if first else {}),
        "variable": [pair("access_token", ""), pair("direct_token", "")],
    }


def _turn(operation: RawOperation) -> tuple[bool, int]:
    """When an operation's turn comes: from the outside to the inside, and what deletes on the way back."""
    depth, deletes = operation.path.count("/"), operation.method == "DELETE"
    return deletes, -depth if deletes else depth


def _request(
    entry: ApiEntry,
    document: Document,
    operation: RawOperation,
    operations: Sequence[RawOperation],
) -> dict[str, Any]:
    steps = operation.path.strip("/").split("/")
    variables = [step[1:-1] for step in steps if step.startswith("{")]
    path = [f":{step[1:-1]}" if step.startswith("{") else step for step in steps]
    query = [
        pair(one["name"], "", disabled=True) for one in operation.parameters if one["in"] == "query"
    ]
    headers, body = _body(document, operation)
    return {
        "name": f"{operation.id}: {operation.node.get('summary', '')}".rstrip(": "),
        "id": id_of(entry.api, operation.id),
        "event": script(_DONE, *kept_of_answer(operation, operations)),
        "request": {
            "method": operation.method,
            "header": headers,
            **({"body": body} if body else {}),
            "url": {
                "raw": "/".join(["{{api_url}}", *path]),
                "host": ["{{api_url}}"],
                "path": path,
                "query": query,
                "variable": [pair(name, path_value(name)) for name in variables],
            },
            "description": str(operation.node.get("description", "")),
        },
    }


def _body(document: Document, operation: RawOperation) -> tuple[list[Any], dict[str, Any]]:
    content: Node = document.resolve(operation.node.get("requestBody", {})).get("content", {})
    for media_type, node in content.items():
        header = [pair("Content-Type", media_type)]
        if media_type == "application/json":
            value = filled_in(
                sample(document, node["schema"]), search=operation.id.startswith("soeg")
            )
            return header, {
                "mode": "raw",
                "raw": _json(value),
                "options": {"raw": {"language": "json"}},
            }
        name = pair("Content-Disposition", 'attachment; filename="faktura.pdf"')
        # Below Postman's working directory: the sandbox's folder has one of this name.
        return [*header, name], {"mode": "file", "file": {"src": "faktura.pdf"}}
    return [], {}


def _tag(operation: RawOperation) -> str:
    return str(operation.node.get("tags", ["operations"])[0])


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n"
