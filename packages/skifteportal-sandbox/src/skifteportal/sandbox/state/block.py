"""A `with` block whose end keeps what was done in it, or undoes it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType
from typing import TypeVar

from typing_extensions import override

__all__ = ["Block"]

T = TypeVar("T")


class Block(AbstractContextManager[T]):
    """Keeps or undoes. `contextlib` makes the same of a generator, which takes a tenth of a whole call's time.

    Args:
        begin: Begins, and gives what the block is about.
        keep: Keeps what was done.
        undo: Undoes it; told why, it may raise something else.
    """

    def __init__(
        self,
        begin: Callable[[], T],
        keep: Callable[[], object],
        undo: Callable[[BaseException], object],
    ) -> None:
        self._begin, self._keep, self._undo = begin, keep, undo

    @override
    def __enter__(self) -> T:
        return self._begin()

    @override
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            self._undo(error)
            return
        try:
            self._keep()
        except BaseException as failed:
            self._undo(failed)
            raise
