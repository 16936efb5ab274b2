"""How single values are read from and written to JSON where that takes more than a check of type.

The compiled readers and writers call these for what is rare or long; everything else they do
inline. All raise :class:`Mismatch`, TypeError or ValueError for what they refuse: the codec then
looks for the place and the words in a second, slower walk.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

__all__ = [
    "FAILURES",
    "Mismatch",
    "date_text",
    "finite",
    "integral",
    "moment_text",
    "number",
    "whole",
]

# An exponent costs nothing to send and its digits much to write out: 1E+999999999.
_MOST_DIGITS = 400


class Mismatch(Exception):  # noqa: N818 - never leaves the codec
    """A value is not of the shape that was expected."""


FAILURES = (Mismatch, TypeError, ValueError, ArithmeticError)
"""What a reader, a writer or msgspec may raise for a value that isn't right."""


def integral(value: Any) -> int:
    """Read an integer that JSON spells with a fraction or an exponent: ``10.0``, ``1e3``."""
    if (
        value.__class__ is Decimal
        and value.adjusted() < _MOST_DIGITS
        and value == value.to_integral_value()
    ):
        return int(value)
    raise Mismatch


def whole(value: Any) -> int:
    """Write an integer of a subclass of int, which must not be bool."""
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    raise Mismatch


def finite(value: Decimal) -> Decimal:
    """Write an amount: JSON knows no NaN and no infinity."""
    if value.is_finite():
        return value
    raise Mismatch


def number(value: Any) -> Decimal | int:
    """Write an amount that isn't exactly a Decimal: whole numbers and subclasses, never float."""
    return finite(Decimal(value)) if isinstance(value, Decimal) else whole(value)


def date_text(value: Any) -> str:
    """Write a calendar day; a moment is not one."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return date.isoformat(value)
    raise Mismatch


def moment_text(value: Any) -> str:
    """Write a moment as RFC 3339 has it: UTC as ``Z``, other offsets as they are.

    Up to six digits of a second, none when it is a whole one. Offsets that are no whole minutes
    don't exist in RFC 3339; such a moment is written in UTC.
    """
    offset = datetime.utcoffset(value)
    if offset is None:
        raise Mismatch
    if offset and offset.seconds % 60 == 0 and not offset.microseconds:
        return datetime.isoformat(value)
    return datetime.isoformat(value.astimezone(UTC) if offset else value)[:-6] + "Z"
