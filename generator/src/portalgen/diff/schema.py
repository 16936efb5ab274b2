"""A schema as both sides of a comparison see it: references followed, `allOf` merged, one form for null.

`allOf`, a union of one, and a reference are ways of writing; what is compared is what they mean. Members keep the
place where they are written, so that a change in a shared part is one change.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import attrs

from portalgen.json_kinds import is_list, is_mapping
from portalgen.problems import BrokenInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["NOTHING", "Node", "Site", "SpecView", "Union", "UnreadableSpec", "canonical", "escaped"]

Raw: TypeAlias = "Mapping[str, Any]"
# The type of a schema whose parts contradict each other: no value has it.
NOTHING = "nothing"
_SCHEMAS = "/components/schemas/"
_TEXTS = ("title", "description", "example", "examples", "externalDocs", "xml")
_UPPER = ("maximum", "maxLength", "maxItems", "maxProperties")
_LOWER = ("minimum", "minLength", "minItems", "minProperties")
_INNER = ("items", "additionalProperties", "not")
_UNIONS: tuple[Literal["oneOf", "anyOf"], ...] = ("oneOf", "anyOf")
_PLAIN = {"type", "title", "description", "example", "nullable"}


class UnreadableSpec(BrokenInput):
    """A document can't be compared: it is no OpenAPI 3.0, or a reference in it leads nowhere."""


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


@attrs.define(eq=False)
class SpecView:
    """A document with the meaning of its schemas remembered.

    Attributes:
        document: The document as read.
        name: What to call it in an error: `base` or `revision`.
    """

    document: Raw
    name: str
    _nodes: dict[str, Node] = attrs.field(factory=dict[str, Node], init=False)

    def resolve(self, site: Site) -> Site:
        """Follow references; what stands beside one is kept, as our generator keeps it.

        Raises:
            UnreadableSpec: One leads nowhere, in a circle or out of the document.
        """
        beside: dict[str, Any] = {}
        seen: set[str] = set()
        while isinstance(ref := site.raw.get("$ref"), str):
            beside = {**{k: v for k, v in site.raw.items() if k != "$ref"}, **beside}
            if ref in seen or not ref.startswith("#/"):
                raise UnreadableSpec(
                    f"the {self.name}: {site.pointer}: the reference {ref} leads out of the document "
                    "or in a circle; give files whose references end inside them"
                )
            seen.add(ref)
            found: Any = self.document
            for part in ref[2:].split("/"):
                name = part.replace("~1", "/").replace("~0", "~")
                found = _at(found, name)
            if not is_mapping(found):
                raise UnreadableSpec(
                    f"the {self.name}: {site.pointer}: the reference {ref} leads nowhere"
                )
            site = Site(ref[1:], found)
        if not beside:
            return site
        return Site(site.pointer, {**site.raw, **beside}, f"{site.pointer} {canonical(beside)}")

    def node(self, site: Site) -> Node:
        """Say what a schema means."""
        site = self.resolve(site)
        if site.identity not in self._nodes:
            self._nodes[site.identity] = _merge(self, site)
        return self._nodes[site.identity]

    def parts(self, site: Site, seen: frozenset[str] = frozenset()) -> Iterator[Site]:
        """Yield a schema and what it is put together from: `allOf`, and unions of one."""
        site = self.resolve(site)
        if site.identity in seen:
            return
        seen |= {site.identity}
        yield site
        for index, _ in enumerate(_list(site.raw.get("allOf"))):
            if part := site.at("allOf", index):
                yield from self.parts(part, seen)
        for keyword in _UNIONS:
            members = _alternatives(site, keyword)
            if len(members) == 1:
                yield from self.parts(members[0], seen)


def _at(value: Any, name: str) -> Any:
    if is_list(value):
        return value[int(name)] if name.isdecimal() and int(name) < len(value) else None
    return _member(value, name)


def _list(value: Any) -> list[Any]:
    return value if is_list(value) else []


def _alternatives(site: Site, keyword: str) -> list[Site]:
    """Give the members of a union, `type: null` left out."""
    found = [site.at(keyword, index) for index, _ in enumerate(_list(site.raw.get(keyword)))]
    return [one for one in found if one and one.raw.get("type") != "null"]


def _types(raw: Raw) -> set[str]:
    stated = raw.get("type")
    return {str(one) for one in (stated if is_list(stated) else [stated]) if one is not None}


def _takes_null(raw: Raw) -> bool:
    unions = [*_list(raw.get("oneOf")), *_list(raw.get("anyOf"))]
    return (
        raw.get("nullable") is True
        or "null" in _types(raw)
        or any(_member(one, "type") == "null" for one in unions)
    )


