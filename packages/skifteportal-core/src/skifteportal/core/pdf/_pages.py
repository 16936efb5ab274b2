"""The rule on links over a whole page (guide 4.3.5), also when they are laid out as tiles.

Rotation plays no part: boxes and links are both in the page's own coordinates.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import attrs

from skifteportal.core.pdf._actions import leads_out
from skifteportal.core.pdf._objects import entries, items, name
from skifteportal.core.pdf.rules import PdfProblem, PdfRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pikepdf import Pdf

    from skifteportal.core.pdf.rules import PdfRules

__all__ = ["full_page_links"]

_CLICKED: Final = frozenset({"/Link", "/Widget", "/Screen"})


@attrs.frozen
class _Box:
    left: float
    bottom: float
    right: float
    top: float

    @property
    def area(self) -> float:
        return max(0.0, self.right - self.left) * max(0.0, self.top - self.bottom)

    def within(self, other: _Box) -> _Box:
        return _Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )


_PAPER: Final = _Box(0, 0, 612, 792)  # what readers take when a page has no size of its own


def full_page_links(document: Pdf, settings: PdfRules) -> Iterator[PdfProblem]:
    """The pages on which links out of the document cover too much."""
    for number, page in enumerate(document.pages, 1):
        content = entries(page.obj)
        media = _box(content.get("/MediaBox")) or _PAPER
        visible = (_box(content.get("/CropBox")) or media).within(media)
        links = [
            box.within(visible)
            for annotation in items(content.get("/Annots"))
            if (box := _link(entries(annotation), settings)) is not None
        ]
        least = settings.full_page_share * visible.area
        # Adding up is quick and enough for almost every page: only what could cover it is laid out.
        if links and sum(link.area for link in links) >= least and _covered(links) >= least > 0:
            yield PdfProblem(
                PdfRule.FULL_PAGE_LINK, f"links out of the document cover page {number}"
            )


def _link(annotation: Mapping[str, Any], settings: PdfRules) -> _Box | None:
    if name(annotation.get("/Subtype")) not in _CLICKED:
        return None
    if settings.full_page_links == "invisible" and _shows(annotation):
        return None
    if not any(any(leads_out(annotation.get(key))) for key in ("/A", "/PA")):
        return None
    return _box(annotation.get("/Rect"))


def _shows(annotation: Mapping[str, Any]) -> bool:
    """Whether it has a border or a face (ISO 32000-1, 12.5.2 and 12.5.4). A link without a word on it has a border."""
    if name(annotation.get("/Subtype")) != "/Link":
        return "/AP" in annotation or bool(entries(annotation.get("/MK")))
    border = items(annotation.get("/Border"))
    width = entries(annotation.get("/BS")).get("/W", border[2] if len(border) > 2 else 1)  # noqa: PLR2004
    return bool(_number(width)) and ("/C" not in annotation or bool(items(annotation["/C"])))


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return math.nan


def _box(value: Any) -> _Box | None:
    sides = [_number(side) for side in items(value)]
    if len(sides) != 4 or not all(map(math.isfinite, sides)):  # noqa: PLR2004
        return None
    x, y = sorted(sides[::2]), sorted(sides[1::2])  # the corners may come in any order
    return _Box(x[0], y[0], x[1], y[1])


def _covered(boxes: list[_Box]) -> float:
    """The area of boxes that may lie over each other: strip for strip, from left to right."""
    edges = sorted({edge for box in boxes for edge in (box.left, box.right)})
    area = 0.0
    for left, right in pairwise(edges):
        height, reached = 0.0, -math.inf
        for bottom, top in sorted(
            (box.bottom, box.top) for box in boxes if box.left <= left and box.right >= right
        ):
            height += max(0.0, top - max(bottom, reached))
            reached = max(reached, top)
        area += height * (right - left)
    return area
