"""One connection, without sockets: what is written for what comes in, however it is cut into pieces."""

import asyncio
import email.utils
import http.client
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skifteportal.sandbox.http_connection import HttpConnection
from skifteportal.sandbox.messages import Answer

JSON = ("Content-Type", "application/json")
GET = b"GET /one HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST /two?q=1 HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody"
CHUNKED = (
    b"POST /three HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"2\r\nbo\r\n2\r\ndy\r\n0\r\nX-Late: trailer\r\n\r\n"
)


class Wire:
    """Stands in for the loop's transport."""

    def __init__(self):
        self.written, self.ended, self.reading = b"", "", True

    def write(self, data):
        assert not self.ended
        self.written += data

    def close(self):
        self.ended = "closed"

    def abort(self):
        self.ended = "aborted"

    def pause_reading(self):
        self.reading = False

    def resume_reading(self):
        self.reading = True


class Caller:
    """A caller, the connection it has, and what the heart was asked."""

    def __init__(self, answer=None, *, limit=1000):
        self.answer = answer or Answer(status=200, headers=(JSON,), body=b"{}")
        self.asked, self.opened, self.wire = [], set(), Wire()
        self.connection = HttpConnection(
            "api", self.heart, max_body_bytes=limit, opened=self.opened
        )
        self.connection.connection_made(self.wire)

    def heart(self, request):
        self.asked.append(request)
        return self.answer

    def sends(self, data, size=None):
        for start in range(0, len(data), size or len(data)):
            self.connection.data_received(data[start : start + (size or len(data))])
        return self

    def statuses(self):
        """Read the answers as the standard library does."""
        found, rest = [], io.BytesIO(self.wire.written)
        rest.close, read = lambda: None, len(self.wire.written)
        while rest.tell() < read:
            answer = http.client.HTTPResponse(type("S", (), {"makefile": lambda _s, _m: rest})())
            answer.begin()
            answer.read()
            found.append(answer.status)
        return found


@given(st.integers(1, 60))
def test_requests_are_the_same_however_they_are_cut(size):
    caller = Caller().sends(GET + POST + CHUNKED + GET, size)
    assert [(one.method, one.target, one.body) for one in caller.asked] == [
        ("GET", "/one", b""),
        ("POST", "/two?q=1", b"body"),
        ("POST", "/three", b"body"),
        ("GET", "/one", b""),
    ]
    assert caller.statuses() == [200] * 4
    assert caller.wire.ended == ""
    assert caller.asked[2].header("X-Late") is None  # a trailer is no header
    assert caller.asked[0].role == "api"


def test_headers_are_text_whatever_their_bytes():
    name = "b\u00e5.pdf"
    head = b"GET / HTTP/1.1\r\nA: " + name.encode() + b"\r\nB: " + name.encode("latin-1")
    (asked,) = Caller().sends(head + b"\r\n\r\n").asked
    assert asked.headers == (("A", name), ("B", name))


def test_an_answer_has_its_length_and_a_date():
    written = Caller().sends(GET).wire.written.decode()
    head, _, body = written.partition("\r\n\r\n")
    status, date, *rest = head.split("\r\n")
    assert (status, rest, body) == (
        "HTTP/1.1 200 OK",
        ["Content-Type: application/json", "Content-Length: 2"],
        "{}",
    )
    assert email.utils.parsedate_to_datetime(date.removeprefix("Date: "))


@pytest.mark.parametrize("status", [204, 304])
def test_an_answer_that_has_no_body_has_no_length(status):
    caller = Caller(Answer(status=status, body=b"ignored")).sends(GET)
    assert b"Content-Length" not in caller.wire.written
    assert caller.wire.written.endswith(b"\r\n\r\n")


def test_head_is_answered_with_the_length_alone():
    written = Caller().sends(GET.replace(b"GET", b"HEAD")).wire.written
    assert written.endswith(b"Content-Length: 2\r\n\r\n")


