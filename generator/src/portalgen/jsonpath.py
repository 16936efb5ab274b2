"""The part of JSONPath (RFC 9535) that an overlay of ours may use, to say where a correction belongs.

`$`, then steps: `.name`, `['name']`, `[0]`, `[*]`, and `[?@.name == 'value']` for the items of a list (or
members of a mapping) that have a member of that value. No search at any depth, no scripts: a target should be
readable, and mean one place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from portalgen.json_kinds import is_list, is_mapping
from portalgen.problems import BrokenInput

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Found", "JsonPath"]

_QUOTED = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
_STEP = re.compile(
    rf"""\.(?P<name>[A-Za-z_\u0080-\uffff][\w-]*)
    |\[\s*(?P<quoted>{_QUOTED})\s*\]
    |\[\s*(?P<index>[0-9]{{1,6}})\s*\]
    |(?P<all>\.\*|\[\s*\*\s*\])
    |\[\s*\?\s*\(?\s*@\.(?P<member>[A-Za-z_$][\w-]*)\s*==\s*(?P<value>{_QUOTED})\s*\)?\s*\]
    """,
    re.VERBOSE,
)
_Step: TypeAlias = "tuple[str, str, str]"


@attrs.frozen(eq=False)
class Found:
    """A place that a path leads to.

    Attributes:
        holder: The mapping or list that holds it; None for the top of the document.
        key: Its key, or its index.
        value: What stands there.
    """

    holder: Any
    key: Any
    value: Any


@attrs.frozen
class JsonPath:
    """A path, read.

    Attributes:
        text: The path as it was written.
        steps: Its steps: kind, name, and the value of a filter.
    """

    text: str
    steps: tuple[_Step, ...] = attrs.field(repr=False)

    @classmethod
    def read(cls, text: str) -> JsonPath:
        """Read a path.

        Raises:
            BrokenInput: It is none, or more than this module reads.
        """
        steps: list[_Step] = []
        position = 1
        while text.startswith("$") and position < len(text):
            found = _STEP.match(text, position)
            if found is None:
                break
            position = found.end()
            value = _unquoted(found["value"]) if found["value"] else ""
            kind = next(name for name in _KINDS if found[name] is not None)
            name = _unquoted(found[kind]) if kind == "quoted" else found[kind]
            steps.append(("name" if kind == "quoted" else kind, name, value))
        if not text.startswith("$") or position != len(text):
            raise BrokenInput(
                f"the target {text!r} can't be read from character {position} on; it is $ and then steps "
                "like .name, ['name'], [0], [*] or [?@.name == 'value']"
            )
        return cls(text, tuple(steps))

    def find(self, document: Any) -> list[Found]:
        """Find the places that the path leads to, in the document's order; none if there are none."""
        found = [Found(None, None, document)]
        for step in self.steps:
            found = [inner for one in found for inner in _follow(one.value, *step)]
        return found


_KINDS = ("name", "quoted", "index", "all", "member")


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1])


def _follow(node: Any, kind: str, name: str, value: str) -> Iterator[Found]:
    pairs: dict[Any, Any]
    if is_mapping(node):
        pairs = node
    elif is_list(node) and kind != "name":
        pairs = dict(enumerate(node))
    else:
        return
    for key, child in pairs.items():
        match kind:
            case "name":
                fits = key == name
            case "index":
                fits = key == int(name) and is_list(node)
            case "member":
                fits = is_mapping(child) and child.get(name) == value
            case _:
                fits = True
        if fits:
            yield Found(node, key, child)
