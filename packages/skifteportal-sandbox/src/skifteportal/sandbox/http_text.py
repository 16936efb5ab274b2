"""HTTP/1.1 as bytes: an answer as it is written, a header as it is read (RFC 9112)."""

import time
from email.utils import formatdate
from functools import lru_cache
from http.client import responses
from typing import Final

from skifteportal.sandbox.messages import Answer

__all__ = ["FAILED", "header_text", "written"]

FAILED: Final = Answer(
    status=500, headers=(("Content-Type", "text/plain"),), body=b"The sandbox failed\n"
)
_BODILESS: Final = frozenset({204, 304})


def header_text(raw: bytes) -> str:
    """Read a header: UTF-8 if it is, else Latin-1, so that nothing unprintable gets further."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def written(answer: Answer, *, method: str, kept: bool) -> bytes:
    """Write an answer; one whose headers hold a line break becomes a 500.

    Args:
        answer: The answer; of a cut one half of the body is written.
        method: What was asked: HEAD gets no body.
        kept: Whether the connection stays open.
    """
    head = _head(answer, kept=kept)
    if head is None:
        return written(FAILED, method=method, kept=kept)
    if method == "HEAD" or answer.status in _BODILESS:
        return head
    body = answer.body
    return head + (body[: len(body) // 2] if answer.cut else body)


@lru_cache(maxsize=1)
def _date(second: int) -> str:
    return f"Date: {formatdate(second, usegmt=True)}"


def _head(answer: Answer, *, kept: bool) -> bytes | None:
    lines = [
        f"HTTP/1.1 {answer.status} {responses.get(answer.status, '')}",
        _date(int(time.time())),
    ]
    lines += [f"{name}: {value}" for name, value in answer.headers]
    if answer.status not in _BODILESS:
        lines.append(f"Content-Length: {len(answer.body)}")
    if not kept:
        lines.append("Connection: close")
    text = "\r\n".join(lines)
    if text.count("\n") != len(lines) - 1 or text.count("\r") != len(lines) - 1:
        return None  # a header would end early, and begin another
    return f"{text}\r\n\r\n".encode()
