"""Asking a store before the portal: one process asks for the token, and the others take it, or its refusal."""

import json
from collections.abc import Callable
from typing import TypeVar

import attrs

from skifteportal.auth._clock import Clock
from skifteportal.auth._shared_refusals import refusal_of, told
from skifteportal.auth._token import Token
from skifteportal.auth.errors import TokenError
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
        endpoint: Where the tokens come from.
        identity: Whose tokens they are: all that tells them from another one's.
        proof: What is shown as proof, hashed: a refusal is for those only who show the same, or a process
            with an old secret would keep those with the new one from logging in.
        clock: The time.
    """

    request: Callable[[], Token]
    store: TokenStore
    endpoint: str
    identity: tuple[str, ...]
    proof: str
    clock: Clock
    _last: Token | None = attrs.field(default=None, init=False)
    _store_from: float = attrs.field(default=0.0, init=False)

    def fetch(self) -> Token:
        """A token that another process got, or a new one, which the others are then given.

        Raises:
            CredentialError: There is none, and why. Never because of the store.
        """
        found, unlock = self._ask(self._turn) or (None, _nothing)
        try:
            token = self._new() if found is None else found
        finally:
            self._ask(unlock)
        if isinstance(token, TokenError):
            raise token
        self._last = token
        return token

    def _turn(self) -> tuple[Token | TokenError | None, Callable[[], object]]:
        """Another one's token or refusal; or the lock, for asking the portal; or neither."""
        end = self.clock.monotonic() + LONGEST_WAIT
        while True:
            if (found := self._found()) is not None:
                return found, _nothing
            unlock = self.store.lock(self._whose, _LOCK)
            if unlock is not None:
                return self._found(), unlock  # another one may have been done just before
            if self.clock.monotonic() >= end:
                LOGGER.warning(
                    "another process's token request takes long: not waited for any more"
                )
                return None, _nothing
            self.clock.sleep(_LOOK_AGAIN)

    def _found(self) -> Token | TokenError | None:
        return self._stored() or self._refusal()

    def _refusal(self) -> TokenError | None:
        refusal = self.store.read_refusal(self._refused)
        if refusal is None or refusal.seconds <= 0:
            return None
        return told(refusal, endpoint=self.endpoint)

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
        try:
            token = self.request()
        except TokenError as error:
            refusal = refusal_of(error, endpoint=self.endpoint)
            if refusal is not None:
                self._ask(lambda: self.store.write_refusal(self._refused, refusal))
            raise
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

    @property
    def _refused(self) -> str:
        return json.dumps([*self.identity, "refused", self.proof])

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
