"""Login variant A: a client id with its secret, over mutual TLS (guide 3.1.1)."""

import os
import ssl
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Never, Self

from typing_extensions import override

from skifteportal.auth._auth import DirectTokenAuth
from skifteportal.auth._clock import Clock
from skifteportal.auth._token import Token
from skifteportal.auth._token_request import TokenEndpoint
from skifteportal.auth._token_source import TokenSource
from skifteportal.auth.certificate import Certificate
from skifteportal.core import _http
from skifteportal.core.credentials import DirectAuth
from skifteportal.core.env_file import read_env_file
from skifteportal.core.environments import Environment
from skifteportal.core.errors import ConfigurationError
from skifteportal.core.redaction import LOGGER

__all__ = ["ClientSecretCredential"]

_KEYS = ("AUTH_CLIENT_ID", "AUTH_CLIENT_SECRET", "AUTH_CERT", "AUTH_CERT_PASSWORD")
_MAY_BE_EMPTY = "AUTH_CERT_PASSWORD"
_WARN_DAYS = 30


class ClientSecretCredential:
    """Logs in with the court's client id and secret, and the reporter's certificate.

    Make one and share it between clients, threads and event loops: it keeps one token, renews it
    before its end and asks once, however many wait. It opens no connection until a token is needed,
    and needs no closing. It can't be pickled.

    Args:
        environment: TEST, PRODUCTION, or the sandbox's. The id and secret belong to one of them.
        client_id: The Client ID that Domstolsstyrelsen issued to the API's user.
        client_secret: The Client Secret that goes with it.
        certificate: The OCES3 organisation certificate of the company that reports (the anmelder):
            the token represents that company.
        proxy: A proxy's URL for the login; by default the environment variables' (HTTPS_PROXY).
            It must pass TLS through (CONNECT).
        transport: Carries the login's requests instead of the network, as in tests; left open.
        clock: The time, for tests.

    Raises:
        ConfigurationError: An argument is empty, has space around it, or is of the wrong type.
        CertificateError: The certificate has expired, is not yet valid, or is of the other
            environment.
    """

    def __init__(
        self,
        environment: Environment,
        *,
        client_id: str,
        client_secret: str,
        certificate: Certificate,
        proxy: str | None = None,
        transport: _http.BaseTransport | None = None,
        clock: Clock | None = None,
    ) -> None:
        clock = clock or Clock()
        self._environment = environment
        self._client_id = _text("client_id", client_id)
        self._client_secret = _text("client_secret", client_secret)
        self._certificate = certificate
        self._clock = clock
        self._warned: date | None = None
        self._label = f"{environment.name} cvr={certificate.cvr}"
        certificate.check(environment, now=self._now())
        certificate.warn_if_expiring(now=self._now(), stacklevel=3)
        self._endpoint = TokenEndpoint(
            url=environment.token_endpoint,
            ssl_context=self._ssl_context,
            certificate=f"the certificate in {certificate.source} (CVR {certificate.cvr})",
            hint=(
                "Check that the client id and its secret belong together, are not swapped, and were "
                f"issued for the environment {environment.name!r}, and that the company of the "
                f"certificate (CVR {certificate.cvr}) is registered as a reporter for that client."
            ),
            clock=clock,
            proxy=proxy,
            transport=transport,
        )
        self._direct = DirectTokenAuth(
            environment,
            tokens=TokenSource(self._fetch, endpoint=self._endpoint.url, clock=clock),
            rate_limit_key=client_id,
        )

    @classmethod
    def from_env_file(
        cls,
        path: str | os.PathLike[str],
        *,
        name: str | None = None,
        proxy: str | None = None,
        transport: _http.BaseTransport | None = None,
    ) -> Self:
        """Make one from a ``.env`` file, such as the sandbox writes.

        Args:
            path: A file with AUTH_CLIENT_ID, AUTH_CLIENT_SECRET, AUTH_CERT (the .p12 file's path,
                relative to the folder of this file), AUTH_CERT_PASSWORD, and the keys of
                ``Environment.from_env_file``.
            name: The environment's name.
            proxy: As for the constructor.
            transport: As for the constructor.

        Raises:
            ConfigurationError: The file or one of its keys is missing.
            CertificateError: The certificate can't be used.
        """
        file = Path(path)
        settings = read_env_file(file)
        lacking = [
            key
            for key in _KEYS
            if key not in settings or not (settings[key] or key == _MAY_BE_EMPTY)
        ]
        if lacking:
            raise ConfigurationError(f"The env file {file} lacks {', '.join(lacking)}.")
        return cls(
            Environment.from_env_file(file, name=name),
            client_id=settings["AUTH_CLIENT_ID"],
            client_secret=settings["AUTH_CLIENT_SECRET"],
            certificate=Certificate.from_p12(
                file.parent / settings["AUTH_CERT"], password=settings["AUTH_CERT_PASSWORD"]
            ),
            proxy=proxy,
            transport=transport,
        )

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

    def _fetch(self) -> Token:
        return self._endpoint.fetch(
            lambda: {
                "client_id": self._client_id,
                "client_secret": self._client_secret,
                "grant_type": "client_credentials",
                "scope": "openid",  # the guide's table says "Openid", its example "openid"
            }
        )

    def _ssl_context(self) -> ssl.SSLContext:
        now = self._now()
        self._certificate.check(self._environment, now=now)
        days = self._certificate.days_left(now=now)
        if days < _WARN_DAYS and self._warned != now.date():
            # A log record, once a day: the warning at the start is long past in a process that runs.
            self._warned = now.date()
            LOGGER.warning("%s expires in %d days", self._endpoint.certificate, days)
        return self._certificate.ssl_context(ca_file=self._environment.ca_file)

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock.wall(), UTC)

    @override
    def __repr__(self) -> str:
        # Not the client id: swapped with the secret, it would be the secret. A traceback out of the
        # constructor shows the object half made.
        return f"<ClientSecretCredential {vars(self).get('_label', 'unfinished')}>"

    @override
    def __reduce__(self) -> Never:
        raise TypeError(
            "A ClientSecretCredential can't be pickled or copied: it holds secrets. Make one in "
            "each process."
        )


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise ConfigurationError(f"{name} must be str, not {type(value).__name__}.")
    if not value or value != value.strip():
        raise ConfigurationError(
            f"{name} is empty, or has spaces or a line break around it: give the bare text."
        )
    return value
