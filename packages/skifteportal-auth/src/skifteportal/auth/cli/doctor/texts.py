"""What the doctor says, from the one table of its texts: ``texts.toml``."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import attrs

from skifteportal.auth.cli.doctor.finding import Finding

__all__ = ["Said", "said", "step_name", "word"]


@attrs.frozen
class Said:
    """A finding in words.

    Attributes:
        what: What was found.
        why: Why that is, or how it comes.
        todo: What to do about it; may be empty.
    """

    what: str
    why: str
    todo: str


def word(name: str, lang: str, **facts: str) -> str:
    """One of the doctor's own words."""
    return str(_table()["words"][name][lang]).format_map(facts)


def step_name(step: str, lang: str) -> str:
    """What a step is called."""
    return str(_table()["steps"][step][lang])


def said(finding: Finding, lang: str) -> Said:
    """A finding in words.

    Args:
        finding: What was found.
        lang: "en" or "da".
    """
    facts = dict(finding.facts)
    if "step" in facts:
        facts["step"] = step_name(facts["step"], lang)
    what, why, todo = (
        str(text).format_map(facts) for text in _table()["findings"][finding.id][lang]
    )
    return Said(what, why, todo)


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(
        files("skifteportal.auth.cli.doctor").joinpath("texts.toml").read_text("utf-8")
    )
