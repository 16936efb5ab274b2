"""Asking a store before the portal: one process asks for the token, and the others take it."""

import json
from collections.abc import Callable
from typing import TypeVar

import attrs

from skifteportal.auth._clock import Clock
from skifteportal.auth._token import Token
from skifteportal.auth.token_store import StoredToken, TokenStore
from skifteportal.core.redaction import LOGGER

__all__ = ["LONGEST_WAIT", "SharedTokens"]

T = TypeVar("T")

LONGEST_WAIT = 10.0
"""Seconds for which a process waits for another one's token, before it asks for its own."""

_LOCK = 8.0  # a token request takes well under a second; a process that died must not block longer
_LOOK_AGAIN = 0.1
_PAUSE = 30.0


@attrs.define(kw_only=True, repr=False, eq=False)
class SharedTokens:
    """Gets tokens for one identity, from the store or by its own request.

    Attributes:
        request: Asks the portal.
        store: The store.
        identity: Whose tokens they are: all that tells them from another one's.
        clock: The time.
    """

    request: Callable[[], Token]
    store: TokenStore
    identity: tuple[str, ...]
    clock: Clock
    _last: Token | None = attrs.field(default=None, init=False)
    _store_from: float = attrs.field(default=0.0, init=False)

    def fetch(self) -> Token:
        """A token that another process got, or a new one, which the others are then given.

        Raises:
            CredentialError: There is none, and why. Never because of the store.
        """
        token, unlock = self._ask(self._turn) or (None, _nothing)
        try:
            if token is None:
                token = self._new()
        finally:
            self._ask(unlock)
        self._last = token
        return token

    def _turn(self) -> tuple[Token | None, Callable[[], object]]:
        """Another one's token; or the lock, for asking the portal; or neither."""
        end = self.clock.monotonic() + LONGEST_WAIT
        while True:
            if (token := self._stored()) is not None:
                return token, _nothing
            unlock = self.store.lock(self._whose, _LOCK)
            if unlock is not None:
                return self._stored(), unlock  # another one may have been done just before
            if self.clock.monotonic() >= end:
                LOGGER.warning(
                    "another process's token request takes long: not waited for any more"
                )
                return None, _nothing
            self.clock.sleep(_LOOK_AGAIN)

    def _stored(self) -> Token | None:
        asked_at, asked_at_wall = self.clock.monotonic(), self.clock.wall()
        stored = self.store.read(self._whose)
        if stored is None or min(stored.good_for, stored.renew_in) <= 0:
            return None
        last = self._last
        if last is not None and last.rejected and last.access_token == stored.access_token:
            return None
        return Token.lasting(
            stored.access_token,
            good_for=stored.good_for,
            renew_in=stored.renew_in,
            asked_at=asked_at,
            asked_at_wall=asked_at_wall,
        )

    def _new(self) -> Token:
        token = self.request()
        now = self.clock.monotonic()
        stored = StoredToken(
            access_token=token.access_token,
            good_for=token.good_until - now,
            renew_in=token.renew_from - now,
        )
        if stored.renew_in > 0:
            self._ask(lambda: self.store.write(self._whose, stored))
        return token

    @property
    def _whose(self) -> str:
        return json.dumps(self.identity)

    def _ask(self, question: Callable[[], T]) -> T | None:
        """Ask the store something; None if it fails, or did a short while ago."""
        if self.clock.monotonic() < self._store_from:
            return None
        try:
            return question()
        except Exception as error:  # noqa: BLE001 - a store that is down must not cost a call
            self._store_from = self.clock.monotonic() + _PAUSE
            LOGGER.warning(
                "the token store failed (%s): for %g s tokens are not shared",
                type(error).__name__,
                _PAUSE,
            )
            return None


def _nothing() -> None:
    """What ends a lock that isn't there."""
