"""What goes into the portal's heart and what comes out: a request and an answer, without any framework."""

from typing import Literal, TypeAlias

import attrs

__all__ = ["Answer", "Cut", "Headers", "Listener", "Request", "Role"]

Role: TypeAlias = Literal["sysauth", "auth", "api"]
Listener: TypeAlias = Literal["sysauth", "auth", "api", "control"]
Cut: TypeAlias = Literal["", "whole", "body"]
Headers: TypeAlias = tuple[tuple[str, str], ...]


def _first(headers: Headers, name: str) -> str | None:
    wanted = name.lower()
    return next((value for key, value in headers if key.lower() == wanted), None)


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
    """

    role: Role
    method: str
    target: str = attrs.field(repr=False)
    headers: Headers = attrs.field(default=(), repr=False)
    body: bytes = attrs.field(default=b"", repr=False)
    certificate: bytes | None = attrs.field(default=None, repr=False)

    def header(self, name: str) -> str | None:
        """Return the first value of a header, whatever the case of its name, or None."""
        return _first(self.headers, name)

    @property
    def path(self) -> str:
        """The target without its query, percent-encoded."""
        return self.target.partition("?")[0]

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
        return _first(self.headers, name)
