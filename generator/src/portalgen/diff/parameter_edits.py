"""Differences of an operation's parameters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from portalgen.diff.effect import Effect
from portalgen.diff.trail import Root

if TYPE_CHECKING:
    from portalgen.diff.collect import Collector, Meeting
    from portalgen.diff.contract import Parameter
    from portalgen.diff.report import Fate

__all__ = ["parameter_edits"]

_IN_PATH = re.compile(r"{([^}]*)}")


def parameter_edits(collector: Collector, one: Meeting) -> None:
    """Compare the parameters of an operation; their schemas are compared later."""
    old, new = dict(one.old.parameters), dict(one.new.parameters)
    pairs = [(old.pop(key), new.pop(key)) for key in list(old) if key in new]
    pairs += _path_pairs(collector, one, old, new)
    for key in list(old):
        other = next((two for two in new if two[1] == key[1] and two[0] != key[0]), None)
        if other is not None:
            pair = old.pop(key), new.pop(other)
            _moved(collector, one, pair)
            pairs.append(pair)
    for pair in pairs:
        _compare(collector, one, pair)
    for parameter in old.values():
        _lone(collector, one, parameter, gone=True)
    for parameter in new.values():
        _lone(collector, one, parameter, gone=False)


def _path_pairs(
    collector: Collector,
    one: Meeting,
    old: dict[tuple[str, str], Parameter],
    new: dict[tuple[str, str], Parameter],
) -> list[tuple[Parameter, Parameter]]:
    """Pair the path's parameters by where they stand in it: the name does not travel."""
    names = _IN_PATH.findall(one.old.path), _IN_PATH.findall(one.new.path)
    pairs: list[tuple[Parameter, Parameter]] = []
    if len(names[0]) != len(names[1]):
        return pairs
    for before, after in zip(*names, strict=True):
        if ("path", before) in old and ("path", after) in new:
            pair = old.pop(("path", before)), new.pop(("path", after))
            pairs.append(pair)
            collector.add(
                "path-parameter-renamed",
                pair[0].site.pointer,
                Effect.RENAME,
                operations=one.bit,
                direction="request",
                base=before,
                revision=after,
                python=collector.package.parameter(
                    one.old.id, before, fate="renamed", renamed=after
                ),
            )
    return pairs


def _moved(collector: Collector, one: Meeting, pair: tuple[Parameter, Parameter]) -> None:
    collector.add(
        "parameter-moved",
        pair[0].site.pointer,
        Effect.INCOMPARABLE,
        operations=one.bit,
        direction="request",
        base=pair[0].title,
        revision=pair[1].title,
        line=f"{one.old.line} with the {pair[0].title}",
    )


def _compare(collector: Collector, one: Meeting, pair: tuple[Parameter, Parameter]) -> None:
    old, new = pair
    if old.required != new.required:
        collector.add(
            "parameter-required" if new.required else "parameter-optional",
            old.site.pointer,
            Effect.NARROW if new.required else Effect.WIDEN,
            operations=one.bit,
            direction="request",
            base=old.title,
            revision=None,
            python=collector.package.parameter(
                one.old.id, old.name, fate="required" if new.required else "optional"
            ),
            line=f"{one.old.line} without the {old.title}",
        )
    if old.written != new.written and old.place == new.place:
        collector.add(
            "parameter-written-otherwise",
            old.site.pointer,
            Effect.INCOMPARABLE,
            operations=one.bit,
            direction="request",
            base=old.written,
            revision=new.written,
            line=f"{one.old.line} with the {old.title} as {old.written}",
        )
    _life(collector, one, pair)
    if old.schema and new.schema:
        text = old.place != "body" and "/" not in old.written
        collector.roots.append(
            Root(
                line=one.old.line,
                part=f"{old.place} {old.name}",
                direction="request",
                base=old.schema,
                revision=new.schema,
                operation=one.number,
                guards=frozenset({"text"} if text else set[str]()),
                parameter=old.name,
            )
        )


def _life(collector: Collector, one: Meeting, pair: tuple[Parameter, Parameter]) -> None:
    old, new = pair[0].site.raw, pair[1].site.raw
    before, after = bool(old.get("deprecated")), bool(new.get("deprecated"))
    sunsets = str(old.get("x-sunset") or ""), str(new.get("x-sunset") or "")
    if before != after or sunsets[0] != sunsets[1]:
        kind = "sunset-changed" if before == after else "deprecated" if after else "undeprecated"
        collector.add(
            kind,
            pair[0].site.pointer,
            Effect.LIFECYCLE,
            operations=one.bit,
            direction="request",
            base=sunsets[0] or None,
            revision=sunsets[1] or None,
        )
    if any(old.get(key) != new.get(key) for key in ("description", "example", "examples")):
        collector.add(
            "text-changed",
            pair[0].site.pointer,
            Effect.TEXT,
            operations=one.bit,
            direction="request",
        )


def _lone(collector: Collector, one: Meeting, parameter: Parameter, *, gone: bool) -> None:
    must = parameter.required
    fate: Fate = "removed" if gone else "required" if must else "added"
    effect = Effect.NARROW if gone else Effect.WIDEN
    collector.add(
        f"{'required-' if must else ''}parameter-{'removed' if gone else 'added'}",
        parameter.site.pointer,
        Effect.INCOMPARABLE if must else effect,
        operations=one.bit,
        direction="request",
        base=parameter.title if gone else None,
        revision=None if gone else parameter.title,
        python=collector.package.parameter(one.old.id, parameter.name, fate=fate),
        line=f"{one.old.line} {'with' if gone else 'without'} the {parameter.title}",
    )
