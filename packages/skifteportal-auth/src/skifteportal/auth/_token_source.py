"""A token that is always good: kept, renewed before its end, asked for once for all who wait."""

from collections.abc import Callable

from skifteportal.auth._clock import Clock
from skifteportal.auth._single_flight import SingleFlight
from skifteportal.auth._token import Token
from skifteportal.auth.errors import AuthUnreachable

__all__ = ["LOGIN_PATIENCE", "TokenSource"]

LOGIN_PATIENCE = 30.0
"""Seconds: a token request gives up after 20 s; only a stuck name look-up takes longer."""

_BACKGROUND_PAUSE = 5.0
_REJECTION_PAUSE = 30.0


class _Kept:
    """The token that is kept. Apart from TokenSource, so that no circle of references keeps it."""

    def __init__(self, fetch: Callable[[], Token], clock: Clock) -> None:
        self.fetch = fetch
        self.monotonic = clock.monotonic
        self.wall = clock.wall
        self.token: Token | None = None

    def fresh(self) -> Token | None:
        token = self.token
        if token is None or token.rejected or self.monotonic() >= token.renew_from:
            return None
        return token if self.wall() < token.good_until_wall else None

    def renew(self) -> Token:
        token = self.fetch()
        kept = self.token
        if kept is None or token.asked_at >= kept.asked_at:  # else it comes from an overdue fetch
            self.token = token
        return token


class TokenSource:
    """Gives the current token, for threads, asyncio and trio at once.

    Args:
        fetch: Gets a new token, synchronously.
        endpoint: Where it comes from, for errors.
        clock: The time.
        patience: Seconds after which nobody waits for a fetch any more.
    """

    def __init__(
        self,
        fetch: Callable[[], Token],
        *,
        endpoint: str,
        clock: Clock,
        patience: float = LOGIN_PATIENCE,
    ) -> None:
        self._kept = _Kept(fetch, clock)
        self._monotonic = clock.monotonic
        self._wall = clock.wall
        self._no_rejection_before = 0.0

        def overdue(seconds: float) -> AuthUnreachable:
            return AuthUnreachable(
                f"No token from {endpoint} within {seconds:.1f} s. Is the network, or the look-up "
                "of the host's name, stuck?",
                endpoint=endpoint,
                retryable=True,
            )

        self._flight = SingleFlight(
            self._kept.renew,
            current=self._kept.fresh,
            overdue=overdue,
            clock=clock,
            patience=patience,
        )

    def cached(self) -> Token | None:
        """The kept token if it is good; starts its renewal in the background when that is near."""
        token = self._kept.token
        if token is None or token.rejected:
            return None
        now = self._monotonic()
        if now >= token.good_until or self._wall() >= token.good_until_wall:
            return None
        if now >= token.renew_from:
            self._flight.start(pause=_BACKGROUND_PAUSE)
        return token

    def get(self, *, within: float | None = None) -> Token:
        """A good token: the kept one, or a new one.

        Args:
            within: Seconds to wait at most.

        Raises:
            CredentialError: There is none to be had.
        """
        return self.cached() or self._flight.wait(within)

    async def get_async(self, *, within: float | None = None) -> Token:
        """As get, in asyncio or trio."""
        return self.cached() or await self._flight.wait_async(within)

    def reject(self, token: Token) -> bool:
        """Note that the portal answered 401 to a token; whether a new one may help.

        The mark is on the token itself: when many calls report the same one, it is renewed once.
        """
        if self._monotonic() < self._no_rejection_before:
            return False
        token.rejected = True
        return True

    def renewal_was_useless(self) -> None:
        """Note that a new token got a 401 too: renewing stops for a while, as requests count."""
        self._no_rejection_before = self._monotonic() + _REJECTION_PAUSE
