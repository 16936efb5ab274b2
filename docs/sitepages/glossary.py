"""The glossary, in English and in Danish: each word as Danes write it, in ASCII, and in English."""

from __future__ import annotations

import tomllib
from html import escape
from typing import TYPE_CHECKING

from sitepages.house import House, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

__all__ = ["pages"]

# In Danish these three are the alphabet's last.
_LAST = str.maketrans("æøå", "{|}")
_WORDS = {
    "en": (
        "Glossary",
        (
            "The portal's words stay Danish in the specifications, the clients and the code. This is what they mean; the "
            "meanings are ours and have no legal weight. The search of this site finds a word in all of its spellings."
        ),
        ("Danish, and in names", "English", "meaning"),
        ("meaning", "also"),
    ),
    "da": (
        "Ordliste",
        (
            "Portalens ord står på dansk i specifikationer, klienter og kode; dér skrives æ, ø og å som ae, oe og aa. "
            "Forklaringerne er vores egne og har ingen juridisk vægt. Søgningen finder et ord, hvordan det end er skrevet."
        ),
        ("dansk, og i kode", "engelsk", "forklaring"),
        ("forklaring", "også"),
    ),
}


_ORDERS: Mapping[str, Callable[[Mapping[str, str]], str]] = {
    "en": lambda term: term["ascii"].lower(),
    "da": lambda term: term["danish"].lower().translate(_LAST),
}


def pages(house: House) -> Iterator[tuple[str, str]]:
    """Write the pages.

    Args:
        house: The data.
    """
    text = (house.checkout.root / "specs/glossary.toml").read_text("utf-8")
    terms = tomllib.loads(text)["terms"]
    for language, (title, foreword, head, (meaning, also)) in _WORDS.items():
        rows = [
            (
                _word(term["danish"], term["ascii"]),
                escape(term["english"]),
                escape(term[meaning]) + _others(also, term.get("also", ())),
            )
            for term in sorted(terms, key=_ORDERS[language])
        ]
        # A table without headings: what they would be listed in leaves its room to the table.
        page = f"---\nhide: [toc]\n---\n\n# {title}\n\n{foreword}\n\n{table(head, rows, stacked=True)}\n"
        yield f"{language}/guides/glossary.md", page


def _word(danish: str, ascii_: str) -> str:
    """Write a word as Danes do, and as names do where that is another way."""
    return f"**{escape(danish)}**" + (f"<br>`{ascii_}`" if ascii_ != danish else "")


def _others(also: str, names: Sequence[str]) -> str:
    return f" ({also}: {escape(', '.join(names))})" if names else ""
