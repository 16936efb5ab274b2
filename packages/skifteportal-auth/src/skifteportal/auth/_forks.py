"""Locks that a fork can't leave locked for ever: nobody in the child would release them."""

import threading

from skifteportal.core.forks import watch

__all__ = ["ForkLock"]


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
