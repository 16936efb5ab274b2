"""What is reconstructed and what is assumed: from the specs' own marks and the sandbox's settings."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from html import escape
from typing import TYPE_CHECKING

import attrs

from sitepages.house import House, table
from skifteportal.sandbox.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from portalgen.document import Node

__all__ = ["pages"]

_WORDS = {
    "en": {
        "title": "What is reconstructed, what is assumed",
        "foreword": "Nothing here was checked against the live portal yet. The specifications are reconstructed from the "
        "portal's integration guide (October 2025), its error codes and the law, operation by operation; where the guide "
        "is silent, the sandbox follows a setting that you can change.",
        "specs": "Specifications",
        "specs_text": "How sure we are of each API's operations and schemas: `official` is seen in the portal's own file, `guide` follows "
        "from its integration guide, `inferred` is our guess. Nothing that is inferred is required in an answer, so a wrong "
        "guess does not cost you the answer.",
        "specs_head": ("API", "version", "operations", "schemas"),
        "settings": "Settings of the sandbox",
        "settings_text": "Each is a field of `skifteportal.sandbox.Settings`.",
        "settings_head": ("setting", "value", "what it decides"),
        "clients": "Assumptions in the clients",
        "clients_text": "From `specs/portal.toml`; changing one there changes every client.",
        "clients_head": ("assumption", "value"),
    },
    "da": {
        "title": "Hvad der er rekonstrueret, og hvad der er antaget",
        "foreword": "Intet her er endnu prøvet mod den rigtige portal. Specifikationerne er rekonstrueret, operation for operation, ud fra "
        "portalens integrationsvejledning (oktober 2025), dens fejlkoder og loven; hvor vejledningen tier, følger "
        "sandkassen en indstilling, som du kan ændre.",
        "specs": "Specifikationer",
        "specs_text": "Hvor sikre vi er på hvert API's operationer og skemaer: `official` er set i portalens egen fil, `guide` følger af "
        "integrationsvejledningen, `inferred` er vores gæt. Intet, der er gættet, kræves i et svar, så et forkert gæt koster "
        "dig ikke svaret.",
        "specs_head": ("API", "version", "operationer", "skemaer"),
        "settings": "Sandkassens indstillinger",
        "settings_text": "Hver er et felt i `skifteportal.sandbox.Settings`; forklaringerne er på engelsk.",
        "settings_head": ("indstilling", "værdi", "hvad den afgør"),
        "clients": "Antagelser i klienterne",
        "clients_text": "Fra `specs/portal.toml`; ændres en dér, ændres alle klienter.",
        "clients_head": ("antagelse", "værdi"),
    },
}


def pages(house: House) -> Iterator[tuple[str, str]]:
    """Write the pages.

    Args:
        house: The data.
    """
    specs = [
        (
            escape(entry.title),
            f"{entry.version}, {entry.provenance}",
            _counts(operation.node for operation in house.documents[entry.api].operations()),
            _counts(house.documents[entry.api].component_schemas.values()),
        )
        for entry in house.apis
    ]
    assumptions = [
        (f"`{name}`", f"`{value}`")
        for name, value in house.registry.document["assumptions"].items()
    ]
    settings = list(_settings())
    for language, words in _WORDS.items():
        parts = [
            f"# {words['title']}",
            words["foreword"],
            f"## {words['specs']}",
            words["specs_text"],
            table(words["specs_head"], specs),
            f"## {words['clients']}",
            words["clients_text"],
            table(words["clients_head"], assumptions),
            f"## {words['settings']}",
            words["settings_text"],
            table(words["settings_head"], settings),
        ]
        yield f"{language}/guides/assumptions.md", "\n\n".join(map(str, parts)) + "\n"


def _counts(nodes: Iterable[Node]) -> str:
    found = Counter(str(node.get("x-provenance", "inferred")) for node in nodes)
    return ", ".join(
        f"{found[mark]} {mark}" for mark in ("official", "guide", "inferred") if found[mark]
    )


def _settings() -> Iterator[tuple[str, str, str]]:
    said = dict(
        re.findall(r"^    (\w+): (.+(?:\n {8}.+)*)", inspect.getdoc(Settings) or "", re.MULTILINE)
    )
    for field in attrs.fields(Settings):
        meaning = " ".join(said[field.name].split())
        yield f"`{field.name}`", f"`{field.default!r}`", escape(meaning, quote=False)
