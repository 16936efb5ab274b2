import asyncio
import json
import shutil
import socket
from urllib.parse import urlsplit

import pytest
from portal_in_memory import GUIDE_ESTATE, Api

from skifteportal.sandbox import Sandbox
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


def events(stream):
    """Yield the journal's entries from an open line."""
    for line in stream:
        if line.startswith(b"data: "):
            yield json.loads(line.removeprefix(b"data: "))


@pytest.fixture
def follow(controlled, controlled_api):
    address = urlsplit(controlled.urls["control"])
    opened = []

    def follow(**headers):
        line = socket.create_connection((address.hostname, address.port), timeout=10)
        opened.append(line)
        sent = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        line.sendall(
            f"GET /_sandbox/journal/live HTTP/1.0\r\nHost: localhost\r\n{sent}\r\n".encode()
        )
        stream = line.makefile("rb")
        opened.append(stream)
        while stream.readline() != b": the journal\n":
            pass
        return stream

    yield follow
    for one in opened:
        one.close()


def test_the_journal_is_followed_live(follow, controlled_api):
    stream = follow()
    controlled_api("GET", KRAV)
    controlled_api.krav()
    found = events(stream)
    assert [next(found)["operation"] for _ in range(2)] == ["getAllKrav", "addKrav"]


def test_after_a_break_what_was_missed_is_told_first(follow, controlled_api, controlled):
    controlled_api("GET", KRAV)
    controlled_api.krav()
    first, second = controlled.control.journal
    found = events(follow(**{"Last-Event-ID": first.number}))
    assert next(found)["number"] == second.number
    controlled_api("GET", KRAV)
    assert next(found)["operation"] == "getAllKrav"


def test_a_follower_is_sent_away_when_the_sandbox_stops(sandbox_folder, running, tmp_path):
    shutil.copytree(sandbox_folder, tmp_path / "folder")
    with Sandbox.start(folder=tmp_path / "folder") as sandbox:
        address = urlsplit(sandbox.urls["control"])
        line = socket.create_connection((address.hostname, address.port), timeout=10)
        line.sendall(b"GET /_sandbox/journal/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert line.recv(1000).startswith(b"HTTP/1.1 200")
    with line:
        while line.recv(1000):
            pass
