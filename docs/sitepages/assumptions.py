"""What is reconstructed and what is assumed: from the specs' own marks and the sandbox's settings, in both languages."""

from __future__ import annotations

import inspect
import re
import tomllib
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from sitepages.house import House, table
from skifteportal.sandbox.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from portalgen.document import Node
    from portalgen.registry import ApiEntry

__all__ = ["pages"]

_MARKS = ("official", "guide", "inferred")
_DANISH = Path(__file__).with_name("settings_da.toml")
_WORDS = tomllib.loads(Path(__file__).with_name("assumptions.toml").read_text("utf-8"))
_GUIDE = re.compile(r"\bguide ([\d.]*\d)")
_LAW = re.compile(r"§ ?\d+")
# Where each group of settings begins, in their own order; the titles are in assumptions.toml.
_GROUPS = {
    "first_page": "lists",
    "created_status": "answers",
    "deleted_visible": "registrations",
    "deadline_weeks": "deadlines",
    "darid_known": "court",
    "max_attachments": "documents",
    "referred_status": "dissolutions",
    "rate_limit": "limits",
    "token_seconds": "login",
}


def pages(house: House) -> Iterator[tuple[str, str]]:
    """Write the pages.

    Args:
        house: The data.
    """
    english = _docstring()
    meanings = {"en": english, "da": tomllib.loads(_DANISH.read_text("utf-8"))}
    for language, words in _WORDS.items():
        parts = [
            f"# {words['title']}",
            words["foreword"],
            f"## {words['specs']}",
            words["specs_text"],
            table(words["specs_head"], [_counts(house, entry) for entry in house.apis]),
            f"## {words['operations']}",
            words["operations_text"],
            *_operations(house),
            f"## {words['clients']}",
            words["clients_text"],
            table(words["clients_head"], list(_clients(house, words))),
            f"## {words['settings']}",
            words["settings_text"],
            *_settings(words, english, meanings[language]),
            f"## {words['rest']}",
            words["rest_text"],
            "\n".join(f"* {one}" for one in words["rest_items"]),
        ]
        yield f"{language}/guides/assumptions.md", "\n\n".join(map(str, parts)) + "\n"


def _counts(house: House, entry: ApiEntry) -> tuple[str, ...]:
    document = house.documents[entry.api]
    groups = (
        [_mark(operation.node) for operation in document.operations()],
        [_mark(schema) for schema in document.component_schemas.values()],
    )
    counted = (", ".join(f"{group.count(mark)} {mark}" for mark in _MARKS) for group in groups)
    return escape(entry.title), f"{entry.version}, {entry.provenance}", *counted


def _mark(node: Node) -> str:
    return str(node.get("x-provenance", "inferred"))


def _operations(house: House) -> Iterator[str]:
    for entry in house.apis:
        marked: dict[str, list[str]] = {mark: [] for mark in _MARKS}
        for operation in house.documents[entry.api].operations():
            marked[_mark(operation.node)].append(f"`{operation.id}`")
        yield f"**{escape(entry.title)}**"
        yield "\n".join(f"* {mark}: {', '.join(names)}" for mark, names in marked.items() if names)


def _clients(house: House, words: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, value in house.registry.document["assumptions"].items():
        yield f"`{name}`", f"`{value}`", words["client_meanings"][name]


def _docstring() -> Mapping[str, str]:
    """Give what each setting decides, as the class's own docstring says it."""
    said = re.findall(
        r"^    (\w+): (.+(?:\n {8}.+)*)", inspect.getdoc(Settings) or "", re.MULTILINE
    )
    return {name: " ".join(meaning.split()) for name, meaning in said}


def _settings(
    words: Mapping[str, Any], english: Mapping[str, str], meanings: Mapping[str, str]
) -> Iterator[str]:
    rows: list[tuple[str, ...]] = []
    for field in attrs.fields(Settings):
        if field.name in _GROUPS:
            if rows:
                yield table(words["settings_head"], rows)
                rows = []
            yield f"### {words['groups'][_GROUPS[field.name]]}"
        meaning = escape(meanings[field.name], quote=False)
        row = (f"`{field.name}`", f"`{field.default!r}`", _source(english[field.name], words))
        rows.append((*row, meaning))
    yield table(words["settings_head"], rows)


def _source(meaning: str, words: Mapping[str, Any]) -> str:
    """Say where a setting is spoken of: in the guide, in the law, or nowhere."""
    if section := _GUIDE.search(meaning):
        return str(words["from_guide"]).format(section[1])
    return str(words["from_law"] if _LAW.search(meaning) else words["ours"])
