"""One HTTP/1.1 connection from the server's side (RFC 9112): read by llhttp, answered by the portal's heart.

A framework between the two takes as long as the heart itself, and has nothing to add here: a request is answered whole
before the next one of its connection. What can't be read is refused in its turn, after the answers to what came before,
and nothing of its connection is read any more then.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Final, Protocol, cast

import attrs
import httptools
from typing_extensions import override

from skifteportal.sandbox.fault_place import place_of
from skifteportal.sandbox.http_text import FAILED, header_text, written
from skifteportal.sandbox.messages import Answer, Heart, Request, Role

__all__ = ["Aside", "Awaited", "HttpConnection", "Later"]

_LOGGER: Final = logging.getLogger("skifteportal.sandbox")
_HEAD_BYTES: Final = 32 * 1024
_IDLE_SECONDS: Final = 75.0
_LINGER_SECONDS: Final = 2.0
_CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"


class Awaited(Protocol):
    """Something that is still to come."""

    def cancel(self) -> object:
        """Do without it."""
        ...


class Later(Protocol):
    """Has something done after some seconds: a loop's `call_later`."""

    def __call__(self, seconds: float, what: Callable[[], object], /) -> Awaited:
        """Have it done then, unless it is cancelled."""
        ...


class Aside(Protocol):
    """Has requests that may take long answered elsewhere."""

    def __call__(
        self, request: Request, heart: Heart, told: Callable[[Answer], object], /
    ) -> Awaited | None:
        """Have a request answered, and tell the answer then; None: it won't take long, and is not answered here."""
        ...


def _here(_request: Request, _heart: Heart, _told: Callable[[Answer], object]) -> None:
    return None


