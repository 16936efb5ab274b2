"""What one schema says of its types, before its parts are merged: types, null, and unions of bare types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from portalgen.json_kinds import is_list, is_mapping

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portalgen.diff.schema import Site

__all__ = [
    "NOTHING",
    "UNIONS",
    "alternatives",
    "common_types",
    "listed",
    "plain_union",
    "stated_types",
    "takes_null",
]

# The type of a schema whose parts contradict each other: no value has it.
NOTHING = "nothing"
UNIONS: tuple[Literal["oneOf", "anyOf"], ...] = ("oneOf", "anyOf")
_PLAIN = {"type", "title", "description", "example", "nullable"}


def listed(value: Any) -> list[Any]:
    """Give a list, or an empty one for what is none."""
    return value if is_list(value) else []


def alternatives(site: Site, keyword: str) -> list[Site]:
    """Give the members of a union, `type: null` left out."""
    found = [site.at(keyword, index) for index, _ in enumerate(listed(site.raw.get(keyword)))]
    return [one for one in found if one and one.raw.get("type") != "null"]


def stated_types(raw: Mapping[str, Any]) -> set[str]:
    """Give the types that a schema states itself."""
    stated = raw.get("type")
    return {str(one) for one in (stated if is_list(stated) else [stated]) if one is not None}


def takes_null(raw: Mapping[str, Any]) -> bool:
    """Tell whether a schema says that it takes null.

    `nullable` adds null to the type that stands beside it; without one, as beside `allOf`, it says nothing
    (OpenAPI 3.0.3, Schema Object).
    """
    members = [one for keyword in UNIONS for one in listed(raw.get(keyword))]
    return (
        (raw.get("nullable") is True and "type" in raw)
        or "null" in stated_types(raw)
        or any(is_mapping(one) and one.get("type") == "null" for one in members)
    )


def plain_union(part: Site) -> tuple[set[str], set[str]]:
    """Read a union of bare types as a list of types, and say which keywords hold one."""
    types: set[str] = set()
    keywords: set[str] = set()
    for keyword in UNIONS:
        members = alternatives(part, keyword)
        if len(members) > 1 and all(
            one.raw.keys() <= _PLAIN and stated_types(one.raw) for one in members
        ):
            types |= {name for one in members for name in stated_types(one.raw)}
            types |= {"null" for one in members if takes_null(one.raw)}
            keywords.add(keyword)
    return types, keywords


def common_types(left: set[str], right: set[str]) -> set[str]:
    """Give the types that two parts of a schema leave: an integer is a number."""
    both = left & right
    if "integer" in left | right and "number" in left | right:
        both |= {"integer"}
    return both or {NOTHING}
