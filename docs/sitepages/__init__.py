"""The pages of the documentation site that follow from data."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from sitepages import (
    assumptions,
    brand,
    changelogs,
    clients,
    commands,
    doctor,
    downloads,
    errors,
    exceptions,
    explorer,
    glossary,
    language_models,
    postman,
    versions,
)
from sitepages.house import House

if TYPE_CHECKING:
    from pathlib import Path

    from portalgen.checkout import Checkout

__all__ = ["WRITTEN", "write_pages"]

WRITTEN = (
    "en/errors/*.*.md",
    "en/errors/exceptions.md",
    "*/errors/codes.md",
    "en/reference/clients",
    "en/reference/commands",
    "*/guides/assumptions.md",
    "*/guides/doctor.md",
    "*/guides/glossary.md",
    "en/versions",
    "en/changelogs.md",
    "en/explorer",
    "en/explorer.md",
    "en/downloads",
    "en/reference/change-law.md",
    "en/llms.txt",
    "en/llms-full.txt",
    "theme/assets/icon.svg",
)
"""What is written by these modules, as patterns; `.gitignore` has the same."""

_WRITERS = (
    errors,
    exceptions,
    clients,
    glossary,
    assumptions,
    versions,
    explorer,
    postman,
    downloads,
    language_models,
    changelogs,
    commands,
    doctor,
    brand,
)


def write_pages(checkout: Checkout, docs: Path) -> int:
    """Write all pages below a folder, replacing what an earlier run wrote.

    Args:
        checkout: Where the data are.
        docs: The folder with the site's sources, a folder for each language.

    Returns:
        How many pages were written.

    Raises:
        BrokenInput: The registry, a spec or an error catalogue can't be read.
    """
    house = House(checkout)
    written = dict(page for writer in _WRITERS for page in writer.pages(house))
    for old in [path for pattern in WRITTEN for path in docs.glob(pattern)]:
        if old.is_dir():
            shutil.rmtree(old)
        else:
            old.unlink(missing_ok=True)
    for name, text in written.items():
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return len(written)
