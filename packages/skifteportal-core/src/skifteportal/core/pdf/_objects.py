"""A document's dictionaries, one after another, each with its place: also those that nothing refers to.

The walk is wide, not deep: each object is met at its shortest way from the trailer, and no nesting is too deep for it.
Keys are read by iterating: asking pikepdf for one fails if another key is not UTF-8.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

import attrs
from pikepdf import Array, Dictionary, Name, Object, Stream, String

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pikepdf import Pdf

__all__ = ["Node", "Place", "TooManyObjects", "entries", "items", "name", "raw", "walk"]

_DIRECT = (0, 0)  # the number of what is no object of its own
_SHOWN = 4  # steps of a place that are told

# Keys of the PDF specification that a place may name; others are the document's own content.
_KNOWN = frozenset(
    [
        "/A",
        "/AA",
        "/AF",
        "/AcroForm",
        "/Annots",
        "/Bl",
        "/C",
        "/D",
        "/DA",
        "/DP",
        "/DS",
        "/Dests",
        "/E",
        "/EF",
        "/EmbeddedFiles",
        "/F",
        "/Fields",
        "/First",
        "/Fo",
        "/JS",
        "/JavaScript",
        "/K",
        "/Kids",
        "/Last",
        "/Metadata",
        "/N",
        "/Names",
        "/Next",
        "/O",
        "/OpenAction",
        "/Outlines",
        "/PA",
        "/PC",
        "/PI",
        "/PO",
        "/PV",
        "/Pages",
        "/Parent",
        "/Prev",
        "/R",
        "/Rect",
        "/Renditions",
        "/Resources",
        "/Root",
        "/U",
        "/V",
        "/WC",
        "/WP",
        "/WS",
        "/X",
        "/XFA",
        "/XObject",
    ]
)


class TooManyObjects(Exception):  # noqa: N818 - never leaves this package
    """The walk was stopped."""


@attrs.frozen
class Place:
    """The way to an object.

    Attributes:
        parent: Where it was met; None at the beginning of a way.
        step: The key or index that led to it.
        number: The number of the object it is in; 0 for the trailer.
    """

    parent: Place | None
    step: str
    number: int

    def tell(self) -> str:
        """In words, such as ``/OpenAction, object 4``."""
        steps: list[str] = []
        place: Place | None = self
        while place is not None and len(steps) <= _SHOWN:
            if place.step not in {"", "/Root"}:
                steps.insert(0, place.step)
            place = place.parent
        if len(steps) > _SHOWN:
            steps[0] = "…"
        if not self.number:
            return f"{''.join(steps)} of the trailer" if steps else "the trailer"
        if not steps:
            return f"object {self.number}" + (", the catalog" if self.parent else ", unused")
        return f"{''.join(steps)}, object {self.number}"


@attrs.frozen
class Node:
    """A dictionary, or a stream's.

    Attributes:
        entries: Its content.
        stream: Whether it is a stream's.
        place: Where it is.
    """

    entries: Mapping[str, Any]
    stream: bool
    place: Place


def entries(value: Any) -> dict[str, Any]:
    """A dictionary's or stream's content; nothing for anything else."""
    return dict(value.items()) if isinstance(value, (Dictionary, Stream)) else {}


def items(value: Any) -> list[Any]:
    """An array's content; nothing for anything else."""
    return list(value) if isinstance(value, Array) else []


def name(value: Any) -> str:
    """A name with its slash; empty for anything else."""
    # str() fails for a name that is not UTF-8; unparse writes its other bytes as #xx.
    return value.unparse().decode("latin-1") if isinstance(value, Name) else ""


def raw(value: Any) -> bytes:
    """A string's bytes; nothing for anything else."""
    return bytes(value) if isinstance(value, String) else b""


def walk(document: Pdf, most: int) -> Iterator[Node]:
    """Every dictionary once.

    Args:
        document: The open document.
        most: Dictionaries and arrays to look at.

    Raises:
        TooManyObjects: There are more.
    """
    walker = _Walker(most)
    walker.add(document.trailer, None, "")
    yield from walker.visit()
    for orphan in document.objects:
        walker.add(orphan, None, "")
        yield from walker.visit()


@attrs.define
class _Walker:
    most: int
    seen: set[tuple[int, int]] = attrs.field(factory=set[tuple[int, int]])
    waiting: deque[tuple[Any, Place]] = attrs.field(factory=deque[tuple[Any, Place]])

    def add(self, value: Any, parent: Place | None, step: str) -> None:
        """Note what is to be visited, if it holds anything and wasn't noted before."""
        if not isinstance(value, Object) or not isinstance(value, (Dictionary, Array, Stream)):
            return
        number = value.objgen
        if number in self.seen:
            return
        if number != _DIRECT:
            self.seen.add(number)
        inside = number[0] or (parent.number if parent else 0)
        self.waiting.append((value, Place(parent, step, inside)))

    def visit(self) -> Iterator[Node]:
        """What is noted, and what is met on the way."""
        while self.waiting:
            value, place = self.waiting.popleft()
            self.most -= 1
            if self.most < 0:
                raise TooManyObjects
            content = entries(value)
            if content:
                yield Node(content, isinstance(value, Stream), place)
            for key, child in content.items():
                self.add(child, place, key if key in _KNOWN else "/…")
            for index, child in enumerate(items(value)):
                self.add(child, place, f"[{index}]")
