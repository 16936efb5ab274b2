"""Putting a token on each request, and renewing it when the portal has stopped taking it."""

from collections.abc import AsyncGenerator, Generator
from typing import Never

from typing_extensions import override

from skifteportal.auth._token import Token
from skifteportal.auth._token_source import TokenSource
from skifteportal.core import _http
from skifteportal.core.credentials import (
    DelegatedAuth,
    DirectAuth,
    PortalAuth,
    can_be_sent_again,
)
from skifteportal.core.environments import Environment
from skifteportal.core.errors import ConfigurationError

__all__ = ["DelegatedTokenAuth", "DirectTokenAuth"]

_UNAUTHORIZED = 401
_HEADER = "Authorization"


class _TokenAuth(PortalAuth):
    """The flow that both kinds of token share.

    The token goes to the environment's api_url only: same scheme, host and port. After a 401 it is
    renewed and the request sent once more, if its body can be. Never after a 403: a new token has
    the same rights.

    Args:
        environment: Where the token is good.
        tokens: Gives it.
        rate_limit_key: What the portal counts calls by.
        owner: What is to live for as long as this does: the credential.
    """

    def __init__(
        self,
        environment: Environment,
        *,
        tokens: TokenSource,
        rate_limit_key: str,
        owner: object = None,
    ) -> None:
        self.environment = environment
        self.rate_limit_key = rate_limit_key
        self._tokens = tokens
        self._owner = owner
        self._origin = _origin(_http.URL(environment.api_url))

    @override
    def sync_auth_flow(
        self, request: _http.Request
    ) -> Generator[_http.Request, _http.Response, None]:
        if _origin(request.url) != self._origin:
            self._refuse()
        token = self._tokens.cached() or self._tokens.get(within=_patience(request))
        request.headers[_HEADER] = token.header
        response = yield request
        if response.status_code != _UNAUTHORIZED or not self._may_repeat(token, request):
            return
        token = self._tokens.get(within=_patience(request))
        request.headers[_HEADER] = token.header
        response = yield request
        self._note(response)

    @override
    async def async_auth_flow(
        self, request: _http.Request
    ) -> AsyncGenerator[_http.Request, _http.Response]:
        if _origin(request.url) != self._origin:
            self._refuse()
        token = self._tokens.cached() or await self._tokens.get_async(within=_patience(request))
        request.headers[_HEADER] = token.header
        response = yield request
        if response.status_code != _UNAUTHORIZED or not self._may_repeat(token, request):
            return
        token = await self._tokens.get_async(within=_patience(request))
        request.headers[_HEADER] = token.header
        response = yield request
        self._note(response)

    def _may_repeat(self, token: Token, request: _http.Request) -> bool:
        again = self._tokens.reject(token)  # in any case: the next call is to get a new one
        # An iterator that someone else made can't go back, and can't say so.
        known = isinstance(request.stream, _http.ByteStream) or hasattr(
            request.stream, "repeatable"
        )
        return again and known and can_be_sent_again(request)

    def _note(self, response: _http.Response) -> None:
        if response.status_code == _UNAUTHORIZED:
            self._tokens.renewal_was_useless()

    def _refuse(self) -> Never:
        raise ConfigurationError(
            f"The request goes elsewhere than to {self.environment.api_url}, and the token of the "
            f"environment {self.environment.name!r} is sent there only. Use the client's own "
            "methods, or a credential of the other environment."
        )

    @override
    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.environment.name}>"

    @override
    def __reduce__(self) -> Never:
        raise TypeError("A credential can't be pickled or copied: make one in each process.")


class DirectTokenAuth(_TokenAuth, DirectAuth):
    """A token of the certificate's own company (guide 3.1)."""


class DelegatedTokenAuth(_TokenAuth, DelegatedAuth):
    """A token that was exchanged for a profile's (guide 3.2)."""


def _origin(url: _http.URL) -> tuple[bytes, bytes, int | None]:
    return url.raw_scheme, url.raw_host, url.port


def _patience(request: _http.Request) -> float | None:
    """Seconds that a call waits for a token: its longest timeout, which its deadline bounds."""
    timeouts: dict[str, float | None] = request.extensions.get("timeout", {})
    seconds = [value for value in timeouts.values() if value is not None]
    return max(seconds) if seconds and len(seconds) == len(timeouts) else None
