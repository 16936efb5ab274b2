"""What an operation's requests and answers are judged by: read off the specification once, not at every call."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

import attrs

from skifteportal.sandbox.oas import Document, resolve
from skifteportal.sandbox.routing import Operation
from skifteportal.sandbox.validators import Check, Validators

__all__ = [
    "JSON",
    "JudgedAnswer",
    "JudgedBody",
    "JudgedText",
    "judged_answer",
    "judged_body",
    "judged_parameters",
]

JSON: Final = "application/json"
_INTEGER: Final = re.compile(r"-?\d{1,400}")
_BOOLEANS: Final = {"true": True, "false": False}
_SUCCESS: Final = 200
_REDIRECT: Final = 300

Reader: TypeAlias = Callable[[str], Any]


def _integer(text: str) -> int | str:
    return int(text) if _INTEGER.fullmatch(text) else text


def _boolean(text: str) -> bool | str:
    return _BOOLEANS.get(text, text)


_READERS: Final[Mapping[str, Reader]] = {"integer": _integer, "boolean": _boolean}


@attrs.frozen(kw_only=True)
class JudgedText:
    """A parameter or a header of an answer.

    Attributes:
        name: Its name.
        place: Where it stands: ``query``, ``path`` or ``header``.
        required: Whether it must be there.
        read: Reads it as the type its schema asks for; what doesn't fit stays text, which the schema refuses.
        check: Judges what was read.
    """

    name: str
    place: str
    required: bool
    read: Reader
    check: Check


@attrs.frozen(kw_only=True)
class JudgedBody:
    """The body of a request.

    Attributes:
        required: Whether there must be one.
        kinds: The media types that it may have.
        check: Judges JSON; None where none is taken.
    """

    required: bool
    kinds: tuple[str, ...]
    check: Check | None


@attrs.frozen(kw_only=True)
class JudgedAnswer:
    """The answers with one status.

    Attributes:
        kinds: The media types that they may have; none for an answer without a body.
        headers: The headers that they have.
        check: Judges JSON; None where there is none.
    """

    kinds: tuple[str, ...]
    headers: tuple[JudgedText, ...]
    check: Check | None


def judged_parameters(operation: Operation, requests: Validators) -> tuple[JudgedText, ...]:
    """Return what an operation's parameters are judged by.

    Args:
        operation: The operation.
        requests: Validators for what is sent.
    """
    return tuple(
        _text(operation.document, requests, node["name"], node) for node in operation.parameters
    )


def judged_body(operation: Operation, requests: Validators) -> JudgedBody | None:
    """Return what an operation's body is judged by; None if it takes none.

    Args:
        operation: The operation.
        requests: Validators for what is sent.
    """
    node = resolve(operation.document, operation.node.get("requestBody"))
    if node is None:
        return None
    content = node["content"]
    return JudgedBody(
        required=bool(node.get("required")),
        kinds=tuple(content),
        check=requests.check(content[JSON]["schema"]) if JSON in content else None,
    )


def judged_answer(operation: Operation, status: int, answers: Validators) -> JudgedAnswer | None:
    """Return what answers with a status are judged by; None if the specification has no such answer.

    Args:
        operation: The operation.
        status: The HTTP status. Which success a POST or DELETE answers with is a setting of the sandbox's, so any
            stands for the one described.
        answers: Validators for what is answered.
    """
    responses = operation.node["responses"]
    found = responses.get(str(status))
    if found is None and _SUCCESS <= status < _REDIRECT:
        found = next((node for key, node in responses.items() if key.startswith("2")), None)
    elif found is None:
        found = responses.get("default")
    if found is None:
        return None
    described = resolve(operation.document, found)
    content = described.get("content", {})
    headers = {
        name: resolve(operation.document, header)
        for name, header in described.get("headers", {}).items()
    }
    return JudgedAnswer(
        kinds=tuple(content),
        headers=tuple(
            _text(operation.document, answers, name, {"in": "header", **node})
            for name, node in headers.items()
        ),
        check=answers.check(content[JSON]["schema"]) if JSON in content else None,
    )


def _text(
    document: Document, validators: Validators, name: str, node: Mapping[str, Any]
) -> JudgedText:
    schema = node["schema"]
    kind = resolve(document, schema).get("type", "string")
    return JudgedText(
        name=name,
        place=node["in"],
        required=bool(node.get("required")),
        read=_READERS.get(kind, str),
        check=validators.check(schema),
    )
