"""Tells regular expressions that may take for ever from those that can't.

A pattern reaches validators (ours of defaults and examples, the sandbox's) together with values from the same
file, so a hostile file could stop them: `(a+)+$`. This is no proof of every pattern, but a rule that refuses what
could be exponential and lets pass what specs really use: a repetition inside a repetition must have a separator,
as in `[a-z]+(-[a-z]+)*`.
"""

from __future__ import annotations

import re
from typing import Literal

import attrs

__all__ = ["slow_pattern"]

_LONGEST = 500
_MOST_REPEATS = 10_000
_MANY = 10  # a repetition up to this is as good as written out
_TOKEN = re.compile(
    r"""(?P<atom>\\[^\d]|\\0|\[\^?\]?(?:\\.|[^\]\\])*\]|[^\\()\[|*+?{}]|(?<!\\)\}|\{(?!\d+(?:,\d*)?\}))
    |(?P<reference>\\[1-9])
    |(?P<open>\((?:\?(?:[:=!]|<[=!]|P?<\w+>))?)
    |(?P<close>\))
    |(?P<bar>\|)
    |(?P<quantifier>(?:[*+?]|\{(?P<least>\d+)(?P<comma>,(?P<most>\d*))?\})[?+]?)
    """,
    re.VERBOSE | re.DOTALL,
)


@attrs.define
class _Part:
    """What stands between quantifiers: one character's pattern, or a group.

    Attributes:
        text: The pattern of one character; empty for a group.
        branches: A group's alternatives.
        repeats: How often it may be repeated; None for without end.
        optional: Whether it may be missing.
    """

    text: str = ""
    branches: list[list[_Part]] = attrs.field(factory=lambda: [[]])
    repeats: int | None = 1
    optional: bool = False


def slow_pattern(pattern: str) -> str:
    """Say why matching a pattern might take for ever; empty if it can't.

    Args:
        pattern: A regular expression.
    """
    if len(pattern) > _LONGEST:
        return f"is longer than {_LONGEST} characters"
    try:
        re.compile(pattern)
        top = _read(pattern)
    except (re.error, OverflowError, RecursionError, ValueError):
        return "is no regular expression"
    return _judge(top, within=1)


def _read(pattern: str) -> _Part:
    """Read a pattern that is known to compile."""
    stack = [_Part()]
    position = 0
    while position < len(pattern):
        found = _TOKEN.match(pattern, position)
        if found is None or found["reference"]:
            raise ValueError(pattern)
        position = found.end()
        kind: Literal["atom", "open", "close", "bar", "quantifier"]
        kind = next(name for name in _KINDS if found[name])
        branch = stack[-1].branches[-1]
        match kind:
            case "atom":
                branch.append(_Part(found["atom"]))
            case "open":
                branch.append(_Part())
                stack.append(branch[-1])
            case "close":
                stack.pop()
            case "bar":
                stack[-1].branches.append([])
            case _:
                _repeat(branch[-1], found)
    return stack[0]


_KINDS: tuple[Literal["atom", "open", "close", "bar", "quantifier"], ...] = (
    *("atom", "open", "close"),
    *("bar", "quantifier"),
)


def _repeat(part: _Part, found: re.Match[str]) -> None:
    sign, least, most = found["quantifier"][0], found["least"], found["most"]
    part.optional = sign in "*?" or least == "0"
    if sign == "{":
        part.repeats = int(most or least) if most or not found["comma"] else None
    elif sign != "?":
        part.repeats = None


def _judge(group: _Part, *, within: int | None) -> str:
    """Judge a group that is repeated `within` times by what it stands in; None is without end."""
    for branch in group.branches:
        for part in branch:
            repeats = (
                None if None in {within, part.repeats} else (within or 1) * (part.repeats or 1)
            )
            if repeats is not None and repeats > _MOST_REPEATS:
                return f"repeats something more than {_MOST_REPEATS} times"
            if part.text:
                continue
            many = part.repeats is None or part.repeats > _MANY
            if many and (problem := _ambiguous(part)):
                return problem
            if problem := _judge(part, within=repeats):
                return problem
    return ""


def _ambiguous(group: _Part) -> str:
    """Say why one text might be read as this group's repetition in many ways."""
    firsts = [branch[0].text if branch else "" for branch in group.branches]
    if len(firsts) > 1 and (
        len({first[-1:] for first in firsts}) < len(firsts) or not all(map(_literal, firsts))
    ):
        return "repeats alternatives that may begin alike"
    for branch in group.branches:
        if any(_varies(part) for part in branch) and not _separated(branch):
            return "repeats a repetition, which may take for ever to match (as `(a+)+` does)"
    return ""


def _varies(part: _Part) -> bool:
    """Whether texts of different lengths match."""
    if part.optional or part.repeats is None:
        return True
    return not part.text and any(_varies(inner) for branch in part.branches for inner in branch)


def _separated(branch: list[_Part]) -> bool:
    """Whether it begins or ends with a character that nothing else in it matches."""
    for mark, rest in ((branch[0], branch[1:]), (branch[-1], branch[:-1])):
        once = mark.repeats == 1 and not mark.optional
        if once and _literal(mark.text) and not any(_matches(one, mark.text) for one in rest):
            return True
    return False


def _literal(text: str) -> bool:
    return text.isalnum() or text in _LITERAL


_LITERAL = {*"-_,;:/@#%&=~ !\"'<>", *(f"\\{sign}" for sign in ".-_,;:/@#%&=~ !+*?()[]{}|^$")}


def _matches(part: _Part, literal: str) -> bool:
    if part.text:
        return re.fullmatch(part.text, literal[-1]) is not None
    return any(_matches(inner, literal) for branch in part.branches for inner in branch)
