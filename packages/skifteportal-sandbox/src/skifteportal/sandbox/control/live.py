"""The journal as it is written: Server-Sent Events of the control port."""

import asyncio
import contextlib
from typing import Final

import msgspec
from aiohttp import web

from skifteportal.sandbox.journal import Entry, Journal

__all__ = ["LIVE", "LiveJournal"]

LIVE: Final = "/_sandbox/journal/live"
"""Where it is."""

_WAITING: Final = 1000  # calls that a slow reader may be behind; then the oldest are lost to it
_BEAT_SECONDS: Final = 15.0


class _Reader:
    """One who follows, and what it has not been told yet."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.waiting: asyncio.Queue[Entry | None] = asyncio.Queue(_WAITING)

    def told(self, entry: Entry | None) -> None:
        """Be told, from any thread; None is the end."""
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody reads any more
            self._loop.call_soon_threadsafe(self._put, entry)

    def _put(self, entry: Entry | None) -> None:
        if self.waiting.full():
            self.waiting.get_nowait()
        self.waiting.put_nowait(entry)


class LiveJournal:
    """Tells those who follow of every call.

    Args:
        journal: The journal.
        beat_seconds: After how many seconds of silence a comment is sent, so that a reader who left is noticed.
    """

    def __init__(self, journal: Journal, *, beat_seconds: float = _BEAT_SECONDS) -> None:
        self._journal = journal
        self._beat = beat_seconds
        self._readers: set[_Reader] = set()

    async def tell(self, request: web.Request) -> web.StreamResponse:
        """Send each call from now on; those after the header Last-Event-ID first, as browsers ask after a break."""
        reader = _Reader()
        end = self._journal.follow(reader.told)
        self._readers.add(reader)
        seen = request.headers.get("Last-Event-ID", "")
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        try:
            await response.prepare(request)
            await response.write(b": the journal\n\n")
            last = int(seen) if seen.isascii() and seen.isdigit() else None
            if last is not None:
                for entry in self._journal:
                    if entry.number > last:
                        await response.write(_event(entry))
                        last = entry.number
            await self._follow(reader, response, last or 0)
        except ConnectionError:
            pass  # the reader left
        finally:
            end()
            self._readers.discard(reader)
        return response

    async def _follow(self, reader: _Reader, response: web.StreamResponse, last: int) -> None:
        while True:
            try:
                entry = await asyncio.wait_for(reader.waiting.get(), self._beat)
            except TimeoutError:
                await response.write(b": still here\n\n")
                continue
            if entry is None:
                return
            if entry.number > last:
                await response.write(_event(entry))

    def end(self) -> None:
        """Send all readers away."""
        for reader in self._readers:
            reader.told(None)


def _event(entry: Entry) -> bytes:
    data = msgspec.json.encode(entry.as_json())
    return b"id: %d\ndata: %s\n\n" % (entry.number, data)
