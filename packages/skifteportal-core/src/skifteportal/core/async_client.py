"""The asynchronous client, for asyncio and trio: what generated clients derive from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from skifteportal.core.async_runner import AsyncRunner
from skifteportal.core.credentials import PortalAuth
from skifteportal.core.environments import Environment

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
    from datetime import datetime, timedelta

    from skifteportal.core.changes import AsyncChanges
    from skifteportal.core.documents import AsyncDocumentStore, DocumentInput
    from skifteportal.core.downloads import AsyncDownload
    from skifteportal.core.files import FileInput
    from skifteportal.core.model import Model
    from skifteportal.core.operation import Operation
    from skifteportal.core.options import CallOptions
    from skifteportal.core.pages import AsyncPages
    from skifteportal.core.reading import Reply
    from skifteportal.core.request import Identifier, Paging

__all__ = ["AsyncBaseClient", "AsyncClient", "AsyncOpenClient"]

T = TypeVar("T")
A = TypeVar("A", bound=PortalAuth)
X = TypeVar("X", bound=PortalAuth | Environment)


class AsyncBaseClient(AsyncRunner[X]):
    """What both kinds of asynchronous client share: the ways of making a call."""

    async def _call(
        self,
        operation: Operation[T],
        path: tuple[Identifier, ...] = (),
        *,
        body: object = None,
        query: Mapping[str, object] | None = None,
        options: CallOptions | None = None,
    ) -> T:
        """Make a call with a JSON answer, or none."""
        return await self._run(self._prepare_value(operation, path, body, query, options))

    async def _call_with_documents(
        self,
        operation: Operation[T],
        path: tuple[Identifier, ...] = (),
        *,
        body: Model,
        documents: Sequence[DocumentInput] = (),
        store: AsyncDocumentStore | None = None,
        query: Mapping[str, object] | None = None,
        options: CallOptions | None = None,
    ) -> T:
        """Upload documents, and make a call that refers to them."""
        if not documents:
            return await self._run(self._prepare_value(operation, path, body, query, options))
        attaching = self._attaching(operation, path, body, documents, store)
        with attaching.told():
            for to, file in attaching.uploads():
                attaching.stored.append(await to.store(file))
            sent = attaching.body()
            return await self._run(self._prepare_value(operation, path, sent, query, options))

    async def _upload(
        self,
        operation: Operation[T],
        path: tuple[Identifier, ...],
        file: FileInput,
        *,
        query: Mapping[str, object] | None = None,
        options: CallOptions | None = None,
    ) -> T:
        """Send a file."""
        if self._settings.check_upload is not None:
            from anyio import to_thread  # noqa: PLC0415 - not every client checks

            file = await to_thread.run_sync(self._checked_upload, operation, path, file)
        return await self._run(self._prepare_upload(operation, path, file, query, options))

    def _download(
        self,
        operation: Operation[Any],
        path: tuple[Identifier, ...],
        *,
        query: Mapping[str, object] | None = None,
        options: CallOptions | None = None,
    ) -> AsyncDownload:
        """A file to fetch; nothing is sent yet."""
        from skifteportal.core.downloads import AsyncDownload  # noqa: PLC0415 - not every client fetches

        return AsyncDownload(self._prepare_download(operation, path, query, options), self._run)

    def _download_url(
        self, url: Model | str | None, *, options: CallOptions | None = None
    ) -> AsyncDownload:
        """A file to fetch from an address that the portal gave, or a model that has it; nothing is sent yet."""
        from skifteportal.core.downloads import AsyncDownload  # noqa: PLC0415

        return AsyncDownload(self._prepare_link(url, options), self._run)

    def _changes(
        self,
        operation: Operation[T],
        names: tuple[str, str],
        ids: Iterable[Identifier],
        moment: datetime,
        *,
        portion: int,
        overlap: timedelta | None = None,
        options: CallOptions | None = None,
    ) -> AsyncChanges[T]:
        """What has changed since a moment; nothing is sent yet."""
        from skifteportal.core.changes import AsyncChanges, Question  # noqa: PLC0415

        quiet = self._warned(operation)
        question = Question(quiet, names, ids, moment, portion=portion, overlap=overlap)

        def prepare(body: Model) -> tuple[Callable[[int | None], Awaitable[Reply[T]]], Paging]:
            make, paging = self._prepare_pages(quiet, (), body, None, options)
            return lambda number: self._run(make(number)), paging

        return AsyncChanges(question, prepare)

    def _pages(
        self,
        operation: Operation[T],
        path: tuple[Identifier, ...] = (),
        *,
        body: object = None,
        query: Mapping[str, object] | None = None,
        options: CallOptions | None = None,
    ) -> AsyncPages[T]:
        """An answer in pages; nothing is sent yet."""
        from skifteportal.core.pages import AsyncPages  # noqa: PLC0415

        make, paging = self._prepare_pages(operation, path, body, query, options)
        return AsyncPages(lambda number: self._run(make(number)), paging)


class AsyncClient(AsyncBaseClient[A]):
    """The base of the asynchronous clients that take a token. Its kind is in the type."""


class AsyncOpenClient(AsyncBaseClient[Environment]):
    """The base of the asynchronous clients of open APIs. The first argument is the environment."""
