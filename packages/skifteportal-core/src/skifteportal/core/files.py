"""Files that are sent: from a path, from bytes or from a stream; read piece by piece while they are sent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from typing_extensions import override

from skifteportal.core.body import Body
from skifteportal.core.disposition import shown_name, write_disposition
from skifteportal.core.errors import InvalidArgument
from skifteportal.core.sources import readable, source_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from skifteportal.core.sources import Source

__all__ = ["File", "FileInput", "Upload"]

_CHUNK = 64 * 1024  # bytes


class File:
    """A file to send. Make one with ``from_path``, ``from_bytes`` or ``from_stream``.

    Attributes:
        name: The name the portal is told; folders and control characters are left out.
    """

    def __init__(
        self, source: Path | bytes | BinaryIO, *, name: str, size: int | None = None
    ) -> None:
        self._size = size
        self.name = shown_name(name)
        if not self.name:
            raise InvalidArgument("A file needs a name to be sent under.", argument="name")
        self._source = source_of(source, size)
        if not isinstance(source, Path):  # which may change until it is sent
            self._size = self._source.size()

    @classmethod
    def from_path(cls, path: str | Path, *, name: str | None = None) -> File:
        """A file on disk. It is opened when it is sent, and can be sent again, also by several calls at once.

        Args:
            path: Where it is.
            name: What to tell the portal; the file's own name unless given.
        """
        path = Path(path)
        return cls(path, name=path.name if name is None else name)

    @classmethod
    def from_bytes(cls, data: bytes, *, name: str) -> File:
        """A file in memory. It can be sent again, also by several calls at once.

        Args:
            data: Its content.
            name: What to tell the portal.

        Raises:
            InvalidArgument: The content is no bytes.
        """
        if not isinstance(data, (bytes, bytearray, memoryview)):  # pyright: ignore[reportUnnecessaryIsInstance] - callers may not type-check
            raise InvalidArgument(
                "data must be bytes. Of a text make some: text.encode().", argument="data"
            )
        return cls(bytes(data), name=name)

    @classmethod
    def from_stream(cls, stream: BinaryIO, *, name: str, size: int | None = None) -> File:
        """A file that is being read. It is sent from where the stream stands now, and never closed.

        It can be sent again if the stream can seek, but not by two calls at once: the second is refused
        (InvalidArgument). If it can't seek and ``size`` isn't given, the length is not told beforehand.

        Args:
            stream: A binary stream: ``read``, ``seekable`` and, if so, ``seek`` and ``tell``.
            name: What to tell the portal.
            size: Bytes to send; all to the end unless given.
        """
        return cls(stream, name=name, size=size)

    @override
    def __repr__(self) -> str:
        return f"<File, {'?' if self._size is None else self._size} bytes>"  # names tell of people

    def upload(self, progress: Callable[[int, int | None], None] | None) -> Upload:
        """Make it ready to be sent.

        Raises:
            InvalidArgument: It can't be read.
        """
        with readable():
            self._size = size = self._source.size()
        return Upload(self._source, size, write_disposition(self.name), progress)


FileInput = Path | File
"""What an upload takes: a path, or a File."""


class Upload(Body):
    """A file on its way.

    Attributes:
        disposition: Its Content-Disposition.
    """

    def __init__(
        self,
        source: Source,
        size: int | None,
        disposition: str,
        progress: Callable[[int, int | None], None] | None,
    ) -> None:
        self.size = size
        self.disposition = disposition
        self._source = source
        self._progress = progress

    @classmethod
    def of(cls, file: object, progress: Callable[[int, int | None], None] | None) -> Upload:
        """What an upload's argument means.

        Raises:
            InvalidArgument: It is no file, or can't be read.
        """
        if isinstance(file, Path):
            file = File.from_path(file)
        if not isinstance(file, File):
            raise InvalidArgument(
                "A file is given as a Path or a File: File.from_bytes(data, name=…) for bytes, Path(…) for the "
                "text of a path.",
                argument="file",
            )
        return file.upload(progress)

    @property
    @override
    def repeatable(self) -> bool:
        return self._source.repeatable

    @override
    def start(self) -> None:
        super().start()
        self._source.claim(self)
        self._refuse_to_resume()

    @override
    def finish(self) -> None:
        self._source.release(self)

    @override
    def __iter__(self) -> Iterator[bytes]:
        sent = 0
        for chunk in self._chunks():
            yield chunk
            sent += len(chunk)
            self.tell(sent)

    @override
    def __aiter__(self) -> AsyncIterator[bytes]:
        return _InThread(self, self._chunks())

    def _refuse_to_resume(self) -> None:
        if not self.repeatable:
            raise InvalidArgument(
                "The file has to be sent again and its stream can't go back. Give a path, bytes or a stream that can "
                "seek.",
                argument="file",
            )

    def tell(self, sent: int) -> None:
        """Tell the caller how many bytes have been sent."""
        if self._progress is not None:
            self._progress(sent, self.size)

    def _chunks(self) -> Iterator[bytes]:
        self.begun = True
        self._refuse_to_resume()
        with readable(), self._source.opened() as stream:
            left = self.size
            while left is None or left > 0:
                chunk = _binary(stream.read(_CHUNK if left is None else min(_CHUNK, left)))
                if not chunk:
                    if left is None:
                        return
                    raise InvalidArgument(
                        "The file became shorter while it was being sent, or is shorter than its size says.",
                        argument="file",
                    )
                yield chunk
                left = None if left is None else left - len(chunk)


class _InThread:
    """Reads a file for an asynchronous client, in a thread. No generator: see body._Once."""

    def __init__(self, upload: Upload, chunks: Iterator[bytes]) -> None:
        self._upload = upload
        self._chunks = chunks
        self._sent = 0

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        if self._sent:
            self._upload.tell(self._sent)
        from anyio import to_thread  # noqa: PLC0415 - a synchronous client is spared it

        chunk = await to_thread.run_sync(next, self._chunks, b"")
        if not chunk:
            raise StopAsyncIteration
        self._sent += len(chunk)
        return chunk


def _binary(chunk: object) -> bytes:
    if not isinstance(chunk, bytes):
        raise InvalidArgument("The stream must be a binary one.", argument="file")
    return chunk
