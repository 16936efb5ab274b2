"""Calls as OpenTelemetry spans.

Needs ``pip install skifteportal-core[otel]``, and a client that is told of it::

    portal = DoedsbojournalClient(credential.direct(), tracing=OpenTelemetry())

A call is one span, whatever it takes: its retries, and the waits between them. The portal gets ``traceparent`` and
``tracestate`` (W3C Trace Context); never ``baggage``, in which programs put what is nobody else's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from opentelemetry import trace
from opentelemetry.trace import SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from opentelemetry.trace import Span, Tracer

    from skifteportal.core.operation import Operation

__all__ = ["OpenTelemetry"]

_PROPAGATOR = TraceContextTextMapPropagator()


class OpenTelemetry:
    """Makes each call a span of kind client, named after its operationId.

    Its attributes are those of OpenTelemetry's conventions for HTTP clients as far as they hold nothing personal:
    ``http.request.method``, ``url.template``, ``http.response.status_code``, ``error.type``; and
    ``skifteportal.operation`` and ``skifteportal.attempts``. Ids, queries, bodies and the texts of errors are not in it.

    Args:
        tracer: Makes the spans; the global provider's unless given.
    """

    def __init__(self, tracer: Tracer | None = None) -> None:
        self._tracer = tracer or trace.get_tracer("skifteportal.core")

    def begin(self, operation: Operation[Any], headers: MutableMapping[str, str]) -> CallTrace:
        """As Tracing.begin. A ``traceparent`` that the caller set stays."""
        span = self._tracer.start_span(
            operation.id,
            kind=SpanKind.CLIENT,
            attributes={
                "skifteportal.operation": operation.id,
                "http.request.method": operation.method,
                "url.template": operation.path,
            },
        )
        if "traceparent" not in headers:
            _PROPAGATOR.inject(headers, trace.set_span_in_context(span))
        return CallTrace(span)


class CallTrace:
    """A call's span."""

    def __init__(self, span: Span) -> None:
        self._span = span

    def end(self, *, status: int | None, attempts: int, error: str | None) -> None:
        """As CallSpan.end."""
        span = self._span
        span.set_attribute("skifteportal.attempts", attempts)
        if status is not None:
            span.set_attribute("http.response.status_code", status)
        if error is not None:
            span.set_attribute("error.type", error)
            span.set_status(Status(StatusCode.ERROR))
        span.end()
