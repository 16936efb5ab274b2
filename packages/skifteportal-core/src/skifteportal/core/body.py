"""Request bodies that know whether sending them has begun.

That is how a call that failed early (nothing can have happened) is told from one whose outcome is unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from skifteportal.core import _http

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

__all__ = ["Body"]


class Body(_http.SyncByteStream, _http.AsyncByteStream):
    """A body of bytes. Uploads derive from it.

    Attributes:
        size: Bytes; None if that is not known.
        begun: Whether the HTTP library has begun to take it, in the current attempt.
        repeatable: Whether it can be sent once more.
    """

    size: int | None
    begun: bool = False
    repeatable: bool = True

    def __init__(self, content: bytes = b"") -> None:
        self._content = content
        self.size = len(content)

    @property
    def may_have_arrived(self) -> bool:
        """Whether the whole request may have reached the portal.

        Without a body the headers are the whole request, and nobody says when they were sent.
        """
        return self.begun or self.size == 0

    @override
    def __iter__(self) -> Iterator[bytes]:
        self.begun = True
        yield self._content

    @override
    async def __aiter__(self) -> AsyncIterator[bytes]:
        self.begun = True
        yield self._content
