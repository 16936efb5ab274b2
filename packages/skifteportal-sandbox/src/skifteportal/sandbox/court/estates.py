"""What the court does in estates (doedsbojournaler): all its acts, joined."""

from typing import Final

from skifteportal.sandbox.court.act import Act
from skifteportal.sandbox.court.estates_filings import ACTS as _FILINGS
from skifteportal.sandbox.court.estates_handover import ACTS as _HANDOVER
from skifteportal.sandbox.court.estates_opening import ACTS as _OPENING

__all__ = ["ACTS"]

ACTS: Final[tuple[Act, ...]] = (*_OPENING, *_HANDOVER, *_FILINGS)
