"""A small site as the builder leaves it: what the modules that finish a site are tried on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

GENERAL = "Everything about it"
PAGE = """<html><head>
<title>{title}</title>
<meta name="description" content="{description}">
      <link rel="alternate" href="/" hreflang="en">
      <link rel="alternate" href="/da/" hreflang="da">
</head><body>
<label class="md-header__button md-icon" for="__drawer"></label>
<label class="md-header__button md-icon" for="__search"></label>
<a href="/" hreflang="en" class="md-select__link">English</a>
<a href="/da/" hreflang="da" class="md-select__link">Dansk</a>
<p>Not in the article.</p><article>{text}</article></body></html>"""


def write_page(
    site: Path, address: str, *, title: str = "", description: str = GENERAL, text: str = ""
) -> Path:
    """Write a page at its address, "" or "guides/x" or "da/guides/x", and return its file."""
    path = site / address / "index.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        PAGE.format(title=title or address, description=description, text=text), encoding="utf-8"
    )
    return path


def write_index(site: Path, folder: str, *locations: str) -> Path:
    """Write the index of a search, with an entry for each location, and return its file."""
    path = site / folder / "search/search_index.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    docs = [{"location": location, "title": location, "text": ""} for location in locations]
    path.write_text(json.dumps({"config": {"lang": ["en"]}, "docs": docs}), encoding="utf-8")
    return path
