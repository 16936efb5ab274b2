"""Where the bytes of a file come from that is sent: a path, memory, or a stream that one upload at a time may read."""

from __future__ import annotations

import io
import os
import threading
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from skifteportal.core.errors import InvalidArgument

if TYPE_CHECKING:
    from collections.abc import Generator
    from contextlib import AbstractContextManager

__all__ = ["Source", "readable", "source_of"]


class Source(Protocol):
    """Where a file's bytes come from."""

    @property
    def repeatable(self) -> bool:
        """Whether it can be read from its beginning, now."""
        ...

    def size(self) -> int | None:
        """Bytes; None if that is not known."""
        ...

    def claim(self, reader: object) -> None:
        """Keep it for one reader, until that one releases it.

        Raises:
            InvalidArgument: Another has it.
        """
        ...

    def release(self, reader: object) -> None:
        """Let others have it, if this reader had it."""
        ...

    def opened(self) -> AbstractContextManager[BinaryIO]:
        """It, to be read from its beginning."""
        ...


class _Shared:
    """What any number of readers can read at once, each from a stream of its own."""

    repeatable = True

    def claim(self, reader: object) -> None:
        """Nobody keeps it from others."""

    def release(self, reader: object) -> None:
        """Nobody kept it."""


class _OnDisk(_Shared):
    def __init__(self, path: Path) -> None:
        self._path = path

    def size(self) -> int:
        return self._path.stat().st_size

    def opened(self) -> AbstractContextManager[BinaryIO]:
        return self._path.open("rb")


class _InMemory(_Shared):
    def __init__(self, data: bytes) -> None:
        self._data = data

    def size(self) -> int:
        return len(self._data)

    def opened(self) -> AbstractContextManager[BinaryIO]:
        return io.BytesIO(self._data)


class _Stream:
    """A stream of the user's. It has one place at which it stands, so one reader at a time."""

    def __init__(self, stream: BinaryIO, size: int | None) -> None:
        self._stream = stream
        self._size = size
        self._start: int | None = None  # where it is sent from, if it can seek
        self._taken = False
        self._reader: object = None
        self._lock = threading.Lock()
        if stream.seekable():
            self._start = stream.tell()
            if size is None:
                self._size = stream.seek(0, os.SEEK_END) - self._start

    @property
    def repeatable(self) -> bool:
        return self._start is not None or not self._taken

    def size(self) -> int | None:
        return self._size

    def claim(self, reader: object) -> None:
        with self._lock:
            if self._reader not in {None, reader}:
                raise InvalidArgument(
                    "The file is being sent already, and one stream can't be read by two uploads at once. Give a path or "
                    "bytes, or send it when the other upload is done.",
                    argument="file",
                )
            self._reader = reader

    def release(self, reader: object) -> None:
        with self._lock:
            if self._reader is reader:
                self._reader = None

    def opened(self) -> AbstractContextManager[BinaryIO]:
        if self._start is not None:
            self._stream.seek(self._start)
        self._taken = True
        return nullcontext(self._stream)


def source_of(given: Path | bytes | BinaryIO, size: int | None) -> Source:
    """Where the bytes come from, by what was given.

    Args:
        given: A path, bytes or a stream.
        size: Bytes to send of a stream; all to its end unless given.

    Raises:
        InvalidArgument: It is no stream, or can't be read.
    """
    if isinstance(given, Path):
        return _OnDisk(given)
    if isinstance(given, bytes):
        return _InMemory(given)
    with readable():
        return _Stream(given, size)


@contextmanager
def readable() -> Generator[None]:
    """Turn the system's errors into ours. Neither path nor name is told: they may hold a person's name."""
    try:
        yield
    except (OSError, ValueError, AttributeError) as error:
        reason = getattr(error, "strerror", None) or "it is closed, or no binary stream"
        raise InvalidArgument(f"The file can't be read: {reason}.", argument="file") from None
