"""Staying below the portal's rate limit, in one process or in many (guide 2.2)."""

import hashlib
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Never, TypeVar

import anyio.to_thread
import attrs
from typing_extensions import override

from skifteportal.auth._clock import Clock
from skifteportal.auth._redis_client import client_of
from skifteportal.core.errors import ConfigurationError, PortalError
from skifteportal.core.redaction import LOGGER

try:
    from limits import parse_many

    from skifteportal.auth._places import MemoryPlaces, Places, RedisPlaces, Window
except ImportError as _missing:
    raise ImportError(
        "The rate limiter needs the extra: pip install 'skifteportal-auth[limits]'."
    ) from _missing

if TYPE_CHECKING:
    import redis as redis_

__all__ = ["PortalRateLimiter", "WaitTooLong"]

T = TypeVar("T")

_MARGIN_SHARE = 0.05
_LONGEST_MARGIN = 1.0
_SPREAD = 0.5
_SPREAD_WITHOUT_LIMIT = 0.05
_REDIS_PAUSE = 5.0


class WaitTooLong(PortalError):  # noqa: N818 - named for what happened, as in skifteportal.core
    """So many calls wait for the rate limit that another one would wait too long. Nothing was sent.

    Attributes:
        operation_id: The operation that was to be called.
        seconds: How long it would have waited.
    """

    def __init__(self, message: str, *, operation_id: str, seconds: float) -> None:
        super().__init__(message)
        self.operation_id = operation_id
        self.seconds = seconds


@attrs.frozen(kw_only=True)
class _Rule:
    windows: tuple[Window, ...]
    spacing: float


class PortalRateLimiter:
    """Spreads calls so that the portal has no reason to refuse them.

    Counts as the portal does: for each client id (in login variant B the CVR number) and each
    operation. Calls go out at once while there is room. Then each has a moment of its own in the
    future, at least half an even spacing after the one before: never more than the limit lie in any
    window, which is kept longer than the portal's by 5 %, at most 1 s, for what the network adds.
    After a 429 nobody who asks gets a place before its Retry-After has passed; who has a place
    already keeps it.

    Give one to all clients (``limiter=``), threads and event loops. With ``redis`` it is shared
    with all processes and machines that give the same server and the same limits; if the server
    does not answer, a warning is logged and each process counts for itself until it does.

    Args:
        rate: The limit of each operation, as "500/second" or "20/second; 1000/hour" (the grammar of
            the library `limits`). The portal's figures are not public. None: no limit is known, and
            only the portal's 429s are obeyed.
        operations: Other limits, by operation id, such as ``{"searchBo": "5/second"}``.
        redis: The URL of a Redis server, or a client for it. None: this process only.
        longest_wait: Seconds that a call waits at most.
        clock: The time, for tests.

    Raises:
        ConfigurationError: A limit can't be read, longest_wait is no positive number, or the server
            can't be one.
    """

    def __init__(
        self,
        rate: str | None = None,
        *,
        operations: Mapping[str, str] | None = None,
        redis: "str | redis_.Redis | None" = None,
        longest_wait: float = 60.0,
        clock: Clock | None = None,
    ) -> None:
        if not 0 < longest_wait < float("inf"):
            raise ConfigurationError("longest_wait must be a positive number of seconds.")
        clock = clock or Clock()
        self._longest_wait = longest_wait
        self._rule = _rule("rate", rate)
        self._rules = {
            operation: _rule(f"operations[{operation!r}]", other)
            for operation, other in (operations or {}).items()
        }
        self._monotonic = clock.monotonic
        self._local = MemoryPlaces(clock.wall)
        self._shared = None if redis is None else RedisPlaces(client_of(redis))
        self._shared_from = 0.0

    def reserve(self, key: str, operation_id: str) -> float:
        """Take a place. Returns the seconds to wait before sending; 0 for none.

        Raises:
            WaitTooLong: It would be longer than longest_wait; no place was taken.
        """
        rule = self._rules.get(operation_id, self._rule)
        name = _name(key, operation_id)

        def book(places: Places) -> float:
            return places.book(name, rule.windows, spacing=rule.spacing, longest=self._longest_wait)

        seconds = self._ask(book)
        if seconds > self._longest_wait:
            raise WaitTooLong(
                f"The rate limit leaves no place for {operation_id} in the next "
                f"{self._longest_wait:g} s: the first is in {seconds:.0f} s. Make fewer calls at "
                "once, or give the limiter a longer longest_wait.",
                operation_id=operation_id,
                seconds=seconds,
            )
        return seconds

    def penalize(self, key: str, operation_id: str, seconds: float) -> None:
        """The portal answered 429: give no more places for so many seconds, an hour at most."""
        name = _name(key, operation_id)
        self._ask(lambda places: places.hold_back(name, seconds))

    async def reserve_async(self, key: str, operation_id: str) -> float:
        """As reserve, in asyncio or trio, whose loop stays free."""
        if self._shared is None:
            return self.reserve(key, operation_id)
        return await anyio.to_thread.run_sync(self.reserve, key, operation_id)

    async def penalize_async(self, key: str, operation_id: str, seconds: float) -> None:
        """As penalize, in asyncio or trio."""
        if self._shared is None:
            self.penalize(key, operation_id, seconds)
        else:
            await anyio.to_thread.run_sync(self.penalize, key, operation_id, seconds)

    def _ask(self, question: Callable[[Places], T]) -> T:
        """Ask the shared places, and this process's own where they don't answer."""
        if self._shared is not None and self._monotonic() >= self._shared_from:
            try:
                return question(self._shared)
            except self._shared.base_exceptions as error:
                self._shared_from = self._monotonic() + _REDIS_PAUSE
                LOGGER.warning(
                    "Redis does not answer (%s): for %g s the rate limit is this process's own",
                    type(error).__name__,
                    _REDIS_PAUSE,
                )
        return question(self._local)

    @override
    def __repr__(self) -> str:
        shared = vars(self).get("_shared")  # a traceback out of the constructor shows it half made
        return f"<PortalRateLimiter {'in this process' if shared is None else 'in Redis'}>"

    @override
    def __reduce__(self) -> Never:
        raise TypeError("A PortalRateLimiter can't be pickled: make one in each process.")


def _rule(name: str, rate: str | None) -> _Rule:
    if rate is None:
        return _Rule(windows=(), spacing=_SPREAD_WITHOUT_LIMIT)
    try:
        items = parse_many(rate)
    except ValueError:
        items = []
    # The library leaves out what it can't read of a list.
    if not items or len(items) != len(re.split("[,;|]", rate)) or any(i.amount < 1 for i in items):
        raise ConfigurationError(
            f'{name} is no limit: write it as "500/second", or several as "20/second; 1000/hour".'
        ) from None
    return _Rule(
        windows=tuple(
            Window(
                amount=item.amount, seconds=seconds + min(seconds * _MARGIN_SHARE, _LONGEST_MARGIN)
            )
            for item in items
            for seconds in [item.get_expiry()]
        ),
        spacing=min(item.get_expiry() / item.amount for item in items) * _SPREAD,
    )


def _name(key: str, operation_id: str) -> str:
    # A hash, since it becomes a name in Redis: of one length, and nobody's number in the clear.
    return hashlib.sha256(f"{len(key)}:{key}{operation_id}".encode()).hexdigest()[:32]
