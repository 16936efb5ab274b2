"""What the login's variants share: one direct token, and a delegated one for each profile."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Never

from cryptography.hazmat.primitives.hashes import SHA256
from typing_extensions import override

from skifteportal.auth._auth import DelegatedTokenAuth, DirectTokenAuth
from skifteportal.auth._clock import Clock
from skifteportal.auth._exchange import PATIENCE, Exchange, exchange_refused
from skifteportal.auth._login import Login, called
from skifteportal.auth._public_certificate import PublicCertificate
from skifteportal.auth._recent import Recent
from skifteportal.auth._shared_tokens import LONGEST_WAIT, SharedTokens
from skifteportal.auth._token import Token
from skifteportal.auth._token_answer import client_refused
from skifteportal.auth._token_request import TokenEndpoint
from skifteportal.auth._token_source import LOGIN_PATIENCE, TokenSource
from skifteportal.auth.certificate import Certificate
from skifteportal.auth.token_store import TokenStore
from skifteportal.core import _http
from skifteportal.core.credentials import DelegatedAuth, DirectAuth
from skifteportal.core.environments import Environment
from skifteportal.core.errors import InvalidArgument
from skifteportal.core.proxies import check_proxy

__all__ = ["Credential"]

_PROFILES_KEPT = 1000


class Credential:
    """A way to log in: ClientSecretCredential (variant A) or SignedAssertionCredential (variant B).

    It is the type of both, and isn't made itself. Make one of them and share it between clients,
    threads and event loops: it keeps one direct token and one for each profile, renews them before
    their end and asks once, however many wait. It opens no connection until a token is needed, and
    needs no closing. It can't be pickled.

    Args:
        environment: Where it logs in.
        certificate: What it shows to the login.
        others: Other certificates that it needs: they are checked as the first one is.
        identify: Makes the form's fields that say who logs in, anew for each attempt.
        rate_limit_key: What the portal counts calls by.
        hint: What to check if the login refuses the client.
        participant: How to call the SERIALNUMBER that a profile's owner must have invited.
        proxy: A proxy's URL for login and exchange; None for the environment variables'.
        transport: Carries their requests instead of the network; left open.
        clock: The time.
        token_store: Where its tokens are shared with other processes; None: nowhere.
        identity: What tells its tokens from those of others with the same certificates there.
        proof: What it shows as proof besides its certificates, hashed: refusals are shared by it.

    Raises:
        ConfigurationError: The proxy can't be one.
        CertificateError: A certificate can't be used there.
    """

    def __init__(
        self,
        environment: Environment,
        *,
        certificate: Certificate,
        others: Sequence[PublicCertificate] = (),
        identify: Callable[[], Mapping[str, str]],
        rate_limit_key: str,
        hint: str,
        participant: str,
        proxy: str | None,
        transport: _http.BaseTransport | None,
        clock: Clock,
        token_store: TokenStore | None,
        identity: tuple[str, ...],
        proof: str,
    ) -> None:
        check_proxy(proxy)
        self._environment = environment
        self._certificate = certificate
        self._rate_limit_key = rate_limit_key
        self._clock = clock
        self._token_store = token_store
        self._proof = proof
        self._label = f"{environment.name} cvr={certificate.cvr}"
        needed = (certificate, *others)
        prints = (each.chain[0].fingerprint(SHA256()).hex() for each in needed)
        self._identity = (*identity, *prints)
        now = datetime.fromtimestamp(clock.wall(), UTC)
        for each in needed:
            each.check(environment, now=now)
            each.warn_if_expiring(now=now, stacklevel=4)
        login = TokenEndpoint(
            url=environment.token_endpoint,
            setting="auth_url",
            ssl_context=partial(certificate.ssl_context, ca_file=environment.ca_file),
            certificate=called(certificate),
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
        self._tokens = self._source(
            Login(
                environment=environment,
                endpoint=login,
                certificates=needed,
                identify=identify,
                clock=clock,
            ).fetch,
            login.url,
            patience=LOGIN_PATIENCE,
        )
        # An auth holds its credential; the credential holds tokens, and auths only while others do.
        # So no circle keeps a credential that nobody needs in memory until the next collection.
        self._profiles = Recent[str, TokenSource](_PROFILES_KEPT)
        self._direct_auth = Recent[str, DirectTokenAuth](0)
        self._delegated_auths = Recent[str, DelegatedTokenAuth](0)

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
        name = "direct"
        return self._direct_auth.find(name) or self._direct_auth.keep(
            name,
            DirectTokenAuth(
                self._environment,
                tokens=self._tokens,
                rate_limit_key=self._rate_limit_key,
                owner=self,
            ),
        )

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
        tokens = self._profiles.find(name) or self._profiles.keep(name, self._traded(name))
        return self._delegated_auths.find(name) or self._delegated_auths.keep(
            name,
            DelegatedTokenAuth(
                self._environment,
                tokens=tokens,
                rate_limit_key=self._rate_limit_key,
                owner=self,
            ),
        )

    def _traded(self, profile_id: str) -> TokenSource:
        exchange = Exchange(endpoint=self._exchange, actor=self._tokens, profile_id=profile_id)
        return self._source(exchange.fetch, self._exchange.url, profile_id, patience=PATIENCE)

    def _source(
        self, fetch: Callable[[], Token], endpoint: str, *also: str, patience: float
    ) -> TokenSource:
        """A source of tokens that come from an endpoint, or from the store if there is one."""
        if self._token_store is not None:
            fetch = SharedTokens(
                request=fetch,
                store=self._token_store,
                endpoint=endpoint,
                proof=self._proof,
                identity=(endpoint, self._environment.token_endpoint, *self._identity, *also),
                clock=self._clock,
            ).fetch
            patience += LONGEST_WAIT
        return TokenSource(fetch, endpoint=endpoint, clock=self._clock, patience=patience)

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
