"""Request bodies that know whether sending them has begun.

That is how a call that failed early (nothing can have happened) is told from one whose outcome is unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from skifteportal.core import _http

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

__all__ = ["Body", "ContentBody"]


class Body(_http.SyncByteStream, _http.AsyncByteStream):
    """A request's body.

    Attributes:
        size: Bytes; None if that is not known.
        begun: Whether the HTTP library has begun to take it, in the current attempt.
    """

    size: int | None
    begun: bool = False

    @property
    def repeatable(self) -> bool:
        """Whether it can be sent once more."""
        return True

    def start(self) -> None:
        """An attempt to send it begins.

        Raises:
            InvalidArgument: It can't be sent, or not now.
        """
        self.begun = False

    def finish(self) -> None:
        """The call is over: it won't be sent again."""

    @property
    def may_have_arrived(self) -> bool:
        """Whether the whole request may have reached the portal.

        Without a body the headers are the whole request, and nobody says when they were sent.
        """
        return self.begun or self.size == 0


class ContentBody(Body):
    """A body that is in memory."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.size = len(content)

    @override
    def __iter__(self) -> Iterator[bytes]:
        self.begun = True
        return iter((self._content,))

    @override
    def __aiter__(self) -> AsyncIterator[bytes]:
        self.begun = True
        return _Once(self._content)


class _Once:
    """Gives one chunk. A generator would be left unfinished, at which trio warns, when sending breaks."""

    def __init__(self, content: bytes) -> None:
        self._content: bytes | None = content

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        content, self._content = self._content, None
        if content is None:
            raise StopAsyncIteration
        return content
