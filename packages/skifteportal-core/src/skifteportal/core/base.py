"""What synchronous and asynchronous clients share: the set-up, and making a call ready. No I/O."""

from __future__ import annotations

import platform
import warnings
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar
from urllib.parse import urlsplit

import attrs
from typing_extensions import override

from skifteportal.core import _http, codec
from skifteportal.core.body import Body
from skifteportal.core.call import Call
from skifteportal.core.credentials import DelegatedAuth, DirectAuth, PortalAuth
from skifteportal.core.environments import Environment
from skifteportal.core.errors import ConfigurationError, DecodeError
from skifteportal.core.options import CallOptions, Timeouts, check_retries, check_seconds
from skifteportal.core.redaction import REQUEST_ID_HEADER
from skifteportal.core.requests import check_headers, new_request_id, write_path, write_query

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from skifteportal.core.answers import Answer
    from skifteportal.core.flow import Timing
    from skifteportal.core.limits import RateLimiter
    from skifteportal.core.operation import Api, Operation
    from skifteportal.core.requests import Identifier

__all__ = ["BaseClient", "Settings", "http_arguments", "read_value"]

R = TypeVar("R")

_KINDS: dict[str, tuple[type[PortalAuth], str]] = {
    "direct": (DirectAuth, "a DirectAuth, such as credential.direct()"),
    "delegated": (DelegatedAuth, "a DelegatedAuth, such as credential.for_profile(…)"),
    "either": (PortalAuth, "a DirectAuth or DelegatedAuth"),
}
_WITH_BODY = frozenset(
    {"POST", "PUT", "PATCH"}
)  # RFC 9110, 8.6: their length is said even if it is 0
_NO_OPTIONS = CallOptions()
_PYTHON = ".".join(platform.python_version_tuple()[:2])


@attrs.frozen(kw_only=True)
class Settings:
    """A client's options; see Client."""

    timeouts: Timeouts
    deadline: float | None = attrs.field(validator=check_seconds)
    max_retries: int = attrs.field(validator=check_retries)
    limiter: RateLimiter | None
    on_answer: Callable[[Answer], None] | None


def http_arguments(
    environment: Environment,
    *,
    transport: object,
    http_client: object,
    proxy: str | None,
    limits: _http.Limits | None,
) -> dict[str, Any]:
    """The arguments of our own HTTP client.

    Raises:
        ConfigurationError: Options that exclude each other were given.
    """
    if http_client is not None and not (transport is proxy is limits is None):
        raise ConfigurationError(
            "transport, proxy and limits are for the client's own connections: with http_client, set them there."
        )
    if transport is not None:
        if proxy is not None or limits is not None:
            raise ConfigurationError("With a transport of your own, set proxy and limits there.")
        return {"transport": transport}
    arguments: dict[str, Any] = {"verify": environment.ssl_context()} if http_client is None else {}
    if proxy is not None:
        arguments["proxy"] = proxy
    if limits is not None:
        arguments["limits"] = limits
    return arguments


class BaseClient:
    """A client without its runner."""

    _api: ClassVar[Api]

    def __init__(
        self, target: PortalAuth | Environment, settings: Settings, timing: Timing
    ) -> None:
        environment, auth = _check_target(self._api, target)
        self._environment = environment
        self._auth = auth
        self._rate_limit_key = "" if auth is None else auth.rate_limit_key
        self._settings = settings
        self._timing = timing

    def _use_headers(self, defaults: _http.Headers) -> None:
        """Make the headers of every request, from the HTTP client's: its user may have added some."""
        api = self._api
        headers = _http.Headers({"Host": urlsplit(self._environment.api_url).netloc})
        headers.update(defaults)
        headers["User-Agent"] = (
            f"{api.package}/{api.version} (spec {api.spec_version}; sha256 {api.spec_sha256[:12]}) "
            f"skifteportal-core/{version('skifteportal-core')} python/{_PYTHON}"
        )
        headers["Accept"] = "application/json"
        self._headers = headers

    @property
    def environment(self) -> Environment:
        """The environment it calls."""
        return self._environment

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
        body: object = None,
        upload: Body | None = None,
        disposition: str | None = None,
        query: Mapping[str, object] | None = None,
        options: CallOptions | None = None,
    ) -> Call[R]:
        """Make a call ready.

        Raises:
            InvalidArgument: Something in it can't be sent.
        """
        settings = self._settings
        options = options or _NO_OPTIONS
        timeouts = options.timeouts or settings.timeouts
        request_id = new_request_id()
        headers = self._headers.copy()
        headers[REQUEST_ID_HEADER] = request_id
        if options.headers:
            headers.update(dict(check_headers(options.headers)))
        if upload is None:
            content = b"" if operation.body is None else codec.encode(body, operation.body)
            upload = Body(content)
            if content:
                headers["Content-Type"] = "application/json"
            if content or operation.method in _WITH_BODY:
                headers["Content-Length"] = str(len(content))
        started = self._timing.clock()
        deadline = options.deadline or settings.deadline
        return Call(
            api=self._api,
            operation=operation,
            url=self._environment.api_url + write_path(operation.path, path) + write_query(query),
            headers=headers,
            body=upload,
            timeouts={
                "connect": timeouts.connect,
                "read": timeouts.read,
                "write": timeouts.upload if operation.upload else timeouts.write,
                "pool": timeouts.pool,
            },
            max_retries=settings.max_retries
            if options.max_retries is None
            else options.max_retries,
            request_id=request_id,
            result=result,
            started=started,
            expires=None if deadline is None else started + deadline,
            on_answer=options.on_answer or settings.on_answer,
        )

    def _warn(self, operation: Operation[Any]) -> None:
        """Warn of a deprecated operation, at the line that calls the client's method."""
        if operation.deprecated is not None:
            warnings.warn(operation.deprecated, DeprecationWarning, stacklevel=4)


def read_value(call: Call[Any], response: _http.Response) -> Any:
    """The result of a call with a JSON answer.

    Raises:
        DecodeError: The answer is not what the contract says.
    """
    shape = call.operation.answer
    if shape is None or call.gone:
        return None
    content = call.content
    if not content and call.operation.method == "DELETE":
        return None
    try:
        return codec.decode(content, shape)
    except DecodeError as error:
        raise error.of_call(call.operation, call.answer(response)) from None


def _check_target(api: Api, target: object) -> tuple[Environment, PortalAuth | None]:
    if api.token == "open":
        if not isinstance(target, Environment):
            raise ConfigurationError(
                f"{api.name} is open: its client takes an Environment, such as TEST, and no credential."
            )
        return target, None
    kind, wanted = _KINDS[api.token]
    if not isinstance(target, kind):
        raise ConfigurationError(
            f"The client of {api.name} takes {wanted}, not a {type(target).__name__} (guide, section 4.4)."
        )
    return target.environment, target
