"""A document with the meaning of its schemas: references followed, `allOf` merged, one form for null.

`allOf`, a union of one, and a reference are ways of writing; what is compared is what they mean. Members keep the
place where they are written, so that a change in a shared part is one change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from portalgen.diff.facets import merge_facets
from portalgen.diff.raw_schema import (
    UNIONS,
    alternatives,
    common_types,
    listed,
    plain_union,
    stated_types,
    takes_null,
)
from portalgen.diff.schema import Node, Site, Union, canonical
from portalgen.json_kinds import is_list, is_mapping
from portalgen.problems import BrokenInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from portalgen.diff.schema import Raw

__all__ = ["SpecView", "UnreadableSpec"]

_SCHEMAS = "/components/schemas/"
_TEXTS = ("title", "description", "example", "examples", "externalDocs", "xml")
_INNER = ("items", "additionalProperties", "not")
# Of what stands beside a reference, what adds to a type: there is none.
_IGNORED = {"$ref", "nullable"}
_PARTS = ("allOf", *UNIONS)


class UnreadableSpec(BrokenInput):
    """A document can't be compared: it is no OpenAPI 3.0, or a reference in it leads nowhere."""


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
        """Follow references; what stands beside one is kept, as our generator keeps it, but for `nullable`.

        Raises:
            UnreadableSpec: One leads nowhere, in a circle or out of the document.
        """
        beside: dict[str, Any] = {}
        seen: set[str] = set()
        while isinstance(ref := site.raw.get("$ref"), str):
            beside = {**{k: v for k, v in site.raw.items() if k not in _IGNORED}, **beside}
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

    def alias(self, site: Site) -> Site:
        """Follow references, and what holds one reference and no members of its own: our generator has one class for both."""
        site = self.resolve(site)
        seen: set[str] = set()
        while site.identity not in seen and "properties" not in site.raw:
            seen.add(site.identity)
            parts = [
                (key, index) for key in _PARTS for index, _ in enumerate(listed(site.raw.get(key)))
            ]
            part = site.at(*parts[0]) if len(parts) == 1 else None
            if part is None or "$ref" not in part.raw:
                break
            site = self.resolve(part)
        return site

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
        for index, _ in enumerate(listed(site.raw.get("allOf"))):
            if part := site.at("allOf", index):
                yield from self.parts(part, seen)
        for keyword in UNIONS:
            members = alternatives(site, keyword)
            if len(members) == 1:
                yield from self.parts(members[0], seen)


def _at(value: Any, name: str) -> Any:
    if is_list(value):
        return value[int(name)] if name.isdecimal() and int(name) < len(value) else None
    return value.get(name) if is_mapping(value) else None


def _merge(view: SpecView, site: Site) -> Node:
    """Merge the parts of a schema: the narrower of two bounds, the members of all."""
    parts = tuple(view.parts(site))
    types: set[str] | None = None
    enum: list[Any] | None = None
    facets: dict[str, Any] = {}
    members: dict[str, Site] = {}
    plain: dict[str, set[str]] = {}
    null = takes_null(site.raw)
    for part in parts:
        raw = part.raw
        own, plain[part.identity] = plain_union(part)
        null = null or "null" in own
        if stated := (stated_types(raw) | own) - {"null"}:
            types = stated if types is None else common_types(types, stated)
        if is_list(values := raw.get("enum")):
            stay = [value for value in values if value is not None]
            enum = stay if enum is None else [value for value in enum if value in stay]
        merge_facets(facets, raw)
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
        nullable=null or (len(parts) > 1 and all(takes_null(one.raw) for one in parts[1:])),
        facets=facets,
        enum=None if enum is None else tuple(enum),
        members=members,
        required=frozenset(str(name) for one in parts for name in listed(one.raw.get("required"))),
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
        for keyword in UNIONS:
            members = alternatives(part, keyword)
            if len(members) > 1 and keyword not in plain[part.identity]:
                yield Union(keyword, f"{part.pointer}/{keyword}", tuple(members))


def _both(first: Site | None, second: Site) -> Site:
    if first is None or first.raw == second.raw:
        return second
    raw = {"allOf": [first.raw, second.raw]}
    return Site(first.pointer, raw, f"{first.identity} and {second.identity}")
