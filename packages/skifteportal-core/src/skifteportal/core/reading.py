"""From an answer to what a method returns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

import attrs

from skifteportal.core.errors import DecodeError
from skifteportal.core.first_call import decoder
from skifteportal.core.shapes import ListOf

if TYPE_CHECKING:
    from skifteportal.core import _http
    from skifteportal.core.call import Call
    from skifteportal.core.shapes import Shape

__all__ = ["Reply", "read_page", "read_value"]

T = TypeVar("T")


@attrs.frozen(eq=False, repr=False)
class Reply(Generic[T]):
    """A page as it came.

    Attributes:
        items: What is on it.
        total: The items on all pages; None if the portal doesn't say.
        content: Its text.
        date: When the portal answered, in its own words; empty if it doesn't say.
    """

    items: list[T]
    total: int | None
    content: bytes
    date: str = ""


def read_value(call: Call[Any], response: _http.Response) -> Any:
    """The result of a call with a JSON answer, or none.

    Raises:
        DecodeError: The answer is not what the contract says.
    """
    shape = call.operation.answer
    if shape is None or call.gone or (not call.content and call.operation.method == "DELETE"):
        return None
    return _read(call, response, shape)


def read_page(call: Call[Any], response: _http.Response) -> Reply[Any]:
    """The result of a call for a page.

    Raises:
        DecodeError: The answer is not what the contract says.
    """
    shape = call.operation.answer
    items: list[Any] = [] if shape is None else _read(call, response, ListOf(shape))
    total = response.headers.get("x-total-count", "").strip()
    known = total.isascii() and total.isdigit()
    return Reply(
        items, int(total) if known else None, call.content, response.headers.get("date", "")
    )


def _read(call: Call[Any], response: _http.Response, shape: Shape) -> Any:
    try:
        return decoder()(call.content, shape)
    except DecodeError as error:
        problem = error
    raise problem.of_call(call.operation, call.answer(response))
