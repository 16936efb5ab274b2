"""The slower walk that finds which attribute a writer refused, and says why in words.

No value gets into the words, nor does a key of a dict, which is data too (``*`` stands for it).
Whether a single value is right is asked of the compiled writer: the rules are in one place.
"""

import math
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import cast

from skifteportal.core._compile import fields_of, model_class
from skifteportal.core._compile_writer import shape_writer
from skifteportal.core._json import to_text
from skifteportal.core._values import FAILURES
from skifteportal.core.errors import InvalidArgument
from skifteportal.core.model import Model
from skifteportal.core.shapes import (
    ANY,
    STRING,
    EnumOf,
    ListOf,
    MapOf,
    ModelOf,
    Scalar,
    Shape,
    UnionOf,
)

__all__ = ["object_problem", "writing_problem"]

_EXPECTED = {
    "string": "str",
    "boolean": "bool",
    "integer": "int",
    "decimal": "Decimal",
    "date": "date",
    "date-time": "datetime",
    "any": "a JSON value (dict, list, str, bool, int, Decimal, None)",
}


def writing_problem(shape: Shape, value: object, path: str) -> InvalidArgument | None:
    """Find the first attribute that can't be written; None if there is none."""
    return next(_problems(shape, value, path), None)


def object_problem(value: Model, path: str) -> InvalidArgument | None:
    """Find the first attribute of a model that can't be written; None if there is none."""
    return next(_object_problems(value, path), None)


def _problems(shape: Shape, value: object, path: str) -> Iterator[InvalidArgument]:
    match shape:
        case ListOf(item=inner):
            yield from _list_problems(inner, value, path)
        case MapOf(value=inner):
            yield from _map_problems(inner, value, path)
        case ModelOf(reference=reference):
            yield from _member_problems((reference,), value, path)
        case UnionOf(mapping=mapping) if isinstance(value, Model):
            yield from _member_problems(mapping.values(), value, path)
        case UnionOf():
            yield from _map_problems(ANY, value, path)
        case Scalar(kind="any"):
            yield from _any_problems(value, path)
        case Scalar(kind=kind):
            yield from _scalar_problems(shape, _EXPECTED[kind], value, path)
        case EnumOf():
            yield from _scalar_problems(shape, "str", value, path)
        case _:
            pass  # no writer could be compiled: that is the problem


def _any_problems(value: object, path: str) -> Iterator[InvalidArgument]:
    match value:
        case Model():
            yield from _object_problems(value, path)
        case dict():
            yield from _map_problems(ANY, cast("object", value), path)
        case list() | tuple():
            yield from _list_problems(ANY, cast("object", value), path)
        case _:
            yield from _scalar_problems(ANY, _EXPECTED["any"], value, path)


def _list_problems(inner: Shape, value: object, path: str) -> Iterator[InvalidArgument]:
    if not isinstance(value, list | tuple):
        yield _unexpected("list", value, path)
    else:
        for number, item in enumerate(cast("list[object]", value)):
            yield from _problems(inner, item, f"{path}[{number}]")


def _map_problems(inner: Shape, value: object, path: str) -> Iterator[InvalidArgument]:
    if not isinstance(value, dict):
        yield _unexpected("dict", value, path)
    else:
        for key, item in cast("dict[object, object]", value).items():
            yield from _scalar_problems(STRING, "str as a key", key, path)
            yield from _problems(inner, item, f"{path}[*]")


def _member_problems(
    references: Iterable[str], value: object, path: str
) -> Iterator[InvalidArgument]:
    classes = tuple(model_class(reference) for reference in references)
    if isinstance(value, classes):
        yield from _object_problems(value, path)
    else:
        yield _unexpected(" or ".join(cls.__name__ for cls in classes), value, path)


def _object_problems(model: Model, path: str) -> Iterator[InvalidArgument]:
    fields = {field.json_name: field for field in fields_of(type(model))}
    for field in fields.values():
        value = getattr(model, field.name)
        if value is not None:
            yield from _problems(field.shape, value, f"{path}.{field.name}")
        elif field.required:
            yield _problem("a value is required, None was given", f"{path}.{field.name}")
    kept = f"{path}.additional_properties"
    names = cast("dict[object, object]", model.additional_properties or {})
    for name, value in names.items():
        if isinstance(name, str) and name not in fields:
            yield from _problems(ANY, value, f"{kept}[{name!r}]")
        yield from _scalar_problems(STRING, "str as a member's name", name, kept)


def _scalar_problems(
    shape: Shape, expected: str, value: object, path: str
) -> Iterator[InvalidArgument]:
    try:
        to_text(shape_writer(shape)(value))
    except UnicodeEncodeError:
        yield _problem("the text has lone surrogates, which UTF-8 can't carry", path)
    except FAILURES:
        yield _unexpected(expected, value, path)


def _unexpected(expected: str, value: object, path: str) -> InvalidArgument:
    match value:
        case float() if expected == "Decimal":
            given = "float was given: write Decimal('123.45'), which keeps every digit"
        case float() | Decimal() if not math.isfinite(value):
            given = "NaN or an infinity was given, which JSON doesn't have"
        case datetime() if expected == "datetime":
            given = "one without a time zone was given: say which, as in datetime(..., tzinfo=UTC)"
        case datetime() if expected == "date":
            given = "datetime was given: take its .date()"
        case int() if expected == "int" and not isinstance(value, bool):
            given = "one of too many digits was given"
        case _:
            given = f"{type(value).__name__} was given"
    return _problem(f"{expected} was expected, {given}", path)


def _problem(text: str, path: str) -> InvalidArgument:
    return InvalidArgument(f"{path}: {text}", argument=path)
