"""How the codes of compulsory dissolution (tvangsopløsning) are provoked."""

from typing import Final

from skifteportal.sandbox.provocations.entry import Provocation

__all__ = ["ENTRIES"]

ENTRIES: Final[tuple[Provocation, ...]] = ()
