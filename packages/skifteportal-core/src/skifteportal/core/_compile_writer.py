"""Writers: from models to what msgspec makes JSON text of (dict, list, str, …).

A writer is compiled from a model's table of fields when the first object is written, and stays on
the class. It checks every attribute's type, since Python doesn't. When a value is refused, the
writer fails without saying where; :mod:`skifteportal.core._explain_writing` looks.
"""

import math
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, cast

from skifteportal.core._compile import Source, fields_of, model_class
from skifteportal.core._compile_reader import shape_reader
from skifteportal.core._values import (
    FAILURES,
    Mismatch,
    date_text,
    finite,
    moment_text,
    number,
    whole,
)
from skifteportal.core.model import Field, Model
from skifteportal.core.shapes import (
    DATE_TIME,
    EnumOf,
    ListOf,
    MapOf,
    ModelOf,
    Scalar,
    Shape,
    UnionOf,
)

__all__ = ["shape_writer", "writer_of"]


def plain(value: Any) -> Any:
    """Write any JSON value, and models within it; the containers are copied."""
    if value is None or value.__class__ in (str, int, bool):
        return value
    written: Any
    match value:
        case str():
            written = str.__str__(value)
        case int():
            written = whole(value)
        case Decimal():
            written = finite(Decimal(value))
        case float() if math.isfinite(value):
            written = value
        case dict():
            items = cast("dict[str, Any]", value)
            written = {str.__str__(key): plain(item) for key, item in items.items()}
        case list() | tuple():
            written = [plain(item) for item in cast("list[Any]", value)]
        case Model():
            written = writer_of(type(value))(value)
        case _:
            raise Mismatch
    return written


_NAMES: dict[str, Any] = {
    "Decimal": Decimal,
    "Mismatch": Mismatch,
    "date": date,
    "date_text": date_text,
    "date_iso": date.isoformat,
    "moment_from": datetime.fromisoformat,
    "moment_text": moment_text,
    "number": number,
    "plain": plain,
    "text": str.__str__,  # of a subclass as well; refuses all else
    "whole": whole,
}

# What each kind of scalar is written by: {v} is the value, {t} the target. TypeError and
# ValueError are failures too.
_TEXT = "{t} = {v} if {v}.__class__ is str else text({v})"
_SCALARS = {
    "string": _TEXT,
    "boolean": """\
if {v} is not True and {v} is not False: raise Mismatch
{t} = {v}""",
    "integer": "{t} = {v} if {v}.__class__ is int else whole({v})",
    "decimal": """\
if {v}.__class__ is Decimal and {v}.is_finite(): {t} = {v}
else: {t} = number({v})""",
    "date": "{t} = date_iso({v}) if {v}.__class__ is date else date_text({v})",
    "date-time": "{t} = moment_text({v})",
    "any": "{t} = plain({v})",
}


def writer_of(cls: type[Model]) -> Callable[[Any], dict[str, Any]]:
    """Return the function that writes a model to a JSON object; compiled at the first call."""
    # Not inherited: a subclass has a writer of its own. Two threads at once compile it twice.
    writer: Callable[[Any], dict[str, Any]] | None = cls.__dict__.get("__writer__")
    if writer is None:
        writer = cls.__writer__ = _compile_model(cls)
    return writer


@cache
def shape_writer(shape: Shape) -> Callable[[Any], Any]:
    """Return the function that writes one value of a shape."""
    source = Source(_NAMES)
    source.add("def write(v):")
    source.indent()
    _add_value(source, shape, "v", "t")
    source.add("return t")
    return source.build("write", f"writer of {shape}")


def _compile_model(cls: type[Model]) -> Callable[[Any], dict[str, Any]]:
    fields = fields_of(cls)
    source = Source(_NAMES)
    model = source.bind("Model", cls)
    other = source.bind("other", _other)
    rest = source.bind("rest", _rest)
    known = source.bind("known", {field.json_name: field for field in fields})
    source.add("def write(m):")
    source.indent()
    # n counts the members of x that have been seen to: if there are more, they are looked for.
    source.add(f"""\
if m.__class__ is not {model}: return {other}(m, {model})
x = m.additional_properties
n = 0
out = {{}}""")
    for field in fields:
        _add_field(source, field)
    source.add(f"""\
if x is not None and n != len(x): {rest}(m, x, out, {known})
return out""")
    return source.build("write", f"writer of {cls.__qualname__}")


