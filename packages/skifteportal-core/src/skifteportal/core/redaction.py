"""What may be logged, and the log itself.

The logger ``skifteportal`` writes one line a call at INFO and the headers of an allow-list at DEBUG. Bodies, queries,
the ids in a path and tokens are never logged. (``httpx`` has a logger of its own that writes whole addresses at INFO:
leave it at WARNING.)
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LOGGER", "REQUEST_ID_HEADER", "request_id_of", "shown_headers"]

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
_REQUEST_ID = re.compile(r"[\w.:/+=-]{1,128}", re.ASCII)
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*")


def shown_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers that hold nothing secret or personal, names in lower case."""
    return {name.lower(): value for name, value in headers.items() if name.lower() in _SHOWN}


def request_id_of(headers: Mapping[str, str]) -> str | None:
    """The id the portal gave a request, from its answer's headers; None if there is none worth the name.

    Which header the portal uses is not public; the usual ones are looked at in turn. Strange text is not taken: an
    id goes into logs and error texts.
    """
    for name in ("x-request-id", "x-correlation-id"):
        value = headers.get(name)
        if value is not None and _REQUEST_ID.fullmatch(value):
            return value
    trace = _TRACEPARENT.fullmatch(headers.get("traceparent", ""))
    return trace[1] if trace else None
