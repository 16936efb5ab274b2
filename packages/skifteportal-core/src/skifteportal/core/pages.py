"""Answers that come in pages, and iterate themselves.

The portal counts pages with ``page`` and ``size`` and says the whole number of items in ``X-Total-Count``. Where it
says none, a page that is not full is the last, and if no ``size`` was asked for, one page is all there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

import attrs
from typing_extensions import override

from skifteportal.core.errors import PagesIncomplete

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    from skifteportal.core.reading import Reply
    from skifteportal.core.request import Paging

__all__ = ["AsyncPages", "Page", "Pages"]

T = TypeVar("T")


@attrs.frozen(kw_only=True, repr=False)
class Page(Generic[T]):
    """One page.

    Attributes:
        items: What is on it.
        number: Its number, as the portal counts; the first may say 0 before it is seen that the portal counts from 1.
        total: How many items there are on all pages; None if the portal doesn't say.
    """

    items: list[T]
    number: int
    total: int | None

    @override
    def __repr__(self) -> str:
        return f"<Page {self.number}: {len(self.items)} of {'?' if self.total is None else self.total}>"


class _Cursor(Generic[T]):
    """Where an iteration over pages stands: which page comes next, and whether there is one.

    The guide doesn't say whether the portal counts from 0 or from 1. If it counts from 1, the second page asked for
    is the first once more: then the one after it is the second. Nothing else is taken on trust either: an
    iteration from the first page ends with as many items as were announced, or with an error.
    """

    def __init__(self, paging: Paging) -> None:
        self._paging = paging
        self.asked = paging.start
        first = paging.operation.first_page
        self._number = first if paging.start is None else paging.start
        self._skipped_pages = self._number - first
        self._answers = 0
        self._size = 0  # items on the first page that came: what was asked for may be cut down
        self._got = 0
        self._total: int | None = None
        self._content: bytes | None = None
        self.done = False

    def take(self, reply: Reply[T]) -> Page[T] | None:
        """Take the page that was asked for; None if it brought nothing.

        Raises:
            PagesIncomplete: There is no more to be had, although more was announced.
        """
        count = len(reply.items)
        self._answers += 1
        self._total = self._total if reply.total is None else reply.total
        repeated = reply.content == self._content
        if repeated and self._answers == 2:  # noqa: PLR2004 - it counts from 1: see above
            self._turn()
            return None
        if repeated or not count:
            self.done = True
            self._check(repeated=repeated)
            return None
        self._size = self._size or count
        self._got += count
        self._content = reply.content
        self.done = self._complete(count)
        page = Page(items=reply.items, number=self._number, total=reply.total)
        self._turn()
        return page

    def _turn(self) -> None:
        self._number += 1
        self.asked = self._number

    def _seen(self, skipped_pages: int) -> int:
        """Items up to here, with those of skipped pages."""
        return self._got + max(skipped_pages, 0) * self._size

    def _complete(self, count: int) -> bool:
        if self._total is None:
            return self._paging.size is None or count < self._paging.size
        if self._seen(self._skipped_pages) < self._total:
            return False
        # Of an iteration that begins further on, where it began is known only if the count's start is.
        return count < self._size or self._seen(self._skipped_pages - 1) >= self._total

    def _check(self, *, repeated: bool) -> None:
        # Beyond the end an iteration that began further on may get an empty page: it can't know the end.
        if self._total is None or (self._paging.start is not None and not repeated):
            return
        if self._seen(self._skipped_pages) < self._total:
            raise PagesIncomplete(
                seen=self._got, announced=self._total, operation=self._paging.operation
            )


class _Pages(Generic[T]):
    """What both kinds of pages share."""

    def __init__(self, paging: Paging) -> None:
        self._paging = paging
        self._total: int | None = None

    @override
    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


class Pages(_Pages[T]):
    """The items of all pages: ``for item in pages``. Each page is asked for when its first item is wanted.

    Each iteration asks the portal anew. If a ``page`` was given, it begins there.
    """

    def __init__(self, ask: Callable[[int | None], Reply[T]], paging: Paging) -> None:
        super().__init__(paging)
        self._ask = ask

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page.items

    def pages(self) -> Iterator[Page[T]]:
        """The pages, one by one; empty ones are left out.

        Raises:
            PagesIncomplete: The portal gives fewer items than it announces.
            PortalError: As for any call.
        """
        cursor: _Cursor[T] = _Cursor(self._paging)
        while not cursor.done:
            page = cursor.take(self._remembering(cursor.asked))
            if page is not None:
                yield page

    def _remembering(self, number: int | None) -> Reply[T]:
        reply = self._ask(number)
        self._total = reply.total
        return reply

    def first(self) -> T | None:
        """The first item, None if there is none. Asks for one page."""
        reply = self._remembering(self._paging.start)
        return reply.items[0] if reply.items else None

    def total(self) -> int | None:
        """How many items there are, None if the portal doesn't say. Asks for a page unless one has been seen."""
        if self._total is None:
            self._remembering(self._paging.start)
        return self._total


class AsyncPages(_Pages[T]):
    """The items of all pages: ``async for item in pages``. As Pages."""

    def __init__(self, ask: Callable[[int | None], Awaitable[Reply[T]]], paging: Paging) -> None:
        super().__init__(paging)
        self._ask = ask

    def __aiter__(self) -> AsyncIterator[T]:
        return _AsyncItems(self.pages())

    def pages(self) -> AsyncIterator[Page[T]]:
        """As Pages.pages."""
        return _AsyncPageByPage(_Cursor(self._paging), self._remembering)

    async def _remembering(self, number: int | None) -> Reply[T]:
        reply = await self._ask(number)
        self._total = reply.total
        return reply

    async def first(self) -> T | None:
        """The first item, None if there is none. Asks for one page."""
        reply = await self._remembering(self._paging.start)
        return reply.items[0] if reply.items else None

    async def total(self) -> int | None:
        """How many items there are, None if the portal doesn't say. Asks for a page unless one has been seen."""
        if self._total is None:
            await self._remembering(self._paging.start)
        return self._total


class _AsyncPageByPage(Generic[T]):
    """Pages, one by one. A generator would make trio warn whenever a loop is left early."""

    def __init__(
        self, cursor: _Cursor[T], ask: Callable[[int | None], Awaitable[Reply[T]]]
    ) -> None:
        self._cursor = cursor
        self._ask = ask

    def __aiter__(self) -> AsyncIterator[Page[T]]:
        return self

    async def __anext__(self) -> Page[T]:
        while not self._cursor.done:
            page = self._cursor.take(await self._ask(self._cursor.asked))
            if page is not None:
                return page
        raise StopAsyncIteration


class _AsyncItems(Generic[T]):
    """Items, one by one."""

    def __init__(self, pages: AsyncIterator[Page[T]]) -> None:
        self._pages = pages
        self._items: Iterator[T] = iter(())

    def __aiter__(self) -> AsyncIterator[T]:
        return self

    async def __anext__(self) -> T:
        while True:
            for item in self._items:
                return item
            page = await anext(self._pages)  # its end is the end here
            self._items = iter(page.items)
