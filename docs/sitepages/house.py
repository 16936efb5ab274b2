"""What the pages are written from: the registry, the specs, the error codes."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from portalgen.catalogue import Catalogue
from portalgen.document import Document
from portalgen.notices.days import DENMARK
from portalgen.registry import ApiEntry, Registry
from portalgen.yaml_file import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from portalgen.checkout import Checkout

__all__ = ["House", "table"]


class House:
    """The data of a checkout, each read once.

    Args:
        checkout: Where the data are.
        today: The day in Denmark, if it isn't this one.

    Raises:
        BrokenInput: The registry or an error catalogue can't be read.
    """

    def __init__(self, checkout: Checkout, *, today: date | None = None) -> None:
        self.checkout = checkout
        self.today = today or datetime.now(DENMARK).date()
        self.registry = Registry.load(checkout)
        self.catalogue = Catalogue.load(checkout)

    @property
    def apis(self) -> Sequence[ApiEntry]:
        """The APIs in the registry's order."""
        return tuple(self.registry.apis.values())

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """The current spec of each API, by its name."""
        return {
            entry.api: Document(parse_yaml(entry.read_spec(self.checkout), file=entry.spec))
            for entry in self.apis
        }


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, stacked: bool = False) -> str:
    """Write a Markdown table; cells are Markdown already.

    Args:
        head: The columns' names.
        rows: The cells, row by row.
        stacked: Whether a phone shows a row's cells below each other, without the columns' names.
    """
    lines = [head, ["---"] * len(head), *rows]
    text = "\n".join(
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines
    )
    return f'<div class="stacked" markdown>\n\n{text}\n\n</div>' if stacked else text
