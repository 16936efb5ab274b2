"""What a client offers beyond its operations, where its spec has what it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from portalgen.docstrings import Section, docstring
from portalgen.escape import Code, literal
from portalgen.models import ModelView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portalgen.docstrings import Text
    from portalgen.imports import Import
    from portalgen.models import EnumView, FieldView
    from portalgen.operations import OperationView
    from portalgen.shapes import TypeView

__all__ = ["Extra", "find_extras"]

_CORE = "skifteportal.core"
_OPTIONS = ("options (CallOptions | None)", "Options of each call; they win over the client's.")


@attrs.frozen(kw_only=True)
class Extra:
    """A method that belongs to no single operation.

    Attributes:
        name: Its name.
        prefix: `def` or `async def`.
        parameters: What stands in its parentheses.
        returns: Its return annotation.
        docstring: Its docstring.
        call: The statement that calls core.
        imports: What its annotations need.
        bases: What it needs when it is called.
    """

    name: str
    prefix: str = "def"
    parameters: Code
    returns: Code
    docstring: Code
    call: Code
    imports: frozenset[Import]
    bases: frozenset[Import] = frozenset()


def find_extras(
    operations: Sequence[OperationView],
    models: Sequence[ModelView | EnumView],
    package: str,
    *,
    asynchronous: bool,
) -> tuple[Extra, ...]:
    """Find what a client offers besides.

    Args:
        operations: The API's operations.
        models: Its models.
        package: The import path of its models.
        asynchronous: For the asynchronous client.
    """
    prefix = "Async" if asynchronous else ""
    found: list[Extra] = []
    for operation in operations:
        named = operation.id.raw == "findChangedSince" and operation.kind == "pages"
        if named and (names := _changes_body(operation, models)):
            found.append(_changes_since(operation, names, prefix))
        if operation.kind == "upload" and _is_store(operation, models):
            found.append(_store(operation, asynchronous=asynchronous))
    linked = [view for view in models if isinstance(view, ModelView) and _is_link(view)]
    if linked and any(operation.kind == "download" for operation in operations):
        found.append(_download(linked, package, prefix))
    return tuple({extra.name: extra for extra in found}.values())


def _is_store(operation: OperationView, models: Sequence[ModelView | EnumView]) -> bool:
    """Whether it takes files that belong to nothing, and says what they are referred to by."""
    names = {field.name for field in _fields(operation.answer_type, models)}
    return not operation.path_parameters and names >= {"id", "navn"}


def _fields(
    type_: TypeView | None, models: Sequence[ModelView | EnumView]
) -> tuple[FieldView, ...]:
    """The fields of a type that is one model; none of any other."""
    for view in models:
        if isinstance(view, ModelView) and type_ and view.class_name == type_.annotation:
            return view.fields
    return ()


def _changes_body(
    operation: OperationView, models: Sequence[ModelView | EnumView]
) -> tuple[str, str] | None:
    """The JSON names of the ids and of the moment, if the body has both and no more."""
    fields = _fields(operation.body_type, models)
    names = {str(field.type.shape): field.json_name.raw for field in fields}
    if names.keys() != {"ListOf(STRING)", "DATE_TIME"} or len(fields) != len(names):
        return None
    return names["ListOf(STRING)"], names["DATE_TIME"]


def _is_link(view: ModelView) -> bool:
    shapes = {field.json_name.raw: str(field.type.shape) for field in view.fields}
    return shapes.get("filnavn") == shapes.get("url") == "STRING"


def _changes_since(operation: OperationView, names: tuple[str, str], prefix: str) -> Extra:
    ids, moment = (literal(name) for name in names)
    return Extra(
        name="changes_since",
        parameters=Code(
            "self, ids: Iterable[Identifier], moment: datetime, *, portion: int = 100, "
            "overlap: timedelta | None = None, options: CallOptions | None = None"
        ),
        returns=Code(f"{prefix}Changes[{operation.result}]"),
        docstring=_docstring(
            "Follow what changes: each that has changed since a moment, once.",
            "Afterwards `next_moment` of what it returns is the moment to ask from next time, chosen so "
            "that no change is missed; one of the last minute may come again. Until everything has "
            "been seen it stays at `moment`.",
            args=(
                ("ids (Iterable[str | UUID])", "What is followed."),
                ("moment (datetime)", "Since when, with a time zone."),
                (
                    "portion (int)",
                    "How many to ask about at once. The portal's limit is not known.",
                ),
                ("overlap (timedelta | None)", "How far rounds overlap; a minute unless given."),
                _OPTIONS,
            ),
            raises="The moment has no time zone, or the portion is none.",
        ),
        call=Code(
            f"return self._changes(_operations.{operation.constant}, ({ids}, {moment}), ids, moment, "
            "portion=portion, overlap=overlap, options=options)"
        ),
        imports=operation.imports
        | {
            ("collections.abc", "Iterable"),
            ("datetime", "datetime"),
            ("datetime", "timedelta"),
            (_CORE, f"{prefix}Changes"),
            (f"{_CORE}.request", "Identifier"),
        },
    )


def _store(operation: OperationView, *, asynchronous: bool) -> Extra:
    wait = "await " if asynchronous else ""
    return Extra(
        name="store",
        prefix="async def" if asynchronous else "def",
        parameters=Code("self, file: FileInput"),
        returns=Code("StoredDocument"),
        docstring=_docstring(
            "Upload a document for another call to refer to: it makes this client a document store.",
            "Give the client itself to that call: `documents=[…], store=…`.",
            args=(("file (FileInput)", "The file: a path, or a `File` with a name."),),
            raises="The file can't be read.",
        ),
        call=Code(f"return StoredDocument.of({wait}self.{operation.method_name}(file), file)"),
        imports=frozenset({(_CORE, "FileInput")}),
        bases=frozenset({(_CORE, "StoredDocument")}),
    )


def _download(linked: Sequence[ModelView], package: str, prefix: str) -> Extra:
    annotation = " | ".join(view.class_name for view in linked)
    return Extra(
        name="download",
        parameters=Code(f"self, bilag: {annotation}, *, options: CallOptions | None = None"),
        returns=Code(f"{prefix}Download"),
        docstring=_docstring(
            "Fetch a file by the address that a list of files gave.",
            "Only an address within the portal is followed.",
            args=((f"bilag ({annotation})", "The file's metadata."), _OPTIONS),
            raises="The metadata has no address, or one that leads elsewhere; nothing was sent.",
        ),
        call=Code("return self._download_url(bilag, options=options)"),
        imports=frozenset((f"{package}.{view.module}", view.class_name) for view in linked),
    )


def _docstring(
    summary: str, *paragraphs: str, args: tuple[tuple[str, Text], ...], raises: str
) -> Code:
    errors = (("InvalidArgument", raises), ("PortalError", "As for any call."))
    sections = (Section("Args", args), Section("Raises", errors))
    return docstring(summary, *paragraphs, sections=sections, level=2)
