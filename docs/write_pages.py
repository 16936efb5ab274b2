"""Write the pages that follow from data: one for each business error code and client, and the changelogs.

``nox -s docs`` runs this before it builds the site. What it writes is not committed.
"""

from __future__ import annotations

import re
import shutil
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from portalgen.catalogue import Catalogue, CodeView
from portalgen.checkout import Checkout
from portalgen.registry import ApiEntry, Registry

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["write_pages"]


def write_pages(checkout: Checkout, docs: Path) -> int:
    """Write all pages below a folder, replacing what an earlier run wrote.

    Args:
        checkout: Where the data are.
        docs: The site's folder of sources.

    Returns:
        How many pages were written.

    Raises:
        BrokenInput: The registry or an error catalogue can't be read.
    """
    registry = Registry.load(checkout)
    pages = dict(_pages(registry, Catalogue.load(checkout), checkout.packages))
    shutil.rmtree(docs / "reference/clients", ignore_errors=True)
    for old in (docs / "errors").glob("*.*.md"):
        old.unlink()
    for name, text in pages.items():
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return len(pages)


def _pages(registry: Registry, catalogue: Catalogue, packages: Path) -> Iterator[tuple[str, str]]:
    for name in catalogue.files:
        for code in catalogue.file(name):
            yield f"errors/{code.code.raw}.md", _error_page(code, registry)
    for entry in registry.apis.values():
        yield f"reference/clients/{entry.api}.md", _client_page(entry)
    yield "errors/codes.md", _code_list(catalogue)
    yield "changelogs.md", _changelogs(packages)


def _error_page(code: CodeView, registry: Registry) -> str:
    clients = [registry.apis[api] for api in code.apis if api in registry.apis]
    links = ", ".join(f"[{entry.title}](../reference/clients/{entry.api}.md)" for entry in clients)
    side = (
        "calls of the API"
        if code.side == "api"
        else "what the court does: no call of an API raises it"
    )
    operations = ", ".join(f"`{name}`" for name in code.operations) or "none is known"
    return f"""# {escape(code.code.raw)}

> {escape(code.text.raw)}

**What it means.** {escape(code.explanation.raw)}

**What to do.** {escape(code.action.raw)}

| | |
|---|---|
| raised by | {side} |
| operations | {operations} |
| clients | {links or "none"} |

The Danish text is the portal's; the meaning, the advice and the operations are ours, from the portal's integration
guide. In Python the code stands in `ApiError.code`, and the rest beside it: see [Errors](index.md).
"""


def _code_list(catalogue: Catalogue) -> str:
    rows = "\n".join(
        f"| [`{escape(code.code.raw)}`]({code.code.raw}.md) | {escape(code.text.raw)} | {code.side} |"
        for name in catalogue.files
        for code in catalogue.file(name)
    )
    return f"# Error codes\n\n| code | the portal's text | side |\n|---|---|---|\n{rows}\n"


def _client_page(entry: ApiEntry) -> str:
    return f"""# skifteportal.{entry.api.replace("-", "_")}

The client of the API *{escape(entry.title)}*, version {entry.version} of its specification ({entry.provenance}).
`Async{entry.client}` has the same methods: calls are awaited, pages are iterated with `async for`.

::: {entry.module}._client.{entry.client}
    options:
      heading_level: 2
      inherited_members: [close]

## Models

::: {entry.module}.models
    options:
      show_root_heading: false
      show_root_toc_entry: false
      show_submodules: false
      show_if_no_docstring: true
      members_order: alphabetical
"""


def _changelogs(packages: Path) -> str:
    parts = ["# Changelogs"]
    for file in sorted(packages.glob("skifteportal-*/CHANGELOG.md")):
        body = re.sub(r"\A# .*\n", "", file.read_text("utf-8"))
        parts.append(
            f"## {file.parent.name}\n\n{re.sub('^##', '###', body, flags=re.MULTILINE).strip()}"
        )
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    print(f"{write_pages(Checkout.find(), Path(__file__).parent)} pages written")
