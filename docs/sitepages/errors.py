"""One page for each business error code, with the calls that provoke it in the sandbox, and their list."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING

from sitepages.clients import method_link
from sitepages.house import House, table
from sitepages.provoking import provocation
from skifteportal.sandbox.provocations import run_all

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from portalgen.catalogue import CodeView
    from skifteportal.sandbox.provocations import Outcome

__all__ = ["pages"]

_LIST = {
    "en": (
        "Error codes",
        (
            "All business error codes of the portal, with its own Danish text. Each has a page that says what it means, what to do, "
            "and which calls provoke it in the sandbox."
        ),
        ("code", "the portal's text", "raised by"),
        {"api": "API", "court": "the court", "both": "the court; in the sandbox also API"},
    ),
    "da": (
        "Fejlkoder",
        (
            "Alle portalens forretningsfejlkoder med portalens egen tekst. Hver har en side på engelsk, som siger, hvad koden betyder, "
            "hvad man skal gøre, og hvilke kald der fremkalder den i sandkassen."
        ),
        ("kode", "portalens tekst", "kommer fra"),
        {"api": "API", "court": "skifteretten", "both": "skifteretten; i sandkassen også API"},
    ),
}
_RAISED_BY = {
    "api": "calls of the API",
    "court": "what the court does: no call of an API raises it",
    "both": "what the court does; in the sandbox also calls of the API",
}


def pages(house: House) -> Iterator[tuple[str, str]]:
    """Write the pages.

    Args:
        house: The data; the codes are provoked in a portal in memory.
    """
    with _quiet():
        outcomes = {outcome.provocation.code: outcome for outcome in run_all()}
    codes = [code for name in house.catalogue.files for code in house.catalogue.file(name)]
    for code in codes:
        yield f"en/errors/{code.code.raw}.md", _page(code, house, outcomes)
    for language, (title, foreword, head, sides) in _LIST.items():
        # The codes' pages are in English: the Danish list leads out of its own site, to the other one.
        target = "{}.md" if language == "en" else "../../../errors/{}/"
        rows = [
            (
                f"[`{code.code.raw}`]({target.format(code.code.raw)})",
                escape(code.text.raw),
                sides[_side(code, house)],
            )
            for code in codes
        ]
        yield (
            f"{language}/errors/codes.md",
            f"# {title}\n\n{foreword}\n\n{table(head, rows, stacked=True)}\n",
        )


@contextmanager
def _quiet() -> Generator[None]:
    """Let the sandbox say nothing of each PDF that it refuses, which is what is asked of it here."""
    logger = logging.getLogger("skifteportal.sandbox")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    yield
    logger.setLevel(level)


def _side(code: CodeView, house: House) -> str:
    """Return who raises a code: of the court's, one that an API's operation raises too is ``both``."""
    if code.side != "court":
        return code.side
    called = [house.documents[api].operations() for api in code.apis if api in house.documents]
    names = {operation.id for operations in called for operation in operations}
    return "both" if names & set(code.operations) else "court"


def _page(code: CodeView, house: House, outcomes: Mapping[str, Outcome]) -> str:
    clients = [house.registry.apis[api] for api in code.apis if api in house.registry.apis]
    links = ", ".join(
        f"[{entry.title}](../reference/clients/{entry.api}/index.md)" for entry in clients
    )
    methods = {
        operation.id: method_link(entry, operation)
        for entry in clients
        for operation in house.documents[entry.api].operations()
    }
    operations = ", ".join(
        f"[`{name}`](../reference/clients/{methods[name]})" if name in methods else f"`{name}`"
        for name in code.operations
    )
    about = table(
        ("", ""),
        [
            ("raised by", _RAISED_BY[_side(code, house)]),
            ("operations", operations or "none is known"),
            ("clients", links or "none"),
        ],
    )
    return f"""# {escape(code.code.raw)}

[Errors](index.md) / [Error codes](codes.md)
{{ .path }}

> {escape(code.text.raw)}

**What it means.** {escape(code.explanation.raw)}

**What to do.** {escape(code.action.raw)}

{about}

{provocation(outcomes[code.code.raw])}The Danish text is the portal's; the meaning, the advice and the operations are ours, from the portal's integration
guide. In Python the code stands in `ApiError.code`, and the rest beside it: see [Errors](index.md).
"""
