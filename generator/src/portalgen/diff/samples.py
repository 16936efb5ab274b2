"""Values of a schema: one that it takes, and several that lie at its edges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from portalgen.diff.json_schema import HIDDEN
from portalgen.diff.pattern_text import matching_texts
from portalgen.diff.union_edits import tags
from portalgen.document import ref_name
from portalgen.json_kinds import is_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portalgen.diff.report import Direction
    from portalgen.diff.schema import Node, Site
    from portalgen.diff.spec_view import SpecView

__all__ = ["Maker"]

# Deeper than any schema of the portal's; what holds itself is left empty there.
_DEEP = 12
# Only so near the top are optional and other names tried.
_WIDE = 2
_LONGEST = 5000
_FORMATS = {
    "date": "2026-03-01",
    "date-time": "2026-03-01T12:00:00Z",
    "time": "12:00:00Z",
    "uuid": "3b1f6c0d-2f7e-4b52-8f7d-9f2f4a3f7c55",
    "email": "nn@example.dk",
    "uri": "https://example.dk/",
    "url": "https://example.dk/",
    "hostname": "example.dk",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "byte": "AAAA",
    "duration": "P1D",
}
_ODD_TEXTS = ("a", "0", "", "A b", "ø")
_ODD_NUMBERS = (0, 1, -1, 2**31, 2**63, -(2**31) - 1, 7, 10, 100)


@attrs.define(eq=False)
class Maker:
    """Makes values for one direction by one document.

    Attributes:
        view: The document.
        direction: Whether they are sent or answered.
    """

    view: SpecView
    direction: Direction

    def value(self, site: Site, depth: int = 0) -> Any:
        """Make a value that the schema takes, the smallest that is easily found."""
        return next(self.samples(site, depth), None)

    def samples(self, site: Site, depth: int = 0) -> Iterator[Any]:
        """Yield values of a schema; they are not checked."""
        node = self.view.node(site)
        example = node.texts.get("example")
        if node.enum is not None:
            yield from node.enum
        elif node.unions:
            yield from self._of_union(node, depth)
        else:
            for kind in _kinds(node):
                yield from self._of_type(node, kind, depth)
        if example is not None:
            yield example
        if node.nullable:
            yield None
        if node.negation is not None and depth < _DEEP:
            yield from self.samples(node.negation, depth + 1)

    def _of_type(self, node: Node, kind: str, depth: int) -> Iterator[Any]:
        if kind == "object":
            yield from self._objects(node, depth)
        elif kind == "array":
            yield from self._arrays(node, depth)
        elif kind == "string":
            yield from _texts(node)
        elif kind == "boolean":
            yield from (True, False)
        else:
            yield from _numbers(node, whole=kind == "integer")

    def object(self, node: Node, depth: int) -> dict[str, Any]:
        """Make an object with what it must have."""
        found: dict[str, Any] = {}
        for name in sorted(node.required):
            site = node.members.get(name)
            if site is None:
                found[name] = self.value(node.additional, depth + 1) if node.additional else "a"
            elif HIDDEN[self.direction] not in self.view.node(site).flags and depth < _DEEP:
                found[name] = self.value(site, depth + 1)
        return found

    def _objects(self, node: Node, depth: int) -> Iterator[Any]:
        smallest = self.object(node, depth)
        least = int(node.facets.get("minProperties", (0, False))[0])
        visible = [
            name
            for name, site in node.members.items()
            if name not in smallest and HIDDEN[self.direction] not in self.view.node(site).flags
        ]
        while len(smallest) < least and depth < _DEEP:
            name = visible.pop(0) if visible else f"andet{len(smallest)}"
            site = node.members.get(name) or node.additional
            smallest[name] = self.value(site, depth + 1) if site else "a"
        yield smallest
        if depth >= _WIDE:
            return
        yield {**smallest, **{n: self.value(node.members[n], depth + 1) for n in visible}}
        other = self.value(node.additional, depth + 1) if node.additional else "a"
        yield {**smallest, "andet": other}
        yield {**smallest, "andet": {"andet": 1}}

    def _arrays(self, node: Node, depth: int) -> Iterator[Any]:
        least = int(node.facets.get("minItems", (0, False))[0])
        most = int(node.facets.get("maxItems", (least + 1, False))[0])
        items: list[Any] = []
        if node.items is not None and depth < _DEEP:
            for item in self.samples(node.items, depth + 1):
                if item not in items:
                    items.append(item)
                if len(items) > min(max(least, most), 50):
                    break
        pool = items or [1]
        for wanted in dict.fromkeys((least, most, least + 1, 2, 1)):
            count = min(wanted, _LONGEST)
            yield [pool[index % len(pool)] for index in range(count)]
            yield [pool[0]] * count

    def _of_union(self, node: Node, depth: int) -> Iterator[Any]:
        for union in node.unions:
            for site in union.members if depth < _DEEP else ():
                for value in self.samples(site, depth + 1):
                    for tag in self.tag(node, site) if is_mapping(value) else ():
                        yield {**self.object(node, depth + 1), **value, **tag}
                    if not is_mapping(value):
                        yield value

    def tag(self, node: Node, member: Site) -> Iterator[dict[str, Any]]:
        """Yield what tells that a value is of one member of a union; nothing without a discriminator."""
        if node.discriminator is None:
            yield {}
            return
        name = str(node.discriminator.get("propertyName", ""))
        for tag, schema in tags(node).items():
            if schema == ref_name(dict(member.raw)):
                yield {name: tag}


def _kinds(node: Node) -> list[str]:
    if node.types:
        return sorted(node.types, key=lambda kind: kind != "string")
    if node.members or node.additional or node.required:
        return ["object"]
    if node.items:
        return ["array"]
    return ["string", "integer", "object", "array", "boolean", "number"]


def _texts(node: Node) -> Iterator[str]:
    known = _FORMATS.get(str(node.facets.get("format")))
    texts = [] if known is None else [known]
    for pattern in node.facets.get("pattern", ()):
        texts += matching_texts(pattern)
    if known is None:
        texts += _ODD_TEXTS
    least = int(node.facets.get("minLength", (0, False))[0])
    most = int(node.facets.get("maxLength", (least + 1, False))[0])
    yield from texts
    for length in (least, most, most + 1000, least + 1):
        yield "a" * min(length, _LONGEST)
        yield "1" * min(length, _LONGEST)


def _numbers(node: Node, *, whole: bool) -> Iterator[Any]:
    step = node.facets.get("multipleOf", 1)
    low, high = node.facets.get("minimum"), node.facets.get("maximum")
    edges: list[Any] = []
    for bound, sign in ((low, 1), (high, -1)):
        if bound is not None:
            edges += [bound[0], bound[0] + sign, bound[0] + sign * step, bound[0] + sign * 1000]
    edges += [step, step * 2, step * 3, *_ODD_NUMBERS]
    if not whole:
        edges += [0.5, 1.25, *(bound[0] + 0.5 for bound in (low, high) if bound is not None)]
    for number in edges:
        if not whole or float(number).is_integer():
            yield int(number) if whole else number
