"""The only ways in which text from a spec gets into a generated file.

Text from a spec is data that somebody else wrote: a description may hold quotes, backslashes or
whole statements. It travels through the generator as plain `str` in the views' `SpecText` fields,
and a template that prints such a field without one of the filters below fails the build.
"""

from __future__ import annotations

import json
import re
import unicodedata

import attrs
from typing_extensions import override

__all__ = [
    "Code",
    "SpecText",
    "clean",
    "in_code_span",
    "in_docstring",
    "in_markdown",
    "literal",
    "toml_string",
]

# Control, format, surrogate, private-use and unassigned characters, line and paragraph separators:
# illegal or invisible in source (format characters turn the reading direction).
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")


@attrs.frozen
class SpecText:
    """Text from a spec, kept from being printed by accident.

    Attributes:
        raw: The text as it stands in the spec.
    """

    raw: str

    @override
    def __str__(self) -> str:
        raise TypeError("text from a spec was printed without a filter (literal, doc, …)")

    def __bool__(self) -> bool:
        return bool(self.raw)


class Code(str):
    """Python source that the generator made itself from checked parts."""

    __slots__ = ()


def _raw(text: SpecText | str) -> str:
    return text.raw if isinstance(text, SpecText) else text


def clean(text: SpecText | str, *, keep_lines: bool = False) -> str:
    """Replace what is invisible or illegal in source by a space.

    Args:
        text: The text.
        keep_lines: Keep line feeds (for paragraphs).
    """
    raw = _raw(text)
    if raw.isprintable():  # nearly always, and a hundred times as fast
        return raw
    kept = "\n" if keep_lines else ""
    return "".join(
        character if character in kept or unicodedata.category(character) not in _INVISIBLE else " "
        for character in raw.replace("\r\n", "\n")
    )


def literal(text: SpecText | str) -> Code:
    """Write text as a Python string literal that evaluates to exactly this text."""
    return Code(ascii(_raw(text)) if not _raw(text).isprintable() else repr(_raw(text)))


def in_docstring(text: SpecText | str) -> str:
    r"""Escape text for a `\"\"\"` docstring: nothing in it ends the docstring or escapes."""
    return clean(text, keep_lines=True).replace("\\", "\\\\").replace('"""', '\\"\\"\\"')


def in_markdown(text: SpecText | str) -> str:
    """Escape text for Markdown: one line, no markup, no HTML."""
    return _MARKDOWN.sub(r"\\\1", " ".join(clean(text).split()))


def in_code_span(text: SpecText | str) -> str:
    """Write text inside a Markdown code span in a table: one line, no backquotes, no bars."""
    return " ".join(clean(text).replace("`", "'").replace("|", " ").split())


def toml_string(text: SpecText | str) -> str:
    """Write text as a TOML basic string, quotes included."""
    return json.dumps(clean(text), ensure_ascii=False)
