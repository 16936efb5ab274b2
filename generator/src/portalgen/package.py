"""Renders the package of one API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from portalgen.aliases import check_aliases, old_classes, old_methods
from portalgen.docstrings import docstring
from portalgen.escape import Code, SpecText
from portalgen.extras import find_extras
from portalgen.imports import sorted_names
from portalgen.inputs import find_inputs
from portalgen.join import join
from portalgen.methods import build_methods
from portalgen.models import EnumView, ModelView, build_models
from portalgen.names import enum_members
from portalgen.operations import OperationView, build_operations
from portalgen.parse import parse, parser_config
from portalgen.problems import ApiProblem
from portalgen.rendering import render
from portalgen.shapes import ShapeError, Shapes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from portalgen.ahead import Ahead
    from portalgen.catalogue import CodeView
    from portalgen.document import Document
    from portalgen.extras import Extra
    from portalgen.imports import Import
    from portalgen.inputs import InputView
    from portalgen.methods import Method
    from portalgen.registry import ApiEntry, Registry

__all__ = ["ApiView", "build_api", "render_api"]

_CORE = "skifteportal.core"
_CREDENTIALS = {"direct": "DirectAuth", "delegated": "DelegatedAuth", "either": "PortalAuth"}


@attrs.frozen(kw_only=True)
class ApiView:
    """An API as templates see it.

    Attributes:
        entry: Its entry in the registry.
        document: Its document.
        operations: Its operations, in the document's order.
        models: Its models and enums, by class name.
        inputs: What answers can be turned into, by the answer's class name.
        codes: Its business error codes.
        ahead: What of it is in test only.
    """

    entry: ApiEntry
    document: Document
    operations: tuple[OperationView, ...]
    models: tuple[ModelView | EnumView, ...]
    inputs: Mapping[str, InputView]
    codes: tuple[CodeView, ...]
    ahead: tuple[Ahead, ...] = ()


def build_api(
    entry: ApiEntry,
    document: Document,
    codes: Sequence[CodeView],
    *,
    ahead: tuple[Ahead, ...] = (),
) -> ApiView:
    """Read an API: parse its document, join it, give it types.

    Args:
        entry: Its entry in the registry.
        document: Its document.
        codes: Its business error codes.
        ahead: What of it is in test only.

    Raises:
        ApiProblem: Something in it can't be generated, named by operation or schema.
    """
    parsed = parse(entry.api, document, client=entry.client)
    shapes = Shapes(document, parsed, parser_config(client=entry.client), f"{entry.module}.models")
    operations = build_operations(entry, shapes, join(entry.api, document, parsed))
    try:
        models = build_models(shapes, ahead)
    except (ShapeError, LookupError) as error:
        raise ApiProblem(entry.api, [str(error)]) from error
    return ApiView(
        entry=entry,
        document=document,
        operations=operations,
        models=models,
        inputs=find_inputs(models, operations, shapes.models_module),
        codes=tuple(codes),
        ahead=ahead,
    )


def render_api(
    registry: Registry, api: ApiView, *, licence: str, example: str | None
) -> dict[str, str]:
    """Render a package, not yet formatted.

    Args:
        registry: The registry.
        api: The API.
        licence: The licence's text.
        example: The package's example, `specs/<api>/example.py`, for its README.

    Returns:
        The files' contents by relative path.
    """
    entry = api.entry
    source = f"src/{entry.module.replace('.', '/')}"
    members = _code_members(api.codes)
    public = {entry.client, f"Async{entry.client}", *(["ErrorCode"] if members else [])}
    context = {
        "api": api,
        "entry": entry,
        "registry": registry,
        "title": SpecText(entry.title),
        "core_requirement": f"skifteportal-core{registry.core_requirement}",
        "example": example,
        "init_docstring": _init_docstring(api),
        "code_members": members,
        "public": sorted(public),
        "old_classes": old_classes(entry, (one.class_name for one in api.models)),
    }
    files = {
        f"{source}/__init__.py": render("api/init.py", **context),
        f"{source}/_operations.py": render(
            "api/operations.py",
            shape_names=_shape_names(api),
            imports=_answer_imports(api),
            **context,
        ),
        f"{source}/_errors.py": render("api/errors.py", **context),
        f"{source}/models/__init__.py": render("api/models_init.py", **context),
        f"{source}/py.typed": "",
        "pyproject.toml": render("api/pyproject.toml", **context),
        "README.md": render("api/README.md", **context),
        "LICENSE": licence,
    }
    if members:
        files[f"{source}/error_codes.py"] = render("api/error_codes.py", **context)
    for asynchronous, name in ((False, "_client.py"), (True, "_async_client.py")):
        methods = build_methods(
            api.operations,
            codes=api.codes,
            ahead=api.ahead,
            token=entry.token,
            asynchronous=asynchronous,
        )
        extras = find_extras(
            api.operations, api.models, f"{entry.module}.models", asynchronous=asynchronous
        )
        found: tuple[Method | Extra, ...] = (*methods, *extras)
        check_aliases(
            entry,
            methods=(one.name for one in found),
            classes=(one.class_name for one in api.models),
        )
        bases = _bases(entry, asynchronous=asynchronous).union(*(one.bases for one in extras))
        files[f"{source}/{name}"] = render(
            "api/client.py",
            asynchronous=asynchronous,
            class_docstring=_class_docstring(api, asynchronous=asynchronous),
            credential=_CREDENTIALS.get(entry.token),
            bases=bases,
            imports=_client_imports(api, extras, asynchronous=asynchronous) - bases,
            methods=(*found, *old_methods(entry, found)),
            **context,
        )
    for model in api.models:
        files[f"{source}/models/{model.module}.py"] = _render_model(api, model, context)
    return files


def _render_model(api: ApiView, model: ModelView | EnumView, context: dict[str, Any]) -> str:
    if isinstance(model, EnumView):
        return render("api/enum.py", model=model, **context)
    turned = api.inputs.get(model.class_name)
    imports = {*model.imports, *(turned.imports if turned else ())}
    own = (f"{api.entry.module}.models.{model.module}", model.class_name)
    return render("api/model.py", model=model, input=turned, imports=imports - {own}, **context)


def _answer_imports(api: ApiView) -> set[Import]:
    """What the annotations of the operations' data need."""
    views = (operation.answer_type for operation in api.operations)
    return {one for view in views if view for one in view.imports}


