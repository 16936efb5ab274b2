"""Judging every request and every answer by the specification, with validators that are built once."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, cast
from urllib.parse import parse_qs

import attrs
import jsonschema_rs

from skifteportal.sandbox.answers import Fault, read_json
from skifteportal.sandbox.messages import Answer, Request
from skifteportal.sandbox.oas import Direction, Document, as_json_schema, resolve
from skifteportal.sandbox.routing import Operation

__all__ = ["AnswerBreaksSpecification", "Judge", "Parameters", "Violation"]

_JSON: Final = "application/json"
_INTEGER: Final = re.compile(r"-?\d{1,400}")
_BOOLEANS: Final = {"true": True, "false": False}
_SUCCESS: Final = 200
_REDIRECT: Final = 300


class AnswerBreaksSpecification(Exception):  # noqa: N818 - says what happened
    """An answer of the sandbox's own breaks the specification: a fault of ours.

    The text names the place in the answer and the rule, never a value.
    """


@attrs.frozen(kw_only=True)
class Violation:
    """Where a value breaks a schema.

    Attributes:
        pointer: JSON pointer into the value; empty for the whole.
        rule: The schema's keyword.
        message: What is wrong, with the value.
    """

    pointer: str
    rule: str
    message: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class Parameters:
    """A request's parameters after judging, by name; query values as the specification types them."""

    path: Mapping[str, str] = attrs.field(repr=False)
    query: Mapping[str, Any] = attrs.field(repr=False)


def _pointer(path: list[str | int]) -> str:
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in path)


def _media_type(value: str | None) -> str:
    return (value or "").partition(";")[0].strip().lower()


class _Schemas:
    """The validators of one specification in one direction."""

    def __init__(self, document: Document, direction: Direction) -> None:
        self._document = document
        self._direction: Direction = direction
        schemas: dict[str, Any] = {
            name: as_json_schema(document, schema, direction)
            for name, schema in document["components"]["schemas"].items()
        }
        root = {"components": {"schemas": schemas}}
        self._registry = jsonschema_rs.Registry([("urn:spec", root)])
        self._built: dict[int, jsonschema_rs.Draft202012Validator] = {}

    def violation(self, schema: Mapping[str, Any], value: Any) -> Violation | None:
        validator = self._built.get(id(schema))
        if validator is None:  # two threads may both build it; the last one stays
            converted = _absolute(as_json_schema(self._document, schema, self._direction))
            validator = jsonschema_rs.Draft202012Validator(
                converted, registry=self._registry, validate_formats=True
            )
            self._built[id(schema)] = validator
        if validator.is_valid(value):
            return None
        error = next(validator.iter_errors(value))
        return Violation(
            pointer=_pointer(error.instance_path), rule=error.kind.name, message=error.message
        )


def _absolute(schema: Any) -> Any:
    """Point references at the registry's document."""
    if isinstance(schema, dict):
        return {
            key: f"urn:spec{value}" if key == "$ref" else _absolute(value)
            for key, value in cast("dict[str, Any]", schema).items()
        }
    if isinstance(schema, list):
        return [_absolute(member) for member in cast("Iterable[Any]", schema)]
    return schema


