"""The rate limit (guide 2.2): so many calls of an operation in a time, for each client id."""

import math
import threading
from typing import Final

from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.clock import Clock
from skifteportal.sandbox.rate_limit import RateLimit

__all__ = ["Limiter", "RateLimit"]

_NANOSECONDS: Final = 1_000_000_000
_TOO_MANY: Final = 429


def _read(text: str) -> RateLimit | None:
    return RateLimit.read(text) if text else None


class Limiter:
    """Counts calls by the portal's clock: a window begins with a key's first call and lasts as long as the limit says.

    On a clock that stands still a window never ends, so a test decides itself when calls are taken again. Thread-safe.

    Args:
        clock: The portal's clock.
        start: The limit to begin with: ``500/s``; empty for none.

    Raises:
        Refused: The limit can't be read.
    """

    def __init__(self, clock: Clock, *, start: str = "") -> None:
        self._clock = clock
        self._limit = _read(start)
        self._windows: dict[tuple[str, str], tuple[int, int]] = {}
        self._guard = threading.Lock()

    @property
    def limit(self) -> RateLimit | None:
        """The limit; None for none."""
        return self._limit

    def set(self, text: str) -> None:
        """Set the limit, and begin to count anew.

        Args:
            text: The limit: ``500/s``; empty for none.

        Raises:
            Refused: The limit can't be read.
        """
        limit = _read(text)
        with self._guard:
            self._limit = limit
            self._windows.clear()

    def check(self, client: str, operation: str) -> None:
        """Count a call.

        Args:
            client: The client id; under login variant B the API user's CVR number.
            operation: The operationId.

        Raises:
            Fault: 429 with Retry-After in seconds; there were too many.
        """
        with self._guard:
            limit = self._limit
            if limit is None:
                return
            now, length = self._clock.now_ns(), limit.seconds * _NANOSECONDS
            began, count = self._windows.get((client, operation), (now, 0))
            if not began <= now < began + length:
                began, count = now, 0
            if count < limit.calls:
                self._windows[client, operation] = began, count + 1
                return
        wait = math.ceil((began + length - now) / _NANOSECONDS)
        text = f"More than {limit.calls} calls of {operation} in {limit.seconds} s"
        raise Fault(_TOO_MANY, text, headers=(("Retry-After", str(wait)),))
