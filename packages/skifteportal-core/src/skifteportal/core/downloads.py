"""Files that are fetched: to memory, to a path, or piece by piece. Nothing is sent before one of these is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from skifteportal.core.call import Watch, announced_size
from skifteportal.core.errors import ConfigurationError
from skifteportal.core.flow import error_of
from skifteportal.core.retry import FAILURES, DeadlinePassed
from skifteportal.core.saving import SavedFile, name_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
    from types import TracebackType

    from skifteportal.core import _http
    from skifteportal.core.call import Call

__all__ = ["AsyncDownload", "AsyncOpenDownload", "Download", "OpenDownload"]


class _Download:
    """What both kinds of download share."""

    def __init__(self, make: Callable[[], Call[_http.Response]]) -> None:
        self._make = make

    @override
    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def _to(self, sink: SavedFile) -> Call[_http.Response]:
        call = self._make()
        call.sink = sink
        return call

    def _streamed(self) -> Call[_http.Response]:
        call = self._make()
        call.streamed = True
        return call


class Download(_Download):
    """A file to fetch. As a context manager it gives an OpenDownload, to read piece by piece."""

    def __init__(
        self,
        make: Callable[[], Call[_http.Response]],
        run: Callable[[Call[_http.Response]], _http.Response],
    ) -> None:
        super().__init__(make)
        self._run = run
        self._open: list[OpenDownload] = []

    def read(self) -> bytes:
        """Fetch it into memory.

        Raises:
            PortalError: As for any call.
        """
        call = self._make()
        self._run(call)
        return call.content

    def save(self, place: str | Path, *, overwrite: bool = False) -> Path:
        """Fetch it to disk. The file is there when it is whole, or not at all, and only its owner may read it.

        Args:
            place: The file to write, or a folder: then under the server's name for it, made safe.
            overwrite: Whether a file that is there may be replaced.

        Returns:
            The file's path.

        Raises:
            InvalidArgument: There is a file of that name, or none can be written.
            PortalError: As for any call.
        """
        saved = SavedFile(Path(place), overwrite=overwrite)
        try:
            self._run(self._to(saved))
            return saved.finish()
        finally:
            saved.discard()

    def __enter__(self) -> OpenDownload:
        call = self._streamed()
        opened = OpenDownload(call, self._run(call))
        self._open.append(opened)
        return opened

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._open.pop().close()


class AsyncDownload(_Download):
    """A file to fetch. As an asynchronous context manager it gives an AsyncOpenDownload."""

    def __init__(
        self,
        make: Callable[[], Call[_http.Response]],
        run: Callable[[Call[_http.Response]], Awaitable[_http.Response]],
    ) -> None:
        super().__init__(make)
        self._run = run
        self._open: list[AsyncOpenDownload] = []

    async def read(self) -> bytes:
        """As Download.read."""
        call = self._make()
        await self._run(call)
        return call.content

    async def save(self, place: str | Path, *, overwrite: bool = False) -> Path:
        """As Download.save; the disk is written to in a thread."""
        saved = SavedFile(Path(place), overwrite=overwrite)
        try:
            await self._run(self._to(saved))
            from anyio import to_thread  # noqa: PLC0415 - a synchronous client is spared it

            return await to_thread.run_sync(saved.finish)
        finally:
            saved.discard()

    async def __aenter__(self) -> AsyncOpenDownload:
        call = self._streamed()
        opened = AsyncOpenDownload(call, await self._run(call))
        self._open.append(opened)
        return opened

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._open.pop().aclose()


class _Opened:
    """A file whose beginning has come.

    Attributes:
        filename: The server's name for it, made safe to use as a file's name; None if it gives none.
        content_type: Its type, as the server says.
        size: Bytes; None if the server doesn't say.
    """

    def __init__(self, call: Call[Any], response: _http.Response) -> None:
        self.filename = name_of(response.headers)
        self.content_type: str | None = response.headers.get("content-type")
        self.size = announced_size(response.headers)
        self._call = call
        self._response = response
        self._begun = False

    @override
    def __repr__(self) -> str:
        return f"<{type(self).__name__}, {'?' if self.size is None else self.size} bytes>"

    def _begin(self) -> None:
        if self._begun:
            raise ConfigurationError(
                "A download can be read once, inside its `with`. Start it anew."
            )
        self._begun = True
        self._call.clip(self._response.request)


class OpenDownload(_Opened):
    """A file whose beginning has come."""

    def iter_bytes(self) -> Iterator[bytes]:
        """The file's bytes, in pieces as they come.

        Raises:
            PortalError: As for any call.
        """
        self._begin()
        call = self._call
        watch = Watch(call, self._response)
        try:
            for chunk in self._response.iter_bytes():
                call.check_deadline()
                watch.saw(chunk)
                yield chunk
            watch.end()
        except FAILURES as error:
            problem = error
        else:
            return
        raise error_of(call, problem)

    def close(self) -> None:
        """Let go of the connection."""
        self._begun = True
        self._response.close()


class AsyncOpenDownload(_Opened):
    """A file whose beginning has come."""

    async def iter_bytes(self) -> AsyncIterator[bytes]:
        """As OpenDownload.iter_bytes."""
        self._begin()
        call = self._call
        watch = Watch(call, self._response)
        chunks = self._response.aiter_bytes()
        try:
            while (chunk := await self._next(chunks)) is not None:
                watch.saw(chunk)
                yield chunk
            watch.end()
        except FAILURES as error:
            problem = error
        else:
            return
        raise error_of(call, problem)

    async def _next(self, chunks: AsyncIterator[bytes]) -> bytes | None:
        from anyio import move_on_after  # noqa: PLC0415 - a synchronous client is spared it

        left = self._call.clip(self._response.request)
        with move_on_after(left):
            return await anext(chunks, None)
        raise DeadlinePassed

    async def aclose(self) -> None:
        """Let go of the connection."""
        self._begun = True
        await self._response.aclose()
