"""What may be logged, and the log itself.

The logger ``skifteportal`` writes one line a call at INFO and the headers of an allow-list at DEBUG. Bodies, queries,
the ids in a path and tokens are never logged. The HTTP library's own logger writes whole addresses at INFO: of the
portal's, path and query are taken out.
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


_HIDE_ADDRESSES = _HideAddresses()


def hide_addresses(base_url: str) -> None:
    """Keep what the HTTP library logs about this address's host free of paths and queries."""
    _HIDE_ADDRESSES.hosts.add(_http.URL(base_url).host)
    library = _http.Client.__module__.partition(".")[0]
    logging.getLogger(library).addFilter(_HIDE_ADDRESSES)
