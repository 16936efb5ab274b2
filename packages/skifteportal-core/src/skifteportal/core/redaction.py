"""What may be logged, and the log itself.

The logger ``skifteportal`` writes one line a call at INFO and the headers of an allow-list at DEBUG. Bodies, queries,
the ids in a path and tokens are never logged. The HTTP library's own loggers write whole addresses at INFO and the
headers of answers at DEBUG: of the portal's addresses path and query are taken out, of headers what names files,
addresses and cookies.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from typing_extensions import override

from skifteportal.core import _http

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LOGGER", "REQUEST_ID_HEADER", "hide_addresses", "request_id_of", "shown_headers"]

LOGGER = logging.getLogger("skifteportal")

REQUEST_ID_HEADER = "X-Request-Id"

_SHOWN = frozenset(
    {
        "accept",
        "content-length",
        "content-type",
        "date",
        "retry-after",
        "traceparent",
        "user-agent",
        "x-correlation-id",
        "x-request-id",
        "x-total-count",
    }
)
_ID_HEADERS = ("x-request-id", "x-correlation-id")  # which the portal uses is not public
_REQUEST_ID = re.compile(r"[\w.:/+=-]{1,128}", re.ASCII)
# Header and value as Python shows bytes; a file's name may be a person's, an address has ids.
_HEADER = re.compile(
    r"""(b'(?:content-disposition|content-location|link|location|set-cookie)', )"""
    r"""(?:b'(?:[^'\\]|\\.)*'|b"(?:[^"\\]|\\.)*")""",
    re.IGNORECASE,
)
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*")


def shown_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers that hold nothing secret or personal, names in lower case."""
    return {
        name.lower(): value
        for name, value in headers.items()
        if name.lower() in _SHOWN
        and (name.lower() not in _ID_HEADERS or _REQUEST_ID.fullmatch(value))
    }


def request_id_of(headers: Mapping[str, str]) -> str | None:
    """The id the portal gave a request, from its answer's headers; None if there is none worth the name.

    The usual headers are looked at in turn. Strange text is not taken: an id goes into logs and error texts.
    """
    for name in _ID_HEADERS:
        value = headers.get(name)
        if value is not None and _REQUEST_ID.fullmatch(value):
            return value
    trace = _TRACEPARENT.fullmatch(headers.get("traceparent", ""))
    return trace[1] if trace else None


class _HideAddresses(logging.Filter):
    """Takes path and query out of log records about some hosts."""

    def __init__(self) -> None:
        super().__init__()
        self.hosts: set[str] = set()

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(self._shortened(value) for value in record.args)
        return True

    def _shortened(self, value: object) -> object:
        if isinstance(value, _http.URL) and value.host in self.hosts:
            return f"{value.scheme}://{value.host}/..."
        return value


class _HideHeaders(logging.Filter):
    """Takes the values of some headers out of the log of what came over a connection, as httpcore writes it."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.msg, str):
            record.msg = _HEADER.sub(r"\1b'...'", record.msg)
        return True


_HIDE_ADDRESSES = _HideAddresses()
_HIDE_HEADERS = _HideHeaders()


def hide_addresses(base_url: str) -> None:
    """Keep what the HTTP library logs free of paths and queries of this address's host, and of headers that tell."""
    _HIDE_ADDRESSES.hosts.add(_http.URL(base_url).host)
    library = _http.Client.__module__.partition(".")[0]
    logging.getLogger(library).addFilter(_HIDE_ADDRESSES)
    for connection in ("http11", "http2"):  # a filter of a logger isn't asked of those below it
        name = f"{library.replace('httpx', 'httpcore')}.{connection}"
        logging.getLogger(name).addFilter(_HIDE_HEADERS)
