"""What narrows a schema's type: bounds, pattern, format; of two parts of an `allOf` the narrower counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["merge_facets"]

_UPPER = ("maximum", "maxLength", "maxItems", "maxProperties")
_LOWER = ("minimum", "minLength", "minItems", "minProperties")


def merge_facets(facets: dict[str, Any], raw: Mapping[str, Any]) -> None:
    """Add what a part of a schema states to what the others do.

    Args:
        facets: What the other parts state, by keyword; changed.
        raw: The part as it is written.
    """
    for keyword, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if _number(raw.get(keyword)):
            bound = (raw[keyword], raw.get(exclusive) is True)
            facets[keyword] = _tighter(keyword, facets.get(keyword), bound)
    for keyword in (*_LOWER[1:], *_UPPER[1:]):
        if _number(raw.get(keyword)):
            bound = (raw[keyword], False)
            facets[keyword] = _tighter(keyword, facets.get(keyword), bound)
    if isinstance(pattern := raw.get("pattern"), str):
        facets["pattern"] = tuple(dict.fromkeys((*facets.get("pattern", ()), pattern)))
    for keyword in ("format", "multipleOf"):
        if keyword in raw:
            facets.setdefault(keyword, raw[keyword])
    if raw.get("uniqueItems") is True:
        facets["uniqueItems"] = True


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _tighter(keyword: str, old: tuple[Any, bool] | None, new: tuple[Any, bool]) -> tuple[Any, bool]:
    if old is None:
        return new
    if keyword in _UPPER:
        return min(old, new, key=lambda bound: (bound[0], not bound[1]))
    return max(old, new, key=lambda bound: (bound[0], bound[1]))
