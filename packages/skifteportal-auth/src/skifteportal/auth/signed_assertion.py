"""Login variant B: an assertion signed by the reporter's certificate, over mutual TLS (guide 3.1.2)."""

import os
from typing import Self

from skifteportal.auth._assertion import AssertionMaker, header
from skifteportal.auth._clock import Clock
from skifteportal.auth._env import EnvFile
from skifteportal.auth._kinds import check_kinds
from skifteportal.auth._text import bare_text
from skifteportal.auth.certificate import Certificate
from skifteportal.auth.credential import Credential
from skifteportal.auth.external_signer import ExternalSigner
from skifteportal.auth.ready_assertions import ReadyAssertions
from skifteportal.auth.token_store import TokenStore
from skifteportal.core import _http
from skifteportal.core.environments import Environment
from skifteportal.core.errors import ConfigurationError

__all__ = ["SignedAssertionCredential"]

_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class SignedAssertionCredential(Credential):
    """Logs in with the API user's certificate, and an assertion that the reporter signs.

    There is no client id and no secret. Two companies may take part: the one whose system calls
    the portal (the API-anvender) shows its certificate to the login, and the one that reports (the
    anmelder) signs; the token represents the latter. Where they are one, give its certificate
    twice.

    Make one and share it between clients, threads and event loops: it keeps one token, renews it
    before its end and asks once, however many wait. It opens no connection until a token is needed,
    and needs no closing. It can't be pickled.

    Args:
        environment: TEST, PRODUCTION, or the sandbox's.
        certificate: The API user's OCES3 organisation certificate. Its CVR number is registered
            with the court as client, and is what each assertion is for.
        signer: Who signs: the reporter's certificate; an ExternalSigner, whose key is elsewhere,
            such as in an HSM; or ReadyAssertions from the reporter's own system.
        issuer: What to call the signer in the assertion; the portal does not check it. By default
            the signer's CVR number.
        audience: Whom the assertion is for; by default the environment's login, as in the guide.
        include_root: Whether the root certificate is sent along with each assertion, as in the
            guide.
        include_thumbprint: Whether ``x5t#S256`` is too; one of the guide's examples has it.
        proxy: A proxy's URL for login and exchange; by default the environment variables'
            (HTTPS_PROXY). It must pass TLS through (CONNECT).
        transport: Carries their requests instead of the network, as in tests; left open. The child of
            a fork refuses it.
        token_store: Where its tokens are shared with other processes, such as a RedisTokenStore;
            nothing is stored without one.
        clock: The time, for tests.

    Raises:
        ConfigurationError: An argument is empty, has space around it, or is of the wrong type, the
            proxy can't be one, or an argument says how to make assertions, or to share tokens, although ready ones are taken.
        CertificateError: A certificate has expired, is not yet valid, or is of the other
            environment; or the signer's key is not RSA.
    """

    def __init__(
        self,
        environment: Environment,
        *,
        certificate: Certificate,
        signer: Certificate | ExternalSigner | ReadyAssertions,
        issuer: str | None = None,
        audience: str | None = None,
        include_root: bool = True,
        include_thumbprint: bool = False,
        proxy: str | None = None,
        transport: _http.BaseTransport | None = None,
        token_store: TokenStore | None = None,
        clock: Clock | None = None,
    ) -> None:
        check_kinds(environment, certificate)
        clock = clock or Clock()
        subject = certificate.cvr
        audience = bare_text("audience", audience or environment.assertion_audience)
        if isinstance(signer, ReadyAssertions):
            if issuer is not None or include_thumbprint or not include_root:
                raise ConfigurationError(
                    "issuer, include_root and include_thumbprint are for assertions made here. With "
                    "ReadyAssertions, their supplier decides that."
                )
            if token_store is not None:  # or one reporter could be given another one's token
                raise ConfigurationError(
                    "Tokens from ReadyAssertions can't be shared by a token_store: whose they are is "
                    "not known before an assertion is there."
                )
            ready = signer

            def assertion() -> str:
                return ready.take(subject=subject, audience=audience, now=clock.wall())

            who = "the supplier's assertions are signed by a reporter's valid OCES3 certificate"
            participant = "that of the certificate which signs the supplier's assertions"
        else:
            _check(signer)
            issuer = signer.cvr if issuer is None else bare_text("issuer", issuer)
            maker = AssertionMaker(
                signer=signer,
                header=header(
                    signer.chain, include_root=include_root, include_thumbprint=include_thumbprint
                ),
                issuer=issuer,
                subject=subject,
                audience=audience,
                clock=clock,
            )
            assertion = maker.make
            who = (
                f"the certificate in {signer.source} (CVR {signer.cvr}), which signs, is valid and "
                f"has all certificates above it ({len(signer.chain) - 1} found)"
            )
            participant = signer.subject_serial_number
        super().__init__(
            environment,
            certificate=certificate,
            others=() if isinstance(signer, ReadyAssertions) else (signer,),
            identify=lambda: {
                "client_assertion_type": _TYPE,
                "client_assertion": assertion(),
            },
            rate_limit_key=certificate.cvr,
            hint=(
                f"Check that CVR {certificate.cvr}, of the certificate in {certificate.source}, is "
                f"registered as a client in the environment {environment.name!r}, that {who}, and "
                "that this machine's clock is right: an assertion is good for a minute."
            ),
            participant=participant,
            proxy=proxy,
            transport=transport,
            clock=clock,
            token_store=token_store,
            identity=("assertion", issuer or "", audience),
            proof=f"root {include_root}, thumbprint {include_thumbprint}",
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
            path: A file with AUTH_CERT and AUTH_SIGNER_CERT (the .p12 files' paths, relative to
                the folder of this file), AUTH_CERT_PASSWORD, AUTH_SIGNER_PASSWORD, and the keys of
                ``Environment.from_env_file``.
            name: The environment's name.
            proxy: As for the constructor.
            transport: As for the constructor.
            token_store: As for the constructor.

        Raises:
            ConfigurationError: The file or one of its keys is missing.
            CertificateError: A certificate can't be used.
        """
        keys = ("AUTH_CERT", "AUTH_CERT_PASSWORD", "AUTH_SIGNER_CERT", "AUTH_SIGNER_PASSWORD")
        file = EnvFile.read(path, name=name, keys=keys)
        return cls(
            file.environment,
            certificate=file.certificate("AUTH_CERT", "AUTH_CERT_PASSWORD"),
            signer=file.certificate("AUTH_SIGNER_CERT", "AUTH_SIGNER_PASSWORD"),
            proxy=proxy,
            transport=transport,
            token_store=token_store,
        )


def _check(signer: Certificate | ExternalSigner) -> None:
    if not isinstance(signer, Certificate | ExternalSigner):  # pyright: ignore[reportUnnecessaryIsInstance] - callers may not type-check
        raise ConfigurationError(
            f"signer must be a Certificate, an ExternalSigner or ReadyAssertions, not "
            f"{type(signer).__name__}. A function that signs goes into ExternalSigner.from_pem, one "
            "that returns whole assertions into ReadyAssertions."
        )
    signer.rsa_public_key()
