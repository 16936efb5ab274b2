"""Looks at the words and numbers of a file: names that can be names, texts that hold no code.

The generator escapes whatever it is given, so nothing here is its only guard. But an honest file of the portal's
has no Python, no template and no script in it, and one that has should be looked at by a person, not generated from.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from portalgen.intake.patterns import slow_pattern
from portalgen.intake.references import walk
from portalgen.intake.refusal import shown
from portalgen.json_kinds import is_list, is_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["bad_content"]

_LONGEST_TEXT = 50_000
_LARGEST_NUMBER = 2**63
_MOST = {"paths": 1_000, "schemas": 5_000, "parameters": 5_000, "properties": 1_000, "enum": 5_000}

# What a Danish file calls things: letters, digits and a few signs; JSON-LD's @ and $, HAL's _.
_NAME = re.compile(r"[@$_]?[A-Za-zæøåÆØÅéÉ][A-Za-z0-9æøåÆØÅéÉ_.:-]{0,99}")
_SEGMENT = re.compile(r"(?:[A-Za-z0-9._~:@-]|\{[A-Za-z][A-Za-z0-9_-]{0,99}\}){0,200}")
# Mappings whose keys become names in Python, or in URLs.
_HOLDERS = {
    *("properties", "schemas", "parameters", "responses", "requestBodies", "headers"),
    "securitySchemes",
}
_STATUS = re.compile(r"[1-5](?:[0-9]{2}|XX)|default")

_CODE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), what)
    for pattern, what in (
        (r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]", "a control character"),
        (r"[\u202a-\u202e\u2066-\u2069]", "a sign that turns the reading direction"),
        (r'"""|\'\'\'', "three quotes, which end a text in Python"),
        (r"\{\{|\{%|%\}|\$\{|\$\([a-z]", "the brackets of a template"),
        (r"__[a-z]+__", "a name from Python's inside"),
        (r"\b(?:eval|exec|compile|globals)\(", "a call that runs code"),
        (r"\b(?:os|sys|subprocess|socket|builtins|importlib)\.[a-z_]+\(", "a call into the system"),
        (r"(?:^|[\n;])[ \t]*(?:import[ \t]+[a-z_]+|from[ \t]+[a-z_.]+[ \t]+import)\b", "an import"),
        (r"<[ \t]*/?[ \t]*(?:script|iframe|object|embed|svg|style|link|meta|base)\b", "HTML that runs or loads"),
        (r"<[^<>]{0,200}\bon[a-z]+[ \t]*=", "HTML that runs or loads"),
        (r"\b(?:javascript:|vbscript:|data:[a-z]+/|file:/)", "an address that runs or opens something"),
    )
)  # fmt: skip


def bad_content(document: Mapping[str, Any]) -> Iterator[str]:
    """Say which names, texts and numbers of a document nothing should be generated from.

    Args:
        document: The document as read.
    """
    for pointer, key, value in walk(document):
        if problem := _bad_text(key):
            yield f"{pointer}: the name {shown(key)} holds {problem}"
        if isinstance(value, str):
            yield from _text(pointer, key, value)
        elif isinstance(value, int) and abs(value) >= _LARGEST_NUMBER:
            yield f"{pointer}: is a number that no computer counts with"
        elif is_mapping(value):
            yield from _mapping(pointer, key, value)
        if (is_mapping(value) or is_list(value)) and len(value) > _MOST.get(key, len(value)):
            yield f"{pointer}: holds {len(value)}, more than {_MOST[key]}"


def _bad_text(text: str) -> str:
    return next((what for pattern, what in _CODE if pattern.search(text)), "")


def _text(pointer: str, key: str, value: str) -> Iterator[str]:
    if len(value) > _LONGEST_TEXT:
        yield f"{pointer}: is a text of {len(value)} characters"
    elif key == "pattern":
        if problem := slow_pattern(value):
            yield f"{pointer}: the pattern {shown(value)} {problem}"
    elif problem := _bad_text(value):
        yield f"{pointer}: holds {problem}: {shown(value)}"
    elif key == "operationId" and not _NAME.fullmatch(value):
        yield f"{pointer}: {shown(value)} can't be the name of a method"


def _mapping(pointer: str, key: str, value: dict[str, Any]) -> Iterator[str]:
    if key in _HOLDERS:
        for name in value:
            if not (_NAME.fullmatch(name) or (key == "responses" and _STATUS.fullmatch(name))):
                yield f"{pointer}: {shown(name)} can't be a name in Python"
    called = value.get("name")
    if "in" in value and isinstance(called, str) and not _NAME.fullmatch(called):
        yield f"{pointer}/name: {shown(called)} can't be the name of a parameter"
    if pointer == "/paths":
        for path in value:
            if not _is_path(path):
                yield f"{pointer}: {shown(path)} is no path of an API"


def _is_path(path: str) -> bool:
    segments = path.split("/")
    inner = segments[1:-1] if path.endswith("/") else segments[1:]
    return (
        segments[0] == ""
        and not {"", ".", ".."} & set(inner)
        and all(_SEGMENT.fullmatch(one) for one in inner)
    )