class Judge:
    """Judges the requests and answers of one specification.

    Args:
        document: The specification.
        status: HTTP status for a request that breaks it.
    """

    def __init__(self, document: Document, *, status: int) -> None:
        self._document = document
        self._status = status
        self._requests = _Schemas(document, "request")
        self._answers = _Schemas(document, "response")

    def parameters(
        self, operation: Operation, path: Mapping[str, str], request: Request
    ) -> Parameters:
        """Return the parameters of a request that keeps to the specification; unknown ones are passed over.

        Raises:
            Fault: One is missing, given twice, or breaks its schema.
        """
        try:
            sent = parse_qs(
                request.query, keep_blank_values=True, errors="strict", max_num_fields=100
            )
        except ValueError:
            raise Fault(
                self._status, "The query is not readable: percent-encode it as UTF-8"
            ) from None
        query: dict[str, Any] = {}
        for parameter in operation.parameters:
            name = parameter["name"]
            values = (
                sent.get(name, [])
                if parameter["in"] == "query"
                else _other(parameter, path, request)
            )
            if not values:
                if parameter.get("required"):
                    raise Fault(
                        self._status,
                        f"{name} is missing ({parameter['in']})",
                        field=name,
                        rule="required",
                    )
                continue
            if len(values) > 1:
                raise Fault(self._status, f"{name} is given more than once", field=name)
            value = _typed(resolve(self._document, parameter["schema"]), values[0])
            violation = self._requests.violation(parameter["schema"], value)
            if violation is not None:
                raise Fault(
                    self._status, f"{name}: {violation.message}", field=name, rule=violation.rule
                )
            if parameter["in"] == "query":
                query[name] = value
        return Parameters(path=path, query=query)

    def read_body(self, operation: Operation, request: Request) -> Any:
        """Return a request's body: JSON read, anything else as bytes; None where the operation takes none.

        Only the media type and the JSON's grammar are judged here, so that the portal's own rules may answer
        before the schema does.

        Raises:
            Fault: A body is missing, of the wrong type (415), or not JSON.
        """
        described = resolve(self._document, operation.node.get("requestBody"))
        if described is None:
            return None
        content = described["content"]
        kind = _media_type(request.header("Content-Type"))
        if not request.body and not kind and not described.get("required"):
            return None
        if kind not in content:
            raise Fault(415, f"Content-Type must be {' or '.join(content)}", field="Content-Type")
        if kind != _JSON:
            return request.body
        try:
            return read_json(request.body)
        except ValueError as error:
            raise Fault(self._status, str(error)) from None

    def check_body(self, operation: Operation, body: Any) -> None:
        """Judge a JSON body by its schema.

        Raises:
            Fault: It breaks the schema; the field is named.
        """
        described = resolve(self._document, operation.node.get("requestBody"))
        if described is None or _JSON not in described["content"]:
            return
        if body is None and not described.get("required"):
            return
        violation = self._requests.violation(described["content"][_JSON]["schema"], body)
        if violation is not None:
            raise Fault(
                self._status,
                f"{violation.pointer or 'The body'}: {violation.message}",
                field=violation.pointer.strip("/").replace("/", ".") or None,
                rule=violation.rule,
            )

    def check_answer(self, operation: Operation, answer: Answer) -> None:
        """Judge an answer of the sandbox by the specification.

        Raises:
            AnswerBreaksSpecification: It breaks it; the text says where, and by which rule.
        """
        described = self._described(operation, answer.status)
        content = described.get("content", {})
        kind = _media_type(answer.header("Content-Type"))
        if not content:
            if answer.body:
                raise AnswerBreaksSpecification(f"status {answer.status} has no body")
            return
        if kind not in content:
            raise AnswerBreaksSpecification(
                f"Content-Type {kind!r} is not among {', '.join(content)}"
            )
        for name, header in described.get("headers", {}).items():
            self._check_header(name, resolve(self._document, header), answer)
        if kind == _JSON:
            violation = self._answers.violation(content[kind]["schema"], read_json(answer.body))
            if violation is not None:
                raise AnswerBreaksSpecification(
                    f"{violation.pointer or 'the body'}: rule {violation.rule!r}"
                )

    def _described(self, operation: Operation, status: int) -> Mapping[str, Any]:
        responses = operation.node["responses"]
        found = responses.get(str(status))
        if found is None and _SUCCESS <= status < _REDIRECT:
            # which success a POST or DELETE answers with is a setting of the sandbox's
            found = next((node for key, node in responses.items() if key.startswith("2")), None)
        elif found is None:
            found = responses.get("default")
        if found is None:
            raise AnswerBreaksSpecification(f"status {status} is not described")
        described: Mapping[str, Any] = resolve(self._document, found)
        return described

    def _check_header(self, name: str, header: Mapping[str, Any], answer: Answer) -> None:
        value = answer.header(name)
        if value is None:
            raise AnswerBreaksSpecification(f"header {name} is missing")
        typed = _typed(resolve(self._document, header["schema"]), value)
        if self._answers.violation(header["schema"], typed) is not None:
            raise AnswerBreaksSpecification(f"header {name} breaks its schema")


def _other(parameter: Mapping[str, Any], path: Mapping[str, str], request: Request) -> list[str]:
    name = parameter["name"]
    if parameter["in"] == "path":
        return [path[name]]
    return [value for key, value in request.headers if key.lower() == name.lower()]


def _typed(schema: Mapping[str, Any], text: str) -> Any:
    """Read a parameter's text as the type its schema asks for; what doesn't fit stays text, which the schema refuses."""
    kind = schema.get("type")
    if kind == "integer" and _INTEGER.fullmatch(text):
        return int(text)
    if kind == "boolean":
        return _BOOLEANS.get(text, text)
    return text
