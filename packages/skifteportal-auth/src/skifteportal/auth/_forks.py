"""What a fork leaves behind: locks that nobody in the child will release, threads that aren't there."""

import os
import threading
import weakref
from collections.abc import Callable
from typing import Protocol

__all__ = ["ForkLock", "watch"]


class _Forkable(Protocol):
    def forget_parent(self) -> None:
        """Called in the child of a fork, before anything else runs there."""
        ...


class ForkLock:
    """A lock that is free in the child of a fork, whoever held it in the parent."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        watch(self)

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def forget_parent(self) -> None:
        """In the child of a fork: whoever held it is not here."""
        self._lock = threading.Lock()


_watched: weakref.WeakSet[_Forkable] = weakref.WeakSet()


def watch(thing: _Forkable) -> None:
    """Have a thing's forget_parent called in the child of each fork, for as long as it lives."""
    _watched.add(thing)


def _after_fork_in_child() -> None:
    for thing in _watched:
        thing.forget_parent()


def _watch_forks(register: Callable[..., None] | None) -> None:
    if register is not None:  # Windows has no fork
        register(after_in_child=_after_fork_in_child)


_watch_forks(getattr(os, "register_at_fork", None))
