"""Docstrings: a summary line, wrapped paragraphs, sections."""

from __future__ import annotations

from portalgen.docstrings import Section, docstring, join_texts
from portalgen.escape import SpecText


def test_one_line():
    assert docstring(SpecText("hent et krav")) == '"""Hent et krav."""'
    assert docstring("") == '"""Not described."""'
    assert docstring("Hvorfor?") == '"""Hvorfor?"""'


def test_paragraphs_and_sections():
    code = docstring(
        "En.",
        SpecText("to\ntre\n\n1. fire\n2. fem"),
        "",
        sections=(
            Section("Args", (("a", "b\nc"),)),
            Section("Raises", ()),
            Section("Returns", (("", "x"),)),
        ),
    )
    assert code == (
        '"""En.\n\n    to tre\n\n    1. fire\n    2. fem\n\n    Args:\n        a: b c\n\n'
        '    Returns:\n        x\n    """'
    )


def test_long_lines_are_wrapped_with_a_hanging_indent():
    code = docstring("En.", sections=(Section("Args", (("navn", "ord " * 40),)),))
    lines = code.splitlines()
    assert max(map(len, lines)) <= 100
    assert lines[4].startswith("            ord")


def test_texts_are_joined_without_the_empty_ones():
    assert join_texts("a", SpecText(""), SpecText("b")) == SpecText("a b")
