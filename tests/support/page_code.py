"""The code that a page shows its reader: rendered as the site renders it, so that nothing that is seen is missed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bs4 import BeautifulSoup
from markdown import Markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4 import Tag

HOUSE = Path(__file__).parents[2]
EXTENSIONS = {  # tests/test_docs_examples.py holds it to mkdocs.yml
    "admonition": {},
    "attr_list": {},
    "md_in_html": {},
    "pymdownx.emoji": {},
    "pymdownx.highlight": {"pygments_lang_class": True},
    "pymdownx.inlinehilite": {},
    "pymdownx.snippets": {"base_path": [str(HOUSE)], "check_paths": True},
    "pymdownx.superfences": {},
    "pymdownx.tabbed": {"alternate_style": True},
    "tables": {},
    "toc": {},
}
INDENTED = "text"


class Block(NamedTuple):
    """A block of code.

    Attributes:
        language: What its fence says; ``text`` if it says nothing, or is an indented block.
        text: The code, with its includes.
        title: Its title; empty without one.
        tab: The label of the tab that it stands in; empty outside of tabs.
    """

    language: str
    text: str
    title: str = ""
    tab: str = ""


class Shown(NamedTuple):
    """What a page shows of code.

    Attributes:
        blocks: Its blocks, from top to bottom.
        words: The pieces of code inside its sentences.
    """

    blocks: tuple[Block, ...]
    words: tuple[str, ...]


def code_of(page: Path) -> Shown:
    """Read a page, with what it includes."""
    return shown_in(page.read_text("utf-8"))


@cache
def shown_in(markdown: str) -> Shown:
    """Read Markdown."""
    html = Markdown(extensions=list(EXTENSIONS), extension_configs=EXTENSIONS).convert(markdown)
    soup = BeautifulSoup(html, "html.parser")
    words = [code.get_text() for code in soup.find_all("code") if not code.find_parent("pre")]
    return Shown(tuple(_blocks(soup)), tuple(words))


def _blocks(soup: BeautifulSoup) -> Iterator[Block]:
    for pre in soup.find_all("pre"):
        box = pre.find_parent(class_="highlight") or pre
        language = [name for name in box.get("class", ()) if name.startswith("language-")]
        title = box.find(class_="filename")
        yield Block(
            language=language[0].removeprefix("language-") if language else INDENTED,
            text=pre.get_text(),
            title=title.get_text() if title else "",
            tab=_tab(pre),
        )


def _tab(pre: Tag) -> str:
    """The label that stands over the tab: the labels come before the tabs, in their order."""
    here = pre.find_parent(class_="tabbed-block")
    if here is None:
        return ""
    labels = here.find_parent(class_="tabbed-set").find(class_="tabbed-labels").find_all("label")
    return labels[len(here.find_previous_siblings(class_="tabbed-block"))].get_text()
