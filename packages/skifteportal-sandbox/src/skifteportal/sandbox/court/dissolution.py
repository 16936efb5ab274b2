"""What the court does in dissolution cases (tvangsoploesningssager): all its acts, joined."""

from typing import Final

from skifteportal.sandbox.court import (
    dissolution_decisions,
    dissolution_opening,
    dissolution_sharing,
)
from skifteportal.sandbox.court.act import Act

__all__ = ["ACTS"]

ACTS: Final[tuple[Act, ...]] = (
    *dissolution_opening.ACTS,
    *dissolution_decisions.ACTS,
    *dissolution_sharing.ACTS,
)
