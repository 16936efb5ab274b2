"""The court's own acts, by name; each is also a path of the control port."""

from collections.abc import Mapping
from typing import Final

from skifteportal.sandbox.court.act import Act, CourtCall
from skifteportal.sandbox.court.dissolution import ACTS as _DISSOLUTION
from skifteportal.sandbox.court.estates import ACTS as _ESTATES

__all__ = ["COURT", "Act", "CourtCall"]

COURT: Final[Mapping[str, Act]] = {act.name: act for act in (*_ESTATES, *_DISSOLUTION)}
"""Every act by its name."""
