"""From method and path to the operation of a specification."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Any, Final, TypeAlias
from urllib.parse import unquote_to_bytes

import attrs

from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.known_members import KnownMembers
from skifteportal.sandbox.oas import Document, resolve

__all__ = ["Operation", "Router", "operations"]

_PATHS_KEPT: Final = 1024
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
    def body_members(self) -> KnownMembers:
        """The members of the JSON that it is sent."""
        body = resolve(self.document, self.node["requestBody"])
        schema = body["content"]["application/json"]["schema"]
        return KnownMembers(document=self.document, schema=schema)

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


_Written: TypeAlias = str | tuple[str, ...]
_Methods: TypeAlias = dict[str, Operation]
_Template: TypeAlias = tuple[tuple[str, ...], _Methods]


def _segments(path: str) -> list[str]:
    return path.split("/")[1:]


def _is_parameter(segment: str) -> bool:
    return segment.startswith("{")


@attrs.frozen(kw_only=True)
class _Form:
    """Where in a path of so many segments parameters stand, and the templates that have them there.

    Attributes:
        written: Picks the segments that are written in the template.
        filled: The places of those that are parameters.
        templates: By the written segments: the parameters' names, and the operations by method.
    """

    written: Callable[[list[str]], _Written]
    filled: tuple[int, ...]
    templates: dict[_Written, _Template] = attrs.field(factory=dict[_Written, _Template])

    def values(self, names: tuple[str, ...], sent: list[str]) -> dict[str, str] | None:
        """Return the parameters' values, decoded, or None: one is empty, or no UTF-8."""
        values: dict[str, str] = {}
        for name, place in zip(names, self.filled, strict=True):
            value = _decoded(sent[place])
            if not value:
                return None
            values[name] = value
        return values


def _decoded(segment: str) -> str:
    """Return a segment without percent-encoding; nothing if it is not UTF-8."""
    if "%" not in segment and segment.isascii():
        return segment
    try:
        return unquote_to_bytes(segment).decode()
    except UnicodeDecodeError:
        return ""


class Router:
    """Finds operations by method and path; a written segment goes before a parameter.

    Args:
        found: The operations of all specifications that are served.
    """

    def __init__(self, found: Iterable[Operation]) -> None:
        templates: dict[str, _Methods] = {}
        for operation in found:
            templates.setdefault(operation.path, {})[operation.method] = operation
        forms: dict[tuple[bool, ...], _Form] = {}
        for path, methods in templates.items():
            template = _segments(path)
            marks = tuple(_is_parameter(part) for part in template)
            form = forms.setdefault(
                marks,
                _Form(
                    written=itemgetter(*[place for place, mark in enumerate(marks) if not mark]),
                    filled=tuple(place for place, mark in enumerate(marks) if mark),
                ),
            )
            names = tuple(template[place][1:-1] for place in form.filled)
            form.templates[form.written(template)] = names, methods
        self._forms: dict[int, list[_Form]] = {}  # by the path's length; a written segment first
        for marks in sorted(forms):
            self._forms.setdefault(len(marks), []).append(forms[marks])

        self._known = lru_cache(maxsize=_PATHS_KEPT)(self._find)

    def find(self, method: str, path: str) -> tuple[Operation, Mapping[str, str]]:
        """Return the operation and the values of its path parameters, decoded.

        Args:
            method: HTTP method in upper case.
            path: The path as sent, percent-encoded.

        Raises:
            Fault: 404 for an unknown path, 405 with `Allow` for a method that the path doesn't take.
        """
        return self._known(method, path)

    def _find(self, method: str, path: str) -> tuple[Operation, Mapping[str, str]]:
        sent = _segments(path)
        for form in self._forms.get(len(sent), ()):
            found = form.templates.get(form.written(sent))
            values = None if found is None else form.values(found[0], sent)
            if found is None or values is None:
                continue
            methods = found[1]
            if method not in methods:
                allowed = ", ".join(sorted(methods))
                raise Fault(405, f"This path takes {allowed} only", headers=(("Allow", allowed),))
            return methods[method], values
        raise Fault(404, "There is no such path in the portal's specifications")
