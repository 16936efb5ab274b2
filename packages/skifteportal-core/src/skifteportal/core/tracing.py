"""What follows calls from outside: a protocol, so that core needs no tracing library. See otel for OpenTelemetry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from skifteportal.core.operation import Operation

__all__ = ["CallSpan", "Tracing"]


class CallSpan(Protocol):
    """One call being followed."""

    def end(self, *, status: int | None, attempts: int, error: str | None) -> None:
        """The call is over.

        Args:
            status: The last answer's status; None if there was none.
            attempts: How many times it was sent.
            error: The name of the error's class; None for a success.
        """
        ...


class Tracing(Protocol):
    """Follows calls. It is told of operations, never of ids, queries, bodies or tokens."""

    def begin(self, operation: Operation[Any], headers: MutableMapping[str, str]) -> CallSpan:
        """A call begins, with all its attempts.

        Args:
            operation: What is called.
            headers: The request's headers, to add to; don't keep them.
        """
        ...
