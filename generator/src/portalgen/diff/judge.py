"""Judges edits: groups those of one root cause, sets both levels, and says why."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import attrs

from portalgen.diff.client_law import rule_client
from portalgen.diff.kinds import KINDS
from portalgen.diff.law import rule_wire
from portalgen.diff.level import Level
from portalgen.diff.report import Change
from portalgen.diff.schema import canonical
from portalgen.json_kinds import is_list, is_mapping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from portalgen.diff.effect import Edit
    from portalgen.diff.law import Ruling
    from portalgen.diff.report import PythonName, Witness

__all__ = ["judge"]

_GROWS = (
    "a program that handles each value of the list must handle one more; "
    "an unknown value stays a text, so nothing fails to be read"
)
_LONG = 120


@attrs.frozen(eq=False)
class _Judged:
    edit: Edit
    wire: Ruling
    client: Ruling


def judge(
    edits: Iterable[Edit],
    names: Sequence[str],
    prove: Callable[[Edit], tuple[Witness | None, str]],
) -> tuple[Change, ...]:
    """Judge edits.

    Args:
        edits: The edits; several may be of one root cause, seen from several places.
        names: The operations' names, by number.
        prove: Finds the witness of a break of the wire, or says why there is none.

    Returns:
        A change for each root cause: breaks first, then in the document's order.
    """
    groups: dict[tuple[str, ...], list[_Judged]] = {}
    for edit in edits:
        wire = rule_wire(edit.kind, edit.effect, edit.direction, edit.guards)
        client = rule_client(edit.kind, edit.direction, edit.guards, edit.retyped)
        key = edit.kind, edit.location, canonical(edit.base), canonical(edit.revision)
        groups.setdefault(key, []).append(_Judged(edit, wire, client))
    changes = [_change(key, group, names, prove) for key, group in groups.items()]
    return tuple(sorted(changes, key=lambda one: (_rank(one.wire), _rank(one.client))))


def _rank(level: Level) -> int:
    return -list(Level).index(level)


def _change(
    key: tuple[str, ...],
    group: list[_Judged],
    names: Sequence[str],
    prove: Callable[[Edit], tuple[Witness | None, str]],
) -> Change:
    first = max(group, key=lambda one: one.wire.level)
    client = max((one.client for one in group), key=lambda ruling: ruling.level)
    edit = first.edit
    bits = 0
    for one in group:
        bits |= one.edit.operations
    witness, unproven = None, ""
    if first.wire.level is Level.MAJOR:
        # Any place that breaks will do: one of them may be easier to show.
        breaking = [one.edit for one in group if one.wire.level is Level.MAJOR]
        for candidate in breaking[:3]:
            witness, unproven = prove(candidate)
            if witness is not None:
                break
    says = KINDS[edit.kind].says.format(base=_words(edit.base), revision=_words(edit.revision))
    return Change(
        kind=edit.kind,
        location=edit.location,
        wire=first.wire.level,
        client=client.level,
        reason=f"{says}: on the wire, {first.wire.reason}; in code, {client.reason}.",
        effect=edit.effect.value,
        directions=tuple(dict.fromkeys(one.edit.direction for one in group if one.edit.direction)),
        law=first.wire.law,
        client_law=client.law,
        base=edit.base,
        revision=edit.revision,
        operations=tuple(
            dict.fromkeys(name for index, name in enumerate(names) if bits >> index & 1)
        ),
        python=_python(group),
        witness=witness,
        unproven=unproven,
        note=_note(group),
        fingerprint=hashlib.sha256("\n".join(key).encode()).hexdigest()[:12],
    )


def _python(group: list[_Judged]) -> tuple[PythonName, ...]:
    found: dict[PythonName, None] = {}
    for one in group:
        edit = one.edit
        retyped = edit.retyped if edit.retyped and edit.retyped[0] != edit.retyped[1] else None
        for name in edit.python:
            found[attrs.evolve(name, before=retyped[0], after=retyped[1]) if retyped else name] = (
                None
            )
        if retyped and one.client.law.startswith("type"):
            for holder in edit.holders:
                found[attrs.evolve(holder, before=retyped[0], after=retyped[1])] = None
    return tuple(found)


def _note(group: list[_Judged]) -> str:
    grows = any(
        one.edit.kind == "enum-value-added" and one.edit.direction == "response" for one in group
    )
    return _GROWS if grows else ""


def _words(value: Any) -> str:
    if is_list(value):
        text = ", ".join(map(str, value))
    elif is_mapping(value):
        text = ", ".join(f"{key}: {one}" for key, one in value.items())
    else:
        text = "not stated" if value is None else str(value)
    return text if len(text) <= _LONG else f"{text[:_LONG]}…"
