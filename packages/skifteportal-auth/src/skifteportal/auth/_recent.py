"""Things by name, of which the idle ones beyond a number are let go."""

import weakref
from collections import OrderedDict
from typing import Generic, TypeVar

from skifteportal.auth._forks import ForkLock

__all__ = ["Recent"]

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """Keeps the things that were used last, so that memory is bounded.

    What somebody still holds is found as the same object, however long ago it was asked for: never
    are there two things of one name.

    Args:
        kept: How many idle ones to keep.
    """

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._idle: OrderedDict[K, V] = OrderedDict()
        self._alive: weakref.WeakValueDictionary[K, V] = weakref.WeakValueDictionary()
        self._lock = ForkLock()

    def find(self, name: K) -> V | None:
        """The thing of a name, if there is one; counts as using it."""
        with self._lock:
            thing = self._alive.get(name)
            if thing is not None:
                self._use(name, thing)
            return thing

    def keep(self, name: K, thing: V) -> V:
        """Keep a thing, unless another was kept under its name meanwhile; the one that is kept."""
        with self._lock:
            thing = self._alive.setdefault(name, thing)
            self._use(name, thing)
            return thing

    def drop(self, name: K) -> None:
        """Forget the thing of a name. Whoever holds it may go on using it."""
        with self._lock:
            self._alive.pop(name, None)
            self._idle.pop(name, None)

    def _use(self, name: K, thing: V) -> None:
        self._idle[name] = thing
        self._idle.move_to_end(name)
        while len(self._idle) > self._kept:
            self._idle.popitem(last=False)
