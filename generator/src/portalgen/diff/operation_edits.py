"""Which operations came, went, moved or got another name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from portalgen.diff.collect import Collector, Meeting
from portalgen.diff.contract import Call, calls
from portalgen.diff.effect import Effect

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portalgen.diff.report import Fate

__all__ = ["meet"]

_BLANK = re.compile(r"{[^}]*}")


def meet(collector: Collector) -> list[Meeting]:
    """Find each operation's counterpart, and say of the others that they are gone or new.

    The same method and path is the same operation, whatever its parameters are called; else the same
    operationId is, which then has moved.
    """
    old = {_key(call): call for call in calls(collector.old)}
    new = {_key(call): call for call in calls(collector.new)}
    pairs = [(old[key], new[key]) for key in old if key in new]
    gone = [call for key, call in old.items() if key not in new]
    come = {call.id: call for key, call in new.items() if key not in old and call.id}
    moved = [(call, come[call.id]) for call in gone if call.id in come]
    meetings = [_meeting(collector, pair) for pair in (*pairs, *moved)]
    met_old = {id(one.old) for one in meetings}
    met_new = {id(one.new) for one in meetings}
    for call in gone:
        if id(call) not in met_old:
            _lone(collector, call, gone=True)
    for call in new.values():
        if id(call) not in met_new:
            _lone(collector, call, gone=False)
    for one in meetings:
        _compare(collector, one)
    return meetings


def _key(call: Call) -> tuple[str, str]:
    return call.method, _BLANK.sub("{}", call.path)


def _meeting(collector: Collector, pair: tuple[Call, Call]) -> Meeting:
    return Meeting(number=collector.number(pair[0].name), old=pair[0], new=pair[1])


def _lone(collector: Collector, call: Call, *, gone: bool) -> None:
    number = collector.number(call.name)
    collector.add(
        "operation-removed" if gone else "operation-added",
        call.site.pointer,
        Effect.NARROW if gone else Effect.WIDEN,
        operations=1 << number,
        direction="request",
        base=call.name if gone else None,
        revision=None if gone else call.name,
        python=collector.package.methods(call.id, fate="removed" if gone else "added"),
        line=call.line,
    )


def _compare(collector: Collector, one: Meeting) -> None:
    old, new, at = one.old, one.new, one.old.site.pointer
    if _key(old) != _key(new):
        collector.add(
            "operation-moved",
            at,
            Effect.INCOMPARABLE,
            operations=one.bit,
            direction="request",
            base=old.line,
            revision=new.line,
            python=(),
            line=old.line,
        )
    if old.id != new.id:
        kind = "renamed" if old.id and new.id else "id-removed" if old.id else "id-added"
        fate: Fate = "renamed" if old.id and new.id else "removed" if old.id else "added"
        collector.add(
            f"operation-{kind}",
            f"{at}/operationId",
            Effect.RENAME,
            operations=one.bit,
            direction="request",
            base=old.id or None,
            revision=new.id or None,
            python=collector.package.methods(old.id or new.id, fate=fate, renamed=new.id),
        )
    _life(collector, one)
    for key, kind, effect in (
        ("tags", "tags-changed", Effect.TEXT),
        ("x-stability-level", "stability-changed", Effect.TEXT),
    ):
        before, after = old.site.raw.get(key), new.site.raw.get(key)
        if before != after:
            collector.add(
                kind,
                f"{at}/{key}",
                effect,
                operations=one.bit,
                direction="request",
                base=before,
                revision=after,
            )
    if _texts(old.site.raw) != _texts(new.site.raw):
        collector.add("text-changed", at, Effect.TEXT, operations=one.bit, direction="request")


def _life(collector: Collector, one: Meeting) -> None:
    old, new = one.old.site.raw, one.new.site.raw
    before, after = bool(old.get("deprecated")), bool(new.get("deprecated"))
    sunsets = str(old.get("x-sunset") or ""), str(new.get("x-sunset") or "")
    if before == after and sunsets[0] == sunsets[1]:
        return
    kind = "sunset-changed" if before == after else "deprecated" if after else "undeprecated"
    collector.add(
        kind,
        one.old.site.pointer,
        Effect.LIFECYCLE,
        operations=one.bit,
        direction="request",
        base=sunsets[0] or None,
        revision=sunsets[1] or None,
        python=collector.package.methods(one.new.id, fate="deprecated") if after else (),
    )


def _texts(raw: Mapping[str, Any]) -> dict[str, Any]:
    known = {"x-sunset", "x-stability-level"}
    return {
        key: value
        for key, value in raw.items()
        if key in {"summary", "description", "externalDocs"}
        or (key.startswith("x-") and key not in known)
    }
