"""What a JSON value looks like, as data: the types in a model's table of fields.

Generated models name the shape of each field; :mod:`skifteportal.core.codec` turns the table into
a reader and a writer. Classes are named by text (``"package.module:Class"``) and imported when a
value of theirs is first read or written, so that models may refer to each other in circles and
importing one loads no other.
"""

import importlib
import re
from collections.abc import Mapping
from typing import Literal

import attrs

__all__ = [
    "ANY",
    "BOOLEAN",
    "DATE",
    "DATE_TIME",
    "DECIMAL",
    "INTEGER",
    "STRING",
    "EnumOf",
    "ListOf",
    "MapOf",
    "ModelOf",
    "Scalar",
    "Shape",
    "UnionOf",
    "resolve",
]

Kind = Literal["string", "boolean", "integer", "decimal", "date", "date-time", "any"]

_REFERENCE = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*:[A-Za-z_]\w*", re.ASCII)


def _check_reference(_instance: object, _attribute: object, reference: str) -> None:
    if not _REFERENCE.fullmatch(reference):
        raise ValueError(f"a class is named 'package.module:Class', not {reference!r}")


def _check_references(_instance: object, _attribute: object, mapping: Mapping[str, str]) -> None:
    for reference in mapping.values():
        _check_reference(None, None, reference)


@attrs.frozen
class Shape:
    """Base of all shapes."""


@attrs.frozen
class Scalar(Shape):
    """A value that is not made of others; use the constants of this module.

    Attributes:
        kind: Which of them.
    """

    kind: Kind


STRING = Scalar("string")
"""Text, ``str``. Identifiers (``format: uuid``) are text too: passed through as they are."""
BOOLEAN = Scalar("boolean")
"""``bool``."""
INTEGER = Scalar("integer")
"""``int`` of any size."""
DECIMAL = Scalar("decimal")
"""A number as ``decimal.Decimal``, never through ``float``; amounts in DKK are of this shape."""
DATE = Scalar("date")
"""A calendar day, ``datetime.date`` (RFC 3339 full-date)."""
DATE_TIME = Scalar("date-time")
"""A moment, an aware ``datetime.datetime`` (RFC 3339 date-time)."""
ANY = Scalar("any")
"""Any JSON: dict, list, str, bool, int, Decimal (numbers with a fraction or exponent), None."""


@attrs.frozen
class ListOf(Shape):
    """A JSON array whose items have one shape; a ``list``.

    Attributes:
        item: The shape of each item.
    """

    item: Shape


@attrs.frozen
class MapOf(Shape):
    """A JSON object with free names whose values have one shape; a ``dict``.

    Attributes:
        value: The shape of each value.
    """

    value: Shape


@attrs.frozen
class ModelOf(Shape):
    """A JSON object read into a model.

    Attributes:
        reference: ``"package.module:Class"``, a subclass of :class:`skifteportal.core.Model`.
    """

    reference: str = attrs.field(validator=_check_reference)


@attrs.frozen
class EnumOf(Shape):
    """Text out of an open list: known values become members, unknown ones stay ``str``.

    Attributes:
        reference: ``"package.module:Class"``, a ``StrEnum``.
    """

    reference: str = attrs.field(validator=_check_reference)


@attrs.frozen
class UnionOf(Shape):
    """One of several models, told apart by the text in one member (OpenAPI's discriminator).

    An object whose discriminator is missing or unknown stays a plain ``dict`` and is written back
    as it came.

    Attributes:
        discriminator: The JSON name of the member that tells which model it is.
        mapping: From the text of that member to ``"package.module:Class"``.
    """

    discriminator: str
    mapping: Mapping[str, str] = attrs.field(validator=_check_references, hash=False)


def resolve(reference: str) -> type:
    """Import the class that a shape names.

    Args:
        reference: ``"package.module:Class"``.

    Returns:
        The class.

    Raises:
        TypeError: What has that name is not a class.
        ImportError: There is no such module.
        AttributeError: The module has no such name.
    """
    module, name = reference.split(":")
    found = getattr(importlib.import_module(module), name)
    if not isinstance(found, type):
        raise TypeError(f"{reference} is not a class")
    return found
