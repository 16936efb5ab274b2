"""Joins the parser's operations with the document's, by method and path.

The parser drops operationIds, deprecation, headers and `x-*`; the document knows no classes. Every
operation of the document must be met by one of the parser's, or the API fails naming it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from portalgen.names import method_name
from portalgen.parse import endpoints
from portalgen.problems import ApiProblem

if TYPE_CHECKING:
    from openapi_python_client.parser.openapi import Endpoint

    from portalgen.document import Document, RawOperation
    from portalgen.parse import Parsed

__all__ = ["JoinedOperation", "join", "path_parameters"]

_PATH_PARAMETER = re.compile(r"{([^}]*)}")


@attrs.frozen
class JoinedOperation:
    """An operation as both know it.

    Attributes:
        raw: As it stands in the document.
        endpoint: As the parser read it.
    """

    raw: RawOperation
    endpoint: Endpoint


def path_parameters(path: str) -> tuple[str, ...]:
    """Give the names of a path template's parameters, in its order."""
    return tuple(_PATH_PARAMETER.findall(path))


def join(api: str, document: Document, parsed: Parsed) -> tuple[JoinedOperation, ...]:
    """Join every operation of a document with the parser's.

    Args:
        api: The API's name, for errors.
        document: The document.
        parsed: What the parser made of it.

    Raises:
        ApiProblem: An operation has no operationId, was left out by the parser, or two of them
            would get one method.
    """
    found = {_key(endpoint.method, _path(endpoint)): endpoint for endpoint in endpoints(parsed)}
    joined: list[JoinedOperation] = []
    problems: list[str] = []
    methods: dict[str, str] = {}
    for raw in document.operations():
        endpoint = found.get(_key(raw.method, raw.path))
        method = method_name(raw.id)
        if "operationId" not in raw.node:
            problems.append(f"{raw.id}: has no operationId, so its method has no name")
        elif method in methods:
            problems.append(f"{raw.id}: its method {method}() is already {methods[method]}'s")
        elif endpoint is None:
            problems.append(f"{raw.id}: the parser left it out without saying why")
        else:
            joined.append(JoinedOperation(raw, endpoint))
        methods.setdefault(method, raw.id)
    if problems:
        raise ApiProblem(api, problems)
    return tuple(joined)


def _path(endpoint: Endpoint) -> str:
    return endpoint.path.get_untrusted_value()


def _key(method: str, path: str) -> tuple[str, str]:
    """Make a key without the parameters' names: the parser rewrites them in its paths."""
    return method.upper(), _PATH_PARAMETER.sub("{}", path)
