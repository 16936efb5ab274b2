"""The two kinds of credential a client takes. ``skifteportal.auth`` makes them; core only says what they are.

A client for liquidators takes a DelegatedAuth, one for creditors a DirectAuth (guide 4.4), so that a type checker
finds a mix-up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from skifteportal.core import _http

if TYPE_CHECKING:
    from skifteportal.core.environments import Environment

__all__ = ["DelegatedAuth", "DirectAuth", "PortalAuth", "can_be_sent_again"]


class PortalAuth(_http.Auth):
    """Puts a token on each request. The base of the two kinds.

    Attributes:
        environment: Where the token is good.
        rate_limit_key: What the portal counts calls by: the client id, or the CVR number of the API's user. Not a
            secret.
    """

    environment: Environment
    rate_limit_key: str


class DirectAuth(PortalAuth):
    """A token of the certificate's own company (guide 3.1)."""


class DelegatedAuth(PortalAuth):
    """A token exchanged for a liquidator's profile (guide 3.2)."""


def can_be_sent_again(request: _http.Request) -> bool:
    """Whether the request's body can be read once more, for an auth flow that wants to repeat it after a 401.

    False only for an upload from a stream that can't go back and whose reading has begun.
    """
    return bool(getattr(request.stream, "repeatable", True))
