"""What a client is made of: its options, its credential or environment, its connections and headers."""

from __future__ import annotations

import platform
from functools import cache
from typing import TYPE_CHECKING, Any

import attrs

from skifteportal.core import _http
from skifteportal.core.credentials import DelegatedAuth, DirectAuth, PortalAuth
from skifteportal.core.environments import Environment
from skifteportal.core.errors import ConfigurationError
from skifteportal.core.options import Timeouts, check_retries, check_seconds, check_timeouts

if TYPE_CHECKING:
    from collections.abc import Callable

    from skifteportal.core.answers import Answer
    from skifteportal.core.files import FileInput
    from skifteportal.core.limits import RateLimiter
    from skifteportal.core.operation import Api
    from skifteportal.core.receipts import Receipt
    from skifteportal.core.tracing import Tracing

__all__ = ["Settings", "check_target", "common_headers", "http_arguments"]

_KINDS: dict[str, tuple[type[PortalAuth], str]] = {
    "direct": (DirectAuth, "a DirectAuth, such as credential.direct()"),
    "delegated": (DelegatedAuth, "a DelegatedAuth, such as credential.for_profile(…)"),
    "either": (PortalAuth, "a DirectAuth or DelegatedAuth"),
}


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Settings:
    """A client's options; see Client."""

    timeouts: Timeouts = attrs.field(validator=check_timeouts)
    deadline: float | None = attrs.field(validator=attrs.validators.optional(check_seconds))
    max_retries: int = attrs.field(validator=check_retries)
    limiter: RateLimiter | None
    on_answer: Callable[[Answer], None] | None
    on_receipt: Callable[[Receipt], None] | None
    check_upload: Callable[[FileInput], FileInput] | None
    tracing: Tracing | None


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
        ConfigurationError: Options that exclude each other were given, or a proxy that can't be one.
    """
    if http_client is not None and not (transport is None and proxy is None and limits is None):
        raise ConfigurationError(
            "transport, proxy and limits are for the client's own connections: with http_client, set them there."
        )
    if transport is not None:
        if proxy is not None or limits is not None:
            raise ConfigurationError("With a transport of your own, set proxy and limits there.")
        return {"transport": transport}
    arguments: dict[str, Any] = {"verify": environment.ssl_context()} if http_client is None else {}
    if proxy is not None:
        from skifteportal.core.proxies import check_proxy  # noqa: PLC0415 - few have one

        check_proxy(proxy)
        arguments["proxy"] = proxy
    if limits is not None:
        arguments["limits"] = limits
    return arguments


def check_target(api: Api, target: object) -> tuple[Environment, PortalAuth | None]:
    """The environment and credential of a client's first argument.

    Raises:
        ConfigurationError: It is of the wrong kind for this API.
    """
    if api.token == "open":  # noqa: S105 - the name of a kind
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


def common_headers(api: Api, environment: Environment, defaults: _http.Headers) -> _http.Headers:
    """The headers of every request.

    Args:
        api: The API.
        environment: Where it is called.
        defaults: Those of the HTTP client: its user may have added some.
    """
    headers = _http.Headers({"Host": _http.URL(environment.api_url).netloc.decode()})
    headers.update(defaults)
    headers["User-Agent"] = (
        f"{api.package}/{api.version} (spec {api.spec_version}; sha256 {api.spec_sha256[:12]}) "
        f"skifteportal-core/{_core_version()} "
        f"python/{'.'.join(platform.python_version_tuple()[:2])}"
    )
    headers["Accept"] = "application/json"
    return headers


@cache
def _core_version() -> str:
    from importlib.metadata import version  # noqa: PLC0415 - slow: not for an import alone

    return version("skifteportal-core")
