"""Walks through the schemas of two documents side by side, each pair once.

A pair of schemas is compared where it is first met, in each direction; who reaches it is found afterwards.
So a shared component is one place however many operations use it, and a schema that holds itself ends.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

import attrs

from portalgen.diff.effect import Edit
from portalgen.diff.schema_edits import SchemaComparison
from portalgen.diff.schema_names import NamePair
from portalgen.diff.spread import spread
from portalgen.diff.trail import Trail
from portalgen.diff.unchanged import Unchanged

if TYPE_CHECKING:
    from portalgen.diff.collect import Collector
    from portalgen.diff.schema import Site

__all__ = ["walk"]


@attrs.define(eq=False, kw_only=True)
class _Pair:
    """Two schemas that are compared, and who reaches them."""

    base: Site
    revision: Site
    trail: Trail
    names: NamePair
    operations: int
    edits: list[Edit] = attrs.field(factory=list[Edit])
    below: list[_Pair] = attrs.field(factory=list["_Pair"])


@attrs.define(eq=False)
class _Walk:
    collector: Collector
    unchanged: Unchanged
    pairs: dict[Any, _Pair] = attrs.field(factory=dict[Any, _Pair])
    waiting: deque[_Pair] = attrs.field(factory=deque[_Pair])

    def meet(
        self, sites: tuple[Site, Site], trail: Trail, names: NamePair, operations: int
    ) -> _Pair | None:
        """Remember a pair, or add to those who reach it; None if nothing in it can have changed."""
        if self.unchanged(*sites):
            return None
        base, revision = self.collector.old.resolve(sites[0]), self.collector.new.resolve(sites[1])
        root = trail.root
        key = (base.identity, revision.identity, root.direction, root.guards, names.parameter)
        pair = self.pairs.get(key)
        if pair is None:
            pair = _Pair(
                base=sites[0], revision=sites[1], trail=trail, names=names, operations=operations
            )
            self.pairs[key] = pair
            self.waiting.append(pair)
        else:
            pair.operations |= operations
        return pair

    def compare(self, pair: _Pair) -> None:
        collector, root = self.collector, pair.trail.root
        old, new = collector.old.node(pair.base), collector.new.node(pair.revision)
        # Parts of a list or an object are joined by signs that a text may hold: only the whole is any text.
        text = "text" in root.guards and all(step.kind == "member" for step in pair.trail.steps)
        comparison = SchemaComparison(
            collector.old, collector.new, root.direction, text, self.unchanged
        )
        names = pair.names.at(old, new)
        for found in comparison.found(old, new):
            trail = pair.trail if found.step is None else pair.trail.down(found.step)
            pair.edits.append(
                Edit(
                    kind=found.kind,
                    location=found.location,
                    effect=found.effect,
                    direction=root.direction,
                    base=found.base,
                    revision=found.revision,
                    guards=found.guards | root.guards,
                    python=names.python(found, old, new),
                    retyped=names.retyped(found, pair.base, pair.revision),
                    holders=() if found.member else names.holders(),
                    trail=trail,
                )
            )
        for step, base, revision in comparison.below:
            below = self.meet(
                (base, revision), pair.trail.down(step), names.down(step, old, new), 0
            )
            if below is not None:
                pair.below.append(below)


def walk(collector: Collector) -> None:
    """Compare the schemas of all roots, and add what is found to the collector's edits."""
    found = _Walk(collector, Unchanged(collector.old, collector.new))
    for root in collector.roots:
        names = NamePair.of_root(collector, root)
        found.meet((root.base, root.revision), Trail(root), names, 1 << root.operation)
    while found.waiting:
        found.compare(found.waiting.popleft())
    spread(found.pairs.values())
    answered = {key[:2] for key in found.pairs if key[2] == "response"}
    for key, pair in found.pairs.items():
        for edit in pair.edits:
            edit.operations = pair.operations
            if key[:2] not in answered:
                edit.guards |= {"only-sent"}
            collector.edits.append(edit)