def test_a_status_without_a_name_is_written_without():
    assert Caller(Answer(status=299)).sends(GET).wire.written.startswith(b"HTTP/1.1 299 \r\n")


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /one HTTP/1.0\r\n\r\n",
        b"GET /one HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET /one HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
        b"CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
)
def test_the_last_answer_says_that_it_is(sent):
    caller = Caller().sends(sent)
    assert b"\r\nConnection: close\r\n" in caller.wire.written
    assert (caller.statuses(), caller.wire.ended) == ([200], "closed")
    caller.sends(GET)
    assert len(caller.asked) == 1


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET /\xc3\xa6 HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n", 413),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n", 400),
        (
            b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n123456\r\n6\r\n123456\r\n0\r\n\r\n",
            413,
        ),
        (b"GET / HTTP/1.1\r\nA: " + b"a" * 40_000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nA: " + b"a" * 40_000, 431),
        (b"GET /" + b"a" * 40_000, 431),
    ],
)
@pytest.mark.parametrize("size", [None, 1000])
def test_what_cannot_be_read_is_refused_once_and_nobody_is_asked(sent, status, size):
    caller = Caller(limit=10).sends(sent, size)
    assert (caller.statuses(), caller.wire.ended, caller.asked) == ([status], "closed", [])


def test_a_fault_behind_a_refusal_is_passed_over():
    caller = Caller(limit=10).sends(
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n12345678901\r\n1\r\nx\r\nzz"
    )
    assert caller.statuses() == [413]


def test_who_expects_100_continue_is_told_to_go_on():
    head, _, body = POST.replace(b"Host", b"Expect: 100-continue\r\nHost").partition(b"body")
    caller = Caller().sends(head)
    assert caller.wire.written == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert caller.sends(b"body" + body).asked[0].body == b"body"


def test_an_answer_cannot_smuggle_a_header():
    caller = Caller(Answer(status=200, headers=(("A", "b\r\nSet-Cookie: c"),))).sends(GET + GET)
    assert (caller.statuses(), caller.wire.ended) == ([500], "closed")
    assert b"Set-Cookie" not in caller.wire.written


def after(milliseconds):
    """Wait until what was planned before this, for then, has been done."""
    done = asyncio.Event()
    asyncio.get_running_loop().call_later(milliseconds / 1000, done.set)
    return done.wait()


def test_a_late_answer_comes_before_those_that_were_asked_for_after_it():
    async def run():
        caller = Caller(Answer(status=200, delay=0.001)).sends(GET)
        caller.answer = Answer(status=201)
        caller.sends(POST)
        assert (len(caller.asked), caller.wire.written) == (1, b"")
        await after(1)
        return caller

    assert asyncio.run(run()).statuses() == [200, 201]


def test_nothing_is_written_to_who_went_away():
    async def run():
        caller = Caller(Answer(status=200, delay=0.001)).sends(GET + POST)
        assert caller.opened == {caller.connection}
        caller.connection.connection_lost(None)
        await after(1)
        return caller

    caller = asyncio.run(run())
    assert (caller.opened, caller.wire.written, len(caller.asked)) == (set(), b"", 1)


@pytest.mark.parametrize(("cut", "kept"), [("whole", None), ("body", b"12")])
def test_a_cut_answer_ends_the_connection(cut, kept):
    caller = Caller(Answer(status=200, body=b"1234", cut=cut)).sends(GET + GET)
    assert caller.wire.ended == "closed"
    assert len(caller.asked) == 1
    head, _, body = caller.wire.written.partition(b"\r\n\r\n")
    assert (body, b"Content-Length: 4" in head) == (kept or b"", kept is not None)


def test_who_does_not_take_answers_is_not_read_from():
    caller = Caller()
    caller.connection.pause_writing()
    assert not caller.wire.reading
    caller.connection.resume_writing()
    assert caller.wire.reading


def test_it_can_be_ended_at_once():
    caller = Caller()
    caller.connection.abort()
    assert caller.wire.ended == "aborted"
