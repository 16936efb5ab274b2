"""What is behind an error of the HTTP library: the operating system's, or OpenSSL's."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["causes_of"]


def causes_of(
    error: BaseException, *, beyond: BaseException | None = None
) -> Iterator[BaseException]:
    """An error and what led to it, one after the other.

    The HTTP library cuts causes off (``raise … from None``), so contexts are followed too. The last of those is what
    the caller was handling when it made the call: no part of it.

    Args:
        error: The error.
        beyond: What the caller is handling, and all before it, are left out.
    """
    seen = {id(beyond)}
    link: BaseException | None = error
    while link is not None and id(link) not in seen:  # a chain can be tied into a loop
        yield link
        seen.add(id(link))
        link = link.__cause__ or link.__context__