def _add_field(source: Source, field: Field) -> None:
    name = repr(field.json_name)
    source.add(f"v = m.{field.name}")
    source.add("if v is None: raise Mismatch" if field.required else "if v is not None:")
    source.indent(0 if field.required else 1)
    if field.shape == DATE_TIME:
        # Kept spellings are the rule for moments (the portal sends 7-9 digits): seen to at once.
        source.add(f"""\
w = None if x is None else x.get({name})
if w is None: out[{name}] = moment_text(v)
else:
    n += 1
    try: same = w.__class__ is str and moment_from(w) == v
    except ValueError: same = False
    out[{name}] = w if same else moment_text(v)""")
    else:
        _add_value(source, field.shape, "v", f"out[{name}]")
    source.dedent(0 if field.required else 1)


def _add_value(source: Source, shape: Shape, value: str, target: str) -> None:
    """Add the lines that write a value which is not None (unless its shape is ANY)."""
    match shape:
        case Scalar(kind=kind):
            source.add(_SCALARS[kind].format(v=value, t=target))
        case EnumOf():
            source.add(_TEXT.format(v=value, t=target))
        case ListOf(item=inner):
            item, out = source.fresh("i"), source.fresh("a")
            source.add(f"""\
if not isinstance({value}, (list, tuple)): raise Mismatch
{out} = []
for {item} in {value}:""")
            source.indent()
            _add_value(source, inner, item, "w")
            source.add(f"{out}.append(w)")
            source.dedent()
            source.add(f"{target} = {out}")
        case MapOf(value=inner):
            key, item, out = source.fresh("k"), source.fresh("i"), source.fresh("a")
            source.add(f"""\
if not isinstance({value}, dict): raise Mismatch
{out} = {{}}
for {key}, {item} in {value}.items():""")
            source.indent()
            _add_value(source, inner, item, f"{out}[text({key})]")
            source.dedent()
            source.add(f"{target} = {out}")
        case ModelOf(reference=reference):
            write = source.bind_later("write", lambda: writer_of(model_class(reference)))
            source.add(f"{target} = {write}({value})")
        case UnionOf(mapping=mapping):
            union = source.bind("union", _union_writer(mapping))
            source.add(f"{target} = {union}({value})")
        case _:
            raise TypeError(f"{shape!r} is not a shape")


def _union_writer(mapping: Mapping[str, str]) -> Callable[[Any], Any]:
    @cache
    def classes() -> tuple[type[Model], ...]:
        return tuple(model_class(reference) for reference in mapping.values())

    def write(value: Any) -> Any:
        if isinstance(value, dict):
            return plain(value)
        if isinstance(value, classes()):
            return writer_of(type(value))(value)
        raise Mismatch

    return write


def _other(model: Any, cls: type[Model]) -> dict[str, Any]:
    """Write a model of a subclass by the subclass's writer."""
    if isinstance(model, cls):
        return writer_of(type(model))(model)
    raise Mismatch


def _rest(model: Model, kept: dict[str, Any], out: dict[str, Any], known: dict[str, Field]) -> None:
    """Add what the attributes don't carry.

    A kept null is written while the attribute is None, and another kept value while the attribute
    equals what the value reads as. Nothing else may replace what an attribute says.
    """
    for name, value in kept.items():
        field = known.get(name)
        if field is None:
            out[str.__str__(name)] = plain(value)
        elif value is None:
            out.setdefault(name, None)
        elif name in out and out[name] is not value:
            try:
                same: bool = shape_reader(field.shape)(value) == getattr(model, field.name)
            except FAILURES:
                continue
            if same:
                out[name] = plain(value)
