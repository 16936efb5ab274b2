"""Where a reconstruction was wrong: what the official file says otherwise, by how sure we had been."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import attrs

from portalgen.json_kinds import is_list, is_mapping

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portalgen.diff import Change, Report

__all__ = ["WrongGuess", "wrong_guesses"]

Mark = Literal["official", "guide", "inferred", "not in ours"]
_MARKS: dict[str, Mark] = {"official": "official", "guide": "guide", "inferred": "inferred"}


@attrs.frozen
class WrongGuess:
    """A place where ours and the portal's file differ.

    Attributes:
        mark: How sure we had been: the nearest `x-provenance` at or above the place in our file;
            `not in ours` for what we did not know of.
        change: The difference.
    """

    mark: Mark
    change: Change


def wrong_guesses(reconstruction: Mapping[str, Any], report: Report) -> tuple[WrongGuess, ...]:
    """List where a reconstruction was wrong.

    Args:
        reconstruction: Our file.
        report: Its comparison with the official file.

    Returns:
        The differences, what we had been surest of first.
    """
    order = (*_MARKS, "not in ours")
    found = [WrongGuess(_mark(reconstruction, one), one) for one in report.changes]
    return tuple(sorted(found, key=lambda one: order.index(one.mark)))


def _mark(document: Mapping[str, Any], change: Change) -> Mark:
    node: Any = document
    mark: Mark = "not in ours"
    for step in change.location.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        if is_list(node) and key.isdecimal() and int(key) < len(node):
            node = node[int(key)]
        elif is_mapping(node) and key in node:
            node = node[key]
        else:
            # What stands in no place of ours was not guessed wrong, but not known.
            return "not in ours"
        own = node.get("x-provenance") if is_mapping(node) else None
        mark = _MARKS.get(str(own), mark)
    return mark
