"""Differences of unions: members, the discriminator and its tags, and what `not` leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from portalgen.diff.effect import Effect
from portalgen.diff.found import Found
from portalgen.diff.schema import canonical
from portalgen.diff.trail import Step
from portalgen.json_kinds import is_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from portalgen.diff.schema import Node, Site, Union
    from portalgen.diff.spec_view import SpecView

__all__ = ["UnionEdits", "tags"]


@attrs.define(eq=False)
class UnionEdits:
    """Compares the unions of two schemas.

    Attributes:
        old: The document before.
        new: The document after.
        below: The members to compare next.
    """

    old: SpecView
    new: SpecView
    below: list[tuple[Step, Site, Site]] = attrs.field(
        factory=list["tuple[Step, Site, Site]"], init=False
    )

    def wrapped(self, base: Node, revision: Node) -> Found | None:
        """Find a schema that became one member of a union, or one member that stands alone now."""
        if bool(base.unions) == bool(revision.unions):
            return None
        wide = revision if revision.unions else base
        plain = base if wide is revision else revision
        views, own = (self.new, self.old) if wide is revision else (self.old, self.new)
        parts = tuple(own.parts(plain.site))
        for union in wide.unions:
            for member in union.members:
                other = views.resolve(member)
                if any(_same(other, part) for part in parts):
                    grows = wide is revision
                    return Found(
                        kind="alternatives-added" if grows else "alternatives-removed",
                        location=union.pointer,
                        effect=Effect.WIDEN if grows else Effect.NARROW,
                        base=None if grows else _names(union.members),
                        revision=_names(union.members) if grows else None,
                    )
        return None

    def found(self, base: Node, revision: Node) -> Iterator[Found]:
        """Yield the differences of unions, discriminators and `not`."""
        for keyword in ("oneOf", "anyOf"):
            before = [union for union in base.unions if union.keyword == keyword]
            after = [union for union in revision.unions if union.keyword == keyword]
            for old, new in zip(before, after, strict=False):
                yield from self._members(old, new)
            for old in before[len(after) :]:
                yield _whole("union-dropped", Effect.WIDEN, old)
            for new in after[len(before) :]:
                yield _whole("union-put-on", Effect.NARROW, new)
        yield from _discriminator(base, revision)
        yield from self._negation(base, revision)

    def _members(self, old: Union, new: Union) -> Iterator[Found]:
        left = {_key(self.old, site): (index, site) for index, site in enumerate(old.members)}
        right = {_key(self.new, site): (index, site) for index, site in enumerate(new.members)}
        gone = [key for key in left if key not in right]
        come = [key for key in right if key not in left]
        pairs = [(key, key) for key in left if key in right]
        # The same number of members that bear no name: the same members, changed.
        if len(gone) == len(come) and not any(key.startswith("/") for key in (*gone, *come)):
            pairs += zip(gone, come, strict=True)
            gone, come = [], []
        for one, other in pairs:
            (at, site), (new_at, new_site) = left[one], right[other]
            self.below.append((Step("member", f"{at}:{new_at}"), site, new_site))
        if gone:
            yield _member("union-member-removed", Effect.NARROW, old, [left[key] for key in gone])
        if come:
            yield _member("union-member-added", Effect.WIDEN, new, [right[key] for key in come])

    def _negation(self, base: Node, revision: Node) -> Iterator[Found]:
        old, new = base.negation, revision.negation
        if canonical(old.raw if old else None) == canonical(new.raw if new else None):
            return
        name = "changed" if old and new else "removed" if old else "added"
        effects = {
            "changed": Effect.INCOMPARABLE,
            "removed": Effect.WIDEN,
            "added": Effect.NARROW,
        }
        yield Found(
            kind=f"not-{name}",
            location=f"{base.site.pointer}/not",
            effect=effects[name],
            base=old.raw if old else None,
            revision=new.raw if new else None,
        )


def _same(one: Site, other: Site) -> bool:
    """Tell whether two schemas are the same component, or written alike."""
    named = one.pointer.startswith("/components/") and one.pointer == other.pointer
    return named or canonical(one.raw) == canonical(other.raw)


def _key(view: SpecView, site: Site) -> str:
    """Tell a union's members apart: a named one by its place, one written in place by what it says."""
    return view.resolve(site).pointer if "$ref" in site.raw else canonical(site.raw)


def _names(members: tuple[Site, ...]) -> list[str]:
    return [_name(site) for site in members]


def _name(site: Site) -> str:
    ref = site.raw.get("$ref")
    return ref.rpartition("/")[2] if isinstance(ref, str) else str(site.raw.get("type", "schema"))


def _whole(kind: str, effect: Effect, union: Union) -> Found:
    names = _names(union.members)
    gone = effect is Effect.WIDEN
    return Found(
        kind=kind,
        location=union.pointer,
        effect=effect,
        base=names if gone else None,
        revision=None if gone else names,
    )


def _member(kind: str, effect: Effect, union: Union, found: list[tuple[int, Site]]) -> Found:
    names = [_name(site) for _, site in found]
    gone = effect is Effect.NARROW
    index = found[0][0]
    return Found(
        kind=kind,
        location=union.pointer,
        effect=effect,
        base=names if gone else None,
        revision=None if gone else names,
        step=Step("member", f"{index}:" if gone else f":{index}"),
    )


def tags(node: Node) -> dict[str, str]:
    """Give a discriminator's tags and the names of their schemas."""
    found = node.discriminator or {}
    mapping: Any = found.get("mapping")
    if is_mapping(mapping):
        return {str(tag): str(ref).rpartition("/")[2] for tag, ref in mapping.items()}
    members = (site for union in node.unions for site in union.members if "$ref" in site.raw)
    return {_name(site): _name(site) for site in members}


def _discriminator(base: Node, revision: Node) -> Iterator[Found]:
    old, new = base.discriminator, revision.discriminator
    location = f"{(base if old else revision).site.pointer}/discriminator"
    if old is None or new is None:
        if old is not new:
            yield Found(
                kind="discriminator-added" if old is None else "discriminator-removed",
                location=location,
                effect=Effect.EQUAL,
                base=_property(old),
                revision=_property(new),
            )
        return
    if _property(old) != _property(new):
        yield Found(
            kind="discriminator-changed",
            location=f"{location}/propertyName",
            effect=Effect.INCOMPARABLE,
            base=_property(old),
            revision=_property(new),
        )
        return
    left, right = tags(base), tags(revision)
    for kind, effect, one, other in (
        ("tag-removed", Effect.NARROW, left, right),
        ("tag-added", Effect.WIDEN, right, left),
    ):
        # A member that comes or goes brings its tag along.
        found = {tag: one[tag] for tag in one if tag not in other and one[tag] in other.values()}
        if found:
            gone = effect is Effect.NARROW
            yield Found(
                kind=kind,
                location=f"{location}/mapping",
                effect=effect,
                base=found if gone else None,
                revision=None if gone else found,
            )
    if moved := {tag: right[tag] for tag in left if tag in right and left[tag] != right[tag]}:
        yield Found(
            kind="tag-retargeted",
            location=f"{location}/mapping",
            effect=Effect.INCOMPARABLE,
            base={tag: left[tag] for tag in moved},
            revision=moved,
        )


def _property(found: Mapping[str, Any] | None) -> str | None:
    return None if found is None else str(found.get("propertyName", ""))
