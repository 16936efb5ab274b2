"""The anchors of headings: in ASCII, with æ, ø and å written out as the portal does in its own names."""

from __future__ import annotations

from markdown.extensions.toc import slugify

__all__ = ["anchor"]

_ASCII = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})


def anchor(heading: str, separator: str) -> str:
    """Return the anchor of a heading.

    Args:
        heading: Its text.
        separator: What stands between words.
    """
    return slugify(heading.translate(_ASCII), separator)
