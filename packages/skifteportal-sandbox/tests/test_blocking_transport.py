"""Time and the socket are the test's: nothing sleeps."""

import pytest

from skifteportal.sandbox import blocking_transport
from skifteportal.sandbox.blocking_transport import BlockingTransport
from skifteportal.sandbox.http_connection import HttpConnection
from skifteportal.sandbox.messages import Answer

GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


class Time:
    """Goes on when somebody waits."""

    def __init__(self):
        self.now, self.slept = 0.0, []

    def monotonic(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


class Socket:
    """A caller who sends what it has to, and then nothing, or goodbye."""

    def __init__(self, time, *pieces):
        self.time, self.pieces, self.written = time, list(pieces), b""

    def settimeout(self, seconds):
        self.seconds = seconds

    def recv(self, size):
        if not self.pieces:
            self.time.now += self.seconds
            raise TimeoutError
        return self.pieces.pop(0)

    def sendall(self, data):
        self.written += data


@pytest.fixture
def served(monkeypatch):
    """Serve a caller until the connection ends; return what was written, and when it ended."""
    time = Time()
    monkeypatch.setattr(blocking_transport, "time", time)

    def serve(*pieces, **answer):
        caller = Socket(time, *pieces)
        transport = BlockingTransport(caller)
        connection = HttpConnection(
            "sysauth",
            lambda request: Answer(**{"status": request.unreadable or 200, **answer}),
            max_body_bytes=10,
            later=transport.later,
        )
        transport.serve(connection)
        return caller.written.count(b"HTTP/1.1 200"), time

    return serve


def test_requests_are_answered_until_the_caller_says_goodbye(served):
    written, time = served(GET[:5], GET[5:], GET, b"")
    assert (written, time.now) == (2, 0)


def test_a_caller_who_says_nothing_more_is_left(served):
    written, time = served(GET)
    assert (written, time.now, time.slept) == (1, 150, [])


def test_an_answer_that_is_to_come_late_is_waited_for_and_nothing_is_read_meanwhile(served):
    written, time = served(GET, GET, b"", delay=100.0)
    assert (written, time.now, sum(time.slept)) == (2, 200, 200)


def test_a_cut_answer_ends_it(served):
    assert served(GET, GET, cut="whole")[0] == 0


def test_an_end_at_once_is_an_end():
    transport = BlockingTransport(Socket(Time()))

    class Ending(HttpConnection):
        def connection_made(self, transport):
            super().connection_made(transport)
            self.abort()

    transport.serve(Ending("sysauth", None, max_body_bytes=1, later=transport.later))
    assert not transport._timers
