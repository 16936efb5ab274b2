"""Time and chance, so that tests bring their own."""

import random
import time
from collections.abc import Callable

import attrs

__all__ = ["Clock"]


def _jitter() -> float:
    return random.uniform(-1, 1)  # noqa: S311 - spreads renewals, keeps no secret


@attrs.frozen(kw_only=True)
class Clock:
    """The four things that a test wants to decide.

    Attributes:
        monotonic: Seconds that never go back, and may stand still while the machine sleeps.
        wall: Seconds since 1970, which may jump either way.
        sleep: Waits some seconds.
        jitter: A number from -1 to 1.
    """

    monotonic: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = _jitter
