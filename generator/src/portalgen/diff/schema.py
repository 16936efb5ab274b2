"""A schema as both sides of a comparison see it: where it is written, and what it means."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import attrs

from portalgen.json_kinds import is_list, is_mapping

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Node", "Site", "Union", "canonical", "escaped"]

Raw: TypeAlias = "Mapping[str, Any]"


@attrs.frozen(eq=False)
class Site:
    """A schema as it is written, and where.

    Attributes:
        pointer: Its JSON pointer.
        raw: What stands there.
        key: Tells it from others of the same pointer: a member written in two parts of an `allOf` is both.
    """

    pointer: str
    raw: Raw
    key: str = ""

    def at(self, *keys: str | int) -> Site | None:
        """Give the schema below, or None if there is none."""
        found: Any = self.raw
        for key in keys:
            found = (
                found[key] if is_list(found) and isinstance(key, int) else _member(found, str(key))
            )
        pointer = "".join(f"/{escaped(str(key))}" for key in keys)
        return Site(self.pointer + pointer, found) if is_mapping(found) else None

    @property
    def identity(self) -> str:
        """What two visits of one schema have in common."""
        return self.key or self.pointer


@attrs.frozen(eq=False)
class Union:
    """A `oneOf` or `anyOf` of more than one schema."""

    keyword: Literal["oneOf", "anyOf"]
    pointer: str
    members: tuple[Site, ...]


@attrs.frozen(eq=False, kw_only=True)
class Node:
    """What a schema means.

    Attributes:
        site: Where it is written, references followed.
        component: The component schema that it is, or nothing.
        types: The JSON types it takes; none stands for any.
        nullable: Whether it takes null.
        facets: What narrows a type further, by keyword: bounds, pattern, format, uniqueItems, …
        enum: The values it takes, or None.
        members: The properties of an object, by name.
        required: Those that must be there.
        closed: Whether no other names are taken.
        additional: The schema of other names, or None.
        items: The schema of an array's items, or None.
        unions: Its unions.
        negation: The schema of `not`.
        discriminator: The discriminator object, or None.
        flags: `readOnly`, `writeOnly`, `deprecated` where they are true.
        default: The default as JSON text, or None.
        sunset: When it goes away, or nothing.
        texts: What is only said.
        origins: Where facets, enum and others are written, by keyword.
    """

    site: Site
    component: str
    types: frozenset[str]
    nullable: bool
    facets: Mapping[str, Any]
    enum: tuple[Any, ...] | None
    members: Mapping[str, Site]
    required: frozenset[str]
    closed: bool
    additional: Site | None
    items: Site | None
    unions: tuple[Union, ...]
    negation: Site | None
    discriminator: Raw | None
    flags: frozenset[str]
    default: str | None
    sunset: str
    texts: Mapping[str, Any]
    origins: Mapping[str, str]

    def origin(self, keyword: str) -> str:
        """Say where a keyword is written; where the schema is, if it is not."""
        return self.origins.get(keyword, self.site.pointer)


def escaped(name: str) -> str:
    """Write a name as a part of a JSON pointer."""
    return name.replace("~", "~0").replace("/", "~1")


def canonical(value: Any) -> str:
    """Write JSON so that equal values give equal texts."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)


def _member(value: Any, key: str) -> Any:
    return value.get(key) if is_mapping(value) else None
