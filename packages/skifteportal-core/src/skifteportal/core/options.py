"""How calls are made: timeouts, and what can be set for one call."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import attrs

from skifteportal.core.errors import InvalidArgument

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from skifteportal.core.answers import Answer

__all__ = [
    "CallOptions",
    "Timeouts",
    "check_retries",
    "check_seconds",
    "check_timeouts",
    "chosen_options",
]


def check_seconds(_instance: Any, attribute: attrs.Attribute[Any], value: object) -> None:
    """Validator: seconds, more than none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < math.inf:
        raise InvalidArgument(
            f"{attribute.name} must be a number of seconds, more than 0.", argument=attribute.name
        )


def check_retries(_instance: Any, attribute: attrs.Attribute[Any], value: object) -> None:
    """Validator: a number of retries."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise InvalidArgument(
            f"{attribute.name} must be a whole number, 0 or more.", argument=attribute.name
        )


@attrs.frozen(kw_only=True)
class Timeouts:
    """How long each step of one attempt may take, in seconds.

    Attributes:
        connect: Making the connection.
        read: Waiting for the next part of the answer.
        write: Sending the next part of the request.
        upload: As ``write``, when the request is a file.
        pool: Waiting for a free connection.
    """

    connect: float = attrs.field(default=5.0, validator=check_seconds)
    read: float = attrs.field(default=30.0, validator=check_seconds)
    write: float = attrs.field(default=30.0, validator=check_seconds)
    upload: float = attrs.field(default=120.0, validator=check_seconds)
    pool: float = attrs.field(default=5.0, validator=check_seconds)


def check_timeouts(_instance: Any, attribute: attrs.Attribute[Any], value: object) -> None:
    """Validator: Timeouts."""
    if not isinstance(value, Timeouts):
        raise InvalidArgument("timeouts must be a Timeouts.", argument=attribute.name)


@attrs.frozen(kw_only=True)
class CallOptions:
    """Options of one call; they win over the client's.

    Attributes:
        timeouts: Seconds for each step of an attempt.
        deadline: Seconds for the whole call: all attempts, waits and the reading of the answer.
        max_retries: How many times it may be sent again.
        headers: Headers to add, such as ``traceparent``.
        on_answer: Called with the final answer, also when it is an error.
        progress: Called with the bytes sent (upload) or received (download) so far, and the total if known.
    """

    timeouts: Timeouts | None = attrs.field(
        default=None, validator=attrs.validators.optional(check_timeouts)
    )
    deadline: float | None = attrs.field(
        default=None, validator=attrs.validators.optional(check_seconds)
    )
    max_retries: int | None = attrs.field(
        default=None, validator=attrs.validators.optional(check_retries)
    )
    headers: Mapping[str, str] | None = attrs.field(default=None, repr=False)
    on_answer: Callable[[Answer], None] | None = attrs.field(default=None, repr=False)
    progress: Callable[[int, int | None], None] | None = attrs.field(default=None, repr=False)


_NONE = CallOptions()


def chosen_options(options: object) -> CallOptions:
    """What the ``options`` of a call say; nothing if they are None.

    Raises:
        InvalidArgument: They are something else.
    """
    if options is None:
        return _NONE
    if not isinstance(options, CallOptions):
        raise InvalidArgument("options must be a CallOptions.", argument="options")
    return options
