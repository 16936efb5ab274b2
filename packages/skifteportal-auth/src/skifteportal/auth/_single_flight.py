"""One fetch at a time, however many ask for its result: threads, asyncio and trio alike.

The fetch is always synchronous, in one daemon thread of its own, and everybody waits for its
Future. So there is one code path, a cancelled waiter disturbs nobody, a synchronous call inside a
running event loop can't deadlock, and TLS errors keep their text (asyncio and trio lose it).
"""

import contextlib
import copy
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Generic, Never, TypeVar

import anyio
import anyio.lowlevel
import attrs

from skifteportal.auth._clock import Clock
from skifteportal.auth.errors import TokenError
from skifteportal.core.errors import CredentialError, PortalError
from skifteportal.core.forks import watch

__all__ = ["SingleFlight"]

T = TypeVar("T")


@attrs.frozen(eq=False)
class _Flight(Generic[T]):
    started: float
    landed: Future[T] = attrs.field(factory=Future[T])


@attrs.frozen(eq=False)
class _Failure:
    at: float
    error: BaseException

    @property
    def pause(self) -> float:
        return self.error.retry_after if isinstance(self.error, TokenError) else 0.0


class SingleFlight(Generic[T]):
    """Runs a fetch in a thread, never two at once, and hands its result to all who wait.

    Args:
        fetch: Gets the result, synchronously, and keeps it where ``current`` finds it.
        current: The kept result, if it is still good: asked once more before a fetch starts.
        overdue: The error for those who waited too long, given the seconds that they waited.
        clock: The time.
        patience: Seconds after which nobody waits for a fetch any more, and a new one may start.
    """

    def __init__(
        self,
        fetch: Callable[[], T],
        *,
        current: Callable[[], T | None],
        overdue: Callable[[float], CredentialError],
        clock: Clock,
        patience: float,
    ) -> None:
        self._fetch = fetch
        self._current = current
        self._overdue = overdue
        self._clock = clock
        self._patience = patience
        self._flight: _Flight[T] | None = None
        self._failure: _Failure | None = None
        self._lock = threading.Lock()
        watch(self)

    def start(self, *, pause: float) -> None:
        """Start a fetch in the background, unless one is on its way. Never raises.

        Args:
            pause: Seconds to leave it alone after a failure.
        """
        with contextlib.suppress(PortalError):
            self._join(pause)

    def wait(self, within: float | None = None) -> T:
        """The result of the fetch on its way, or of a new one.

        Args:
            within: Seconds to wait at most; None for as long as patience lasts.

        Raises:
            CredentialError: The fetch failed, or has just failed in a way that asks for a pause.
        """
        flight = self._join()
        seconds = self._seconds(flight, within)
        try:
            error = flight.landed.exception(timeout=seconds)
        except TimeoutError:
            error = self._overdue(seconds)
        return flight.landed.result() if error is None else _raise(error)

    async def wait_async(self, within: float | None = None) -> T:
        """As wait, in asyncio or trio, whose loop stays free."""
        flight = self._join()
        seconds = self._seconds(flight, within)
        if not flight.landed.done():
            landed = anyio.Event()
            wake = _call_in_this_loop(landed.set)
            flight.landed.add_done_callback(lambda _: wake())
            with anyio.move_on_after(seconds):
                await landed.wait()
        if not flight.landed.done():
            raise self._overdue(seconds)
        error = flight.landed.exception()
        return flight.landed.result() if error is None else _raise(error)

    def forget_parent(self) -> None:
        """In the child of a fork: the parent's thread and whoever held the lock are not here."""
        self._lock = threading.Lock()
        self._flight = None

    def _seconds(self, flight: _Flight[T], within: float | None) -> float:
        left = flight.started + self._patience - self._clock.monotonic()
        return max(0.0, left if within is None else min(left, within))

    def _join(self, pause: float = 0.0) -> _Flight[T]:
        with self._lock:
            now = self._clock.monotonic()
            if self._flight and now < self._flight.started + self._patience:
                return self._flight
            flight = _Flight[T](now)
            if (kept := self._current()) is not None:
                flight.landed.set_result(kept)
                return flight
            failure = self._failure
            if failure and now < failure.at + max(failure.pause, pause):
                _raise(failure.error)
            self._flight = flight
        thread = threading.Thread(
            target=self._run, args=(flight,), name="skifteportal-token", daemon=True
        )
        try:
            thread.start()
        except RuntimeError:  # none are to be had, as when the interpreter ends: then in this one
            self._run(flight)
        return flight

    def _run(self, flight: _Flight[T]) -> None:
        try:
            result = self._fetch()
        except BaseException as error:  # noqa: BLE001 - whoever waits must be told
            if isinstance(error, PortalError):
                error.with_traceback(None)  # its frames hold the request, and it says enough itself
            self._land(flight, _Failure(self._clock.monotonic(), error))
            flight.landed.set_exception(error)
        else:
            self._land(flight, None)
            flight.landed.set_result(result)

    def _land(self, flight: _Flight[T], failure: _Failure | None) -> None:
        with self._lock:
            if self._flight is flight:
                self._flight = None
                self._failure = failure


def _raise(error: BaseException) -> Never:
    # A fresh one for each waiter: raising one object in 200 threads grows its traceback each time.
    if isinstance(error, PortalError):
        raise copy.copy(error) from error.__cause__  # a signer's own failure, or nothing
    raise TokenError(
        f"The token could not be fetched: {type(error).__name__}, which was not foreseen."
    ) from error


def _call_in_this_loop(function: Callable[[], None]) -> Callable[[], None]:
    """Make a function that has the given one called in the loop that is running now."""
    token: Any = anyio.lowlevel.current_token()
    loop = getattr(token, "native_token", token)  # anyio before 4.11: the loop itself
    soon = getattr(loop, "run_sync_soon", None) or loop.call_soon_threadsafe  # trio, asyncio

    def call() -> None:
        with contextlib.suppress(RuntimeError):  # the loop is gone, and the waiter with it
            soon(function)

    return call
