"""The changelogs of all packages on one page, with what is not released yet: packages' metadata link to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from portalgen.release.fragments import read_fragments, section

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sitepages.house import House

__all__ = ["pages"]

_HEAD = re.compile(r"\A.*<!-- towncrier release notes start -->\n", re.DOTALL)


def pages(house: House) -> Iterator[tuple[str, str]]:
    """Write the page.

    Args:
        house: The data.
    """
    parts = [
        "# Changelogs",
        (
            "Each package has its own version (SemVer). While it is `0.y.z`, a new `y` may break what was. What a new version of the "
            "*portal* breaks is in [versions](versions/index.md)."
        ),
    ]
    for package in sorted(house.checkout.packages.glob("skifteportal-*")):
        parts += [f"## {package.name}", *_package(package)]
    yield "en/changelogs.md", "\n\n".join(parts) + "\n"


def _package(package: Path) -> Iterator[str]:
    told = section(read_fragments(package))
    if told:
        yield f"### Not released yet\n\n{_lower(told)}"
    text = _HEAD.sub("", (package / "CHANGELOG.md").read_text("utf-8"))
    yield _lower(text).strip()


def _lower(text: str) -> str:
    """Put headings a level lower: the page's own are above them."""
    return re.sub("^##", "###", text, flags=re.MULTILINE)
