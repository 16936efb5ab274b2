"""One HTTP/1.1 connection from the server's side (RFC 9112): read by llhttp, answered by the portal's heart.

A framework between the two takes as long as the heart itself, and has nothing to add here: a request is answered whole,
in the loop's thread, before the next one of its connection is looked at.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from email.utils import formatdate
from functools import lru_cache
from http.client import responses
from typing import Final, TypeAlias, cast

import httptools
from typing_extensions import override

from skifteportal.sandbox.messages import Answer, Request, Role

__all__ = ["Heart", "HttpConnection"]

Heart: TypeAlias = Callable[[Request], Answer]

_HEAD_BYTES: Final = 32 * 1024
_BODILESS: Final = frozenset({204, 304})
_CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"


def _text(raw: bytes) -> str:
    """Read a header: UTF-8 if it is, else Latin-1, so that nothing unprintable gets further."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


@lru_cache(maxsize=1)
def _date(second: int) -> str:
    return f"Date: {formatdate(second, usegmt=True)}"


def _head(answer: Answer, *, closing: bool) -> bytes:
    """Write an answer's status line and headers.

    Raises:
        ValueError: A header would end early, and begin another.
    """
    lines = [
        f"HTTP/1.1 {answer.status} {responses.get(answer.status, '')}",
        _date(int(time.time())),
    ]
    lines += [f"{name}: {value}" for name, value in answer.headers]
    if answer.status not in _BODILESS:
        lines.append(f"Content-Length: {len(answer.body)}")
    if closing:
        lines.append("Connection: close")
    text = "\r\n".join(lines)
    if text.count("\n") != len(lines) - 1 or text.count("\r") != len(lines) - 1:
        raise ValueError("a header holds a line break")
    return f"{text}\r\n\r\n".encode()


def _refusal(status: int) -> Answer:
    text = f"{responses[status]}\n"
    return Answer(status=status, headers=(("Content-Type", "text/plain"),), body=text.encode())


class HttpConnection(asyncio.Protocol):
    """Reads requests, has them answered one after the other, and writes the answers.

    Args:
        role: The host that was called.
        heart: Answers requests.
        max_body_bytes: The largest body that is read; more is answered with 413.
        opened: Where it enters itself as long as it is open.
    """

    def __init__(
        self, role: Role, heart: Heart, *, max_body_bytes: int, opened: "set[HttpConnection]"
    ) -> None:
        self._role: Role = role
        self._heart = heart
        self._limit = max_body_bytes
        self._opened = opened
        self._parser = httptools.HttpRequestParser(self)
        self._waiting: deque[tuple[Request, bool]] = deque()
        self._late: asyncio.TimerHandle | None = None
        self._stopped = False
        self._in_head = True
        self._begin()

    def _begin(self) -> None:
        self._target = b""
        self._headers: list[tuple[str, str]] = []
        self._head_bytes = 0
        self._body = b""
        self._chunks: list[bytes] = []
        self._body_bytes = 0

    # What the loop says

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._opened.add(self)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._opened.discard(self)
        self._stop()

    @override
    def pause_writing(self) -> None:
        self._transport.pause_reading()  # who does not take answers gets no more of them

    @override
    def resume_writing(self) -> None:
        self._transport.resume_reading()

    @override
    def data_received(self, data: bytes) -> None:
        if self._stopped:
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            return  # it was answered as if it had not asked for another protocol
        except httptools.HttpParserError:
            if not self._stopped:
                self._refuse(400)
            return
        if self._in_head:
            self._head_bytes += len(data)
            if self._head_bytes > _HEAD_BYTES and not self._stopped:
                self._refuse(431)

    def abort(self) -> None:
        """Close at once: a TLS connection otherwise waits for its caller to say goodbye."""
        self._transport.abort()

    def _stop(self) -> None:
        self._stopped = True
        self._waiting.clear()
        if self._late is not None:
            self._late.cancel()

    def _refuse(self, status: int) -> None:
        """Answer what cannot be read, and read no further."""
        self._stop()
        answer = _refusal(status)
        self._transport.write(_head(answer, closing=True) + answer.body)
        self._transport.close()

    # What the parser says

    def on_message_begin(self) -> None:
        """A request begins."""
        self._begin()

    def on_url(self, url: bytes) -> None:
        """A piece of the target."""
        self._target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header; those that follow a body are passed over."""
        if self._in_head:
            self._head_bytes += len(name) + len(value)
            self._headers.append((name.decode(), _text(value)))

    def on_headers_complete(self) -> None:
        """The body follows, if there is one."""
        self._in_head = False
        if self._head_bytes > _HEAD_BYTES:
            self._refuse(431)
            return
        for name, value in self._headers:
            key = name.lower()
            if key == "content-length" and int(value) > self._limit:
                self._refuse(413)
                return
            if key == "expect" and value.lower() == "100-continue":
                self._transport.write(_CONTINUE)

    def on_body(self, chunk: bytes) -> None:
        """A piece of the body."""
        self._body_bytes += len(chunk)
        if self._body_bytes <= self._limit:
            self._chunks.append(chunk)
        elif not self._stopped:
            self._refuse(413)

    def on_message_complete(self) -> None:
        """The request is whole."""
        self._in_head = True
        if self._stopped:
            return
        request = Request(
            role=self._role,
            method=self._parser.get_method().decode(),
            target=self._target.decode(),
            headers=tuple(self._headers),
            body=b"".join(self._chunks),
        )
        self._head_bytes = 0
        kept = self._parser.should_keep_alive() and not self._parser.should_upgrade()
        self._waiting.append((request, kept))
        self._next()

    # Answers

    def _next(self) -> None:
        """Answer what waits, as long as no answer is to come late."""
        while self._waiting and self._late is None:
            request, kept = self._waiting.popleft()
            answer = self._heart(request)
            if answer.delay:
                loop = asyncio.get_running_loop()
                self._late = loop.call_later(answer.delay, self._send_late, request, answer, kept)
            else:
                self._send(request, answer, kept)

    def _send_late(self, request: Request, answer: Answer, kept: bool) -> None:  # noqa: FBT001 - a callback's
        self._late = None
        self._send(request, answer, kept)
        self._next()

    def _send(self, request: Request, answer: Answer, kept: bool) -> None:  # noqa: FBT001 - goes with the one above
        if answer.cut != "whole":
            body = b"" if request.method == "HEAD" or answer.status in _BODILESS else answer.body
            if answer.cut == "body":
                body = body[: len(body) // 2]
            try:
                head = _head(answer, closing=not kept)
            except ValueError:
                self._refuse(500)
                return
            self._transport.write(head + body)
        if answer.cut or not kept:
            self._stop()
            self._transport.close()
