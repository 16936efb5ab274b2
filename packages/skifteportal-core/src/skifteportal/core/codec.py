"""JSON text to models and back, without losing anything.

What was read can be written back with the same members: amounts digit for digit, unknown members
and enum values, explicit nulls, the spelling of timestamps. :class:`skifteportal.core.model.Model`
says where it is kept and what wins when an attribute has been changed.

JSON numbers are read as ``int`` (of any size; ``-0`` is ``0``) and, with a fraction or an exponent,
as :class:`decimal.Decimal`, never as ``float``. They are written as ``str()`` of the Decimal:
``1.10`` stays ``1.10``; of an exponent the value is kept but the writing is Decimal's: ``1e2`` goes
out as ``1E+2``. Of a member that comes twice the last one counts.

Moments are read as aware datetimes; of more than six digits of a second the rest is cut off (not
rounded), as ``datetime.fromisoformat`` does. They are written with ``Z`` for UTC and with their own
offset otherwise, without a fraction for whole seconds and with six digits otherwise.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

import msgspec

from skifteportal.core._compile_reader import reader_of, shape_reader
from skifteportal.core._compile_writer import shape_writer, writer_of
from skifteportal.core._json import from_text, to_text
from skifteportal.core._values import FAILURES
from skifteportal.core.errors import DecodeError, InvalidArgument
from skifteportal.core.model import Model
from skifteportal.core.shapes import ModelOf, Shape

__all__ = ["decode", "encode", "from_json", "to_json"]

M = TypeVar("M", bound=Model)
T = TypeVar("T")

_TOO_DEEP = "it is nested too deeply"


def decode(content: bytes, shape: Shape) -> Any:
    """Read JSON text.

    Outside of a model there is nothing to keep what Python can't carry: there a null in a list is
    left out, and a timestamp's seventh digit is lost.

    Args:
        content: JSON text in UTF-8 (RFC 8259).
        shape: What it looks like.

    Returns:
        The value: a model, a list of models, text, ... as the shape says.

    Raises:
        DecodeError: It isn't JSON, or not of that shape: a required member is missing or null, or
            a value is of another type. Says where and what, without the value.
    """
    try:
        value = from_text(content)
    except RecursionError:
        problem = DecodeError(_TOO_DEEP)
    except UnicodeDecodeError:
        problem = DecodeError("it is not UTF-8")
    except ArithmeticError:
        problem = DecodeError("a number's exponent is beyond all bounds")
    except msgspec.DecodeError as error:  # its text has the position, no value
        problem = DecodeError("it is empty" if not content else str(error))
    else:
        return _read(shape_reader(shape), value, shape)
    raise problem


def encode(value: object, shape: Shape, *, name: str | None = None) -> bytes:
    """Write JSON text.

    Args:
        value: A model, a list of models, text, ... as the shape says.
        shape: What it must look like.
        name: What to call the value in an error; by default after its class: ``krav`` for a
            ``KravInput``.

    Returns:
        JSON text in UTF-8 without white space.

    Raises:
        InvalidArgument: An attribute is of another type than the model says, a required one is
            None, a datetime has no time zone, an amount is a float, NaN or infinite. Its
            ``argument`` is the path of the attribute: ``krav.beloeb``.
    """
    return _write(lambda: to_text(shape_writer(shape)(value)), value, name=name, shape=shape)


def to_json(model: Model) -> dict[str, Any]:
    """Turn a model into a JSON object: dict, list, str, bool, int, Decimal, None.

    Args:
        model: Any model.

    Returns:
        A new dict with JSON names. Dates and moments are text, amounts ``Decimal``.

    Raises:
        InvalidArgument: As for :func:`encode`.
    """
    return _write(lambda: writer_of(type(model))(model), model)


def from_json(cls: type[M], mapping: Mapping[str, Any]) -> M:
    """Turn a JSON object that has been read already into a model.

    Args:
        cls: The model's class.
        mapping: With JSON names, and values as :func:`to_json` gives them. What ``json.loads``
            gives will do if it was told ``parse_float=Decimal``: a float is refused as an amount.

    Returns:
        A new model. It may share parts of the mapping that no attribute carries.

    Raises:
        DecodeError: As for :func:`decode`.
    """
    value = dict(mapping)
    return _read(reader_of(cls), value, cls)


# The errors are raised outside of the except blocks: what they would else be chained to holds
# the value that was refused. What finds the place is not imported before it is needed.


def _read(read: Callable[[Any], T], value: object, wanted: Shape | type[Model]) -> T:
    try:
        return read(value)
    except RecursionError:
        problem: Exception = DecodeError(_TOO_DEEP)
    except FAILURES as error:
        from skifteportal.core import _explain_reading as explain  # noqa: PLC0415

        if isinstance(wanted, Shape):
            problem = explain.reading_problem(wanted, value) or error
        else:
            problem = explain.object_problem(wanted, value) or error
    raise problem


def _write(
    write: Callable[[], T], value: object, *, name: str | None = None, shape: Shape | None = None
) -> T:
    try:
        return write()
    except RecursionError:
        path = name or _argument_name(value, shape)
        problem: Exception = InvalidArgument(f"{path}: {_TOO_DEEP}", argument=path)
    except FAILURES as error:
        from skifteportal.core import _explain_writing as explain  # noqa: PLC0415

        path = name or _argument_name(value, shape)
        if shape is None:
            problem = explain.object_problem(cast("Model", value), path) or error
        else:
            problem = explain.writing_problem(shape, value, path) or error
    raise problem


def _argument_name(value: object, shape: Shape | None) -> str:
    """Call a value what a client's method calls it: ``krav`` for a KravInput, or for what should be one."""
    if isinstance(value, Model):
        name = type(value).__name__
    elif isinstance(shape, ModelOf):
        name = shape.reference.rpartition(":")[2]
    else:
        return "value"
    snake = re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
    return snake.removesuffix("_input")
