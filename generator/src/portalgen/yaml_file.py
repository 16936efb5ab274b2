"""Reading YAML strictly: what a file of this repository, or of the portal's, may contain.

Spec files are data, so only what JSON can hold is read: a date stays the string that was written, `no`
is a string, keys are strings (a status written `200:` is the key `"200"`). A key that stands twice is
refused, where other readers quietly keep the last one and drop an operation. A file that is too big, too
deep, or grows by aliases is refused before it is built in memory.
"""

from __future__ import annotations

import math
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

import attrs
import yaml
from typing_extensions import override
from yaml.composer import Composer

from portalgen.problems import BrokenInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

__all__ = ["Limits", "SpecFileError", "parse_yaml", "read_yaml"]


class SpecFileError(BrokenInput):
    """A YAML file can't be read.

    Attributes:
        file: The file as it was named by the caller.
        line: The line, counted from 1; None if the problem is not at one place.
        problem: What is wrong and what to do.
    """

    def __init__(self, file: str, line: int | None, problem: str) -> None:
        self.file = file
        self.line = line
        self.problem = problem
        super().__init__(f"{file}{'' if line is None else f', line {line}'}: {problem}")

    @override
    def __reduce__(self) -> tuple[type[SpecFileError], tuple[str, int | None, str]]:
        return type(self), (self.file, self.line, self.problem)


@attrs.frozen(kw_only=True)
class Limits:
    """How big a file may be. The defaults are ten times what the largest known spec needs.

    Attributes:
        size: Bytes in the file.
        values: Values in the result, with an alias counted each time it is used.
        depth: Nesting of mappings and lists.
    """

    size: int = 8 * 1024 * 1024
    values: int = 500_000
    depth: int = 100


_LIMITS = Limits()


def read_yaml(path: Path, *, limits: Limits = _LIMITS) -> dict[str, Any]:
    """Read a YAML file whose top is a mapping.

    Args:
        path: The file, in UTF-8, with or without a byte-order mark.
        limits: How big it may be.

    Raises:
        SpecFileError: It can't be read, with the line where there is one.
    """
    try:
        with path.open("rb") as file:
            content = file.read(limits.size + 1)
    except OSError as error:
        raise SpecFileError(str(path), None, f"can't be opened: {error.strerror}") from error
    return parse_yaml(content, file=str(path), limits=limits)


def parse_yaml(content: bytes, *, file: str, limits: Limits = _LIMITS) -> dict[str, Any]:
    """Read YAML from memory; its top is a mapping.

    Args:
        content: The bytes, in UTF-8, with or without a byte-order mark.
        file: What to call them in an error.
        limits: How big they may be.

    Raises:
        SpecFileError: They can't be read, with the line where there is one.
    """
    if len(content) > limits.size:
        raise SpecFileError(file, None, f"is larger than {limits.size} bytes")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SpecFileError(file, line, "is not UTF-8") from error
    try:
        node = _compose(text, most=2 * limits.values + 1)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        problem = f"is not YAML: {error.problem}"
        raise SpecFileError(file, None if mark is None else mark.line + 1, problem) from error
    except yaml.YAMLError as error:
        raise SpecFileError(file, None, "holds a character that YAML does not allow") from error
    except RecursionError:
        # The parser gives up before our own limit is counted; its traceback has a thousand lines.
        raise SpecFileError(file, None, f"nested more than {limits.depth} deep") from None
    except _TooMany:
        raise SpecFileError(file, None, f"more than {limits.values} values") from None
    if not isinstance(node, yaml.MappingNode):
        raise SpecFileError(file, None, "must hold a mapping (key: value) at its top")
    return _Builder(file=file, limits=limits).mapping(node, depth=1)


def _compose(text: str, *, most: int) -> yaml.Node | None:
    """Read text into nodes, of which there may be so many.

    libyaml does it in a third of the time, but refuses a little that is allowed, and says in its own
    words where and why: what it refuses is for the other parser to read, or to refuse.
    """
    with suppress(yaml.YAMLError):
        return _node(_FastLoader(text), most)
    return _node(_JsonLoader(text), most)


def _node(loader: _FastLoader | _JsonLoader, most: int) -> yaml.Node | None:
    loader.left = most
    return loader.get_single_node()


class _TooMany(Exception):  # noqa: N818 - it says what there is
    """There are more nodes than may be; no reader need go on."""