def _client_imports(api: ApiView, extras: Sequence[Extra], *, asynchronous: bool) -> set[Import]:
    """What a client's annotations need."""
    prefix = "Async" if asynchronous else ""
    kinds = {operation.kind for operation in api.operations}
    found = {one for operation in api.operations for one in operation.imports}
    found |= {one for extra in extras for one in extra.imports}
    found.add((_CORE, "CallOptions"))
    if "pages" in kinds:
        found.add((_CORE, f"{prefix}Pages"))
    if "download" in kinds:
        found.add((_CORE, f"{prefix}Download"))
    if any(operation.documents for operation in api.operations):
        found |= {("collections.abc", "Sequence"), (_CORE, "DocumentInput")}
        found.add((_CORE, f"{prefix}DocumentStore"))
    if "upload" in kinds:
        found.add((_CORE, "FileInput"))
    if any(operation.path_parameters for operation in api.operations):
        found.add((f"{_CORE}.request", "Identifier"))
    return found


def _bases(entry: ApiEntry, *, asynchronous: bool) -> set[Import]:
    """What a client needs when it is imported: its bases, and the operations."""
    prefix = "Async" if asynchronous else ""
    if entry.token == "open":  # noqa: S105 - a kind of token
        bases = {(_CORE, f"{prefix}OpenClient")}
    else:
        bases = {(_CORE, f"{prefix}Client"), (_CORE, _CREDENTIALS[entry.token])}
    return bases | {(entry.module, "_operations")}


def _shape_names(api: ApiView) -> list[str]:
    """What the operations' data needs from `skifteportal.core.shapes`."""
    return sorted_names(
        name
        for operation in api.operations
        for view in (operation.body_type, operation.answer_type)
        if view
        for name in view.shape_names
    )


def _code_members(codes: Sequence[CodeView]) -> list[tuple[str, SpecText, Code]]:
    """Name each code's constant, and say what the code means."""
    names = enum_members(code.code.raw for code in codes)
    return [
        (name, code.code, docstring(code.text, code.explanation, code.action, level=1))
        for name, code in zip(names, codes, strict=True)
    ]


def _init_docstring(api: ApiView) -> Code:
    entry = api.entry
    note = (
        "The specification is reconstructed from the courts' integration guide; see the README."
        if entry.provenance == "reconstructed"
        else ""
    )
    return docstring(
        SpecText(f"Client of the Danish courts' Skifteportal: {entry.title} {entry.version}."),
        note,
        level=0,
    )


def _class_docstring(api: ApiView, *, asynchronous: bool) -> Code:
    info = api.document.data["info"]
    kind = "The asynchronous client" if asynchronous else "The client"
    entry = api.entry
    return docstring(
        SpecText(f"{kind} of the portal's API {entry.title} {entry.version} ({entry.provenance})."),
        SpecText(str(info.get("description", ""))),
        "One method for each operation, named after its `operationId`.",
    )
