"""The changelogs of all packages on one page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitepages.house import House

__all__ = ["pages"]


def pages(house: House) -> Iterator[tuple[str, str]]:
    """Write the page.

    Args:
        house: The data.
    """
    parts = ["# Changelogs"]
    for file in sorted(house.checkout.packages.glob("skifteportal-*/CHANGELOG.md")):
        body = re.sub(r"\A# .*\n", "", file.read_text("utf-8"))
        body = re.sub("^##", "###", body, flags=re.MULTILINE).strip()
        parts.append(f"## {file.parent.name}\n\n{body}")
    yield "en/versions/changelogs.md", "\n\n".join(parts) + "\n"
