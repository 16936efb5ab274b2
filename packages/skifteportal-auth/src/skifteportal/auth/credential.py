"""What the login's variants share: one direct token, and a delegated one for each profile."""

import ssl
import uuid
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Never

from typing_extensions import override

from skifteportal.auth._auth import DelegatedTokenAuth, DirectTokenAuth
from skifteportal.auth._clock import Clock
from skifteportal.auth._exchange import PATIENCE, Exchange, exchange_refused
from skifteportal.auth._public_certificate import PublicCertificate
from skifteportal.auth._recent import Recent
from skifteportal.auth._token import Token
from skifteportal.auth._token_answer import client_refused
from skifteportal.auth._token_request import TokenEndpoint
from skifteportal.auth._token_source import TokenSource
from skifteportal.auth.certificate import Certificate
from skifteportal.core import _http
from skifteportal.core.credentials import DelegatedAuth, DirectAuth
from skifteportal.core.environments import Environment
from skifteportal.core.errors import InvalidArgument
from skifteportal.core.redaction import LOGGER

__all__ = ["Credential"]

_WARN_DAYS = 30
_PROFILES_KEPT = 1000


class Credential(ABC):
    """A way to log in: ClientSecretCredential (variant A) or SignedAssertionCredential (variant B).

    Make one and share it between clients, threads and event loops: it keeps one direct token and
    one for each profile, renews them before their end and asks once, however many wait. It opens no
    connection until a token is needed, and needs no closing. It can't be pickled.

    Args:
        environment: Where it logs in.
        certificate: What it shows to the login.
        others: Other certificates that it needs: they are checked as the first one is.
        rate_limit_key: What the portal counts calls by.
        hint: What to check if the login refuses the client.
        participant: How to call the SERIALNUMBER that a profile's owner must have invited.
        proxy: A proxy's URL for login and exchange; None for the environment variables'.
        transport: Carries their requests instead of the network; left open.
        clock: The time.
    """

    def __init__(
        self,
        environment: Environment,
        *,
        certificate: Certificate,
        others: Sequence[PublicCertificate] = (),
        rate_limit_key: str,
        hint: str,
        participant: str,
        proxy: str | None,
        transport: _http.BaseTransport | None,
        clock: Clock,
    ) -> None:
        self._environment = environment
        self._certificate = certificate
        self._needed = (certificate, *others)
        self._clock = clock
        self._warned: date | None = None
        self._label = f"{environment.name} cvr={certificate.cvr}"
        for needed in self._needed:
            needed.check(environment, now=self._now())
            needed.warn_if_expiring(now=self._now(), stacklevel=4)
        self._login = TokenEndpoint(
            url=environment.token_endpoint,
            setting="auth_url",
            ssl_context=self._ssl_context,
            certificate=_called(certificate),
            refused=client_refused(hint),
            clock=clock,
            proxy=proxy,
            transport=transport,
        )
        self._exchange = TokenEndpoint(
            url=environment.exchange_endpoint,
            setting="exchange_url",
            ssl_context=environment.ssl_context,
            certificate=None,  # the exchange is not shown one (guide 3.2.3)
            refused=exchange_refused(participant),
            clock=clock,
            proxy=proxy,
            transport=transport,
        )
        self._tokens = TokenSource(self._fetch, endpoint=self._login.url, clock=clock)
        self._direct = DirectTokenAuth(
            environment, tokens=self._tokens, rate_limit_key=rate_limit_key
        )
        self._profiles = Recent[str, DelegatedTokenAuth](_PROFILES_KEPT)

    @property
    def environment(self) -> Environment:
        """Where it logs in."""
        return self._environment

    @property
    def certificate(self) -> Certificate:
        """The certificate that it shows."""
        return self._certificate

    def direct(self) -> DirectAuth:
        """What a client takes: the company's own token (guide 3.1). The same object each time."""
        return self._direct

    def for_profile(self, profile_id: str | uuid.UUID) -> DelegatedAuth:
        """What a client for liquidators takes: a token exchanged for a profile's (guide 3.2).

        The profile's owner must first have invited the certificate's subject SERIALNUMBER. Nothing
        is sent before a token is needed. The direct token under it is the credential's one. The
        same object each time for the same profile; of the profiles that nobody holds, the 1,000
        used last are kept.

        Args:
            profile_id: The id of the liquidator's adgangsprofil, a UUID, from the profile's owner.

        Raises:
            InvalidArgument: It can't be such an id.
        """
        name = _profile(profile_id)
        return self._profiles.find(name) or self._profiles.keep(name, self._delegated(name))

    def _delegated(self, profile_id: str) -> DelegatedTokenAuth:
        exchange = Exchange(endpoint=self._exchange, actor=self._tokens, profile_id=profile_id)
        tokens = TokenSource(
            exchange.fetch, endpoint=self._exchange.url, clock=self._clock, patience=PATIENCE
        )
        return DelegatedTokenAuth(
            self._environment, tokens=tokens, rate_limit_key=self._direct.rate_limit_key
        )

    @abstractmethod
    def _identify(self) -> Mapping[str, str]:
        """The form's fields that say who logs in, made anew for each attempt."""

    def _fetch(self) -> Token:
        now = self._now()
        for needed in self._needed:
            needed.check(self._environment, now=now)
        if self._warned != now.date():
            # A log record, once a day: the warning at the start is long past in a process that runs.
            self._warned = now.date()
            for needed in self._needed:
                if (days := needed.days_left(now=now)) < _WARN_DAYS:
                    LOGGER.warning("%s expires in %d days", _called(needed), days)
        return self._login.fetch(
            lambda: {
                **self._identify(),
                "grant_type": "client_credentials",
                "scope": "openid",  # the guide's table says "Openid", its example "openid"
            }
        )

    def _ssl_context(self) -> ssl.SSLContext:
        return self._certificate.ssl_context(ca_file=self._environment.ca_file)

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock.wall(), UTC)

    @override
    def __repr__(self) -> str:
        # Not the client id: swapped with the secret, it would be the secret. A traceback out of the
        # constructor shows the object half made.
        return f"<{type(self).__name__} {vars(self).get('_label', 'unfinished')}>"

    @override
    def __reduce__(self) -> Never:
        raise TypeError(
            f"A {type(self).__name__} can't be pickled or copied: it holds secrets. Make one in "
            "each process."
        )


def _called(certificate: PublicCertificate) -> str:
    return f"the certificate in {certificate.source} (CVR {certificate.cvr})"


def _profile(profile_id: object) -> str:
    text = str(profile_id) if isinstance(profile_id, uuid.UUID) else profile_id
    if isinstance(text, str) and text and text.isascii() and text.isprintable():
        if text.startswith("UI:"):
            raise InvalidArgument(
                "profile_id is a certificate's SERIALNUMBER. Give the id of the adgangsprofil, a "
                "UUID, which the profile's owner tells you (guide 3.2.1).",
                argument="profile_id",
            )
        if " " not in text:
            return text
    raise InvalidArgument(
        "profile_id must be the id of an adgangsprofil: a UUID, as str or uuid.UUID, without space "
        "around it (guide 3.2.1).",
        argument="profile_id",
    )
