"""One page for each business error code, with the calls that provoke it in the sandbox, and their list."""

from __future__ import annotations

import json
import logging
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING

from sitepages.clients import method_link
from sitepages.house import House, table
from skifteportal.sandbox.provocations import run_all

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from portalgen.catalogue import CodeView
    from skifteportal.sandbox.provocations import Outcome, Step

__all__ = ["pages"]

_LIST = {
    "en": (
        "Error codes",
        (
            "All business error codes of the portal, with its own Danish text. Each has a page that says what it means, what to do, "
            "and which calls provoke it in the sandbox."
        ),
        ("code", "the portal's text", "raised by"),
        {"api": "API", "court": "the court"},
    ),
    "da": (
        "Fejlkoder",
        (
            "Alle portalens forretningsfejlkoder med portalens egen tekst. Hver har en side på engelsk, som siger, hvad koden betyder, "
            "hvad man skal gøre, og hvilke kald der fremkalder den i sandkassen."
        ),
        ("kode", "portalens tekst", "kommer fra"),
        {"api": "API", "court": "skifteretten"},
    ),
}

_ROLES = {
    "creditor": "the company of `anmelder.p12`, with a direct token",
    "other_creditor": "the company of `anden_anmelder.p12`, with a direct token",
    "gaeldsstyrelsen": "Gældsstyrelsen (CVR number 19552101), with a direct token",
    "liquidator_firm": "the firm of the case's liquidator (CVR number 90000005), with a direct token",
    "stranger": "a company that has no part in the case (CVR number 90000003), with a direct token",
    "liquidator": "`anmelder.p12` with a token for the profile `EXAMPLE_PROFILE`",
    "other_liquidator": "`anmelder.p12` with a token for another liquidator's profile",
    "court": "the court: on the sandbox's control port, or by `skifteportal-sandbox court`",
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
                sides[code.side],
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


def _page(code: CodeView, house: House, outcomes: Mapping[str, Outcome]) -> str:
    clients = [house.registry.apis[api] for api in code.apis if api in house.registry.apis]
    links = ", ".join(
        f"[{entry.title}](../reference/clients/{entry.api}/index.md)" for entry in clients
    )
    side = (
        "calls of the API"
        if code.side == "api"
        else "what the court does: no call of an API raises it"
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
            ("raised by", side),
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

{_provocation(outcomes[code.code.raw])}The Danish text is the portal's; the meaning, the advice and the operations are ours, from the portal's integration
guide. In Python the code stands in `ApiError.code`, and the rest beside it: see [Errors](index.md).
"""


def _provocation(outcome: Outcome) -> str:
    entry = outcome.provocation
    parts = ["## How to provoke it in the sandbox", escape(entry.how)]
    if entry.note:
        parts.append(f"!!! note\n    {escape(entry.note)}")
    if entry.settings:
        settings = ", ".join(f"`{name} = {value!r}`" for name, value in entry.settings.items())
        parts.append(f"Settings of the sandbox that it takes: {settings}.")
    parts += ["What is sent, and what comes back:", *map(_step, outcome.steps)]
    if entry.side == "api":
        plan = f"fail {entry.operation} --code {entry.code}"
        parts.append(
            f"Without all that, the next call is refused with it after `skifteportal-sandbox {plan}`, or in a test "
            f'`control.fail("{entry.operation}", code="{entry.code}")`.'
        )
    roles = dict.fromkeys(step.who for step in outcome.steps)
    parts.append("Who calls: " + "; ".join(f"`{role}` is {_ROLES[role]}" for role in roles) + ".")
    return "\n\n".join(parts) + "\n\n"


def _step(step: Step) -> str:
    lines = [f"{step.method} {step.path}", f"# as: {step.who}"]
    if step.sent is not None:
        lines.append(_json(step.sent))
    if step.file is not None:
        lines.append(f"# a PDF file of {step.file} bytes")
    answer = [f"HTTP {step.status}"]
    if step.failed:  # an act of the court's that is refused has no body to show
        answer.append(f"# {step.code}" if step.answer is None else _json(step.answer))
    return "```http\n{}\n```\n\n```http\n{}\n```".format("\n".join(lines), "\n".join(answer))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)
