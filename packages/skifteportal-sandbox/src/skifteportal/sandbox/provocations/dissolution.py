"""How the codes of compulsory dissolution (tvangsopløsning) are provoked: all of them, joined."""

from typing import Final

from skifteportal.sandbox.provocations import (
    dissolution_case,
    dissolution_court,
    dissolution_requests,
)
from skifteportal.sandbox.provocations.entry import Provocation

__all__ = ["ENTRIES"]

ENTRIES: Final[tuple[Provocation, ...]] = (
    *dissolution_case.ENTRIES,
    *dissolution_requests.ENTRIES,
    *dissolution_court.ENTRIES,
)
