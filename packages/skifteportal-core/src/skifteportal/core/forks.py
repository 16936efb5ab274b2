"""What a fork leaves to the child that it must not use: the parent's connections, locks and threads."""

from __future__ import annotations

import os
import weakref
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Forkable", "watch"]


class Forkable(Protocol):
    """Something that a child of a fork must not use as it is."""

    def forget_parent(self) -> None:
        """Called in the child of a fork, before anything else runs there."""
        ...


_watched: weakref.WeakSet[Forkable] = weakref.WeakSet()


def watch(thing: Forkable) -> None:
    """Have a thing's forget_parent called in the child of each fork, for as long as it lives."""
    _watched.add(thing)


def _after_fork_in_child() -> None:
    for thing in _watched:
        thing.forget_parent()


def _watch_forks(register: Callable[..., None] | None) -> None:
    if register is not None:  # Windows has no fork
        register(after_in_child=_after_fork_in_child)


_watch_forks(getattr(os, "register_at_fork", None))
