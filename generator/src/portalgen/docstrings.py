"""Builds the docstrings of generated code: google style, wrapped, every spec text escaped."""

from __future__ import annotations

import re
import textwrap

import attrs

from portalgen.escape import Code, SpecText, clean, in_docstring

__all__ = ["Line", "Section", "Text", "docstring", "join_texts"]

_WIDTH = 100
_INDENT = "    "
_LIST_ITEM = re.compile(r"\s*([-*•]|\d+[.)])\s")
_SENTENCE_END = (".", "!", "?")

Text = SpecText | str


class Line(SpecText):
    """A paragraph that is never wrapped: an HTTP method and a path."""


@attrs.frozen
class Section:
    """A section of a docstring.

    Attributes:
        title: Its heading: `Args`, `Returns`, `Raises`, `Attributes`.
        entries: Pairs of name and text; an empty name for text alone.
    """

    title: str
    entries: tuple[tuple[str, Text], ...]


def join_texts(*texts: Text) -> SpecText:
    """Join texts with spaces; the result is spec text if any of them is."""
    raw = [text.raw if isinstance(text, SpecText) else text for text in texts]
    return SpecText(" ".join(text for text in raw if text))


def docstring(
    summary: Text, *paragraphs: Text, sections: tuple[Section, ...] = (), level: int = 1
) -> Code:
    """Write a docstring with its quotes.

    Args:
        summary: The first line; made one line that begins with a capital and ends a sentence.
        paragraphs: What follows it; empty ones are left out.
        sections: Its sections; those without entries are left out.
        level: How deep the docstring is indented, in steps of four spaces.
    """
    indent = _INDENT * level
    lines = [_summary(summary)]
    for paragraph in paragraphs:
        if isinstance(paragraph, Line):
            lines += ["", clean(paragraph)]
            continue
        for block in re.split(r"\n\s*\n", clean(paragraph, keep_lines=True).strip()):
            if block:
                lines += ["", *_block(block, len(indent))]
    for section in sections:
        if section.entries:
            lines += ["", f"{section.title}:"]
            for name, text in section.entries:
                lines += _entry(name, text, len(indent))
    body = [in_docstring(line) for line in lines]
    if len(body) == 1:
        # A quote at the very end would run into the closing ones.
        return Code(f'"""{body[0]}"""')
    text = "\n".join(f"{indent}{line}".rstrip() if line else "" for line in body).lstrip()
    return Code(f'"""{text}\n{indent}"""')


def _summary(text: Text) -> str:
    line = " ".join(clean(text).split()) or "Not described."
    line = line[0].upper() + line[1:]
    return line if line.endswith(_SENTENCE_END) else f"{line}."


def _block(block: str, used: int) -> list[str]:
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    if not any(_LIST_ITEM.match(line) for line in lines):
        return _wrap(" ".join(lines), used)
    return [wrapped for line in lines for wrapped in _wrap(line, used)]


def _entry(name: str, text: Text, used: int) -> list[str]:
    words = " ".join(clean(text).split())
    line = f"{name}: {words}" if name else words
    return [
        f"{_INDENT}{part}" if number == 0 else f"{_INDENT * 2}{part}"
        for number, part in enumerate(_wrap(line, used + 8))
    ]


def _wrap(text: str, used: int) -> list[str]:
    return textwrap.wrap(text, _WIDTH - used, break_long_words=False, break_on_hyphens=False) or [
        ""
    ]
