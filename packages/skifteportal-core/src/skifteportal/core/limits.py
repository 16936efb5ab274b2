"""The rate limiter's protocol. The portal limits calls by client id or company, and says no figures (guide 3)."""

from __future__ import annotations

from typing import Protocol

__all__ = ["RateLimiter"]


class RateLimiter(Protocol):
    """Spreads calls over time, for all clients that share it. Its methods must not wait themselves.

    ``key`` is what the portal counts by: the credential's ``rate_limit_key``, empty for an open API.
    """

    def reserve(self, key: str, operation_id: str) -> float:
        """Take a place. Returns the seconds to wait before sending; 0 for none."""
        ...

    def penalize(self, key: str, operation_id: str, seconds: float) -> None:
        """The portal answered 429: hold back for so many seconds."""
        ...

    async def reserve_async(self, key: str, operation_id: str) -> float:
        """As reserve, for asynchronous clients."""
        ...

    async def penalize_async(self, key: str, operation_id: str, seconds: float) -> None:
        """As penalize, for asynchronous clients."""
        ...
