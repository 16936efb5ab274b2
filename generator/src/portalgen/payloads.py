"""What an operation sends and what it answers: JSON of a type, a file, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

import attrs
from openapi_python_client.parser.properties.list_property import ListProperty

from portalgen.escape import SpecText
from portalgen.names import snake
from portalgen.shapes import ShapeError, TypeView

if TYPE_CHECKING:
    from openapi_python_client.parser.properties import Property
    from openapi_python_client.parser.responses import Response

    from portalgen.document import Node
    from portalgen.join import JoinedOperation
    from portalgen.shapes import Shapes

__all__ = ["AnswerView", "BodyView", "read_answer", "read_body"]

# How the parser says where it would take an answer from.
_FROM_JSON, _FROM_BYTES, _FROM_NOTHING = "response.json()", "response.content", "None"


@attrs.frozen(kw_only=True)
class BodyView:
    """What an operation sends.

    Attributes:
        type: The type of a JSON body; None for a file.
        upload: The content type of a file; None for JSON.
        schema: Its schema in the document.
        name: A name for the parameter, after the schema.
        text: What the spec says of it.
    """

    type: TypeView | None
    upload: str | None
    schema: Node
    name: str
    text: SpecText


@attrs.frozen(kw_only=True)
class AnswerView:
    """What an operation answers.

    Attributes:
        kind: `json`, `bytes` or `nothing`.
        type: The type of a JSON answer.
        item: The type of one item if it is an array.
        text: What the spec says of it.
    """

    kind: Literal["json", "bytes", "nothing"]
    type: TypeView | None = None
    item: TypeView | None = None
    text: SpecText


def read_body(shapes: Shapes, operation: JoinedOperation) -> BodyView | None:
    """Read what an operation sends.

    Raises:
        ShapeError: It takes several content types, or one that core can't send.
    """
    bodies = operation.endpoint.bodies
    if not bodies:
        return None
    if len(bodies) > 1:
        raise ShapeError("it takes bodies of several content types; one is supported")
    body = bodies[0]
    content_type = body.content_type.get_untrusted_value()
    kind = body.body_type.value
    if kind not in {"json", "content"}:
        raise ShapeError(f"a request body of {content_type} is not supported")
    request = shapes.document.resolve(operation.raw.node["requestBody"])
    schema: Node = request["content"][content_type]["schema"]
    described = request if "description" in request else shapes.document.resolve(schema)
    return BodyView(
        type=shapes.type_of(body.prop, schema) if kind == "json" else None,
        upload=content_type if kind == "content" else None,
        schema=schema,
        name=_body_name(shapes, schema),
        text=SpecText(str(described.get("description", "The request's body."))),
    )


def _body_name(shapes: Shapes, schema: Node) -> str:
    """Name a body after its schema: `kravInput` → `krav`, `doedsbojournalQuery` → `query`.

    One that has no schema of its own (a list, a map, an object written in place) is `body`.
    """
    word = snake(shapes.schema_name(schema) or "body").removesuffix("_input")
    return "query" if word.endswith("_query") else word


def read_answer(shapes: Shapes, operation: JoinedOperation) -> AnswerView:
    """Read what an operation answers when it succeeds (2xx).

    Raises:
        ShapeError: No success is stated, two differ, or core can't read its content type.
    """
    found = [
        _answer(shapes, operation, response)
        for response in operation.endpoint.responses.patterns
        if response.status_code.pattern.startswith("2")
    ]
    if not found:
        raise ShapeError("the spec states no successful (2xx) answer")
    first = found[0]
    if any((other.kind, other.type) != (first.kind, first.type) for other in found):
        raise ShapeError("its successful (2xx) answers differ; one type is supported")
    return first


def _answer(shapes: Shapes, operation: JoinedOperation, response: Response) -> AnswerView:
    status = response.status_code.pattern
    nodes = {str(key): node for key, node in operation.raw.node["responses"].items()}
    raw = shapes.document.resolve(nodes[status])
    text = SpecText(str(raw.get("description", "")))
    source = response.source["attribute"]
    if source == _FROM_NOTHING:
        return AnswerView(kind="nothing", text=text)
    if source == _FROM_BYTES:
        return AnswerView(kind="bytes", text=text)
    if source != _FROM_JSON:
        content_types = ", ".join(raw["content"])
        raise ShapeError(f"an answer of {content_types} is not supported")
    # The parser takes the first content type that it knows: JSON, as it said above.
    schema: Node = next(
        media["schema"] for name, media in raw["content"].items() if "json" in name.lower()
    )
    view = shapes.type_of(response.prop, schema)
    item = None
    if isinstance(response.prop, ListProperty):
        items: Node = shapes.document.resolve(schema)["items"]
        item = shapes.type_of(cast("Property", response.prop.inner_property), items)
    return AnswerView(kind="json", type=view, item=item, text=text)
