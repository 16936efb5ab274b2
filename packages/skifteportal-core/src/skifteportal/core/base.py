"""What synchronous and asynchronous clients share: the set-up, and making a call ready. No I/O."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar

import attrs
from typing_extensions import override

from skifteportal.core.errors import ConfigurationError
from skifteportal.core.first_call import body_class, call_class, encoder
from skifteportal.core.options import chosen_options
from skifteportal.core.reading import Reply, read_page, read_value
from skifteportal.core.redaction import REQUEST_ID_HEADER, hide_addresses
from skifteportal.core.request import (
    check_headers,
    new_request_id,
    read_paging,
    write_path,
    write_query,
)
from skifteportal.core.setup import check_target, common_headers
from skifteportal.core.timing import Timing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from skifteportal.core import _http
    from skifteportal.core.body import Body
    from skifteportal.core.call import Call
    from skifteportal.core.credentials import PortalAuth
    from skifteportal.core.documents import (
        AsyncDocumentStore,
        Attaching,
        DocumentInput,
        DocumentStore,
    )
    from skifteportal.core.environments import Environment
    from skifteportal.core.files import FileInput, Upload
    from skifteportal.core.lookout import Lookout
    from skifteportal.core.model import Model
    from skifteportal.core.operation import Api, Operation
    from skifteportal.core.options import CallOptions
    from skifteportal.core.request import Identifier, Paging
    from skifteportal.core.setup import Settings

__all__ = ["BaseClient"]

T = TypeVar("T")
R = TypeVar("R")
S = TypeVar("S", bound="DocumentStore | AsyncDocumentStore")

# Their length is said even if it is 0 (RFC 9110, 8.6)
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


class BaseClient:
    """A client without its runner."""

    _api: ClassVar[Api]
    # Of the class, so that tests can have their own and users don't see it.
    _timing: ClassVar[Timing] = Timing()

    def __init__(self, target: PortalAuth | Environment, settings: Settings) -> None:
        environment, auth = check_target(self._api, target)
        hide_addresses(environment.api_url)
        self._environment = environment
        self._auth = auth
        self._rate_limit_key = "" if auth is None else auth.rate_limit_key
        self._settings = settings
        self._lookout: Lookout | None = None
        if environment.production and (self._api.ahead or environment.ahead):
            from skifteportal.core.lookout import look_ahead  # noqa: PLC0415 - few need it

            self._lookout = look_ahead(self._api, environment, self._timing.wall)

    def _use_headers(self, defaults: _http.Headers) -> None:
        """Take over the HTTP client's headers."""
        self._headers = common_headers(self._api, self._environment, defaults)

    @property
    def environment(self) -> Environment:
        """The environment it calls."""
        return self._environment

    @property
    def auth(self) -> PortalAuth | None:
        """Its credential; None if the API is open."""
        return self._auth

    @override
    def __repr__(self) -> str:
        return (
            f"<{type(self).__name__} {self._api.name} {self._api.spec_version}, "
            f"environment {self._environment.name!r}, token {self._api.token}>"
        )

    @override
    def __reduce__(self) -> NoReturn:
        raise ConfigurationError(
            "A client can't be copied or pickled: it holds connections and a token. Make one where you need it."
        )

    def _prepare(
        self,
        operation: Operation[Any],
        path: tuple[Identifier, ...],
        result: Callable[[Call[R], _http.Response], R],
        *,
        content: bytes = b"",
        upload: Upload | None = None,
        download: bool = False,
        url: str | None = None,
        query: Mapping[str, object] | None = None,
        options: CallOptions | None = None,
    ) -> Call[R]:
        """Make a call ready.

        Raises:
            InvalidArgument: Something in it can't be sent.
        """
        settings = self._settings
        options = chosen_options(options)
        timeouts = options.timeouts or settings.timeouts
        request_id = new_request_id()
        headers = self._headers.copy()
        headers[REQUEST_ID_HEADER] = request_id
        if options.headers:
            headers.update(dict(check_headers(options.headers)))
        body: Body
        if upload is None:
            body = body_class()(content)
            if content:
                headers["Content-Type"] = "application/json"
            if content or operation.method in _WITH_BODY:
                headers["Content-Length"] = str(len(content))
        else:
            body = upload
            headers["Content-Type"] = operation.upload or "application/octet-stream"
            headers["Content-Disposition"] = upload.disposition
            if upload.size is None:
                headers["Transfer-Encoding"] = "chunked"
            else:
                headers["Content-Length"] = str(upload.size)
        if download:
            headers["Accept"] = "*/*"
        started = self._timing.clock()
        deadline = options.deadline or settings.deadline
        return call_class()(
            api=self._api,
            operation=operation,
            url=url
            or self._environment.api_url + write_path(operation.path, path) + write_query(query),
            headers=headers,
            body=body,
            timeouts={
                "connect": timeouts.connect,
                "read": timeouts.read,
                "write": timeouts.write if upload is None else timeouts.upload,
                "pool": timeouts.pool,
            },
            max_retries=settings.max_retries
            if options.max_retries is None
            else options.max_retries,
            request_id=request_id,
            result=result,
            timing=self._timing,
            started=started,
            expires=None if deadline is None else started + deadline,
            limiter=settings.limiter,
            rate_limit_key=self._rate_limit_key,
            on_answer=options.on_answer or settings.on_answer,
            on_receipt=settings.on_receipt,
            tracing=settings.tracing,
            progress=options.progress if download else None,
            download=download,
        )

    def _prepare_value(
        self,
        operation: Operation[T],
        path: tuple[Identifier, ...],
        body: object,
        query: Mapping[str, object] | None,
        options: CallOptions | None,
    ) -> Call[T]:
        """Make a call with a JSON answer, or none, ready."""
        self._warn(operation, body)
        content = _encode(operation, body)
        return self._prepare(
            operation, path, read_value, content=content, query=query, options=options
        )

    def _checked_upload(
        self, operation: Operation[Any], path: tuple[Identifier, ...], file: FileInput
    ) -> FileInput:
        """What the client's own check lets through. It reads the whole file: asynchronous clients do it in a thread."""
        check = self._settings.check_upload
        if check is None:
            return file
        from skifteportal.core.uploads import checked  # noqa: PLC0415

        write_path(operation.path, path)  # wrong ids are refused before a stream is read
        return checked(file, check, self._api.errors)

    def _prepare_upload(
        self,
        operation: Operation[T],
        path: tuple[Identifier, ...],
        file: FileInput,
        query: Mapping[str, object] | None,
        options: CallOptions | None,
    ) -> Call[T]:
        """Make the sending of a file ready."""
        self._warn(operation)
        from skifteportal.core.files import Upload  # noqa: PLC0415 - not every client sends files

        options = chosen_options(options)
        upload = Upload.of(file, options.progress)
        return self._prepare(
            operation, path, read_value, upload=upload, query=query, options=options
        )

    def _prepare_download(
        self,
        operation: Operation[Any],
        path: tuple[Identifier, ...],
        query: Mapping[str, object] | None,
        options: CallOptions | None,
    ) -> Callable[[], Call[_http.Response]]:
        """Make the fetching of a file ready, any number of times."""
        self._warn(operation)
        write_path(
            operation.path, path
        )  # wrong ids are refused now, not when the file is asked for
        return lambda: self._prepare(
            operation, path, _response, download=True, query=query, options=options
        )

    def _prepare_link(
        self, url: object, options: CallOptions | None
    ) -> Callable[[], Call[_http.Response]]:
        """Make the fetching of a file by its address ready, any number of times."""
        from skifteportal.core.links import BY_URL, follow  # noqa: PLC0415

        address = follow(url, self._environment.api_url)
        return lambda: self._prepare(
            BY_URL, (), _response, download=True, url=address, options=options
        )

    def _attaching(
        self,
        operation: Operation[Any],
        path: tuple[Identifier, ...],
        body: Model,
        documents: Sequence[DocumentInput],
        store: S | None,
    ) -> Attaching[S]:
        """Make the attaching of documents ready: what is wrong is refused before any is uploaded."""
        from skifteportal.core.documents import Attaching  # noqa: PLC0415

        _encode(operation, body)
        write_path(operation.path, path)
        return Attaching(body, operation.documents, documents, store, self._auth)

    def _warned(self, operation: Operation[T]) -> Operation[T]:
        """Warn of a deprecated operation now, at its caller's line, and not again when it is called."""
        self._warn(operation)
        return attrs.evolve(operation, deprecated=None)

    def _warn(self, operation: Operation[Any], body: object = None) -> None:
        """Warn of what goes away, or isn't there yet, at the line that calls the generated method."""
        if operation.deprecated is not None:
            warnings.warn(operation.deprecated, DeprecationWarning, stacklevel=5)
        if self._lookout is not None:
            self._lookout.check(operation.id, body, stacklevel=5)

    def _prepare_pages(
        self,
        operation: Operation[T],
        path: tuple[Identifier, ...],
        body: object,
        query: Mapping[str, object] | None,
        options: CallOptions | None,
    ) -> tuple[Callable[[int | None], Call[Reply[T]]], Paging]:
        """Make the asking for pages ready: what is wrong is refused now, and the body stays as it is now."""
        self._warn(operation, body)
        content = _encode(operation, body)
        write_path(operation.path, path)
        query = query or {}
        paging = read_paging(query, operation)

        def make(number: int | None) -> Call[Reply[T]]:
            return self._prepare(
                operation,
                path,
                read_page,
                content=content,
                query={**query, "page": number},
                options=options,
            )

        return make, paging


def _encode(operation: Operation[Any], body: object) -> bytes:
    return b"" if operation.body is None else encoder()(body, operation.body)


def _response(_call: Call[Any], response: _http.Response) -> _http.Response:
    return response
