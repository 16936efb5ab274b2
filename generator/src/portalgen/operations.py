"""Operations as templates see them: one method each, on both clients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import attrs

from portalgen.documents import find_documents
from portalgen.escape import Code, SpecText
from portalgen.join import path_parameters
from portalgen.names import constant, method_name, parameter_names
from portalgen.payloads import AnswerView, BodyView, read_answer, read_body
from portalgen.problems import ApiProblem
from portalgen.shapes import ShapeError, TypeView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portalgen.document import Node
    from portalgen.imports import Import
    from portalgen.join import JoinedOperation
    from portalgen.registry import ApiEntry
    from portalgen.shapes import Shapes

__all__ = ["OperationView", "ParameterView", "build_operations"]

Kind = Literal["call", "pages", "upload", "download"]
_REPEATABLE = {"GET", "PUT", "DELETE", "HEAD", "OPTIONS"}
# Headers that core sets itself: the file's name, and its own request id.
_CORE_HEADERS = {"content-disposition", "x-request-id"}


@attrs.frozen(kw_only=True)
class ParameterView:
    """A parameter of a method.

    Attributes:
        name: Its Python name.
        json_name: Its name in the spec.
        annotation: Its annotation, with `None` if it may be left out.
        required: Must be given.
        text: What the spec says of it.
    """

    name: str
    json_name: SpecText
    annotation: Code
    required: bool
    text: SpecText


@attrs.frozen(kw_only=True)
class OperationView:
    """An operation.

    Attributes:
        node: The operation object of the document.
        id: Its operationId.
        method_name: The name of its method.
        constant: The name of its data in `_operations.py`.
        method: The HTTP method.
        path: The path template.
        repeatable: May be sent again although it may have arrived.
        kind: How core is called.
        path_parameters: In the path's order.
        query_parameters: Required ones first, else in the spec's order.
        body: The JSON body as a parameter.
        body_type: Its type.
        answer: What a success answers.
        answer_type: The type that core reads: of the JSON answer, or of one item if it is paged.
        upload: The content type of a file that it takes.
        documents: Where the body refers to documents, by JSON names.
        deprecated: What to warn of.
        imports: What the method's annotations need.
    """

    node: Node
    id: SpecText
    method_name: str
    constant: str
    method: str
    path: SpecText
    repeatable: bool
    kind: Kind
    path_parameters: tuple[ParameterView, ...]
    query_parameters: tuple[ParameterView, ...]
    body: ParameterView | None
    body_type: TypeView | None
    answer: AnswerView
    answer_type: TypeView | None
    upload: SpecText | None
    documents: tuple[str, ...]
    deprecated: SpecText | None
    imports: frozenset[Import]

    @property
    def summary(self) -> SpecText:
        """What the spec says it does, in one line."""
        return SpecText(str(self.node.get("summary") or ""))

    @property
    def result(self) -> Code:
        """The type that core gives: of the answer, of one item if it is paged."""
        if self.kind == "download":
            return Code("bytes")
        return self.answer_type.annotation if self.answer_type else Code("None")


def build_operations(
    entry: ApiEntry, shapes: Shapes, joined: Sequence[JoinedOperation]
) -> tuple[OperationView, ...]:
    """Build every operation of an API.

    Args:
        entry: The API.
        shapes: Its shapes; they remember the classes that the operations need.
        joined: Its operations.

    Raises:
        ApiProblem: An operation can't be generated, or the registry names one that isn't there.
    """
    views: list[OperationView] = []
    problems: list[str] = []
    for operation in joined:
        try:
            views.append(_operation(entry, shapes, operation))
        except (ShapeError, LookupError) as error:
            problems.append(f"{operation.raw.id}: {error}")
    ids = {operation.raw.id for operation in joined}
    problems += [
        f"specs/portal.toml names {name} as read_only, but {entry.spec} has no such operation"
        for name in entry.read_only
        if name not in ids
    ]
    if problems:
        raise ApiProblem(entry.api, problems)
    return tuple(views)


def _operation(entry: ApiEntry, shapes: Shapes, operation: JoinedOperation) -> OperationView:
    raw = operation.raw
    _refuse_other_parameters(operation)
    body = read_body(shapes, operation)
    answer = read_answer(shapes, operation)
    kind = _kind(operation, body, answer)
    path = _path_parameters(operation)
    body_parameter = _body_parameter(body, taken=[one.name for one in path])
    named = [*path, *([body_parameter] if body_parameter else [])]
    query, imports = _query_parameters(shapes, operation, taken=[one.name for one in named])
    answer_type = answer.item if kind == "pages" else answer.type
    body_type = body.type if body else None
    return OperationView(
        node=raw.node,
        id=SpecText(raw.id),
        method_name=method_name(raw.id),
        constant=constant(raw.id),
        method=raw.method,
        path=SpecText(raw.path),
        repeatable=raw.method in _REPEATABLE or raw.id in entry.read_only,
        kind=kind,
        path_parameters=path,
        query_parameters=query,
        body=body_parameter,
        body_type=body_type,
        answer=answer,
        answer_type=answer_type,
        upload=SpecText(body.upload) if body and body.upload else None,
        documents=find_documents(shapes.document, body.schema)
        if body and body.type and kind == "call"
        else (),
        deprecated=_deprecated(entry, operation),
        imports=imports.union(*(view.imports for view in (body_type, answer_type) if view)),
    )


def _refuse_other_parameters(operation: JoinedOperation) -> None:
    for parameter in operation.raw.parameters:
        place, name = parameter["in"], parameter["name"]
        if place not in {"path", "query"} and name.lower() not in _CORE_HEADERS:
            raise ShapeError(f"the {place} parameter {name} is not supported")


def _kind(operation: JoinedOperation, body: BodyView | None, answer: AnswerView) -> Kind:
    """Choose how core is called: a list with a page number among its parameters is paged."""
    paged = any(one["name"] == "page" for one in operation.raw.parameters)
    if answer.kind == "bytes":
        if body:
            raise ShapeError("it sends a body and answers with a file; core does one of them")
        return "download"
    if body and body.upload:
        return "upload"
    return "pages" if paged and answer.item else "call"


def _path_parameters(operation: JoinedOperation) -> tuple[ParameterView, ...]:
    json_names = path_parameters(operation.raw.path)
    return tuple(
        ParameterView(
            name=name,
            json_name=SpecText(json_name),
            annotation=Code("Identifier"),
            required=True,
            text=_text(_raw_parameter(operation, json_name)),
        )
        for name, json_name in zip(parameter_names(json_names), json_names, strict=True)
    )


def _body_parameter(body: BodyView | None, *, taken: list[str]) -> ParameterView | None:
    if body is None or body.type is None:
        return None
    return ParameterView(
        name=parameter_names([body.name], taken=taken)[0],
        json_name=SpecText("body"),
        annotation=body.type.annotation,
        required=True,
        text=body.text,
    )


def _query_parameters(
    shapes: Shapes, operation: JoinedOperation, *, taken: list[str]
) -> tuple[tuple[ParameterView, ...], frozenset[Import]]:
    endpoint = operation.endpoint
    parsed = {prop.name.get_untrusted_value(): prop for prop in endpoint.query_parameters}
    views: list[ParameterView] = []
    imports: frozenset[Import] = frozenset()
    for name, (json_name, prop) in zip(
        parameter_names(parsed, taken=taken), parsed.items(), strict=True
    ):
        raw = _raw_parameter(operation, json_name)
        view = shapes.type_of(prop, raw["schema"])
        required = bool(raw.get("required"))
        imports |= view.imports
        views.append(
            ParameterView(
                name=name,
                json_name=SpecText(json_name),
                annotation=_optional(view.annotation, required=required),
                required=required,
                text=_text(raw),
            )
        )
    return tuple(sorted(views, key=lambda view: not view.required)), imports


def _raw_parameter(operation: JoinedOperation, name: str) -> Node:
    return next(one for one in operation.raw.parameters if one["name"] == name)


def _optional(annotation: Code, *, required: bool) -> Code:
    return annotation if required else Code(f"{annotation} | None")


def _text(raw: Node) -> SpecText:
    return SpecText(str(raw.get("description") or "Not described."))


def _deprecated(entry: ApiEntry, operation: JoinedOperation) -> SpecText | None:
    if not operation.raw.node.get("deprecated"):
        return None
    return SpecText(
        f"{operation.raw.id} is deprecated: the portal's {entry.title} {entry.version} marks it as "
        "going away"
    )
