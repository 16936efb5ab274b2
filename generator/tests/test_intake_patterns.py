"""Patterns that may take for ever are told from those that specs use."""

import re

import pytest

from portalgen.intake.patterns import slow_pattern


@pytest.mark.parametrize(
    "pattern",
    [
        r"^\d{8}$",
        r"^[a-z]+(-[a-z]+)*$",
        r"^(?!0)[0-9]{4}$",
        r"^[\w.+-]+@[\w-]+\.[\w.-]+$",
        r"(?:x+,)*",
        r"(\.\d+)*",
        "(a|b)*",
        "(ab|cd)+",
        "(a+)?",
        "(a+){2}",
        "a{,5}",
        "[]a]+",
        "(a[^-]*-)*",
        "(-(a|b?))*",
        r"(?P<aar>\d{4})-(?=\d)\d{2,}",
        r"\}{a}",
        "",
    ],
)
def test_honest_patterns_pass(pattern):
    re.compile(pattern)
    assert slow_pattern(pattern) == ""


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("(a+)+$", "a repetition, which may take for ever"),
        ("(a*)*", "a repetition"),
        ("((a+){3})*", "a repetition"),
        ("(a+){11}", "a repetition"),
        ("(a?){50}", "a repetition"),
        ("(-[a-]+)*", "a repetition"),
        ("(-(-|a)+)*", "a repetition"),
        ("(b(a|a)*)", "alternatives that may begin alike"),
        ("(a|ab)*", "alternatives"),
        ("(x|)*", "alternatives"),
        (r"(-|\-)*", "alternatives"),
        (r"(\w|\d)+", "alternatives"),
        ("(a{1000}){1000}", "more than 10000 times"),
        ("x" * 501, "longer than 500"),
        ("[a-", "no regular expression"),
        (r"(a)\1", "no regular expression"),
        ("(" * 200, "no regular expression"),
    ],
)
def test_others_are_named(pattern, problem):
    assert problem in slow_pattern(pattern)
