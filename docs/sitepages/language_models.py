"""The site in plain text for language models: ``llms.txt`` says what there is, ``llms-full.txt`` holds guides and READMEs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitepages import assumptions, doctor, glossary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sitepages.house import House

__all__ = ["pages"]

_WRITERS_OF_GUIDES = (assumptions, doctor, glossary)

_INCLUDE = re.compile(r'^( *)--8<-- "([^"]+)"$', re.MULTILINE)
_FRONT = re.compile(r"\A---\n.*?\n---\n+|^</?div\b[^\n]*\n+", re.DOTALL | re.MULTILINE)
_OF_THE_NAV = re.compile(
    r"^ +- (?:(.+): )?((?:quickstart|guides/\w+|errors/index)\.md)$", re.MULTILINE
)
_ABOUT = """# Skifteportal clients for Python

> Typed clients, sync and async, for the HTTP APIs of the Danish courts' Skifteportal (probate estates, compulsory dissolutions):
> one package for each API, on a shared login (OCES3 certificates over mutual TLS, token exchange) and a local sandbox.

Only the beginning of one official OpenAPI file is known; the rest is reconstructed from the portal's integration guide. The clients have an
asynchronous twin each (`AsyncDoedsbojournalClient`), with the same methods. Amounts are `Decimal`. A create is never repeated once it may have
arrived (`OutcomeUnknown`). Every error has a `doc_url`. To try anything: `skifteportal-sandbox`, a portal on one's own machine.
"""
_REFERENCE = (
    ("Login: skifteportal.auth", "reference/auth/"),
    ("What every client runs on: skifteportal.core", "reference/core/"),
    ("The sandbox: skifteportal.sandbox", "reference/sandbox/"),
    ("Exceptions, each with its attributes", "errors/exceptions/"),
    ("The command skifteportal", "reference/commands/skifteportal/"),
    ("The command skifteportal-sandbox", "reference/commands/skifteportal-sandbox/"),
    ("Versions, notices and what a version breaks", "versions/"),
    ("OpenAPI files and Postman collections", "downloads/"),
)


def pages(house: House) -> Iterator[tuple[str, str]]:
    """Write both files.

    Args:
        house: The data.
    """
    nav = (house.checkout.root / "mkdocs.yml").read_text("utf-8")
    guides = {path: title or "Errors" for title, path in _OF_THE_NAV.findall(nav)}
    yield "en/llms.txt", _map(house, guides)
    written = dict(page for writer in _WRITERS_OF_GUIDES for page in writer.pages(house))
    texts = [
        _FRONT.sub("", written.get(f"en/{path}") or _read(house, f"docs/en/{path}"))
        for path in guides
    ]
    texts += [_read(house, f"packages/{name}/README.md") for name in _packages(house)]
    yield "en/llms-full.txt", "\n\n---\n\n".join([_ABOUT, *texts]) + "\n"


def _packages(house: House) -> list[str]:
    return ["skifteportal-core", "skifteportal-auth", "skifteportal-sandbox", *(entry.package for entry in house.apis)]  # fmt: skip


def _map(house: House, guides: Mapping[str, str]) -> str:
    site = house.registry.docs_url
    start = [(title, re.sub(r"(index)?\.md$", "/", path).replace("//", "/")) for path, title in guides.items()]  # fmt: skip
    clients = [
        (f"{entry.package}: {entry.title}, token: {entry.token}", f"reference/clients/{entry.api}/")
        for entry in house.apis
    ]
    codes = [
        (f"{code.code.raw}: {code.explanation.raw}", f"errors/{code.code.raw}/")
        for name in house.catalogue.files
        for code in house.catalogue.file(name)
    ]
    parts = [
        _ABOUT + f"\nAll guides and READMEs in one file: [llms-full.txt]({site}llms-full.txt)."
    ]
    for heading, links in (
        ("Guides", start),
        ("Clients", clients),
        ("Reference", _REFERENCE),
        ("Error codes", codes),
    ):
        lines = "\n".join(
            f"- [{title.split(': ')[0]}]({site}{path}){_rest(title)}" for title, path in links
        )
        parts.append(f"## {heading}\n\n{lines}")
    return "\n\n".join(parts) + "\n"


def _rest(title: str) -> str:
    _, colon, rest = title.partition(": ")
    return f"{colon}{rest}"


def _read(house: House, path: str) -> str:
    """Read a page with what it includes, without the comment above it."""
    text = (house.checkout.root / path).read_text("utf-8")
    text = re.sub(r"^<!--.*-->\n", "", text)
    return _INCLUDE.sub(lambda found: _included(house, *found.groups()), text).strip()


def _included(house: House, indent: str, path: str) -> str:
    text = (house.checkout.root / path).read_text("utf-8").strip()
    return "\n".join(f"{indent}{line}".rstrip() for line in text.splitlines())
