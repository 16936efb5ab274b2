"""What only a call needs: imported at the first one, not with a client, and kept.

An import statement inside a function costs each call a hundredth; a kept answer costs nothing.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from skifteportal.core.body import ContentBody
    from skifteportal.core.call import Call
    from skifteportal.core.shapes import Shape

__all__ = ["async_driver", "body_class", "call_class", "decoder", "driver", "encoder"]


@cache
def body_class() -> type[ContentBody]:
    """The class of a body in memory."""
    from skifteportal.core.body import ContentBody  # noqa: PLC0415

    return ContentBody


@cache
def call_class() -> type[Call[Any]]:
    """The class of a call."""
    from skifteportal.core.call import Call  # noqa: PLC0415

    return Call


@cache
def decoder() -> Callable[[bytes, Shape], Any]:
    """The codec's ``decode``."""
    from skifteportal.core.codec import decode  # noqa: PLC0415

    return decode


@cache
def encoder() -> Callable[[object, Shape], bytes]:
    """The codec's ``encode``."""
    from skifteportal.core.codec import encode  # noqa: PLC0415

    return encode


@cache
def driver() -> Callable[..., Any]:
    """What drives a synchronous client's calls."""
    from skifteportal.core.driver import drive  # noqa: PLC0415

    return drive


@cache
def async_driver() -> Callable[..., Awaitable[Any]]:
    """What drives an asynchronous client's calls."""
    from skifteportal.core.async_driver import drive  # noqa: PLC0415

    return drive
