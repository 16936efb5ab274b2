"""Judging every request and every answer by the specification."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final
from urllib.parse import parse_qs

import attrs

from skifteportal.sandbox.answers import Fault, read_answer, read_json
from skifteportal.sandbox.judged import (
    JSON,
    JudgedAnswer,
    JudgedText,
    judged_answer,
    judged_body,
    judged_parameters,
)
from skifteportal.sandbox.messages import Answer, Request
from skifteportal.sandbox.oas import Document
from skifteportal.sandbox.routing import Operation
from skifteportal.sandbox.validators import Validators

__all__ = ["AnswerBreaksSpecification", "Judge", "Judges", "Parameters"]

_MOST_PARAMETERS: Final = 100


class AnswerBreaksSpecification(Exception):  # noqa: N818 - says what happened
    """An answer of the sandbox's own breaks the specification: a fault of ours.

    The text names the place in the answer and the rule, never a value.
    """


@attrs.frozen(kw_only=True)
class Parameters:
    """A request's parameters after judging, by name; query values as the specification types them."""

    path: Mapping[str, str] = attrs.field(repr=False)
    query: Mapping[str, Any] = attrs.field(repr=False)


@lru_cache(maxsize=64)
def _media_type(value: str | None) -> str:
    return (value or "").partition(";")[0].strip().lower()


class Judges:
    """Those who judge the operations of one specification.

    Args:
        document: The specification.
        status: HTTP status for a request that breaks it.
    """

    def __init__(self, document: Document, *, status: int) -> None:
        self._status = status
        self._requests = Validators(document, "request")
        self._answers = Validators(document, "response")
        self._known: dict[str, Judge] = {}

    def of(self, operation: Operation) -> "Judge":
        """Return who judges an operation.

        Args:
            operation: The operation.
        """
        judge = self._known.get(operation.id)
        if judge is None:  # two threads may both make it; the last one stays
            judge = Judge(operation, self._requests, self._answers, status=self._status)
            self._known[operation.id] = judge
        return judge


class Judge:
    """Judges the requests and answers of one operation.

    Args:
        operation: The operation.
        requests: Validators for what is sent.
        answers: Validators for what is answered.
        status: HTTP status for a request that breaks the specification.
    """

    def __init__(
        self, operation: Operation, requests: Validators, answers: Validators, *, status: int
    ) -> None:
        self._operation = operation
        self._status = status
        self._parameters = judged_parameters(operation, requests)
        self._body = judged_body(operation, requests)
        self._validators = answers
        self._answers: dict[int, JudgedAnswer | None] = {}

    def parameters(self, path: Mapping[str, str], request: Request) -> Parameters:
        """Return the parameters of a request that keeps to the specification; unknown ones are passed over.

        Args:
            path: The values of the path's parameters, decoded.
            request: The request.

        Raises:
            Fault: One is missing, given twice, or breaks its schema.
        """
        sent = self._query(request)
        query: dict[str, Any] = {}
        for parameter in self._parameters:
            if parameter.place == "path":
                self._read(parameter, (path[parameter.name],))
            elif parameter.place == "header":
                self._read(parameter, request.headers_named(parameter.name))
            elif (value := self._read(parameter, sent.get(parameter.name, ()))) is not None:
                query[parameter.name] = value
        return Parameters(path=path, query=query)

    def _query(self, request: Request) -> Mapping[str, list[str]]:
        text = request.query
        if not text:
            return {}
        try:
            return parse_qs(
                text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS
            )
        except ValueError:
            raise Fault(
                self._status, "The query is not readable: percent-encode it as UTF-8"
            ) from None

    def _read(self, parameter: JudgedText, values: Sequence[str]) -> Any:
        """Return a parameter's value, or None where it was not sent and need not be."""
        name = parameter.name
        if not values:
            if parameter.required:
                text = f"{name} is missing ({parameter.place})"
                raise Fault(self._status, text, field=name, rule="required")
            return None
        if len(values) > 1:
            raise Fault(self._status, f"{name} is given more than once", field=name)
        value = parameter.read(values[0])
        violation = parameter.check(value)
        if violation is not None:
            text = f"{name}: {violation.message}"
            raise Fault(self._status, text, field=name, rule=violation.rule)
        return value

    def read_body(self, request: Request) -> Any:
        """Return a request's body: JSON read, anything else as bytes; None where the operation takes none.

        Only the media type and the JSON's grammar are judged here, so that the portal's own rules may answer
        before the schema does.

        Raises:
            Fault: A body is missing, of the wrong type (415), or not JSON.
        """
        described = self._body
        if described is None:
            return None
        kind = _media_type(request.header("Content-Type"))
        if not request.body and not kind and not described.required:
            return None
        if kind not in described.kinds:
            wanted = " or ".join(described.kinds)
            raise Fault(415, f"Content-Type must be {wanted}", field="Content-Type")
        if kind != JSON:
            return request.body
        try:
            return read_json(request.body)
        except ValueError as error:
            raise Fault(self._status, str(error)) from None

    def check_body(self, body: Any) -> None:
        """Judge a JSON body by its schema.

        Raises:
            Fault: It breaks the schema; the field is named.
        """
        described = self._body
        if described is None or described.check is None:
            return
        if body is None and not described.required:
            return
        violation = described.check(body)
        if violation is not None:
            raise Fault(
                self._status,
                f"{violation.pointer or 'The body'}: {violation.message}",
                field=violation.pointer.strip("/").replace("/", ".") or None,
                rule=violation.rule,
            )

    def check_answer(self, answer: Answer) -> None:
        """Judge an answer of the sandbox by the specification.

        Raises:
            AnswerBreaksSpecification: It breaks it; the text says where, and by which rule.
        """
        described = self._described(answer.status)
        if described is None:
            raise AnswerBreaksSpecification(f"status {answer.status} is not described")
        if not described.kinds:
            if answer.body:
                raise AnswerBreaksSpecification(f"status {answer.status} has no body")
            return
        kind = _media_type(answer.header("Content-Type"))
        if kind not in described.kinds:
            known = ", ".join(described.kinds)
            raise AnswerBreaksSpecification(f"Content-Type {kind!r} is not among {known}")
        for header in described.headers:
            _check_header(header, answer)
        if kind == JSON and described.check is not None:
            violation = described.check(read_answer(answer.body))
            if violation is not None:
                place = violation.pointer or "the body"
                raise AnswerBreaksSpecification(f"{place}: rule {violation.rule!r}")

    def _described(self, status: int) -> JudgedAnswer | None:
        try:
            return self._answers[status]
        except KeyError:
            found = judged_answer(self._operation, status, self._validators)
            return self._answers.setdefault(status, found)


def _check_header(header: JudgedText, answer: Answer) -> None:
    value = answer.header(header.name)
    if value is None:
        raise AnswerBreaksSpecification(f"header {header.name} is missing")
    if header.check(header.read(value)) is not None:
        raise AnswerBreaksSpecification(f"header {header.name} breaks its schema")
