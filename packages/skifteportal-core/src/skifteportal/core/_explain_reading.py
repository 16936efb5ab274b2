"""The slower walk that finds where a reader failed, and says so in words.

No value gets into the words, nor does the name of a map's member, which is data too (``*`` stands
for it). Whether a single value is right is asked of the compiled reader: the rules are in one
place.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import cast

from skifteportal.core._compile import fields_of, model_class
from skifteportal.core._compile_reader import shape_reader
from skifteportal.core._values import FAILURES
from skifteportal.core.errors import DecodeError
from skifteportal.core.model import Model
from skifteportal.core.shapes import EnumOf, ListOf, MapOf, ModelOf, Scalar, Shape, UnionOf

__all__ = ["object_problem", "reading_problem"]

_EXPECTED = {
    "string": "text",
    "boolean": "true or false",
    "integer": "a whole number",
    "decimal": "a number",
    "date": "a date (YYYY-MM-DD)",
    "date-time": "a date and time with an offset (YYYY-MM-DDThh:mm:ssZ)",
}

_CAME: dict[type, str] = {
    type(None): "null",
    bool: "true or false",
    int: "a number",
    Decimal: "a number",
    float: "a float (read JSON with parse_float=Decimal, or let decode() read it)",
    str: "text",
    list: "a list",
    dict: "an object",
}


def reading_problem(shape: Shape, value: object) -> DecodeError | None:
    """Find the first place where a JSON value is not of a shape; None if there is none."""
    return next(_problems(shape, value, "", None), None)


def object_problem(cls: type[Model], value: object) -> DecodeError | None:
    """Find the first place where a JSON object is not what a model says; None if there is none."""
    return next(_object_problems(cls, value, ""), None)


def _problems(
    shape: Shape, value: object, pointer: str, model: str | None
) -> Iterator[DecodeError]:
    match shape:
        case ListOf(item=inner):
            yield from _list_problems(inner, value, pointer, model)
        case MapOf(value=inner):
            yield from _map_problems(inner, value, pointer, model)
        case ModelOf(reference=reference):
            yield from _object_problems(model_class(reference), value, pointer)
        case UnionOf():
            yield from _union_problems(shape, value, pointer, model)
        case Scalar(kind=kind) if not _reads(shape, value):
            yield _unexpected(_EXPECTED[kind], value, pointer, model)
        case EnumOf() if not isinstance(value, str):
            yield _unexpected("text", value, pointer, model)
        case _:
            pass  # nothing wrong here


def _list_problems(
    inner: Shape, value: object, pointer: str, model: str | None
) -> Iterator[DecodeError]:
    if not isinstance(value, list):
        yield _unexpected("a list", value, pointer, model)
    else:
        for number, item in enumerate(cast("list[object]", value)):
            if item is not None:
                yield from _problems(inner, item, f"{pointer}/{number}", model)


def _map_problems(
    inner: Shape, value: object, pointer: str, model: str | None
) -> Iterator[DecodeError]:
    if not isinstance(value, dict):
        yield _unexpected("an object", value, pointer, model)
    else:
        for item in cast("dict[str, object]", value).values():
            if item is not None:
                yield from _problems(inner, item, f"{pointer}/*", model)


def _union_problems(
    shape: UnionOf, value: object, pointer: str, model: str | None
) -> Iterator[DecodeError]:
    if not isinstance(value, dict):
        yield _unexpected("an object", value, pointer, model)
    else:
        members = cast("dict[str, object]", value)
        tag = members.get(shape.discriminator)
        if isinstance(tag, str) and tag in shape.mapping:
            yield from _object_problems(model_class(shape.mapping[tag]), members, pointer)


def _object_problems(cls: type[Model], value: object, pointer: str) -> Iterator[DecodeError]:
    if not isinstance(value, dict):
        yield _unexpected("an object", value, pointer, cls.__name__)
    else:
        members = cast("dict[str, object]", value)
        for field in fields_of(cls):
            name = field.json_name
            place = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
            if members.get(name) is not None:
                yield from _problems(field.shape, members[name], place, cls.__name__)
            elif field.required:
                what = "null" if name in members else "missing"
                yield DecodeError(f"it is {what}, but required", pointer=place, model=cls.__name__)


def _reads(shape: Shape, value: object) -> bool:
    try:
        shape_reader(shape)(value)
    except FAILURES:
        return False
    return True


def _unexpected(expected: str, value: object, pointer: str, model: str | None) -> DecodeError:
    came = _CAME.get(type(value), type(value).__name__)
    if came == "text" and expected.startswith("a date"):
        came = "other text"
    return DecodeError(f"{expected} was expected, {came} came", pointer=pointer, model=model)
