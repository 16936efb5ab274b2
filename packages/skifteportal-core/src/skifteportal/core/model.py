"""The base of all generated models, and the table of fields that each of them carries.

A model says what its JSON looks like (``__fields__``) and what Python sees of it (its attributes).
Reading and writing is done by :mod:`skifteportal.core.codec`.
"""

import keyword
import re
from collections.abc import Callable
from typing import Any, ClassVar

import attrs
from typing_extensions import override

from skifteportal.core.shapes import Shape

__all__ = ["Field", "Model"]

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_TAKEN = ("additional_properties", "self")  # attrs can't make an __init__ with the latter


def _check_name(_instance: object, _attribute: object, name: str) -> None:
    # The codec writes the name into source text: nothing but an identifier may get there.
    if not _NAME.fullmatch(name) or keyword.iskeyword(name) or name in _TAKEN:
        raise ValueError(f"{name!r} can't be the name of a model's attribute")


@attrs.frozen
class Field:
    """One JSON member of a model.

    Attributes:
        name: The attribute: a public ASCII identifier.
        json_name: The member's name in JSON; any text.
        shape: What its value looks like.
        required: Always there and never null; an optional one is ``None`` when it is missing.
        shown: The value may stand in ``repr()``: ids, enums and booleans, never personal data.
        read_only: Set by the portal; not part of what a caller sends.
    """

    name: str = attrs.field(validator=_check_name)
    json_name: str
    shape: Shape
    required: bool = attrs.field(default=False, kw_only=True)
    shown: bool = attrs.field(default=False, kw_only=True)
    read_only: bool = attrs.field(default=False, kw_only=True)


@attrs.define(kw_only=True, repr=False)
class Model:
    """Base of all models: what a JSON object of the portal is in Python.

    Models are plain mutable attrs classes: they compare equal by their attributes, can be copied
    and pickled, and ``attrs.evolve(krav, beloeb=Decimal("99.50"))`` makes a changed copy.

    Reading and writing loses nothing. What the attributes can't carry is kept, under its JSON
    name, in ``additional_properties`` and written back from there:

    * members that this version does not know;
    * explicit nulls, where a missing member reads as ``None`` too. A null in a list or map is left
      out of the attribute, and the whole list or map is kept;
    * the spelling of a value where ours would differ: ``2022-09-09T13:08:25.988362763Z`` is a
      ``datetime`` of microseconds in Python (the digits beyond are cut, not rounded), and is
      written back with all nine.

    An attribute that has been changed since wins: a kept null or spelling is written only while
    the attribute still is what it was read as.

    Example:
        To send a member that this version does not know, and an explicit null::

            krav = KravInput(
                beloeb=Decimal("123.45"),
                endeligt=False,
                additional_properties={"nytFelt": "værdi", "opgjortdato": None},
            )

    Attributes:
        additional_properties: As above, from JSON name to JSON value (dict, list, str, bool, int,
            Decimal, None). ``None`` when there is nothing to keep.
    """

    __fields__: ClassVar[tuple[Field, ...]] = ()
    # Compiled by the codec at first use, for each class its own.
    __reader__: ClassVar[Callable[[Any], Any] | None] = None
    __writer__: ClassVar[Callable[[Any], Any] | None] = None

    additional_properties: dict[str, Any] | None = None

    @override
    def __repr__(self) -> str:
        """Name the class and the fields that are no personal data; ``...`` stands for others."""
        parts: list[str] = []
        hidden = False
        for field in self.__fields__:
            value = getattr(self, field.name, None)
            if value is None:
                continue
            if field.shown:
                parts.append(f"{field.name}={value!r}")
            else:
                hidden = True
        if hidden:
            parts.append("...")
        return f"{type(self).__name__}({', '.join(parts)})"
