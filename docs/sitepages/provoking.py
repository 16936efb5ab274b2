"""How a business error code is provoked in the sandbox: each call, act and move of the clock, so that a reader can do the same."""

from __future__ import annotations

import json
import re
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from skifteportal.sandbox.provocations.step import CLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from skifteportal.sandbox.provocations import Outcome, Step

__all__ = ["provocation"]

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FEW = 2
"""As many equal steps are shown one by one."""

_ROLES = {
    "creditor": "the company of `anmelder.p12`, with a direct token",
    "other_creditor": "the company of `anden_anmelder.p12`, with a direct token",
    "gaeldsstyrelsen": "Gældsstyrelsen (CVR number 19552101), with a direct token",
    "liquidator_firm": "the firm of the case's liquidator (CVR number 90000005), with a direct token",
    "stranger": "a company that has no part in the case (CVR number 90000003), with a direct token",
    "liquidator": "`anmelder.p12` with a token for the profile `EXAMPLE_PROFILE`",
    "other_liquidator": "`anmelder.p12` with a token for another liquidator's profile",
    "court": "the court: on the sandbox's control port, or by `skifteportal-sandbox court`",
}
_MOVED = "The tokens from before have expired then: get a new one. `skifteportal-sandbox clock release` puts the clock back afterwards."


def provocation(outcome: Outcome) -> str:
    """Write the section of a code's page.

    Args:
        outcome: What was done in a portal as it was seeded, and what came of it.
    """
    entry = outcome.provocation
    parts = ["## How to provoke it in the sandbox", escape(entry.how)]
    if entry.note:
        parts.append(f"!!! note\n    {escape(entry.note)}")
    if entry.settings:
        settings = ", ".join(f"`{name} = {value!r}`" for name, value in entry.settings.items())
        parts.append(f"Settings of the sandbox that it takes: {settings}.")
    names = _names(outcome.steps)
    parts.append(
        "What is sent, and what comes back, in a sandbox as it was seeded (`skifteportal-sandbox reset`)"
        + ("; `$ID1` and so on stand for ids of its answers:" if names else ":")
    )
    for _, same in groupby(outcome.steps, _sight):
        parts += _blocks(tuple(same), names)
    if entry.side == "api":
        plan = f"fail {entry.operation} --code {entry.code}"
        parts.append(
            f"Without all that, the next call is refused with it after `skifteportal-sandbox {plan}`, or in a test "
            f'`control.fail("{entry.operation}", code="{entry.code}")`.'
        )
    roles = dict.fromkeys(step.who for step in outcome.steps if step.who != CLOCK)
    parts.append("Who calls: " + "; ".join(f"`{role}` is {_ROLES[role]}" for role in roles) + ".")
    return "\n\n".join(parts) + "\n\n"


def _sight(step: Step) -> tuple[Any, ...]:
    """Return what is shown of a step, but for the ids in its answer."""
    return step.who, step.method, step.path, step.sent, step.file, step.status


def _blocks(same: Sequence[Step], names: Mapping[str, str]) -> Iterator[str]:
    """Write equal steps: one by one, or the first with their number."""
    if len(same) > _FEW:
        yield _block(_request(same[0], names))
        yield _block([*_answer(same[0], names), f"# the same {len(same) - 1} more times"])
        return
    for step in same:
        if step.command:
            yield from (f"    {step.command}", _MOVED)
        else:
            yield from (_block(_request(step, names)), _block(_answer(step, names)))


def _block(lines: Sequence[str]) -> str:
    return "```http\n{}\n```".format("\n".join(lines))


def _request(step: Step, names: Mapping[str, str]) -> list[str]:
    lines = [f"{step.method} {step.path}", f"# as: {step.who}"]
    lines += [f"{name}: {value}" for name, value in step.headers]
    if step.sent is not None:
        lines.append(_json(step.sent))
    if step.file is not None:
        lines.append(f"# file: {step.file.about}")
    return [_ID.sub(lambda found: names.get(found[0], found[0]), line) for line in lines]


def _answer(step: Step, names: Mapping[str, str]) -> list[str]:
    lines = [f"HTTP {step.status}"]
    if step.failed:  # an act of the court's that is refused has no body to show
        lines.append(f"# {step.code}" if step.answer is None else _json(step.answer))
    elif (kept := _kept(step.answer, names)) is not None:
        lines.append(_json(kept))
    return lines


def _names(steps: Sequence[Step]) -> Mapping[str, str]:
    """Name the ids that an answer brings and a later step goes by: the portal gives others next time."""
    names: dict[str, str] = {}
    known: set[str] = set()
    for position, step in enumerate(steps):
        known.update(_ids(step))
        later = {found for after in steps[position + 1 :] for found in _ids(after)}
        for found in _ID.findall(_json(step.answer)):
            if found in later - known - names.keys():
                names[found] = f"$ID{len(names) + 1}"
    return names


def _ids(step: Step) -> list[str]:
    return _ID.findall(f"{step.path} {_json(step.sent)}")


def _kept(value: Any, names: Mapping[str, str]) -> Any:
    """Shorten an answer to the ids that have a name, of a list to its first item; None if nothing is left."""
    if isinstance(value, dict):
        members = cast("dict[str, Any]", value)
        kept = {name: _kept(one, names) for name, one in members.items()}
        return {name: one for name, one in kept.items() if one is not None} or None
    if isinstance(value, list):
        items = cast("list[object]", value)
        first = _kept(items[0], names) if items else None
        return None if first is None else [first]
    return names.get(value) if isinstance(value, str) else None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)
