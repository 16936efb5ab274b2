"""What goes into the portal's heart and what comes out: a request and an answer, without any framework."""

from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

import attrs

__all__ = ["Answer", "Cut", "Headers", "Heart", "Listener", "Request", "Role"]

Role: TypeAlias = Literal["sysauth", "auth", "api"]
Listener: TypeAlias = Literal["sysauth", "auth", "api", "control"]
Cut: TypeAlias = Literal["", "whole", "body"]
Headers: TypeAlias = tuple[tuple[str, str], ...]


def _by_name(request: "Request") -> Mapping[str, str]:
    """Return the headers by lower-case name, of which they are asked for many times; of several the first stays."""
    return {name.lower(): value for name, value in reversed(request.headers)}


@attrs.frozen(kw_only=True)
class Request:
    """One HTTP request as the portal's heart sees it.

    Only the role and the method are shown in a repr: paths, headers and bodies carry personal data and tokens.

    Attributes:
        role: Which of the portal's three hosts it came to: ``sysauth`` (login, mutual TLS), ``auth``
            (token exchange) or ``api``.
        method: The HTTP method in upper case.
        target: Path and query as sent, percent-encoded.
        headers: Names and values in the order sent.
        body: The whole body, bytes.
        certificate: The client certificate of the TLS connection, DER; None where there was none.
        unreadable: The HTTP status to refuse it with, if it could not be read as HTTP, or is too large; else 0.
    """

    role: Role
    method: str
    target: str = attrs.field(repr=False)
    headers: Headers = attrs.field(default=(), repr=False)
    body: bytes = attrs.field(default=b"", repr=False)
    certificate: bytes | None = attrs.field(default=None, repr=False)
    unreadable: int = attrs.field(default=0, repr=False)
    _by_name: Mapping[str, str] = attrs.field(
        init=False, repr=False, eq=False, default=attrs.Factory(_by_name, takes_self=True)
    )

    def header(self, name: str) -> str | None:
        """Return the first value of a header, whatever the case of its name, or None."""
        return self._by_name.get(name.lower())

    def headers_named(self, name: str) -> list[str]:
        """Return all values of a header, whatever the case of its name."""
        wanted = name.lower()
        return [value for key, value in self.headers if key.lower() == wanted]

    @property
    def path(self) -> str:
        """The target without its query, percent-encoded; without the host where it names one (RFC 9112, section 3.2.2)."""
        path = self.target.partition("?")[0]
        return path if path.startswith("/") else urlsplit(path).path or "/"

    @property
    def query(self) -> str:
        """The target's query, percent-encoded; empty where there is none."""
        return self.target.partition("?")[2]


@attrs.frozen(kw_only=True)
class Answer:
    """One HTTP answer of the portal's heart.

    Attributes:
        status: The HTTP status.
        headers: Names and values; Content-Length is the adapter's to add.
        body: The whole body, bytes.
        delay: Seconds for the adapter to wait before it sends the answer.
        cut: What the adapter is to withhold, dropping the connection: the ``whole`` answer, or half of its ``body``.
    """

    status: int
    headers: Headers = attrs.field(default=(), repr=False)
    body: bytes = attrs.field(default=b"", repr=False)
    delay: float = attrs.field(default=0.0, repr=False)
    cut: Cut = attrs.field(default="", repr=False)

    def header(self, name: str) -> str | None:
        """Return the first value of a header, whatever the case of its name, or None."""
        wanted = name.lower()
        for key, value in self.headers:
            if key.lower() == wanted:
                return value
        return None

    def with_header(self, name: str, value: str) -> "Answer":
        """Return the same answer with one header more."""
        return Answer(
            status=self.status,
            headers=(*self.headers, (name, value)),
            body=self.body,
            delay=self.delay,
            cut=self.cut,
        )


Heart: TypeAlias = Callable[[Request], Answer]
"""Answers requests."""