class HttpConnection(asyncio.Protocol):
    """Reads requests, has them answered one after the other, and writes the answers.

    Args:
        role: The host that was called.
        heart: Answers requests.
        max_body_bytes: The largest body that is read; more is answered with 413.
        later: What keeps time for it.
        aside: What answers requests that take long; without it the heart does, while all else waits.
        opened: Where it enters itself as long as it is open.
        certificate: The caller's, DER.
    """

    def __init__(
        self,
        role: Role,
        heart: Heart,
        *,
        max_body_bytes: int,
        later: Later,
        aside: Aside = _here,
        opened: "set[HttpConnection] | None" = None,
        certificate: bytes | None = None,
    ) -> None:
        self._role: Role = role
        self._heart = heart
        self._limit = max_body_bytes
        self._later = later
        self._aside = aside
        self._opened = set() if opened is None else opened
        self._certificate = certificate
        self._parser = httptools.HttpRequestParser(self)
        self._whole: deque[tuple[Request, bool]] = (
            deque()
        )  # to answer, and whether others may follow
        self._unreadable = 0  # the status that what comes after them is refused with
        self._continuing = False  # whether the caller waits to be told to send its body
        self._awaited: Awaited | None = None  # the answer that is still to come
        self._full = False  # whether the caller leaves answers lying
        self._ended = False
        self._busy = True  # whether anything came since the last look
        self._moved = (
            False  # whether what came last holds a piece of a body, or the end of a request
        )
        self._raw_bytes = 0  # since that
        self._begin()

    def _begin(self) -> None:
        self._target = b""
        self._headers: list[tuple[str, str]] = []
        self._head_bytes = 0
        self._in_head = True
        self._chunks: list[bytes] = []
        self._body_bytes = 0

    # What the loop says

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._opened.add(self)
        self._patience = self._later(_IDLE_SECONDS, self._look)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._opened.discard(self)
        self._patience.cancel()
        self._end()

    @override
    def pause_writing(self) -> None:
        self._full = True  # who does not take answers gets no more of them
        self._read_or_not()

    @override
    def resume_writing(self) -> None:
        self._full = False
        self._read_or_not()

    @override
    def data_received(self, data: bytes) -> None:
        self._busy = True
        if self._ended or self._unreadable:
            return  # thrown away, so that the caller comes to read why
        self._moved = False
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            pass  # it is answered as if it had not asked for another protocol
        except httptools.HttpParserError:
            self._refuse(400)
        self._raw_bytes = 0 if self._moved else self._raw_bytes + len(data)
        if max(self._head_bytes, self._raw_bytes) > _HEAD_BYTES:
            self._refuse(431)
        self._go_on()

    def abort(self) -> None:
        """Close at once: a TLS connection otherwise waits for its caller to say goodbye."""
        self._transport.abort()

    def _look(self) -> None:
        """Close what nothing was heard of for long, unless its caller waits for an answer."""
        if not self._busy and self._awaited is None:
            self._transport.close()
            return
        self._busy = False
        self._patience = self._later(_IDLE_SECONDS, self._look)

    def _read_or_not(self) -> None:
        if self._full or self._awaited is not None:
            self._transport.pause_reading()
        else:
            self._transport.resume_reading()

    # What the parser says

    def on_url(self, url: bytes) -> None:
        """A piece of the target."""
        self._head_bytes += len(url)
        self._target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header; those that follow a body are counted, and passed over."""
        self._head_bytes += len(name) + len(value)
        if self._in_head:
            self._headers.append((name.decode(), header_text(value)))

    def on_headers_complete(self) -> None:
        """The body follows, if there is one."""
        self._in_head = False
        hosts = 0
        for name, value in self._headers:
            key = name.lower()
            if key == "host":
                hosts += 1
            elif key == "content-length" and int(value) > self._limit:
                self._refuse(413)
            elif key == "expect" and value.lower() == "100-continue":
                self._continuing = True
        if self._head_bytes > _HEAD_BYTES:
            self._refuse(431)
        if hosts != 1 and (hosts or self._parser.get_http_version() != "1.0"):
            self._refuse(400)  # RFC 9112, section 3.2

    def on_body(self, chunk: bytes) -> None:
        """A piece of the body."""
        self._moved, self._continuing = True, False
        self._body_bytes += len(chunk)
        if self._body_bytes > self._limit:
            self._refuse(413)
        elif not self._unreadable:
            self._chunks.append(chunk)

    def on_message_complete(self) -> None:
        """The request is whole."""
        self._moved, self._continuing = True, False
        if self._unreadable:
            return
        kept = self._parser.should_keep_alive() and not self._parser.should_upgrade()
        self._whole.append((self._request(), kept))
        self._begin()

    def _request(self) -> Request:
        return Request(
            role=self._role,
            method=self._parser.get_method().decode(),
            target=self._target.decode(),
            headers=tuple(self._headers),
            body=b"".join(self._chunks),
            certificate=self._certificate,
        )

    # Answers

    def _refuse(self, status: int) -> None:
        """Read no further; the first reason counts."""
        self._unreadable = self._unreadable or status

    def _go_on(self) -> None:
        """Answer the requests that are whole, up to one whose answer is still to come, and refuse what follows them."""
        while self._whole and self._awaited is None:
            self._answer(*self._whole.popleft())
        if self._ended or self._awaited is not None:
            return
        if self._unreadable:
            unreadable = Request(
                role=self._role, method="-", target="", unreadable=self._unreadable
            )
            self._answer(unreadable, False)  # noqa: FBT003 - no others follow
        elif self._continuing:
            self._continuing = False
            self._transport.write(_CONTINUE)

    def _answer(self, request: Request, kept: bool) -> None:  # noqa: FBT001 - they go together
        self._awaited = self._aside(request, self._ask, partial(self._come, request, kept))
        if self._awaited is None:
            self._answered(request, kept, self._ask(request))
        else:
            self._read_or_not()

    def _ask(self, request: Request) -> Answer:
        try:
            return self._heart(request)
        except Exception as error:  # noqa: BLE001 - the caller gets an answer, the log the place
            kind = type(error).__name__
            # Without the traceback, which may quote the request.
            _LOGGER.error("%s: an answer failed: %s %s", self._role, kind, place_of(error))  # noqa: TRY400
            return FAILED

    def _come(self, request: Request, kept: bool, answer: Answer) -> None:  # noqa: FBT001 - as above
        self._awaited = None
        self._answered(request, kept, answer)
        self._read_or_not()
        self._go_on()

    def _answered(self, request: Request, kept: bool, answer: Answer) -> None:  # noqa: FBT001 - as above
        if not answer.delay:
            self._write(request, kept, answer)
            return
        at_once = attrs.evolve(answer, delay=0.0)
        self._awaited = self._later(answer.delay, partial(self._come, request, kept, at_once))
        self._read_or_not()

    def _write(self, request: Request, kept: bool, answer: Answer) -> None:  # noqa: FBT001 - as above
        if answer.cut != "whole":
            self._transport.write(written(answer, method=request.method, kept=kept))
        if answer.cut or not kept:
            self._end()
            self._close()

    def _end(self) -> None:
        self._ended = True
        self._whole.clear()
        if self._awaited is not None:
            self._awaited.cancel()
            self._awaited = None

    def _close(self) -> None:
        if not self._unreadable:
            self._transport.close()
            return
        # The caller may still be sending: closing now would reset the connection, and the refusal may be lost.
        self._patience.cancel()
        self._patience = self._later(_LINGER_SECONDS, self._transport.close)
