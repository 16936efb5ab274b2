"""Variant A as every peer is asked for it: a secret on a connection with a company's certificate."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

import attrs
from logins import Logins, Through, at

if TYPE_CHECKING:
    from cases import Cases

    from skifteportal.core.credentials import PortalAuth

__all__ = ["Told", "variant_a"]


class Peer(Protocol):
    """The running peer, seen by a user of our library."""

    logins: Logins

    def whose(self, auth: PortalAuth) -> str:
        """Get a token, and ask the peer whose it is."""
        ...

    def counted(self, auth: PortalAuth) -> str:
        """Call from many threads; tell what the peer had to do."""
        ...


@attrs.frozen(kw_only=True)
class Told:
    """What a peer tells: each has its own words and alerts.

    Attributes:
        token: Whose the token is.
        no_certificate: None was shown.
        unknown: One of an unknown authority was.
        expired: An expired one was.
        wrong_secret: The client has another secret.
        nobody: There is no such client.
        threads: Many threads called at once.
    """

    token: str
    no_certificate: str
    unknown: str
    expired: str
    wrong_secret: str
    nobody: str
    threads: str


def variant_a(peer: Peer, cases: Cases, told: Told) -> None:
    """Log in, and be refused for everything that can be wrong with certificate, secret and client."""
    logins, parties = peer.logins, peer.logins.certificates
    secret, case = logins.secret, cases.check
    bare = Through(logins.environment.ssl_context())
    then = (parties.expired.not_after - datetime.now(UTC)).total_seconds() - 3600
    case("A: token", told.token, lambda: peer.whose(secret().direct()))
    case(
        "A: no certificate",
        told.no_certificate,
        lambda: peer.whose(secret(transport=bare).direct()),
    )
    case(
        "A: certificate of an unknown authority",
        told.unknown,
        lambda: peer.whose(secret(certificate=parties.foreign).direct()),
    )
    case(
        "A: expired certificate, and our clock behind",
        told.expired,
        lambda: peer.whose(secret(certificate=parties.expired, clock=at(offset=then)).direct()),
    )
    case("A: wrong secret", told.wrong_secret, lambda: peer.whose(secret(secret="wrong").direct()))
    case("A: unknown client", told.nobody, lambda: peer.whose(secret(client="nobody").direct()))
    case("A: 200 threads", told.threads, lambda: peer.counted(secret().direct()))
