"""Credentials with one token that never ends, for clients over a transport in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from canaries import canary

from skifteportal.core import TEST, DelegatedAuth, DirectAuth, PortalAuth

if TYPE_CHECKING:
    from collections.abc import Generator

    from skifteportal.core import _http

__all__ = ["DELEGATED", "DIRECT", "TOKEN"]

TOKEN = canary("eyJhbGciOiJub25lIn0.alle-klienter", "the access token of all clients")


class _FixedToken(PortalAuth):
    environment = TEST
    rate_limit_key = "alle"

    def auth_flow(self, request: _http.Request) -> Generator[_http.Request, _http.Response]:
        request.headers["Authorization"] = f"Bearer {TOKEN}"
        yield request


class _Direct(_FixedToken, DirectAuth):
    pass


class _Delegated(_FixedToken, DelegatedAuth):
    pass


DIRECT, DELEGATED = _Direct(), _Delegated()