def _merge(view: SpecView, site: Site) -> Node:
    """Merge the parts of a schema: the narrower of two bounds, the members of all."""
    parts = tuple(view.parts(site))
    types: set[str] | None = None
    enum: list[Any] | None = None
    facets: dict[str, Any] = {}
    members: dict[str, Site] = {}
    plain: dict[str, set[str]] = {}
    for part in parts:
        raw = part.raw
        own, plain[part.identity] = _plain_union(part)
        if stated := (_types(raw) | own) - {"null"}:
            types = stated if types is None else _common(types, stated)
        if is_list(values := raw.get("enum")):
            stay = [value for value in values if value is not None]
            enum = stay if enum is None else [value for value in enum if value in stay]
        _merge_facets(facets, raw)
        stated_members = part.at("properties")
        for name in map(str, stated_members.raw if stated_members else ()):
            if member := part.at("properties", name):
                members[name] = _both(members.get(name), member)
    single = _first_said(parts)
    inner = {key: next((one for part in parts if (one := part.at(key))), None) for key in _INNER}
    pointer = site.pointer
    named = pointer.startswith(_SCHEMAS) and "/" not in pointer.removeprefix(_SCHEMAS)
    discriminator = single.get("discriminator")
    return Node(
        site=site,
        component=pointer.removeprefix(_SCHEMAS) if named else "",
        types=frozenset(types or ()),
        nullable=_takes_null(site.raw)
        or (len(parts) > 1 and all(_takes_null(one.raw) for one in parts[1:])),
        facets=facets,
        enum=None if enum is None else tuple(enum),
        members=members,
        required=frozenset(str(name) for one in parts for name in _list(one.raw.get("required"))),
        closed=any(one.raw.get("additionalProperties") is False for one in parts),
        additional=inner["additionalProperties"],
        items=inner["items"],
        unions=tuple(_unions(parts, plain)),
        negation=inner["not"],
        discriminator=discriminator if is_mapping(discriminator) else None,
        flags=frozenset(
            flag
            for flag in ("readOnly", "writeOnly", "deprecated")
            if any(one.raw.get(flag) is True for one in parts)
        ),
        default=canonical(single["default"]) if "default" in single else None,
        sunset=str(single.get("x-sunset", "")),
        texts={
            key: value
            for key, value in site.raw.items()
            if key in _TEXTS or (key.startswith("x-") and key != "x-sunset")
        },
        origins=_origins(parts),
    )


def _first_said(parts: tuple[Site, ...]) -> dict[str, Any]:
    """Give what only one part can say: that of the first."""
    keys = ("discriminator", "default", "x-sunset")
    found: dict[str, Any] = {}
    for part in parts:
        for key in keys:
            if key in part.raw:
                found.setdefault(key, part.raw[key])
    return found


def _origins(parts: tuple[Site, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in parts:
        for key in part.raw:
            found.setdefault(key, part.pointer)
    return found


def _unions(parts: tuple[Site, ...], plain: Mapping[str, set[str]]) -> Iterator[Union]:
    for part in parts:
        for keyword in _UNIONS:
            members = _alternatives(part, keyword)
            if len(members) > 1 and keyword not in plain[part.identity]:
                yield Union(keyword, f"{part.pointer}/{keyword}", tuple(members))


def _common(left: set[str], right: set[str]) -> set[str]:
    both = left & right
    if "integer" in left | right and "number" in left | right:
        both |= {"integer"}
    return both or {NOTHING}


def _plain_union(part: Site) -> tuple[set[str], set[str]]:
    """Read a union of bare types as a list of types."""
    types: set[str] = set()
    keywords: set[str] = set()
    for keyword in _UNIONS:
        members = _alternatives(part, keyword)
        if len(members) > 1 and all(
            one.raw.keys() <= _PLAIN and _types(one.raw) for one in members
        ):
            types |= {name for one in members for name in _types(one.raw)}
            keywords.add(keyword)
    return types, keywords


def _both(first: Site | None, second: Site) -> Site:
    if first is None or first.raw == second.raw:
        return second
    raw = {"allOf": [first.raw, second.raw]}
    return Site(first.pointer, raw, f"{first.identity} and {second.identity}")


def _merge_facets(facets: dict[str, Any], raw: Raw) -> None:
    for keyword, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if _number(raw.get(keyword)):
            bound = (raw[keyword], raw.get(exclusive) is True)
            facets[keyword] = _tighter(keyword, facets.get(keyword), bound)
    for keyword in (*_LOWER[1:], *_UPPER[1:]):
        if _number(raw.get(keyword)):
            bound = (raw[keyword], False)
            facets[keyword] = _tighter(keyword, facets.get(keyword), bound)
    if isinstance(pattern := raw.get("pattern"), str):
        facets["pattern"] = tuple(dict.fromkeys((*facets.get("pattern", ()), pattern)))
    for keyword in ("format", "multipleOf"):
        if keyword in raw:
            facets.setdefault(keyword, raw[keyword])
    if raw.get("uniqueItems") is True:
        facets["uniqueItems"] = True


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _tighter(keyword: str, old: tuple[Any, bool] | None, new: tuple[Any, bool]) -> tuple[Any, bool]:
    if old is None:
        return new
    if keyword in _UPPER:
        return min(old, new, key=lambda bound: (bound[0], not bound[1]))
    return max(old, new, key=lambda bound: (bound[0], bound[1]))
