"""From method and path to the operation of a specification."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Final, TypeAlias
from urllib.parse import unquote_to_bytes

import attrs

from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.oas import Document, resolve

__all__ = ["Operation", "Router", "operations"]

_METHODS: Final = frozenset({"get", "put", "post", "delete", "patch", "head", "options", "trace"})


@attrs.frozen(kw_only=True, eq=False)
class Operation:
    """One operation of a specification.

    Attributes:
        api: The specification's name: ``doedsbojournal``.
        id: Its operationId.
        method: HTTP method in upper case.
        path: Path template.
        parameters: The parameters of path, query and header, references followed.
        node: The operation as the specification has it.
        document: The whole specification.
    """

    api: str
    id: str
    method: str
    path: str
    parameters: tuple[Mapping[str, Any], ...] = attrs.field(repr=False)
    node: Mapping[str, Any] = attrs.field(repr=False)
    document: Document = attrs.field(repr=False)

    @cached_property
    def answer_members(self) -> tuple[str, ...]:
        """The members of what it answers with, or lists, in the specification's order."""
        answer = next(node for status, node in self.node["responses"].items() if status[0] == "2")
        schema = resolve(self.document, answer["content"]["application/json"]["schema"])
        return tuple(resolve(self.document, schema.get("items", schema))["properties"])


def operations(api: str, document: Document) -> Iterator[Operation]:
    """Yield every operation of a specification.

    Args:
        api: The specification's name.
        document: The specification.
    """
    for path, item in document["paths"].items():
        shared = [resolve(document, parameter) for parameter in item.get("parameters", [])]
        for method, node in item.items():
            if method in _METHODS:
                own = [resolve(document, parameter) for parameter in node.get("parameters", [])]
                merged = {
                    (parameter["in"], parameter["name"]): parameter for parameter in (*shared, *own)
                }
                yield Operation(
                    api=api,
                    id=node["operationId"],
                    method=method.upper(),
                    path=path,
                    parameters=tuple(merged.values()),
                    node=node,
                    document=document,
                )


_Form: TypeAlias = tuple[int, str]


def _segments(path: str) -> list[str]:
    return path.split("/")[1:]


def _form(segments: list[str]) -> _Form:
    """Return what paths are told apart by at once: their length, and their first segment, which is never a parameter."""
    return len(segments), "".join(segments[:1])


def _is_parameter(segment: str) -> bool:
    return segment.startswith("{")


class Router:
    """Finds operations by method and path; a written segment goes before a parameter.

    Args:
        found: The operations of all specifications that are served.
    """

    def __init__(self, found: Iterable[Operation]) -> None:
        templates: dict[str, dict[str, Operation]] = {}
        for operation in found:
            templates.setdefault(operation.path, {})[operation.method] = operation
        by_shape = sorted(
            templates.items(),
            key=lambda entry: [_is_parameter(part) for part in _segments(entry[0])],
        )
        self._templates: dict[_Form, list[tuple[list[str], dict[str, Operation]]]] = {}
        for path, methods in by_shape:
            template = _segments(path)
            self._templates.setdefault(_form(template), []).append((template, methods))

    def find(self, method: str, path: str) -> tuple[Operation, dict[str, str]]:
        """Return the operation and the values of its path parameters, decoded.

        Args:
            method: HTTP method in upper case.
            path: The path as sent, percent-encoded.

        Raises:
            Fault: 404 for an unknown path, 405 with `Allow` for a method that the path doesn't take.
        """
        sent = _segments(path)
        for template, methods in self._templates.get(_form(sent), ()):
            values = _match(template, sent)
            if values is None:
                continue
            if method not in methods:
                allowed = ", ".join(sorted(methods))
                raise Fault(405, f"This path takes {allowed} only", headers=(("Allow", allowed),))
            return methods[method], values
        raise Fault(404, "There is no such path in the portal's specifications")


def _match(template: list[str], sent: list[str]) -> dict[str, str] | None:
    values: dict[str, str] = {}
    for wanted, segment in zip(template, sent, strict=True):
        if _is_parameter(wanted):
            try:
                value = unquote_to_bytes(segment).decode()
            except UnicodeDecodeError:
                return None
            if not value:
                return None
            values[wanted[1:-1]] = value
        elif wanted != segment:
            return None
    return values
