"""Looking out for what a client uses in production before it is there."""

from __future__ import annotations

import warnings
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, cast

import attrs

from skifteportal.core.model import Model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from skifteportal.core.ahead import Ahead
    from skifteportal.core.environments import Environment
    from skifteportal.core.operation import Api

__all__ = ["Lookout", "NotInProductionYet", "look_ahead"]


class NotInProductionYet(UserWarning):
    """An operation or a field was used in production that is in the test environment only, so far."""


def look_ahead(api: Api, environment: Environment, wall: Callable[[], float]) -> Lookout | None:
    """What a client has to look out for in production; None if there is nothing, as almost always.

    What the environment was told counts before what the package knows: a date may have moved since.

    Args:
        api: The client's API.
        environment: Where it calls.
        wall: Gives the seconds since 1970.
    """
    operations: dict[str, Ahead] = {}
    fields: dict[tuple[str, str], tuple[str, Ahead]] = {}
    for one in (*api.ahead, *environment.ahead):
        if one.api == api.name:
            operations |= dict.fromkeys(one.operations, one)
            fields |= {_key(*name.split(".", 1)): (name, one) for name in one.fields}
    today = _day(wall)
    found = (*operations.values(), *(one for _, one in fields.values()))
    if not any(_later(one, today) for one in found):
        return None
    return Lookout(operations=operations, fields=fields, wall=wall)


@attrs.define(kw_only=True, repr=False, eq=False)
class Lookout:
    """Warns of what isn't in production yet, once of each.

    Attributes:
        operations: When each operation comes, by ``operationId``.
        fields: What each field is called and when it comes, by schema and name.
        wall: Gives the seconds since 1970.
    """

    operations: Mapping[str, Ahead]
    fields: Mapping[tuple[str, str], tuple[str, Ahead]]
    wall: Callable[[], float]
    _warned: set[str] = attrs.field(factory=set[str], init=False)

    def check(self, operation: str, body: object, *, stacklevel: int) -> None:
        """Warn if a call uses what isn't there yet.

        Args:
            operation: Its ``operationId``.
            body: What it sends, if that is a model.
            stacklevel: How far up the line of code is that calls the client, as for ``warnings.warn``.
        """
        today = _day(self.wall)
        used: list[tuple[str, Ahead]] = []
        if operation in self.operations:
            used.append((operation, self.operations[operation]))
        if self.fields:
            used += [self.fields[key] for key in _sent(body) if key in self.fields]
        for name, ahead in used:
            if name not in self._warned and _later(ahead, today):
                self._warned.add(name)
                warnings.warn(_text(name, ahead), NotInProductionYet, stacklevel=stacklevel + 1)


def _text(name: str, ahead: Ahead) -> str:
    when = (
        "the day it comes into production isn't known yet"
        if ahead.in_force is None
        else f"in production from {ahead.in_force}"
    )
    source = f" Source: {ahead.source}." if ahead.source else ""
    what = "Leave it out" if "." in name else "Don't call it in production"
    return (
        f"{name} ({ahead.api} {ahead.version}) is in the test environment only: {when}. {what} until then, "
        f"or try it in test. If the date has moved, tell the environment (ahead=).{source}"
    )


def _later(ahead: Ahead, today: date) -> bool:
    return ahead.in_force is None or today < ahead.in_force


def _day(wall: Callable[[], float]) -> date:
    """Today. In UTC: the day of a release isn't known to the hour anyway."""
    return datetime.fromtimestamp(wall(), UTC).date()


def _key(schema: str, field: str) -> tuple[str, str]:
    """What finds a field by its schema's name in the contract, and by that of the class made from it."""
    return schema.replace("_", "").replace("-", "").lower(), field


def _sent(value: object) -> Iterator[tuple[str, str]]:
    """The keys of the fields that a body sends, its models' within it too."""
    if isinstance(value, Model):
        schema, kept = type(value).__name__, value.additional_properties or {}
        for field in value.__fields__:
            if (sent := getattr(value, field.name)) is not None:
                yield _key(schema, field.json_name)
                yield from _sent(sent)
        for name in kept:
            yield _key(schema, name)
    elif isinstance(value, list):
        for item in cast("list[object]", value):
            yield from _sent(item)
    elif isinstance(value, dict):
        for item in cast("dict[str, object]", value).values():
            yield from _sent(item)
