"""Walks through the schemas of two documents side by side, each pair once.

A pair of schemas is compared where it is first met, in each direction; who reaches it is found afterwards.
So a shared component is one place however many operations use it, and a schema that holds itself ends.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

import attrs

from portalgen.diff.effect import Edit, Effect
from portalgen.diff.kind import Surface
from portalgen.diff.kinds import KINDS
from portalgen.diff.schema_edits import SchemaComparison
from portalgen.diff.schema_names import NamePair
from portalgen.diff.spread import spread
from portalgen.diff.trail import Trail
from portalgen.diff.unchanged import Unchanged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portalgen.diff.collect import Collector
    from portalgen.diff.found import Found
    from portalgen.diff.schema import Site

__all__ = ["walk"]

# What is judged by the annotations before and after, one way or the other: it says that they differ.
_TYPED = {
    name
    for kind in KINDS.values()
    if Surface.TYPE in {kind.request, kind.response}
    for name in (kind.name, kind.mirror)
}
_EVERYWHERE = {*_TYPED, "deprecated"}


@attrs.frozen(eq=False, kw_only=True)
class _Place:
    """Where two schemas are met: what is called after them stands there, or has them as its type.

    Attributes:
        base: The schema before, as it is written there.
        revision: The schema after.
        trail: How to come there.
        names: How they are called in the package.
        operations: The operation whose message they are, as a bit; 0 inside of another schema.
        holder: The schemas that they stand in; None for those of a message.
    """

    base: Site
    revision: Site
    trail: Trail
    names: NamePair
    operations: int = 0
    holder: _Pair | None = None


@attrs.define(eq=False, kw_only=True)
class _Pair:
    """Two schemas that are compared, and who reaches them."""

    places: list[_Place]
    operations: int
    found: list[Found] = attrs.field(factory=list["Found"])
    below: list[_Pair] = attrs.field(factory=list["_Pair"])


@attrs.define(eq=False)
class _Walk:
    collector: Collector
    unchanged: Unchanged
    pairs: dict[Any, _Pair] = attrs.field(factory=dict[Any, _Pair])
    waiting: deque[_Pair] = attrs.field(factory=deque[_Pair])

    def meet(self, place: _Place) -> _Pair | None:
        """Remember a place, and the pair that is met there; None if nothing in it can have changed."""
        if self.unchanged(place.base, place.revision):
            return None
        collector, root = self.collector, place.trail.root
        base, revision = collector.old.resolve(place.base), collector.new.resolve(place.revision)
        parameter = place.names.parameter
        key = (base.identity, revision.identity, root.direction, root.guards, parameter)
        pair = self.pairs.get(key)
        if pair is None:
            pair = self.pairs[key] = _Pair(places=[], operations=0)
            self.waiting.append(pair)
        pair.places.append(place)
        pair.operations |= place.operations
        return pair

    def compare(self, pair: _Pair) -> None:
        collector, place = self.collector, pair.places[0]
        old, new = collector.old.node(place.base), collector.new.node(place.revision)
        trail, root = place.trail, place.trail.root
        # Parts of a list or an object are joined by signs that a text may hold: only the whole is any text.
        text = "text" in root.guards and all(step.kind == "member" for step in trail.steps)
        comparison = SchemaComparison(
            collector.old, collector.new, root.direction, text, self.unchanged
        )
        pair.found += comparison.found(old, new)
        names = place.names.at(old, new)
        for step, base, revision in comparison.below:
            below = self.meet(
                _Place(
                    base=base,
                    revision=revision,
                    trail=trail.down(step),
                    names=names.down(step, old, new),
                    holder=pair,
                )
            )
            if below is not None:
                pair.below.append(below)

    def edits(self, pair: _Pair) -> Iterator[Edit]:
        """Yield a pair's differences: what is about its type for each place, for each has it as its own."""
        for found in pair.found:
            everywhere = not found.member and found.kind in _EVERYWHERE
            for place in pair.places if everywhere else pair.places[:1]:
                yield self._edit(pair, place, found)
        if not any(found.kind in _TYPED and not found.member for found in pair.found):
            for place in pair.places:
                yield from self._renamed(place)

    def _edit(self, pair: _Pair, place: _Place, found: Found) -> Edit:
        collector, root = self.collector, place.trail.root
        old, new = collector.old.node(place.base), collector.new.node(place.revision)
        names = place.names.at(old, new)
        return Edit(
            kind=found.kind,
            location=found.location,
            effect=found.effect,
            direction=root.direction,
            base=found.base,
            revision=found.revision,
            guards=found.guards | root.guards,
            operations=pair.operations,
            python=names.python(found, old, new),
            retyped=names.retyped(found, place.base, place.revision),
            holders=() if found.member else names.holders(),
            trail=place.trail if found.step is None else place.trail.down(found.step),
        )

    def _renamed(self, place: _Place) -> Iterator[Edit]:
        """Yield that a place has another type for how its schema is written, whatever the schema says."""
        collector, root = self.collector, place.trail.root
        if place.holder is None and "error" in root.guards:
            return  # an error's schema is no type of a method
        old, new = collector.old.node(place.base), collector.new.node(place.revision)
        names = place.names.at(old, new)
        retyped = names.renamed(place.base, place.revision)
        if retyped is not None and retyped[0] != retyped[1]:
            yield Edit(
                kind="annotation-changed",
                location=place.base.pointer,
                effect=Effect.RENAME,
                direction=root.direction,
                base=retyped[0],
                revision=retyped[1],
                guards=root.guards,
                operations=place.holder.operations if place.holder else place.operations,
                retyped=retyped,
                holders=names.holders(),
            )


def walk(collector: Collector) -> None:
    """Compare the schemas of all roots, and add what is found to the collector's edits."""
    found = _Walk(collector, Unchanged(collector.old, collector.new))
    for root in collector.roots:
        place = _Place(
            base=root.base,
            revision=root.revision,
            trail=Trail(root),
            names=NamePair.of_root(collector, root),
            operations=1 << root.operation,
        )
        found.meet(place)
    while found.waiting:
        found.compare(found.waiting.popleft())
    spread(found.pairs.values())
    answered = {key[:2] for key in found.pairs if key[2] == "response"}
    for key, pair in found.pairs.items():
        for edit in found.edits(pair):
            if key[:2] not in answered:
                edit.guards |= {"only-sent"}
            collector.edits.append(edit)
