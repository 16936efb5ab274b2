"""What breaks generation in paths and operations."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from portalgen.names import method_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portalgen.lint.finding import Problem
    from portalgen.lint.view import Place, Spec

__all__ = ["RULES"]

_TEMPLATE = re.compile(r"\{([^{}]*)\}")
# What core can send and read: JSON, and files as they are.
_CONTENT_TYPES = ("application/json", "application/pdf", "application/octet-stream")


def operation_id_is_there(spec: Spec) -> Iterator[Problem]:
    """Every operation has an operationId: its method is named after it."""
    for operation in spec.operations:
        if not operation.id:
            yield operation.place, "has no operationId, so its method would have no name"


def operation_ids_differ(spec: Spec) -> Iterator[Problem]:
    """No two operationIds give one method name."""
    first: dict[str, str] = {}
    for operation in spec.operations:
        if operation.id:
            method = method_name(operation.id)
            place = operation.place["operationId"]
            if first.setdefault(method, place.pointer) != place.pointer:
                yield place, f"gives the method {method}, as {first[method]} does"


def paths_are_unambiguous(spec: Spec) -> Iterator[Problem]:
    """No URL fits two paths of which neither is more exact: `/{a}/krav` and `/krav/{b}`."""
    places = list(spec.root["paths"].members())
    for one, other in combinations(places, 2):
        pairs = list(zip(_segments(one), _segments(other), strict=False))
        same_length = one.name.count("/") == other.name.count("/")
        if same_length and all(a == b or "{}" in (a, b) for a, b in pairs):
            exact = {a == "{}" for a, b in pairs if a != b}
            if len(exact) != 1:
                yield other, f"a URL can't be told from one of {one.name}"


def _segments(path: Place) -> list[str]:
    return _TEMPLATE.sub("{}", path.name).split("/")


def path_parameters_fit(spec: Spec) -> Iterator[Problem]:
    """The names in a path's template and its path parameters are the same, and all required."""
    for operation in spec.operations:
        declared: dict[str, Place] = {}
        for parameter in operation.parameters:
            target = spec.resolve(parameter)
            if target["in"].value == "path":
                declared[str(target["name"].value)] = parameter
                if target["required"].value is not True:
                    yield parameter, "a path parameter must be required: true"
        template = set(_TEMPLATE.findall(operation.path))
        for name in sorted(template - declared.keys()):
            yield operation.place, f"the path has {{{name}}}, but no parameter is declared for it"
        for name in sorted(declared.keys() - template):
            yield declared[name], f"the path has no {{{name}}}"


def parameters_differ(spec: Spec) -> Iterator[Problem]:
    """A list of parameters names each once; an operation may replace one of its path's."""
    lists = [path["parameters"] for path in spec.root["paths"].members()]
    lists.extend(operation.place["parameters"] for operation in spec.operations)
    for parameters in lists:
        targets = [spec.resolve(parameter) for parameter in parameters.items()]
        counts = Counter((str(target["name"].value), str(target["in"].value)) for target in targets)
        for (name, where), count in counts.items():
            if count > 1:
                yield parameters, f"the {where} parameter {name} is declared {count} times"


def reading_has_no_body(spec: Spec) -> Iterator[Problem]:
    """GET, HEAD and DELETE carry no body: servers and proxies drop it."""
    for operation in spec.operations:
        if operation.method in ("get", "head", "delete") and operation.place.has("requestBody"):
            yield operation.place["requestBody"], f"a {operation.method.upper()} can't carry a body"


def content_types_are_supported(spec: Spec) -> Iterator[Problem]:
    """Bodies are JSON, PDF or plain bytes, and a request has one form only."""
    for operation in spec.operations:
        body = spec.resolve(operation.place["requestBody"])["content"]
        if len(body.mapping) > 1:
            yield body, "offers more than one content type: which one should a client send?"
        answers = [spec.resolve(response)["content"] for response in operation.responses]
        for content in (body, *answers):
            for media in content.members():
                if media.name.partition(";")[0].strip() not in _CONTENT_TYPES:
                    yield (
                        media,
                        f"{media.name} is not supported; core knows {', '.join(_CONTENT_TYPES)}",
                    )


def success_is_one(spec: Spec) -> Iterator[Problem]:
    """An operation has one answer with a 2xx status: what its method returns."""
    for operation in spec.operations:
        found = [response.name for response in operation.successes]
        if len(found) != 1:
            yield (
                operation.place["responses"],
                f"needs one 2xx answer, has {', '.join(found) or 'none'}",
            )


def read_only_names_exist(spec: Spec) -> Iterator[Problem]:
    """What the registry calls read_only are POSTs of this file: others need no mention."""
    methods = {operation.id: operation.method for operation in spec.operations}
    for name in spec.api.get("read_only", ()):
        if methods.get(name) != "post":
            yield (
                spec.root["paths"],
                f"the registry's read_only names {name}, which is no POST of this file",
            )


RULES = (
    operation_id_is_there,
    operation_ids_differ,
    paths_are_unambiguous,
    path_parameters_fit,
    parameters_differ,
    reading_has_no_body,
    content_types_are_supported,
    success_is_one,
    read_only_names_exist,
)
