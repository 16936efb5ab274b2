"""The heads of the built pages, checked: each says in its own words what it is."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

from sitepages.finish import DESCRIPTION, LANGUAGES, pages_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["poor_heads"]

_TITLE: Final = re.compile(r"<title>(.*?)</title>", re.DOTALL)


def poor_heads(site: Path) -> Iterator[str]:
    """Yield what is wrong: pages without a title or a description, and those that share one with another page.

    Args:
        site: The folder with the built site, finished.
    """
    for language in LANGUAGES:
        seen: dict[str, str] = {}
        for address, path in pages_of(site, language).items():
            text = path.read_text("utf-8")
            for kind, pattern in (("title", _TITLE), ("description", DESCRIPTION)):
                found = pattern.search(text)
                said = " ".join(unescape(found[found.re.groups]).split()) if found else ""
                name = path.relative_to(site).as_posix()
                if not said:
                    yield f"{name} has no {kind}"
                elif f"{kind}: {said}" in seen:
                    yield f"{name} has the {kind} of {seen[f'{kind}: {said}']}: {said}"
                seen.setdefault(f"{kind}: {said}", name or address)
