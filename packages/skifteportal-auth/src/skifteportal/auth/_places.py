"""Places in a moving window, now or in the future: the storages of `limits`, which know only now.

The log of a window is the library's own, seconds since 1970 with the newest first, so its functions
read it. What is added is one step that looks for the first free place and takes it, rather than
saying no: then each caller has a moment of its own, and nobody has to come back and try again.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

import attrs
from limits.storage import MemoryStorage, RedisStorage
from limits.storage.memory import Entry

from skifteportal.core.forks import watch

if TYPE_CHECKING:
    import redis

__all__ = ["MemoryPlaces", "Places", "RedisPlaces", "Window"]


@attrs.frozen(kw_only=True)
class Window:
    """A limit.

    Attributes:
        amount: How many places may lie in a window.
        seconds: How long the window is, with what is added for safety.
    """

    amount: int
    seconds: float


class Places(Protocol):
    """Where places are booked. Each key has a log of its own."""

    def book(self, key: str, windows: Sequence[Window], *, spacing: float, longest: float) -> float:
        """Take the first place that is free in all windows.

        Args:
            key: Whose.
            windows: The limits.
            spacing: Seconds between the places of those who must wait.
            longest: Seconds within which the place must lie: otherwise none is taken.

        Returns:
            The seconds to wait for it.
        """
        ...

    def hold_back(self, key: str, seconds: float) -> None:
        """Give no place before so many seconds have passed."""
        ...


class MemoryPlaces(MemoryStorage):
    """Places for the threads and event loops of one process.

    Args:
        now: The wall clock, seconds since 1970.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        super().__init__()
        self._now = now
        self._held_until: dict[str, float] = {}
        watch(self)

    def book(self, key: str, windows: Sequence[Window], *, spacing: float, longest: float) -> float:
        """As Places says."""
        with self.locks[key]:
            now = self._now()
            log = self.events.setdefault(key, [])
            if log and log[0].atime > now + longest:  # the clock was set back
                log.clear()
            place = max(now, min(self._held_until.get(key, 0.0), now + _LONGEST_HOLD))
            for window in windows:
                if len(log) >= window.amount:
                    place = max(place, log[window.amount - 1].atime + window.seconds)
            if log and max(place, log[0].atime) > now:
                place = max(place, log[0].atime + spacing)
            if place - now <= longest:
                entry = Entry(max((window.seconds for window in windows), default=spacing))
                entry.expiry += place - entry.atime
                entry.atime = place
                log.insert(0, entry)
                del log[max((window.amount for window in windows), default=1) :]
            return place - now

    def hold_back(self, key: str, seconds: float) -> None:
        """As Places says."""
        with self.locks[key]:
            until = self._now() + min(seconds, _LONGEST_HOLD)
            self._held_until[key] = max(until, self._held_until.get(key, 0.0))

    def forget_parent(self) -> None:
        """In the child of a fork: whoever held a lock is not here."""
        self.locks.clear()


_LONGEST_HOLD = 3600.0

_BOOK = """
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local spacing, longest = tonumber(ARGV[1]), tonumber(ARGV[2])
local newest = tonumber(redis.call('LINDEX', KEYS[1], 0) or 0)
if newest > now + longest then
    redis.call('DEL', KEYS[1])
    newest = 0
end
local place = math.max(now, tonumber(redis.call('GET', KEYS[2]) or 0))
local kept, lasting = 1, spacing
for i = 3, #ARGV, 2 do
    local amount, seconds = tonumber(ARGV[i]), tonumber(ARGV[i + 1])
    local nth = redis.call('LINDEX', KEYS[1], amount - 1)
    if nth then place = math.max(place, nth + seconds) end
    kept, lasting = math.max(kept, amount), math.max(lasting, seconds)
end
if newest > 0 and math.max(place, newest) > now then place = math.max(place, newest + spacing) end
if place - now <= longest then
    redis.call('LPUSH', KEYS[1], string.format('%.6f', place))
    redis.call('LTRIM', KEYS[1], 0, kept - 1)
    redis.call('PEXPIRE', KEYS[1], math.ceil((place - now + lasting) * 1000))
end
return string.format('%.6f', place - now)
"""

_HOLD_BACK = """
local time = redis.call('TIME')
local until_ = time[1] + time[2] / 1000000 + ARGV[1]
if until_ > tonumber(redis.call('GET', KEYS[1]) or 0) then
    redis.call('SET', KEYS[1], string.format('%.6f', until_), 'PX', math.ceil(ARGV[1] * 1000))
end
"""


class RedisPlaces(RedisStorage):
    """Places for many processes and machines, by the clock of the Redis server: theirs may differ.

    Args:
        client: The client of the server.
    """

    def __init__(self, client: "redis.Redis") -> None:
        super().__init__(  # pyright: ignore[reportUnknownMemberType]
            "redis://", connection_pool=client.connection_pool, key_prefix="skifteportal:rate"
        )
        self._book = client.register_script(_BOOK)
        self._hold_back = client.register_script(_HOLD_BACK)

    def book(self, key: str, windows: Sequence[Window], *, spacing: float, longest: float) -> float:
        """As Places says; raises what redis raises."""
        limits = [value for window in windows for value in (window.amount, window.seconds)]
        return float(self._book(self._names(key), [spacing, longest, *limits]))

    def hold_back(self, key: str, seconds: float) -> None:
        """As Places says; raises what redis raises."""
        self._hold_back(self._names(key)[1:], [min(seconds, _LONGEST_HOLD)])

    def _names(self, key: str) -> list[str]:
        return [self.prefixed_key(key), self.prefixed_key(key) + ":held"]
