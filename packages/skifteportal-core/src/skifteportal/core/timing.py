"""Time and chance, in one place, so that tests can have their own."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Timing"]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Timing:
    """What tells the time.

    Attributes:
        clock: Seconds on a clock that is never set back.
        wall: Seconds since 1970.
        chance: A random number, 0 to 1.
    """

    clock: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time
    chance: Callable[[], float] = random.random
