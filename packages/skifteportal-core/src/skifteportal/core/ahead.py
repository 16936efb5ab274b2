"""What an API's newest contract has ahead of production: in test already, in production from a date.

The portal announces new versions before their release (guide section 5), and the packages are made from
the newest contract. So a client can have operations and fields that production doesn't know yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from skifteportal.core.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

__all__ = ["Ahead"]


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _check_fields(_ahead: object, _attribute: object, names: tuple[str, ...]) -> None:
    for name in names:
        if "." not in name.strip("."):
            raise ConfigurationError(f"A field of an Ahead is named 'schema.field', not {name!r}.")


@attrs.frozen(kw_only=True)
class Ahead:
    """What is new in a version of an API that isn't in production yet.

    Attributes:
        api: The API's name: ``doedsbojournal``.
        version: The version that has it: ``1.4.0``.
        in_force: The day on which it comes into production; None if that isn't known.
        operations: The operations that are new in it, by ``operationId``.
        fields: The fields that are new in it, as ``schema.field`` with their names in JSON.
        source: Where that was read.

    Raises:
        ConfigurationError: A field has no schema.
    """

    api: str
    version: str
    in_force: date | None
    operations: tuple[str, ...] = attrs.field(default=(), converter=_names)
    fields: tuple[str, ...] = attrs.field(default=(), converter=_names, validator=_check_fields)
    source: str = ""
