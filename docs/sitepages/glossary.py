"""The glossary, in English and in Danish: each word as Danes write it, in ASCII, and in English."""

from __future__ import annotations

import tomllib
from html import escape
from typing import TYPE_CHECKING

from sitepages.house import House, table

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["pages"]

_WORDS = {
    "en": (
        "Glossary",
        (
            "The portal's words stay Danish in the specifications, the clients and the code. This is what they mean; the "
            "meanings are ours and have no legal weight. The search of this site finds a word in all of its spellings."
        ),
        ("Danish", "in names", "English", "meaning", "also"),
    ),
    "da": (
        "Ordliste",
        (
            "Portalens ord står på dansk i specifikationer, klienter og kode; dér skrives æ, ø og å som ae, oe og aa. "
            "Forklaringerne er vores egne og har ingen juridisk vægt. Søgningen finder et ord, hvordan det end er skrevet."
        ),
        ("dansk", "i kode", "engelsk", "forklaring", "også"),
    ),
}


def pages(house: House) -> Iterator[tuple[str, str]]:
    """Write the pages.

    Args:
        house: The data.
    """
    text = (house.checkout.root / "specs/glossary.toml").read_text("utf-8")
    terms = sorted(tomllib.loads(text)["terms"], key=lambda term: str(term["ascii"]).lower())
    for language, (title, foreword, head) in _WORDS.items():
        rows = [
            (
                f"**{escape(term['danish'])}**",
                f"`{term['ascii']}`",
                escape(term["english"]),
                escape(term["meaning" if language == "en" else "forklaring"]),
                escape(", ".join(term.get("also", ()))),
            )
            for term in terms
        ]
        yield f"{language}/guides/glossary.md", f"# {title}\n\n{foreword}\n\n{table(head, rows)}\n"
