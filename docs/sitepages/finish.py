"""What is done to the pages after the build, so that any builder will do and no page has to say it.

The language switch leads to the same page, each page is described in its own words, and a keyboard reaches the menu.
"""

from __future__ import annotations

import os
import re
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["DESCRIPTION", "LANGUAGES", "finish", "pages_of"]

LANGUAGES: Final = {"en": "", "da": "da"}
"""The site's languages, and the folder of each in the built site."""
DESCRIPTION: Final = re.compile(r'(?<=<meta name="description" content=")[^"]*(?=">)')
"""What a page tells search engines about itself."""

_SWITCH: Final = re.compile(r'<a href="[^"]*" hreflang="(\w+)" class="md-select__link"')
# From each of these Material's script would fetch a sitemap, and then take every link to the other language for the switch.
_ALTERNATE: Final = re.compile(r'\s*<link rel="alternate" href="[^"]*" hreflang="\w+">')
# Material's buttons for the menu and the search are labels, which no keyboard reaches; its script clicks a label on Enter.
_LABEL: Final = re.compile(r'<label class="md-header__button md-icon" for="__(drawer|search)">')
_NAMES: Final = {
    "en": {"drawer": "Menu", "search": "Search"},
    "da": {"drawer": "Menu", "search": "Søg"},
}
_ELSEWHERE: Final = "reference"
"""The page, of languages that have less, which leads to what is in English only."""
_CODE: Final = re.compile(r"errors/[^/]+\.[^/]+")
_CODES: Final = "errors/codes"
"""The list of the error codes, each of which has a page in English only."""
_LONGEST: Final = 160
"""Characters: as much as search engines show of a description."""


def finish(site: Path) -> None:
    """Finish the pages of a site.

    Args:
        site: The folder with the site, built in all languages.
    """
    pages = {language: pages_of(site, language) for language in LANGUAGES}
    for language, files in pages.items():
        general = DESCRIPTION.search(files[""].read_text("utf-8"))
        for address, path in files.items():
            text = path.read_text("utf-8")
            better = _reachable(_switched(text, address, path, pages), language)
            if address and general:
                better = _described(better, general[0])
            if better != text:
                path.write_text(better, encoding="utf-8")


def pages_of(site: Path, language: str) -> Mapping[str, Path]:
    """Return the pages of a language, each by its address below the language's first page: "", "guides/claims".

    Args:
        site: The folder with the built site.
        language: One of `LANGUAGES`.
    """
    start = site / LANGUAGES[language]
    below = [site / folder for folder in LANGUAGES.values() if start in (site / folder).parents]
    return {
        path.parent.relative_to(start).as_posix().removeprefix("."): path
        for path in sorted(start.rglob("index.html"))
        if not any(path.is_relative_to(folder) for folder in below)
    }


def _switched(text: str, address: str, path: Path, pages: Mapping[str, Mapping[str, Path]]) -> str:
    def link(found: re.Match[str]) -> str:
        language = found[1]
        target = _nearest(address, pages[language]).parent
        href = f"{os.path.relpath(target, path.parent)}/".replace(os.sep, "/")
        return f'<a href="{href}" hreflang="{language}" lang="{language}" class="md-select__link"'

    return _SWITCH.sub(link, _ALTERNATE.sub("", text))


def _nearest(address: str, pages: Mapping[str, Path]) -> Path:
    """Return the same page of other pages, or the one above it that is there, or the one that lists what isn't."""
    above = _CODES if address not in pages and _CODE.fullmatch(address) else address
    while above not in pages:
        above = above.rpartition("/")[0]
    return pages[above if above or not address else _ELSEWHERE if _ELSEWHERE in pages else ""]


def _reachable(text: str, language: str) -> str:
    return _LABEL.sub(
        lambda found: (
            f'<label class="md-header__button md-icon" for="__{found[1]}" tabindex="0" role="button" '
            f'aria-label="{_NAMES[language][found[1]]}">'
        ),
        text,
    )


def _described(text: str, general: str) -> str:
    own = _FirstParagraph.of(text)
    if len(own) > _LONGEST:
        own = own[: _LONGEST - 1].rpartition(" ")[0] + "…"
    return DESCRIPTION.sub(
        lambda found: escape(own) if own and found[0] == general else found[0], text, count=1
    )


class _FirstParagraph(HTMLParser):
    """Reads the first paragraph of a page's article that says something."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self._inside = 0
        self._done = False

    @classmethod
    def of(cls, text: str) -> str:
        """Return the paragraph, as plain text."""
        reader = cls()
        reader.feed(text[max(text.find("<article"), 0) :])
        return " ".join(reader.text.split())

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside += tag == "p" and ("class", "path") not in attrs

    @override
    def handle_data(self, data: str) -> None:
        if self._inside and not self._done:
            self.text += data

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self._inside = 0
            self._done = bool(self.text.strip())
