"""House style: the names of operations, schemas and enum members."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from portalgen.names import constant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from portalgen.lint.finding import Problem
    from portalgen.lint.view import Spec

__all__ = ["STYLE_RULES"]

# What an operationId begins with, and the methods that go with it (guide 4.1: POST creates, GET
# reads, PUT updates, DELETE deletes). Searches and the acts in a dissolution case are POSTs.
_VERBS: Mapping[str, tuple[str, ...]] = {
    "add": ("post",),
    "getAll": ("get",),
    "get": ("get",),
    "hent": ("get",),
    "update": ("put",),
    "delete": ("delete",),
    "search": ("post",),
    "find": ("post",),
    "soeg": ("post",),
    "anmod": ("post",),
    "indgiv": ("post",),
    "udfyld": ("post",),
    "fratraed": ("post",),
}
_OPERATION_ID = re.compile(rf"({'|'.join(_VERBS)})[A-Z][A-Za-z0-9]*")
_SCHEMA_NAME = re.compile(r"[a-z][A-Za-z0-9]*")


def operation_id_style(spec: Spec) -> Iterator[Problem]:
    """An operationId is a verb and a noun, and the verb fits the method: addKrav is a POST."""
    for operation in spec.operations:
        found = _OPERATION_ID.fullmatch(operation.id)
        place = operation.place["operationId"]
        if not found:
            yield (
                place,
                f"{operation.id!r} is not of the form addKrav: one of {', '.join(_VERBS)} and a noun",
            )
        elif operation.method not in _VERBS[found[1]]:
            expected = " or ".join(_VERBS[found[1]]).upper()
            yield place, f"{operation.id} should be a {expected}, not a {operation.method.upper()}"


def schema_name_style(spec: Spec) -> Iterator[Problem]:
    """A schema's name is lower camelCase in ASCII: æ, ø and å are written ae, oe and aa."""
    for schema in spec.components["schemas"].members():
        if not _SCHEMA_NAME.fullmatch(schema.name):
            yield (
                schema,
                f"{schema.name!r} is not lower camelCase in ASCII (effektfortegnelse, kravInput)",
            )


def schema_names_differ(spec: Spec) -> Iterator[Problem]:
    """No two schemas give one class or one file: `enTing` and `en_ting` would, `enting` on some disks."""
    first: dict[str, str] = {}
    for schema in spec.components["schemas"].members():
        name = re.sub(r"[\W_]", "", schema.name).casefold()
        if first.setdefault(name, schema.name) != schema.name:
            yield schema, f"gives the same class or file as {first[name]}"


def enum_members_differ(spec: Spec) -> Iterator[Problem]:
    """No two values of an enum give one member name: `A-B` and `A_B` would, and get numbers."""
    for schema in spec.schemas:
        names: dict[str, str] = {}
        for value in schema["enum"].texts:
            member = constant(value)
            if names.setdefault(member, value) != value:
                yield schema["enum"], f"{names[member]!r} and {value!r} give one member: {member}"


STYLE_RULES = (operation_id_style, schema_name_style, schema_names_differ, enum_members_differ)
