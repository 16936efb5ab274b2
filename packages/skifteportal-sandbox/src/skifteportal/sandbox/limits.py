"""The rate limit (guide 2.2): so many calls of an operation in a time, for each client id."""

import math
import re
import threading
from typing import Final

import attrs
from typing_extensions import override

from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.clock import Clock
from skifteportal.sandbox.errors import Refused

__all__ = ["Limiter", "RateLimit"]

_SECONDS: Final = {"s": 1, "min": 60, "m": 60, "h": 3600, "d": 86_400}
_LIMIT: Final = re.compile(r"(\d{1,9})\s*/\s*(\d{0,6})\s*(s|min|m|h|d)", re.ASCII)
_NANOSECONDS: Final = 1_000_000_000
_TOO_MANY: Final = 429


@attrs.frozen(kw_only=True)
class RateLimit:
    """How many calls are taken.

    Attributes:
        calls: Of one operation by one client id.
        seconds: In how many seconds.
    """

    calls: int
    seconds: int

    @classmethod
    def read(cls, text: str) -> "RateLimit":
        """Read ``500/s``, ``20/min``, ``1000/h`` or ``100/10s``.

        Raises:
            Refused: It is none of these, or allows nothing.
        """
        found = _LIMIT.fullmatch(text.strip())
        calls, count = (0, 0) if found is None else (int(found[1]), int(found[2] or 1))
        if found is None or not calls or not count:
            problem = "write a limit as 500/s, 20/min, 1000/h or 100/10s; off takes it away"
            raise Refused(problem, field="limit")
        return cls(calls=calls, seconds=count * _SECONDS[found[3]])

    @override
    def __str__(self) -> str:
        return f"{self.calls}/{self.seconds}s"


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
        if self._limit is None:
            return
        with self._guard:
            limit = self._limit
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
