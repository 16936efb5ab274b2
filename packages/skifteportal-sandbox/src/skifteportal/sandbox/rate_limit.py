"""A rate limit as users write it: 500/s, 20/min, 1000/h."""

import re
from typing import Final

import attrs
from typing_extensions import override

from skifteportal.sandbox.errors import Refused

__all__ = ["RateLimit"]

_SECONDS: Final = {"s": 1, "min": 60, "m": 60, "h": 3600, "d": 86_400}
_LIMIT: Final = re.compile(r"(\d{1,9})\s*/\s*(\d{0,6})\s*(s|min|m|h|d)", re.ASCII)


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
