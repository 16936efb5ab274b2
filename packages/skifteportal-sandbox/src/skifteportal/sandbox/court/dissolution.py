"""What the court does in dissolution cases (tvangsoploesningssager)."""

from typing import Final

from skifteportal.sandbox.court.act import Act

__all__ = ["ACTS"]

ACTS: Final[tuple[Act, ...]] = ()
