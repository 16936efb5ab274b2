"""Every link and anchor of the built site, checked; and that no page asks another host for anything."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["broken_links"]

_LOADS = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}
_LINK_THAT_LOADS_NOTHING = {"canonical", "alternate", "next", "prev", "edit"}


class _Page(HTMLParser):
    """What one page names: its own anchors, what it links to, what it loads."""

    def __init__(self) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.anchors.update(values[name] for name in ("id", "name") if name in values)
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag in _LOADS and _LOADS[tag] in values:
            relations = set(values.get("rel", "").split())
            if not (tag == "link" and relations & _LINK_THAT_LOADS_NOTHING):
                self.loads.append(values[_LOADS[tag]])


def broken_links(site: Path) -> Iterator[str]:
    """Yield what is wrong: links that lead nowhere, anchors that are not there, and what comes from another host.

    Args:
        site: The folder with the built site.
    """
    pages = {path: _read(path) for path in sorted(site.rglob("*.html"))}
    for path, page in pages.items():
        name = path.relative_to(site)
        for link in page.loads:
            if urlsplit(link).netloc:
                yield f"{name} loads {link}"
        for link in dict.fromkeys([*page.links, *page.loads]):
            problem = _problem(site, path, link, pages)
            if problem:
                yield f"{name}: {link} {problem}"


def _read(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text("utf-8"))
    return page


def _problem(site: Path, path: Path, link: str, pages: dict[Path, _Page]) -> str:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return ""
    target = path
    if parts.path:
        start = site if parts.path.startswith("/") else path.parent
        target = (start / unquote(parts.path).lstrip("/")).resolve()
        if target.is_dir():
            target /= "index.html"
        if not target.is_file():
            return "leads nowhere"
    anchor = unquote(parts.fragment)
    # `__` begins what the theme's own script looks after.
    if not anchor or anchor.startswith("__") or target not in pages or path.name == "404.html":
        return ""
    return "" if anchor in pages[target].anchors else "names an anchor that is not there"
