"""The raw answer to a call, for those who want to see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from typing_extensions import override

from skifteportal.core.redaction import shown_headers

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Answer"]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Answer:
    """What the portal answered. ``repr`` shows the status and the request id; a pickled answer has no body.

    Attributes:
        operation: The operationId.
        status: The HTTP status.
        headers: The headers; names in any case.
        content: The body, bytes; empty for a download.
        request_id: The id the portal gave the request, or else the ``X-Request-Id`` we sent.
        http_version: ``HTTP/1.1`` or ``HTTP/2``.
        elapsed: Seconds from the call's start to its end, all attempts and waits included.
        attempts: How many times it was sent.
    """

    operation: str
    status: int
    headers: Mapping[str, str]
    content: bytes
    request_id: str
    http_version: str = "HTTP/1.1"
    elapsed: float = 0.0
    attempts: int = 1

    @override
    def __repr__(self) -> str:
        return f"<Answer {self.status} [request id {self.request_id}]>"

    def __copy__(self) -> Answer:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Answer:
        return self  # nothing in it changes

    @override
    def __reduce__(self) -> tuple[Any, ...]:
        # A pickled error travels to other processes and to disks: the body and telling headers stay here.
        state = attrs.asdict(self, recurse=False)
        return _rebuild, (state | {"content": b"", "headers": shown_headers(self.headers)},)


def _rebuild(state: dict[str, Any]) -> Answer:
    return Answer(**state)
