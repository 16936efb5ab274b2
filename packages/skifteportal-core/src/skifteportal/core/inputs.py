"""An answer turned into the input of a PUT: ``krav.to_input(beloeb=Decimal("99.50"))``.

A PUT replaces the whole entity, and answer and input are two schemas. What both have, by JSON name, is copied; what
only the answer has (its id, its times, who filed it) is left out.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Literal, cast

from skifteportal.core import codec
from skifteportal.core._compile import fields_of, model_class
from skifteportal.core._json import from_text
from skifteportal.core.errors import DecodeError, InvalidArgument
from skifteportal.core.shapes import STRING, ListOf, MapOf, ModelOf, Shape, UnionOf

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from skifteportal.core.model import Field, Model

__all__ = ["KEEP", "Keep", "make_input"]


class Keep(Enum):
    """Stands for "as in the answer", since None means "none"."""

    KEEP = "as in the answer"


KEEP: Literal[Keep.KEEP] = Keep.KEEP

# How a document is named where the answer has a reference to it and the input only an id.
_ID_NAMES = ("dokumentId", "id")


def make_input(
    answer: Model, reference: str, changes: Mapping[str, object], *, keep_unknown: bool
) -> Any:
    """Make the input of a PUT out of an answer.

    Args:
        answer: What the portal answered. It is left as it is, and shares nothing with the input.
        reference: The input's class, ``"package.module:Class"``.
        changes: By attribute of the input: KEEP, or another value; None for none.
        keep_unknown: Whether members that the answer's model does not know are sent too.

    Raises:
        InvalidArgument: Something that the input must have is neither in the answer nor given, or can't be sent.
    """
    cls = model_class(reference)
    found = _members(codec.to_json(answer), type(answer), cls, keep_unknown=keep_unknown)
    for field in fields_of(cls):
        value = changes[field.name]
        if value is None:
            found.pop(field.json_name, None)
        elif value is not KEEP:
            found[field.json_name] = from_text(codec.encode(value, field.shape, name=field.name))
        if field.required and field.json_name not in found:
            raise _lacking(field.name, "the answer has none")
    try:
        return codec.from_json(cls, found)
    except DecodeError as error:
        problem = error
    name = _attribute(cls, problem.pointer)
    raise _lacking(name, f"the answer's can't be used, at {problem.pointer}: {problem.reason}")


def _lacking(name: str, reason: str) -> InvalidArgument:
    return InvalidArgument(f"{name}: {reason}. Give it: to_input({name}=…).", argument=name)


def _attribute(cls: type[Model], pointer: str) -> str:
    """The attribute that a JSON pointer (RFC 6901) begins with."""
    json_name = pointer[1:].partition("/")[0].replace("~1", "/").replace("~0", "~")
    names = {field.json_name: field.name for field in fields_of(cls)}
    return names.get(json_name, cls.__name__)


def _members(
    value: Mapping[str, Any], source: type[Model] | None, target: type[Model], *, keep_unknown: bool
) -> dict[str, Any]:
    """What of an object both models have."""
    theirs: dict[str, Field] = {}
    if source is not None:
        theirs = {field.json_name: field for field in fields_of(source)}
    ours = {field.json_name: field for field in fields_of(target)}
    found: dict[str, Any] = {}
    for name, member in value.items():
        field = ours.get(name)
        if field is not None:
            # A null says what leaving it out says, and an input's schema needn't allow it.
            if member is not None and not field.read_only:
                shape = theirs[name].shape if name in theirs else None
                found[name] = _converted(member, shape, field.shape, keep_unknown=keep_unknown)
        elif keep_unknown and name not in theirs:
            found[name] = member
    return found


def _converted(value: Any, source: Shape | None, target: Shape, *, keep_unknown: bool) -> Any:
    """A value of the answer as the input has it. What doesn't fit is left for the reader to refuse."""
    match value, target:
        case list(), ListOf(item=item):
            inner = source.item if isinstance(source, ListOf) else None
            values = cast("Sequence[Any]", value)
            return [_converted(one, inner, item, keep_unknown=keep_unknown) for one in values]
        case dict(), MapOf(value=item):
            inner = source.value if isinstance(source, MapOf) else None
            members = cast("Mapping[str, Any]", value)
            return {
                name: _converted(one, inner, item, keep_unknown=keep_unknown)
                for name, one in members.items()
            }
        case dict(), ModelOf() | UnionOf():
            cls = _model_in(value, target)
            members = cast("dict[str, Any]", value)
            if cls is None:  # of a kind that this version does not know
                return members
            return _members(members, _model_in(value, source), cls, keep_unknown=keep_unknown)
        case dict(), _ if target == STRING:
            reference = cast("dict[str, Any]", value)
            return next((reference[name] for name in _ID_NAMES if name in reference), reference)
        case _:
            return value


def _model_in(value: Any, shape: Shape | None) -> type[Model] | None:
    """The model that an object is of, as its shape says; None if that says none."""
    match shape:
        case ModelOf(reference=reference):
            return model_class(reference)
        case UnionOf(discriminator=discriminator, mapping=mapping):
            named = mapping.get(value.get(discriminator))
            return None if named is None else model_class(named)
        case _:
            return None
