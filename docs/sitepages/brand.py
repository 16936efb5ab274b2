"""The mark of the site: the sandbox's own."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitepages.house import House

__all__ = ["pages"]


def pages(_house: House) -> Iterator[tuple[str, str]]:
    """Write the mark where the theme looks for it.

    Args:
        _house: The data; the mark is in the sandbox's package.
    """
    icon = files("skifteportal.sandbox") / "inspector/icon.svg"
    yield "theme/assets/icon.svg", icon.read_text("utf-8")
