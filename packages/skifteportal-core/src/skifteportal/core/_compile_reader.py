"""Readers: from what msgspec makes of JSON text (dict, list, str, …) to models.

A reader is compiled from a model's table of fields when the first object is read, and stays on the
class. It keeps in ``additional_properties`` what the attributes can't carry. When a value is not
of its shape, the reader fails without saying where; :mod:`skifteportal.core._explain` looks.
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from skifteportal.core._compile import Source, fields_of, model_class
from skifteportal.core._values import Mismatch, integral, moment_text
from skifteportal.core.model import Field, Model
from skifteportal.core.shapes import (
    ANY,
    EnumOf,
    ListOf,
    MapOf,
    ModelOf,
    Scalar,
    Shape,
    UnionOf,
    resolve,
)

__all__ = ["reader_of", "shape_reader"]

M = TypeVar("M", bound=Model)

_NAMES: dict[str, Any] = {
    "Decimal": Decimal,
    "Mismatch": Mismatch,
    "date_from": date.fromisoformat,
    "integral": integral,
    "moment_from": datetime.fromisoformat,
    "moment_text": moment_text,
    "new": object.__new__,
}

# What each kind of scalar is read by: {v} is the value, {t} the target, and {keep} stands where
# the target would be written differently from the value. TypeError and ValueError are failures too.
_SCALARS = {
    "string": """\
if {v}.__class__ is not str: raise Mismatch
{t} = {v}""",
    "boolean": """\
if {v} is not True and {v} is not False: raise Mismatch
{t} = {v}""",
    "integer": """\
if {v}.__class__ is int:
    {t} = {v}
else:
    {t} = integral({v})
    {keep}""",
    "decimal": """\
if {v}.__class__ is Decimal: {t} = {v}
elif {v}.__class__ is int: {t} = Decimal({v})
else: raise Mismatch""",
    # Ten characters are YYYY-MM-DD or the week date YYYY-Www-D.
    "date": """\
{t} = date_from({v})
if len({v}) != 10 or {v}[7] != "-":
    {keep}""",
    # In UTC we write 20 characters or 27. Others are by far the most frequent (the portal's 7-9
    # digits), and found without writing the moment out.
    "date-time": """\
{t} = w = moment_from({v})
if len({v}) not in (20, 27) and {v}[-1] == "Z" or moment_text(w) != {v}:
    {keep}""",
    "any": "{t} = {v}",
}


def reader_of(cls: type[M]) -> Callable[[Any], M]:
    """Return the function that reads one JSON object into a model; compiled at the first call."""
    # Not inherited: a subclass has a reader of its own. Two threads at once compile it twice.
    reader: Callable[[Any], M] | None = cls.__dict__.get("__reader__")
    if reader is None:
        reader = cls.__reader__ = _compile_model(cls)
    return reader


@cache
def shape_reader(shape: Shape) -> Callable[[Any], Any]:
    """Return the function that reads one JSON value of a shape; there is nothing that keeps."""
    source = Source(_NAMES)
    source.add("def read(v):")
    source.indent()
    _add_value(source, shape, "v", "t", "pass")
    source.add("return t")
    return source.build("read", f"reader of {shape}")


def _compile_model(cls: type[M]) -> Callable[[Any], M]:
    fields = fields_of(cls)
    source = Source(_NAMES)
    model = source.bind("Model", cls)
    known = source.bind("known", frozenset(field.json_name for field in fields))
    source.add("def read(d):")
    source.indent()
    source.add(f"""\
if d.__class__ is not dict and not isinstance(d, dict): raise Mismatch
m = new({model})
n = {len(fields)}
x = None""")
    for field in fields:
        _add_field(source, field)
    # n is how many members of the object were known: if it has more, they are looked for.
    source.add(f"""\
if n != len(d):
    x = x or {{}}
    for k in d:
        if k not in {known}: x[k] = d[k]
m.additional_properties = x
return m""")
    return source.build("read", f"reader of {cls.__qualname__}")


def _add_field(source: Source, field: Field) -> None:
    name = repr(field.json_name)
    keep = f"x = x or {{}}; x[{name}] = v"
    source.add(f"v = d.get({name})")
    if field.required:
        source.add("if v is None: raise Mismatch")
        _add_value(source, field.shape, "v", f"m.{field.name}", keep)
    else:
        source.add(f"""\
if v is None:
    m.{field.name} = None
    if {name} in d: {keep}
    else: n -= 1
else:""")
        source.indent()
        _add_value(source, field.shape, "v", f"m.{field.name}", keep)
        source.dedent()


def _add_value(source: Source, shape: Shape, value: str, target: str, keep: str) -> None:
    """Add the lines that read a value which is not null (unless its shape is ANY).

    Args:
        source: Where to.
        shape: The value's shape.
        value: The name that holds it.
        target: What to assign the result to.
        keep: The statement to run where the result would be written differently.
    """
    match shape:
        case Scalar(kind=kind):
            source.add(_SCALARS[kind].format(v=value, t=target, keep=keep))
        case ListOf(item=inner):
            item, out = source.fresh("i"), source.fresh("a")
            source.add(f"""\
if not isinstance({value}, list): raise Mismatch
{out} = []
for {item} in {value}:""")
            source.indent()
            _add_inner(source, inner, item, "t", keep)
            source.add(f"{out}.append(t)")
            source.dedent()
            source.add(f"{target} = {out}")
        case MapOf(value=inner):
            key, item, out = source.fresh("k"), source.fresh("i"), source.fresh("a")
            source.add(f"""\
if not isinstance({value}, dict): raise Mismatch
{out} = {{}}
for {key}, {item} in {value}.items():""")
            source.indent()
            _add_inner(source, inner, item, f"{out}[{key}]", keep)
            source.dedent()
            source.add(f"{target} = {out}")
        case ModelOf(reference=reference):
            read = source.bind_later("read", _finder(reference))
            source.add(f"{target} = {read}({value})")
        case EnumOf(reference=reference):
            member = source.bind_later("member", lambda: _members(reference))
            source.add(f"""\
w = {member}({value})
if w is None:
    if not isinstance({value}, str): raise Mismatch
    w = {value}
{target} = w""")
        case UnionOf(discriminator=discriminator, mapping=mapping):
            readers = {tag: _finder(reference) for tag, reference in mapping.items()}
            source.add(f"""\
if not isinstance({value}, dict): raise Mismatch
w = {value}.get({discriminator!r})
w = {source.bind_table("readers", readers)}.get(w) if w.__class__ is str else None
{target} = {value} if w is None else w({value})""")
        case _:
            raise TypeError(f"{shape!r} is not a shape")


def _add_inner(source: Source, shape: Shape, item: str, target: str, keep: str) -> None:
    """Add the body of a loop: nulls are left out of the result, and the whole is kept."""
    if shape != ANY:
        source.add(f"""\
if {item} is None:
    {keep}; continue""")
    _add_value(source, shape, item, target, keep)


def _finder(reference: str) -> Callable[[], Callable[[Any], Any]]:
    return lambda: reader_of(model_class(reference))


def _members(reference: str) -> Callable[[Any], Any]:
    cls = resolve(reference)
    if not issubclass(cls, StrEnum):
        raise TypeError(f"{reference} is not a StrEnum")
    return {member.value: member for member in cls}.get
