"""One connection, without sockets: what is written for what comes in, however it is cut into pieces."""

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


class Awaited:
    """Something that comes when the test says so."""

    def __init__(self, what, seconds=None):
        self.what, self.seconds, self.cancelled = what, seconds, False

    def cancel(self):
        self.cancelled = True


class Caller:
    """A caller, the connection it has, and what the heart was asked."""

    def __init__(self, answer=None, *, limit=1000, aside=None):
        self.answer = answer or Answer(status=200, headers=(JSON,), body=b"{}")
        self.asked, self.opened, self.wire, self.timers = [], set(), Wire(), []
        more = {} if aside is None else {"aside": aside}
        self.connection = HttpConnection(
            "api", self.heart, max_body_bytes=limit, later=self.later, opened=self.opened, **more
        )
        self.connection.connection_made(self.wire)

    def heart(self, request):
        self.asked.append(request)
        return Answer(status=request.unreadable) if request.unreadable else self.answer

    def later(self, seconds, what):
        self.timers.append(Awaited(what, seconds))
        return self.timers[-1]

    def waits(self):
        """Let the time of the last timer go by."""
        timer = self.timers.pop()
        assert not timer.cancelled
        timer.what()
        return timer.seconds

    @property
    def read(self):
        return [one for one in self.asked if not one.unreadable]

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
    head = b"GET / HTTP/1.1\r\nHost: x\r\nA: " + name.encode() + b"\r\nB: " + name.encode("latin-1")
    (asked,) = Caller().sends(head + b"\r\n\r\n").asked
    assert asked.headers == (("Host", "x"), ("A", name), ("B", name))


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
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nhost: x\r\n\r\n", 400),
        (b"GET / HTTP/1.0\r\nHost: x\r\nhost: x\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length : 4\r\n\r\nbody", 400),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n", 413),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n12345678901", 413),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n", 400),
        (CHUNKED.replace(b"2\r\nbo", b"b\r\n12345678901"), 413),
        (b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"a" * 40_000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nA: " + b"a" * 40_000, 431),
        (b"GET /" + b"a" * 40_000, 431),
        (b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 431),
    ],
)
@pytest.mark.parametrize("size", [None, 1000, 7])
def test_what_cannot_be_read_is_refused_once_after_what_could(sent, status, size):
    caller = Caller(limit=10).sends(POST).sends(sent, size)
    assert (caller.statuses(), len(caller.read)) == ([200, status], 1)
    assert b"\r\nConnection: close\r\n" in caller.wire.written
    # The caller may still be sending: it is given time to read why.
    assert caller.wire.ended == ""
    caller.sends(GET)
    caller.waits()
    assert (caller.wire.ended, len(caller.read)) == ("closed", 1)


@pytest.mark.parametrize("filler", [b"A: %s\r\n" % (b"a" * 1000)])
@pytest.mark.parametrize(("count", "status"), [(30, 200), (33, 431)])
@pytest.mark.parametrize("size", [None, 1000, 7])
def test_how_large_a_head_may_be_does_not_go_by_how_it_is_cut(filler, count, status, size):
    sent = GET.replace(b"Host", filler * count + b"Host")
    assert Caller().sends(sent, size).statuses() == [status]


@pytest.mark.parametrize(
    "behind",
    [
        b"1;" + b"a" * 40_000 + b"\r\nx\r\n0\r\n\r\n",
        b"0\r\nA: " + b"a" * 40_000 + b"\r\n\r\n",
        b"0\r\n" + b"A: b\r\n" * 40_000 + b"\r\n",
    ],
)
def test_what_is_thrown_away_is_bounded_too(behind):
    head = CHUNKED.partition(b"2\r\n")[0]
    assert Caller().sends(head + behind, 1000).statuses() == [431]


@pytest.mark.parametrize("size", [None, 65_536, 30_000, 1000])
def test_a_large_body_counts_for_nothing_in_the_next_head(size):
    large = POST.replace(b"Length: 4", b"Length: 200000").replace(b"body", b"x" * 200_000)
    caller = Caller(limit=200_000).sends(large + GET, size)
    assert (caller.statuses(), caller.wire.ended) == ([200, 200], "")
    assert caller.sends(GET).statuses() == [200] * 3


def test_a_fault_behind_a_refusal_is_passed_over():
    caller = Caller(limit=10).sends(
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n12345678901\r\n1\r\nx\r\nzz"
    )
    assert caller.statuses() == [413]


