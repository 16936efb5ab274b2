"""Differences of what narrows a type: bounds, pattern, format, values, null, default."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portalgen.diff.effect import Effect
from portalgen.diff.found import Found, by_inclusion
from portalgen.diff.schema import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portalgen.diff.schema import Node

__all__ = ["facet_edits", "type_edit"]

_BOUNDS = {
    "minimum": "lower",
    "minLength": "lower",
    "minItems": "lower",
    "minProperties": "lower",
    "maximum": "upper",
    "maxLength": "upper",
    "maxItems": "upper",
    "maxProperties": "upper",
}
# Every pattern that every text matches.
_ANY_TEXT = {"", ".*", "^.*$", "^.*", ".*$", "^[\\s\\S]*$"}
# A format whose values are all values of the other, too.
_WIDER_FORMATS = {("int32", "int64"), ("float", "double")}
# Formats that say how a value is shown or carried, not which values there are.
_HINTS = {"password", "binary", "textarea", "markdown", "html", "currency"}


def type_edit(base: Node, revision: Node, *, text: bool) -> Found | None:
    """Compare the types of two schemas.

    Args:
        base: The schema before.
        revision: The schema after.
        text: Whether values travel as text (in a path, a query, a header), so that any text has any type.
    """
    if any(one.unions and not one.types for one in (base, revision)):
        return None  # the union says it
    # Where several types are listed, the server tells them apart: 5 is no text there.
    text = text and max(len(base.types), len(revision.types)) <= 1
    old, new = _expanded(base, text=text), _expanded(revision, text=text)
    if old == new:
        return None
    fewer = bool(new) and (not old or not old <= new)
    more = bool(old) and (not new or not new <= old)
    effect = by_inclusion(fewer=fewer, more=more)
    name = {Effect.NARROW: "narrowed", Effect.WIDEN: "widened", Effect.INCOMPARABLE: "changed"}
    return Found(
        kind=f"type-{name[effect]}",
        location=base.origin("type"),
        effect=effect,
        base=sorted(base.types),
        revision=sorted(revision.types),
    )


def _expanded(node: Node, *, text: bool) -> frozenset[str]:
    """Spell out what a type includes: a number may be an integer, a text anything that is no object."""
    types = set(node.types)
    if not types and node.enum:
        types = {_type_of(value) for value in node.enum}
    if not types and (node.members or node.additional):
        types = {"object"}
    if not types and node.items:
        types = {"array"}
    if "number" in types:
        types |= {"integer"}
    if text and "string" in types and not node.facets.get("format") and node.enum is None:
        types |= {"integer", "number", "boolean"}
    return frozenset(types)


def _type_of(value: Any) -> str:
    for name, kind in (("boolean", bool), ("integer", int), ("number", float), ("string", str)):
        if isinstance(value, kind):
            return name
    return "array" if isinstance(value, list) else "object"


def facet_edits(base: Node, revision: Node) -> Iterator[Found]:
    """Compare everything of two schemas but their type and what is inside them."""
    yield from _null(base, revision)
    yield from _enum(base, revision)
    yield from _bounds(base, revision)
    yield from _pattern(base, revision)
    yield from _format(base, revision)
    yield from _multiple(base, revision)
    yield from _unique(base, revision)
    yield from _default(base, revision)
    yield from _life(base, revision)
    if base.texts != revision.texts:
        yield Found(kind="text-changed", location=base.site.pointer, effect=Effect.TEXT)


def _null(base: Node, revision: Node) -> Iterator[Found]:
    if base.nullable != revision.nullable:
        on = revision.nullable
        yield Found(
            kind="nullable-on" if on else "nullable-off",
            location=(revision if on else base).site.pointer,
            effect=Effect.WIDEN if on else Effect.NARROW,
            base=base.nullable,
            revision=on,
        )


def _enum(base: Node, revision: Node) -> Iterator[Found]:
    old, new = base.enum, revision.enum
    if old is None or new is None:
        if old is not new:
            yield Found(
                kind="enum-added" if old is None else "enum-dropped",
                location=(revision if old is None else base).origin("enum"),
                effect=Effect.NARROW if old is None else Effect.WIDEN,
                base=None if old is None else list(old),
                revision=None if new is None else list(new),
                values=tuple(old or new or ()),
            )
        return
    old_keys, new_keys = {canonical(value) for value in old}, {canonical(value) for value in new}
    open_ = "x-extensible-enum" in revision.texts
    guards = frozenset({"extensible"} if open_ else set[str]())
    if gone := [value for value in old if canonical(value) not in new_keys]:
        yield Found(
            kind="enum-value-removed",
            location=base.origin("enum"),
            effect=Effect.NARROW,
            base=gone,
            values=tuple(gone),
            guards=guards,
        )
    if come := [value for value in new if canonical(value) not in old_keys]:
        yield Found(
            kind="enum-value-added",
            location=base.origin("enum"),
            effect=Effect.WIDEN,
            revision=come,
            values=tuple(come),
            guards=guards,
        )


def _bounds(base: Node, revision: Node) -> Iterator[Found]:
    for keyword, side in _BOUNDS.items():
        old, new = base.facets.get(keyword), revision.facets.get(keyword)
        if old == new:
            continue
        tighter = _is_tighter(old, new, side)
        yield Found(
            kind="bound-tightened" if tighter else "bound-loosened",
            location=f"{(revision if old is None else base).origin(keyword)}/{keyword}",
            effect=Effect.NARROW if tighter else Effect.WIDEN,
            base=None if old is None else old[0],
            revision=None if new is None else new[0],
        )


def _is_tighter(old: Any, new: Any, side: str) -> bool:
    """Compare two bounds: a value, and whether it is left out itself."""
    if old is None or new is None:
        return old is None
    if old[0] == new[0]:
        return bool(new[1])
    return bool(new[0] > old[0]) == (side == "lower")


def _pattern(base: Node, revision: Node) -> Iterator[Found]:
    old = tuple(one for one in base.facets.get("pattern", ()) if one not in _ANY_TEXT)
    new = tuple(one for one in revision.facets.get("pattern", ()) if one not in _ANY_TEXT)
    if old == new:
        return
    effect = by_inclusion(fewer=not set(new) <= set(old), more=not set(old) <= set(new))
    name = {Effect.NARROW: "added", Effect.WIDEN: "removed", Effect.INCOMPARABLE: "changed"}[effect]
    yield Found(
        kind=f"pattern-{name}",
        location=f"{(revision if not old else base).origin('pattern')}/pattern",
        effect=effect,
        base=" and ".join(old) or None,
        revision=" and ".join(new) or None,
    )


def _format(base: Node, revision: Node) -> Iterator[Found]:
    old, new = base.facets.get("format"), revision.facets.get("format")
    if old == new:
        return
    effect = by_inclusion(fewer=new is not None, more=old is not None)
    if (old, new) in _WIDER_FORMATS:
        effect = Effect.WIDEN
    elif (new, old) in _WIDER_FORMATS:
        effect = Effect.NARROW
    elif {old, new} - {None} <= _HINTS:
        effect = Effect.EQUAL
    name = "added" if old is None else "removed" if new is None else "changed"
    yield Found(
        kind=f"format-{name}",
        location=f"{(revision if old is None else base).origin('format')}/format",
        effect=effect,
        base=old,
        revision=new,
    )


def _multiple(base: Node, revision: Node) -> Iterator[Found]:
    old, new = base.facets.get("multipleOf"), revision.facets.get("multipleOf")
    if old == new:
        return
    fewer = new is not None and (old is None or not _divides(new, old))
    more = old is not None and (new is None or not _divides(old, new))
    yield Found(
        kind="multiple-changed",
        location=f"{(revision if old is None else base).origin('multipleOf')}/multipleOf",
        effect=by_inclusion(fewer=fewer, more=more),
        base=old,
        revision=new,
    )


def _divides(small: float, big: float) -> bool:
    return bool(small) and float(big / small).is_integer()


def _unique(base: Node, revision: Node) -> Iterator[Found]:
    new = "uniqueItems" in revision.facets
    if new != ("uniqueItems" in base.facets):
        yield Found(
            kind="unique-on" if new else "unique-off",
            location=f"{(revision if new else base).origin('uniqueItems')}/uniqueItems",
            effect=Effect.NARROW if new else Effect.WIDEN,
            base=not new,
            revision=new,
        )


def _default(base: Node, revision: Node) -> Iterator[Found]:
    old, new = base.default, revision.default
    if old == new:
        return
    effect = by_inclusion(fewer=old is not None, more=new is not None)
    name = "added" if old is None else "removed" if new is None else "changed"
    yield Found(
        kind=f"default-{name}",
        location=f"{(revision if old is None else base).origin('default')}/default",
        effect=effect,
        base=old,
        revision=new,
    )


def _life(base: Node, revision: Node) -> Iterator[Found]:
    new = "deprecated" in revision.flags
    if new != ("deprecated" in base.flags):
        yield Found(
            kind="deprecated" if new else "undeprecated",
            location=base.site.pointer,
            effect=Effect.LIFECYCLE,
            revision=revision.sunset or None,
        )
    elif base.sunset != revision.sunset:
        yield Found(
            kind="sunset-changed",
            location=base.site.pointer,
            effect=Effect.LIFECYCLE,
            base=base.sunset or None,
            revision=revision.sunset or None,
        )
