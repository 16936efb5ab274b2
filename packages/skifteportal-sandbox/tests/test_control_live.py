import asyncio

import pytest
from portal_in_memory import GUIDE_ESTATE, Api

from skifteportal.sandbox.control.live import LiveJournal, _Reader

KRAV = f"/doedsbojournaler/{GUIDE_ESTATE}/krav"


class Line:
    """A response that notes what is written, and breaks when told to."""

    def __init__(self, *, breaks_at=None):
        self.written = []
        self.breaks_at = breaks_at

    async def write(self, data):
        self.written.append(data)
        if len(self.written) == self.breaks_at:
            raise ConnectionResetError


async def told(live, reader, line):
    await live._follow(reader, line, 0)
    return line.written


def test_a_slow_reader_loses_the_oldest_calls(portal, api):
    for _ in range(1001):
        api("GET", KRAV)
    entries = list(portal.journal)
    extra = [*entries, *entries]

    async def read():
        reader = _Reader()
        for entry in extra[:1001]:
            reader._put(entry)
        return reader.waiting.qsize(), reader.waiting.get_nowait().number

    size, first = asyncio.run(read())
    assert (size, first) == (1000, extra[1].number)


def test_silence_is_broken_by_a_comment_and_a_reader_who_left_is_noticed(portal):
    live = LiveJournal(portal.journal, beat_seconds=0.001)
    line = Line(breaks_at=2)

    async def read():
        with pytest.raises(ConnectionResetError):
            await told(live, _Reader(), line)

    asyncio.run(read())
    assert line.written == [b": still here\n\n", b": still here\n\n"]


def test_what_was_told_already_is_not_told_again(portal):
    Api(portal)("GET", KRAV)
    (entry,) = portal.journal
    live = LiveJournal(portal.journal)
    line = Line()

    async def read():
        reader = _Reader()
        reader.told(entry)
        reader.told(None)
        await live._follow(reader, line, entry.number)

    asyncio.run(read())
    assert line.written == []


def test_a_reader_whose_loop_is_closed_is_passed_over(portal):
    async def made():
        return _Reader()

    asyncio.run(made()).told(None)
