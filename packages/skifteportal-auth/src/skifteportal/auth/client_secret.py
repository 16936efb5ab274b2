"""Login variant A: a client id with its secret, over mutual TLS (guide 3.1.1)."""

import hmac
import os
from typing import Self

from skifteportal.auth._clock import Clock
from skifteportal.auth._env import EnvFile
from skifteportal.auth._kinds import check_kinds
from skifteportal.auth._text import bare_text
from skifteportal.auth.certificate import Certificate
from skifteportal.auth.credential import Credential
from skifteportal.auth.token_store import TokenStore
from skifteportal.core import _http
from skifteportal.core.environments import Environment

__all__ = ["ClientSecretCredential"]


class ClientSecretCredential(Credential):
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
        proxy: A proxy's URL for login and exchange; by default the environment variables'
            (HTTPS_PROXY). It must pass TLS through (CONNECT).
        transport: Carries their requests instead of the network, as in tests; left open. The child of
            a fork refuses it.
        token_store: Where its tokens are shared with other processes, such as a RedisTokenStore;
            nothing is stored without one.
        clock: The time, for tests.

    Raises:
        ConfigurationError: An argument is empty, has space around it, or is of the wrong type, or the
            proxy can't be one.
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
        token_store: TokenStore | None = None,
        clock: Clock | None = None,
    ) -> None:
        check_kinds(environment, certificate)
        form = {
            "client_id": bare_text("client_id", client_id),
            "client_secret": bare_text("client_secret", client_secret),
        }
        super().__init__(
            environment,
            certificate=certificate,
            identify=lambda: form,
            rate_limit_key=client_id,
            hint=(
                "Check that the client id and its secret belong together, are not swapped, and were "
                f"issued for the environment {environment.name!r}, and that the company of the "
                f"certificate (CVR {certificate.cvr}) is registered as a reporter for that client."
            ),
            participant=certificate.subject_serial_number,
            proxy=proxy,
            transport=transport,
            clock=clock or Clock(),
            token_store=token_store,
            identity=("client id", client_id),
            proof=hmac.digest(client_secret.encode(), client_id.encode(), "sha256").hex(),
        )

    @classmethod
    def from_env_file(
        cls,
        path: str | os.PathLike[str],
        *,
        name: str | None = None,
        proxy: str | None = None,
        transport: _http.BaseTransport | None = None,
        token_store: TokenStore | None = None,
    ) -> Self:
        """Make one from a ``.env`` file, such as the sandbox writes.

        Args:
            path: A file with AUTH_CLIENT_ID, AUTH_CLIENT_SECRET, AUTH_CERT (the .p12 file's path,
                relative to the folder of this file), AUTH_CERT_PASSWORD, and the keys of
                ``Environment.from_env_file``.
            name: The environment's name.
            proxy: As for the constructor.
            transport: As for the constructor.
            token_store: As for the constructor.

        Raises:
            ConfigurationError: The file or one of its keys is missing.
            CertificateError: The certificate can't be used.
        """
        keys = ("AUTH_CLIENT_ID", "AUTH_CLIENT_SECRET", "AUTH_CERT", "AUTH_CERT_PASSWORD")
        file = EnvFile.read(path, name=name, keys=keys)
        return cls(
            file.environment,
            client_id=file.settings["AUTH_CLIENT_ID"],
            client_secret=file.settings["AUTH_CLIENT_SECRET"],
            certificate=file.certificate("AUTH_CERT", "AUTH_CERT_PASSWORD"),
            proxy=proxy,
            transport=transport,
            token_store=token_store,
        )
