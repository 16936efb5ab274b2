"""Differences of two schemas' structure: their members, items, unions; and which schemas to compare next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from portalgen.diff.effect import Effect
from portalgen.diff.facet_edits import facet_edits, type_edit
from portalgen.diff.found import Found
from portalgen.diff.schema import canonical
from portalgen.diff.trail import Step
from portalgen.diff.union_edits import UnionEdits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portalgen.diff.report import Direction
    from portalgen.diff.schema import Node, Site
    from portalgen.diff.spec_view import SpecView
    from portalgen.diff.unchanged import Unchanged

__all__ = ["Compared", "SchemaComparison"]

Compared = tuple["Step", "Site", "Site"]
_HIDDEN = {"request": "readOnly", "response": "writeOnly"}


@attrs.define(eq=False)
class SchemaComparison:
    """Compares two schemas in one direction, without going down.

    Attributes:
        old: The document before.
        new: The document after.
        direction: Whether values are sent or answered.
        text: Whether they travel as text.
        unchanged: Knows which need no look.
        below: What to compare next: the step there, and both schemas.
    """

    old: SpecView
    new: SpecView
    direction: Direction
    text: bool
    unchanged: Unchanged
    below: list[Compared] = attrs.field(factory=list[Compared], init=False)

    def found(self, base: Node, revision: Node) -> Iterator[Found]:
        """Yield the differences of two schemas."""
        unions = UnionEdits(self.old, self.new)
        if wrapped := unions.wrapped(base, revision):
            yield wrapped
            return
        changed = type_edit(base, revision, text=self.text)
        if changed is not None:
            yield changed
            if changed.effect is Effect.INCOMPARABLE:
                return
        yield from facet_edits(base, revision)
        yield from self._members(base, revision)
        yield from self._others(base, revision)
        yield from self._items(base, revision)
        yield from unions.found(base, revision)
        self.below += unions.below

    def _visible(self, view: SpecView, site: Site) -> bool:
        return _HIDDEN[self.direction] not in view.node(site).flags

    def _members(self, base: Node, revision: Node) -> Iterator[Found]:
        renamed = self._renamed(base, revision)
        for name, other in renamed.items():
            yield self._rename(base, name, other)
        for name, old in base.members.items():
            new = revision.members.get(name)
            if new is not None:
                yield from self._member(base, revision, name, (old, new))
            elif name not in renamed and self._visible(self.old, old):
                yield self._gone(base, revision, name)
        for name, new in revision.members.items():
            known = name in base.members or name in renamed.values()
            if not known and self._visible(self.new, new):
                yield self._come(revision, name)
        for name in sorted(base.required ^ revision.required):
            if name not in base.members and name not in revision.members:
                yield self._demand(base, revision, name)

    def _member(
        self, base: Node, revision: Node, name: str, sites: tuple[Site, Site]
    ) -> Iterator[Found]:
        must = name in base.required, name in revision.required
        if must[0] == must[1] and self.unchanged(*sites):
            return
        seen = self._visible(self.old, sites[0]), self._visible(self.new, sites[1])
        if seen == (True, True):
            if must[0] != must[1]:
                yield self._demand(base, revision, name)
            self.below.append((Step("property", name), *sites))
        elif any(seen):
            flag = "read-only" if self.direction == "request" else "write-only"
            found = self._come(revision, name) if seen[1] else self._gone(base, revision, name)
            kind = f"{flag}-off" if seen[1] else f"{flag}-on"
            yield attrs.evolve(found, kind=kind, location=sites[0].pointer)

    def _gone(self, base: Node, revision: Node, name: str) -> Found:
        must = name in base.required
        still = name in revision.members
        return Found(
            kind="required-property-removed" if must else "property-removed",
            location=base.members[name].pointer,
            effect=Effect.INCOMPARABLE if must else Effect.NARROW,
            base=name,
            member=name,
            step=Step("property", name),
            guards=frozenset({"closed"} if revision.closed and not still else set[str]()),
        )

    def _come(self, revision: Node, name: str) -> Found:
        must = name in revision.required
        return Found(
            kind="required-property-added" if must else "property-added",
            location=revision.members[name].pointer,
            effect=Effect.INCOMPARABLE if must else Effect.WIDEN,
            revision=name,
            member=name,
            step=Step("property", name),
        )

    def _demand(self, base: Node, revision: Node, name: str) -> Found:
        must = name in revision.required
        site = base.members.get(name)
        return Found(
            kind="property-required" if must else "property-optional",
            location=site.pointer if site else f"{base.origin('required')}/required/{name}",
            effect=Effect.NARROW if must else Effect.WIDEN,
            base=not must,
            revision=must,
            member=name,
            step=Step("property", name),
        )

    def _renamed(self, base: Node, revision: Node) -> dict[str, str]:
        """Find the one member that went and the one that came and is written alike."""
        gone = [name for name in base.members if name not in revision.members]
        come = [name for name in revision.members if name not in base.members]
        found: dict[str, str] = {}
        for name in gone:
            same = [one for one in come if self._alike(base, name, revision, one)]
            others = [one for one in gone if same and self._alike(base, one, revision, same[0])]
            if len(same) == len(others) == 1:
                found[name] = same[0]
        return found

    def _alike(self, base: Node, name: str, revision: Node, other: str) -> bool:
        old, new = base.members[name], revision.members[other]
        return (
            # Two members of a bare type are no evidence: the words must be the same as well.
            (len(old.raw) > 1 or "$ref" in old.raw)
            and canonical(old.raw) == canonical(new.raw)
            and (name in base.required) == (other in revision.required)
            and self._visible(self.old, old)
        )

    def _rename(self, base: Node, name: str, new_name: str) -> Found:
        return Found(
            kind="property-renamed",
            location=base.members[name].pointer,
            effect=Effect.INCOMPARABLE,
            base=name,
            revision=new_name,
            member=name,
            new_member=new_name,
            step=Step("property", name),
        )

    def _others(self, base: Node, revision: Node) -> Iterator[Found]:
        """Compare what other names are taken, and with which values."""
        old, new = _openness(base), _openness(revision)
        if old == new:
            if base.additional and revision.additional:
                self.below.append((Step("additional"), base.additional, revision.additional))
            return
        narrower = new < old
        yield Found(
            kind="other-names-narrowed" if narrower else "other-names-widened",
            location=f"{base.origin('additionalProperties')}/additionalProperties",
            effect=Effect.NARROW if narrower else Effect.WIDEN,
            base=_OPENNESS[old],
            revision=_OPENNESS[new],
            step=Step("additional"),
        )

    def _items(self, base: Node, revision: Node) -> Iterator[Found]:
        if base.items and revision.items:
            self.below.append((Step("items"), base.items, revision.items))
        elif base.items or revision.items:
            stated = revision.items is not None
            yield Found(
                kind="items-stated" if stated else "items-unstated",
                location=f"{base.site.pointer}/items",
                effect=Effect.NARROW if stated else Effect.WIDEN,
                base=not stated,
                revision=stated,
                step=Step("items"),
            )


_OPENNESS = ("none", "of a schema", "any")


def _openness(node: Node) -> int:
    if node.closed:
        return 0
    return 1 if node.additional and node.additional.raw else 2
