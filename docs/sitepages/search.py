"""The search of the built site, tuned: what helps a reader comes first, and the Danish half finds the reference, too."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from sitepages.finish import LANGUAGES, pages_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = ["tune_search"]

_INDEX: Final = "search/search_index.json"
_WEIGHTS: Final = (
    (r"guides/glossary/", 3.0),
    (r"guides/assumptions/", 0.5),
    (r"guides/|quickstart/", 3.0),
    (r"reference/clients/[^/]+/models/", 0.5),
    (r"reference/clients/[^/]+/(#|$)", 2.0),
    (r"reference/commands/", 0.5),
    (
        r"errors/[a-z]+\.",
        0.1,
    ),  # the page of a code: found by the code, not by every word of its text
    (r"errors/codes/", 0.02),
    (r"versions/|changelogs/|downloads/|project/|reference/change-law/", 0.002),
)
"""How much a page counts, by where it is; the first that fits. Others count 1."""
_FOREIGN: Final = 100
"""How much less an English page counts for the Danish search: a word in its title counts a thousandfold."""
_SHARED: Final = re.compile(
    r"reference/(?!change-law|clients/[^/]+/models)|errors/[a-z]+\.|versions/"
)
"""English pages that the Danish search finds as well: they are in English only."""


def tune_search(site: Path) -> None:
    """Weigh the pages of the search's indexes, and let the Danish one find what is in English only.

    Args:
        site: The folder with the built site. Without an index, as other builders leave it, nothing is done.
    """
    paths = {language: site / folder / _INDEX for language, folder in LANGUAGES.items()}
    if not all(path.is_file() for path in paths.values()):
        return
    indexes = {name: json.loads(path.read_text("utf-8")) for name, path in paths.items()}
    english = _weighed(indexes["en"]["docs"])
    own = pages_of(site, "da")
    shared = [
        {**entry, "location": f"../{entry['location']}", "boost": entry["boost"] / _FOREIGN}
        for entry in english
        if _SHARED.match(entry["location"]) and _page(entry) not in own
    ]
    indexes["en"]["docs"] = english
    indexes["da"]["docs"] = [*_weighed(_own(indexes["da"]["docs"])), *shared]
    for name, path in paths.items():
        text = json.dumps(indexes[name], ensure_ascii=False, separators=(",", ":"))
        path.write_text(text, encoding="utf-8")


def _own(entries: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Leave out what an earlier run shared."""
    return [entry for entry in entries if not entry["location"].startswith("../")]


def _page(entry: Mapping[str, Any]) -> str:
    return str(entry["location"]).partition("#")[0].rstrip("/")


def _weighed(entries: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    all_entries = list(entries)
    codes = {_page(entry) for entry in all_entries if re.match(r"errors/[a-z]+\.", _page(entry))}
    # What is typed is the beginning of a word: the page of f1 would drown among those of f10 to f19.
    short = {
        code for code in codes if any(other != code and other.startswith(code) for other in codes)
    }
    return [
        {**entry, "boost": _weight(entry["location"]) * (4 if _page(entry) in short else 1)}
        for entry in all_entries
    ]


def _weight(location: str) -> float:
    return next((weight for place, weight in _WEIGHTS if re.match(place, location)), 1.0)
