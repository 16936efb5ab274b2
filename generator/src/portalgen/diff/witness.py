"""Proofs of breaks: a message that one document allows and the other does not, checked by a validator.

A break that is claimed without such a message is marked as unproven, with the reason.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

import attrs
import jsonschema_rs

from portalgen.diff.effect import Effect
from portalgen.diff.json_schema import Reader
from portalgen.diff.report import Witness
from portalgen.diff.samples import Maker
from portalgen.json_kinds import is_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portalgen.diff.effect import Edit
    from portalgen.diff.report import Direction
    from portalgen.diff.schema import Site
    from portalgen.diff.spec_view import SpecView
    from portalgen.diff.trail import Step, Trail

__all__ = ["Prover"]

Side = Literal["base", "revision"]
_TRIES = 200
# Of every type one, where the schema says nothing.
_ODD: tuple[Any, ...] = ("a", 1, {"andet": 1}, [1])
_NAMES_ONLY = "declared names only"
# The same call is accepted before and after, and means something else: no validator can tell.
_MEANING = {"default-changed"}
# The break is that something does not come any more: what the base allowed shows it.
_MISSED = {"property-removed", "write-only-on"}


class _Missing:
    """In place of a value: the member is left out."""


_MISSING = _Missing()


@attrs.define(eq=False)
class Prover:
    """Finds witnesses.

    Attributes:
        old: The base.
        new: The revision.
    """

    old: SpecView
    new: SpecView
    _readers: dict[tuple[Side, Direction, bool], Reader] = attrs.field(
        factory=dict["tuple[Side, Direction, bool]", Reader], init=False
    )

    def prove(self, edit: Edit) -> tuple[Witness | None, str]:
        """Find the witness of a break of the wire.

        Returns:
            The witness, or None and why there is none.
        """
        trail = edit.trail
        if trail is None:
            if not edit.line:
                return None, "nothing that is sent or answered shows it"
            valid: Side = "revision" if edit.effect is Effect.WIDEN else "base"
            side = edit.direction or "request"
            return Witness(direction=side, line=edit.line, valid=valid), ""
        if edit.kind in _MEANING:
            return self._omission(edit, trail)
        valid = "base"
        if trail.root.direction == "response" and edit.kind not in _MISSED:
            valid = "revision"
        try:
            return self._search(edit, trail, valid)
        except (ValueError, jsonschema_rs.ValidationError) as error:
            return None, f"the validator can't read the schema: {str(error).splitlines()[0]}"

    def _search(self, edit: Edit, trail: Trail, valid: Side) -> tuple[Witness | None, str]:
        root = trail.root
        sites = {"base": root.base, "revision": root.revision}
        other: Side = "revision" if valid == "base" else "base"
        # What is only allowed on the other side may be what shows the difference.
        candidates = [
            value
            for side in (valid, other)
            for value in islice(self._messages(trail, side), _TRIES)
        ]
        for closed in (False, True):
            yes = self._reader(valid, root.direction, closed=closed)
            no = self._reader(other, root.direction, closed=closed)
            for value in candidates:
                if yes.accepts(sites[valid], value) and not no.accepts(sites[other], value):
                    reading = _NAMES_ONLY if closed else "as written"
                    return (
                        Witness(
                            direction=root.direction,
                            line=root.line,
                            part=root.part,
                            value=value,
                            valid=valid,
                            reading=reading,
                            checked=True,
                        ),
                        "",
                    )
        return None, f"none of {len(candidates)} tried messages tells the two apart ({edit.kind})"

    def _omission(self, edit: Edit, trail: Trail) -> tuple[Witness | None, str]:
        """Show a call that both documents accept, and that says less than they fill in."""
        root = trail.root
        line = f"{root.line} ({edit.base} is meant before, {edit.revision} after)"
        if not trail.steps:
            return Witness(direction="request", line=f"{line} without {root.part}"), ""
        readers = [self._reader(side, "request", closed=False) for side in ("base", "revision")]
        for value in islice(self._messages(trail, "base", leaf=_MISSING), _TRIES):
            sites = (root.base, root.revision)
            if all(one.accepts(site, value) for one, site in zip(readers, sites, strict=True)):
                return (
                    Witness(
                        direction="request", line=line, part=root.part, value=value, checked=True
                    ),
                    "",
                )
        return None, "the member can't be left out"

    def _reader(self, side: Side, direction: Direction, *, closed: bool) -> Reader:
        key = side, direction, closed
        if key not in self._readers:
            view = self.old if side == "base" else self.new
            self._readers[key] = Reader(view, direction, closed)
        return self._readers[key]

    def _messages(self, trail: Trail, side: Side, *, leaf: _Missing | None = None) -> Iterator[Any]:
        root = trail.root
        view, site = (self.old, root.base) if side == "base" else (self.new, root.revision)
        builder = _Builder(Maker(view, root.direction), side, leaf)
        return (value for value in builder.build(site, trail.steps) if value is not _MISSING)


@attrs.define(eq=False)
class _Builder:
    """Builds messages along a trail: around each sample of the place where it ends."""

    maker: Maker
    side: Side
    leaf: _Missing | None

    def build(self, site: Site, steps: tuple[Step, ...], depth: int = 0) -> Iterator[Any]:
        view = self.maker.view
        node = view.node(site)
        if not steps:
            if self.leaf is not None:
                yield self.leaf
                return
            yield from self.maker.samples(site)
            if depth:
                yield _MISSING
            return
        step, rest = steps[0], steps[1:]
        if step.kind == "property":
            member = node.members.get(step.name)
            values = self.build(member, rest, depth + 1) if member else iter((_MISSING,))
            outer = self.maker.value(site)
            smallest = outer if is_mapping(outer) else {}
            for value in values:
                without = {name: one for name, one in smallest.items() if name != step.name}
                yield without if value is _MISSING else {**without, step.name: value}
        elif step.kind == "items":
            least = max(1, int(node.facets.get("minItems", (1, False))[0]))
            for value in self.build(node.items, rest, depth) if node.items else iter(_ODD):
                yield [value] * min(least, 1000)
        elif step.kind == "additional":
            outer = self.maker.object(node, 0)
            inner = self.build(node.additional, rest, depth) if node.additional else iter(_ODD)
            for value in inner:
                yield {**outer, "andet": value}
        else:
            yield from self._member(site, step, rest, depth)

    def _member(self, site: Site, step: Step, rest: tuple[Step, ...], depth: int) -> Iterator[Any]:
        node = self.maker.view.node(site)
        index = step.name.split(":")[self.side == "revision"]
        if not index or not rest:
            yield from self.maker.samples(site)
        for union in node.unions[:1] if index else ():
            member = union.members[int(index)]
            outer = self.maker.object(node, 0)
            for value in self.build(member, rest, depth):
                for tag in self.maker.tag(node, member):
                    yield {**outer, **value, **tag} if is_mapping(value) else value
