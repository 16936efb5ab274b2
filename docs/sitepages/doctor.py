"""What `skifteportal doctor` checks, and everything that it can find, in English and in Danish: from its own texts."""

from __future__ import annotations

import re
import tomllib
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from sitepages.house import House, table
from skifteportal.auth.cli.doctor.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["pages"]

_WORDS = {
    "en": {
        "title": "What the doctor finds",
        "foreword": "`skifteportal doctor` makes these steps, in this order, and leaves out those whose ground is missing. How to call it is in "
        "[when something is wrong](trouble.md); where it says *…* it names the file, the host or the day.",
        "steps": "The steps",
        "steps_head": ("step", "not without"),
        "findings": "Everything that it can say",
        "findings_head": ("what it found", "why", "what to do"),
        "several": "In several steps",
    },
    "da": {
        "title": "Hvad doctor finder",
        "foreword": "`skifteportal doctor` tager disse trin i denne rækkefølge og springer de trin over, hvis forudsætning mangler. Hvordan den kaldes, står i "
        "[når noget er galt](trouble.md); hvor der står *…*, nævner den filen, værten eller dagen.",
        "steps": "Trinnene",
        "steps_head": ("trin", "ikke uden"),
        "findings": "Alt, hvad den kan sige",
        "findings_head": ("hvad den fandt", "hvorfor", "hvad I gør"),
        "several": "I flere trin",
    },
}
_FOUND_IN = {
    "settings": ("settings",),
    "file": ("no_file", "file_unreadable", "not_p12"),
    "password": ("damaged", "wrong_password", "old_encryption", "no_key", "no_certificate"),
    "kind": ("wrong_kind",),
    "validity": ("expired", "not_yet_valid", "expires_soon"),
    "chain": ("chain_incomplete", "root_missing"),
    "environment": ("wrong_environment",),
    "dns": ("dns", "by_proxy"),
    "clock": ("clock_fast", "clock_slow", "no_date"),
    "handshake": (
        "revoked",
        "expired_there",
        "issuer_unknown",
        "certificate_lost",
        "certificate_lost_or_bad",
        "refused_without_reason",
        "certificate_refused",
    ),
    "token": (
        "wrong_secret",
        "unknown_client",
        "not_registered",
        "other_case_area",
        "client_refused",
    ),
    "exchange": (
        "no_profile",
        "bad_profile",
        "not_participant",
        "unknown_profile",
        "actor_refused",
        "exchange_refused",
    ),
    "api_call": ("token_not_taken", "no_access", "not_there"),
}
"""What only one step finds; all else can come up in several of them."""


def pages(_house: House) -> Iterator[tuple[str, str]]:
    """Write a page for each language.

    Args:
        _house: The data; the doctor has its own.
    """
    texts = tomllib.loads(
        files("skifteportal.auth.cli.doctor").joinpath("texts.toml").read_text("utf-8")
    )
    for language, words in _WORDS.items():
        parts = [
            f"# {words['title']}",
            words["foreword"],
            f"## {words['steps']}",
            table(words["steps_head"], list(_steps(texts, language))),
            f"## {words['findings']}",
            *_findings(texts, language),
        ]
        yield f"{language}/guides/doctor.md", "\n\n".join(map(str, parts)) + "\n"


def _steps(texts: Mapping[str, Any], language: str) -> Iterator[tuple[str, str]]:
    names = {step: said[language] for step, said in texts["steps"].items()}
    for step in STEPS:
        yield f"**{names[step.id]}**", ", ".join(names[need] for need in step.needs)


def _findings(texts: Mapping[str, Any], language: str) -> Iterator[str]:
    """Write the findings of each step below its name, and last those of several steps."""
    words = _WORDS[language]
    left = dict(texts["findings"])
    for step in STEPS:
        if step.id in _FOUND_IN:
            found = [left.pop(name)[language] for name in _FOUND_IN[step.id]]
            yield f"### {texts['steps'][step.id][language]}"
            yield table(words["findings_head"], [_row(one) for one in found])
    yield f"### {words['several']}"
    yield table(words["findings_head"], [_row(one[language]) for one in left.values()])


def _row(said: Sequence[str]) -> tuple[str, ...]:
    return tuple(escape(re.sub(r"\{\w+\}", "…", text), quote=False) for text in said)