class _Counting(Composer):
    """Makes nodes, but no more than it may: a million of them fill the memory before anybody counts."""

    left = 0

    @override
    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        self.left -= 1
        if self.left < 0:
            raise _TooMany
        return super().compose_node(parent, index)


class _JsonLoader(_Counting, yaml.SafeLoader):
    """Tells plain scalars apart by JSON's types only (the core schema of YAML 1.2)."""


class _FastLoader(_Counting, yaml.CSafeLoader):
    """The same with libyaml's parser. Nodes are made in Python, where nesting has a limit."""

    def __init__(self, stream: str) -> None:
        yaml.CSafeLoader.__init__(self, stream)
        Composer.__init__(self)


# Rules of these classes alone: with their parents', `no` would be a boolean and a date a date.
_JsonLoader.yaml_implicit_resolvers = _FastLoader.yaml_implicit_resolvers = {}

_TAG = "tag:yaml.org,2002:"
for _name, _pattern, _first in (
    ("null", r"(?:~|null|Null|NULL|)\Z", ["~", "n", "N", ""]),
    ("bool", r"(?:true|True|TRUE|false|False|FALSE)\Z", list("tTfF")),
    ("int", r"[-+]?[0-9]+\Z", list("-+0123456789")),
    (
        "float",
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z",
        list("-+.0123456789"),
    ),
):
    _JsonLoader.add_implicit_resolver(  # pyright: ignore[reportUnknownMemberType]
        f"{_TAG}{_name}", re.compile(_pattern), _first
    )

_SCALARS: Mapping[str, Callable[[str], Any]] = {
    f"{_TAG}str": str,
    f"{_TAG}null": lambda _: None,
    f"{_TAG}bool": lambda text: text.casefold() == "true",
    f"{_TAG}int": int,
    f"{_TAG}float": float,
}


@attrs.define(kw_only=True)
class _Builder:
    """Makes Python values of YAML nodes and counts them."""

    file: str
    limits: Limits
    count: int = 0

    def error(self, node: yaml.Node, problem: str) -> SpecFileError:
        return SpecFileError(self.file, node.start_mark.line + 1, problem)

    def value(self, node: yaml.Node, *, depth: int) -> Any:
        self.count += 1
        if self.count > self.limits.values:
            raise self.error(node, f"more than {self.limits.values} values: too many aliases?")
        if depth > self.limits.depth:
            raise self.error(
                node, f"nested more than {self.limits.depth} deep: an alias to its own parent?"
            )
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, depth=depth)
        if isinstance(node, yaml.SequenceNode) and node.tag == f"{_TAG}seq":
            items = cast("list[yaml.Node]", node.value)
            return [self.value(item, depth=depth + 1) for item in items]
        return self.scalar(node)

    def mapping(self, node: yaml.MappingNode, *, depth: int) -> dict[str, Any]:
        if node.tag != f"{_TAG}map":
            raise self.error(node, f"the tag {node.tag} is not allowed: JSON has no such type")
        found: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in cast("list[tuple[yaml.Node, yaml.Node]]", node.value):
            key = self.key(key_node)
            if key in found:
                raise self.error(
                    key_node,
                    f"the key {key!r} stands here for the second time; first in line {lines[key]}",
                )
            lines[key] = key_node.start_mark.line + 1
            found[key] = self.value(value_node, depth=depth + 1)
        return found

    def key(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise self.error(node, "a key must be a string")
        text = self.text(node)
        if text == "<<" and not node.style:
            raise self.error(node, "merge keys (<<) are not allowed: JSON has none; write it out")
        return text

    def text(self, node: yaml.ScalarNode) -> str:
        written: str = node.value
        try:
            # JSON writes a character beyond U+FFFF as two escapes, which YAML leaves apart.
            return written.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError as error:
            raise self.error(node, "this holds half a character (a lone surrogate)") from error

    def scalar(self, node: yaml.Node) -> Any:
        make = _SCALARS.get(node.tag)
        if make is None or not isinstance(node, yaml.ScalarNode):
            raise self.error(node, f"the tag {node.tag} is not allowed: JSON has no such type")
        text = self.text(node)
        try:
            made = make(text)
        except ValueError as error:
            kind = node.tag.removeprefix(_TAG)
            raise self.error(node, f"this can't be read as {kind}") from error
        if isinstance(made, float) and not math.isfinite(made):
            raise self.error(node, "this number is too big")
        return made
