"""Our corrections to a portal's file: `specs/<api>/overlay.yaml`, in the form of OpenAPI Overlay 1.0.

An official file is kept byte for byte, so what is wrong in it is corrected beside it, for the clients and the
sandbox alike. Each action says why it is there and when it can go (`x-reason`, `x-remove-when`). One that does
nothing any more is an error: the portal has mended its file, or moved what the action meant.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import attrs
from typing_extensions import override

from portalgen.json_kinds import is_list, is_mapping
from portalgen.jsonpath import JsonPath
from portalgen.problems import BrokenInput
from portalgen.yaml_file import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Action", "Idle", "Overlay"]

_VERSIONS = ("1.0.0",)
_TOP = {"overlay", "info", "actions"}
_ACTION = {"target", "update", "remove", "description", "x-reason", "x-remove-when"}


@attrs.frozen(kw_only=True)
class Action:
    """One correction.

    Attributes:
        number: Its place among the actions, from 1.
        target: Where it applies.
        reason: Why it is there.
        remove_when: When it can go.
        update: What is merged into each place; None if the places are removed.
    """

    number: int
    target: JsonPath
    reason: str
    remove_when: str
    update: Any = None

    def apply(self, document: Any) -> str:
        """Apply it to a document, in place.

        Returns:
            Why it does nothing; empty if it did something.
        """
        found = self.target.find(document)
        if not found:
            return "its target is not in the file"
        if self.update is None:
            # From the end, so that the indices before stay right.
            for place in reversed(found):
                del place.holder[place.key]
            return ""
        changed = [_merge(place.value, self.update) for place in found]
        if None in changed:
            return "its target is neither a mapping nor a list of its update's kind"
        return "" if any(changed) else "the file already says so"


@attrs.frozen
class Idle:
    """An action that does nothing, and why.

    Attributes:
        action: The action.
        problem: Why it does nothing.
    """

    action: Action
    problem: str

    @override
    def __str__(self) -> str:
        return f"action {self.action.number} ({self.action.target.text}): {self.problem}"


@attrs.frozen
class Overlay:
    """An API's corrections.

    Attributes:
        actions: In the file's order.
    """

    actions: tuple[Action, ...]

    @classmethod
    def parse(cls, content: bytes, *, file: str) -> Overlay:
        """Read an overlay.

        Args:
            content: The file's bytes.
            file: What to call it in an error.

        Raises:
            BrokenInput: It is none, or an action lacks its reason or the condition for removing it.
        """
        data = parse_yaml(content, file=file)
        if data.get("overlay") not in _VERSIONS:
            raise BrokenInput(f"{file}: overlay must be '1.0.0', not {data.get('overlay')!r}")
        actions = data.get("actions")
        if not is_list(actions) or not actions:
            raise BrokenInput(f"{file}: actions must be a list of at least one")
        if unknown := sorted(data.keys() - _TOP):
            raise BrokenInput(f"{file}: {', '.join(unknown)} is nothing that an overlay has")
        return cls(tuple(_action(item, number, file) for number, item in enumerate(actions, 1)))

    def apply(self, document: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Idle, ...]]:
        """Apply the actions to a copy of a document, one after the other.

        Returns:
            The corrected document, and the actions that did nothing.
        """
        corrected = copy.deepcopy(dict(document))
        told = [(action, action.apply(corrected)) for action in self.actions]
        return corrected, tuple(Idle(action, problem) for action, problem in told if problem)


def _action(item: Any, number: int, file: str) -> Action:
    place = f"{file}: action {number}"
    if not is_mapping(item):
        raise BrokenInput(f"{place} must be a mapping")
    if unknown := sorted(item.keys() - _ACTION):
        raise BrokenInput(f"{place} has {', '.join(unknown)}, which no action has")
    for key in ("target", "x-reason", "x-remove-when"):
        if not (isinstance(item.get(key), str) and item[key].strip()):
            raise BrokenInput(f"{place} has no {key}")
    if ("update" in item) == ("remove" in item) or item.get("remove", True) is not True:
        raise BrokenInput(f"{place} must have either update, or remove: true")
    if "update" in item and not (is_mapping(item["update"]) or is_list(item["update"])):
        raise BrokenInput(f"{place}: update must be a mapping, or a list of what is to be added")
    try:
        target = JsonPath.read(item["target"])
    except BrokenInput as error:
        raise BrokenInput(f"{place}: {error}") from error
    if not target.steps and "remove" in item:
        raise BrokenInput(f"{place} would remove the whole document")
    return Action(
        number=number,
        target=target,
        reason=item["x-reason"].strip(),
        remove_when=item["x-remove-when"].strip(),
        update=item.get("update"),
    )


def _merge(node: Any, update: Any) -> bool | None:
    """Merge an update into a place; whether that changed anything, None if it can't be."""
    if is_list(node) and is_list(update):
        new = [copy.deepcopy(one) for one in update if one not in node]
        node.extend(new)
        return bool(new)
    if not (is_mapping(node) and is_mapping(update)):
        return None
    changed = False
    for key, value in update.items():
        inner = _merge(node[key], value) if key in node else None
        if inner is None and (key not in node or not _same(node[key], value)):
            node[key] = copy.deepcopy(value)
            inner = True
        changed = changed or bool(inner)
    return changed


def _same(one: object, other: object) -> bool:
    """Equal as JSON: to Python, true is 1."""
    return one == other and type(one) is type(other)