def test_who_expects_100_continue_is_told_to_go_on():
    head, _, body = POST.replace(b"Host", b"Expect: 100-continue\r\nHost").partition(b"body")
    caller = Caller().sends(head)
    assert caller.wire.written == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert caller.sends(b"body" + body).asked[0].body == b"body"
    caller = Caller().sends(head + b"body" + body)
    assert b"100 Continue" not in caller.wire.written  # it did not wait


def test_who_expects_100_continue_for_too_much_is_refused():
    sent = b"POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n"
    assert Caller(limit=10).sends(sent).wire.written.startswith(b"HTTP/1.1 413")


def test_an_answer_cannot_smuggle_a_header():
    caller = Caller(Answer(status=200, headers=(("A", "b\r\nSet-Cookie: c"),))).sends(GET + GET)
    assert (caller.statuses(), caller.wire.ended) == ([500, 500], "")
    assert b"Set-Cookie" not in caller.wire.written


def test_a_failing_heart_is_logged_without_a_word_of_the_request(caplog):
    class Failing(Caller):
        def heart(self, request):
            raise KeyError("secret of the caller")

    caller = Failing().sends(GET + GET)
    assert (caller.statuses(), caller.wire.ended) == ([500, 500], "")
    assert "KeyError in heart" in caplog.text
    assert "secret" not in caplog.text + caller.wire.written.decode()


def late(*asked):
    caller = Caller(Answer(status=200, delay=5.0)).sends(b"".join(asked))
    caller.answer = Answer(status=201)
    return caller


def test_a_late_answer_comes_before_those_that_were_asked_for_after_it():
    caller = late(GET).sends(POST)
    assert (len(caller.asked), caller.wire.written, caller.wire.reading) == (1, b"", False)
    assert caller.waits() == 5.0
    assert (caller.statuses(), caller.wire.reading) == ([200, 201], True)


@pytest.mark.parametrize(
    ("behind", "written"),
    [
        (b"nonsense\r\n\r\n", b"HTTP/1.1 400"),
        (
            POST.replace(b"Host", b"Expect: 100-continue\r\nHost").removesuffix(b"body"),
            b"HTTP/1.1 100",
        ),
    ],
)
def test_nothing_overtakes_a_late_answer(behind, written):
    caller = late(GET + behind)
    assert caller.wire.written == b""
    caller.waits()
    first, _, second = caller.wire.written.partition(b"\r\n\r\n")
    assert first.startswith(b"HTTP/1.1 200")
    assert second.startswith(written)


def test_reading_goes_on_when_the_late_answer_is_sent_and_those_before_were_taken():
    caller = late(GET)
    caller.connection.pause_writing()
    caller.waits()
    assert not caller.wire.reading
    caller.connection.resume_writing()
    assert caller.wire.reading


def test_nothing_is_written_to_who_went_away():
    caller = late(GET + POST)
    assert caller.opened == {caller.connection}
    caller.connection.connection_lost(None)
    assert all(timer.cancelled for timer in caller.timers)
    assert (caller.opened, caller.wire.written, len(caller.asked)) == (set(), b"", 1)


def test_what_takes_long_is_answered_aside_while_the_next_one_waits():
    told = []

    def aside(request, heart, tell):
        if request.method != "POST":
            return None
        told.append(lambda: tell(heart(request)))
        return Awaited(None)

    caller = Caller(aside=aside).sends(GET + POST + GET)
    assert (caller.statuses(), caller.wire.reading) == ([200], False)
    caller.answer = Answer(status=201, delay=5.0)
    told.pop()()
    assert (caller.statuses(), caller.wire.reading) == ([200], False)
    caller.answer = Answer(status=202)
    assert caller.waits() == 5.0
    assert (caller.statuses(), caller.wire.reading) == ([200, 201, 202], True)


def test_who_says_nothing_for_long_is_left():
    caller = Caller().sends(GET)
    caller.waits()
    assert caller.wire.ended == ""
    assert caller.waits() == 75.0
    assert caller.wire.ended == "closed"


def test_who_waits_for_an_answer_is_not_left():
    caller = late(GET)
    answer = caller.timers.pop()
    caller.waits()
    caller.waits()
    assert caller.wire.ended == ""
    answer.what()
    assert caller.statuses() == [200]


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
