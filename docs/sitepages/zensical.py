"""The same sources, built by Zensical, and how far its site is Material's: what the site can move to when Material ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sitepages.build import CONFIGS, render
from sitepages.finish import LANGUAGES, finish
from sitepages.links import broken_links

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["FOLDER", "build_with_zensical", "differences"]

FOLDER: Final = "site-zensical"
"""Where the site is built, in the checkout."""


def build_with_zensical(root: Path) -> Path:
    """Build the site in all its languages, beside Material's, and return its folder.

    Args:
        root: The checkout, with its pages written.

    Raises:
        subprocess.CalledProcessError: Zensical refused; it has said why.
    """
    site = root / FOLDER
    for language, folder in LANGUAGES.items():
        config = root / f".zensical.{language}.yml"
        config.write_text(f"INHERIT: {CONFIGS[language]}\nsite_dir: {FOLDER}/{folder}\n", "utf-8")
        try:
            render(root, ("zensical", "build", "--clean", "-f", config.name))
        finally:
            config.unlink()
    finish(site)
    return site


def differences(site: Path, other: Path) -> Iterator[str]:
    """Yield how another builder's site differs: pages that are missing or more, and what is wrong in it.

    Args:
        site: The folder with the site as it is published.
        other: The folder with the same site of the other builder.
    """
    here, there = _pages(site), _pages(other)
    yield from (f"{page} is missing" for page in sorted(here - there))
    yield from (f"{page} is more" for page in sorted(there - here))
    yield from broken_links(other)


def _pages(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
