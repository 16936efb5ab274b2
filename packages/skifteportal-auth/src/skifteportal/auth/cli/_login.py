"""How to log in, from the options of a command and an env file."""

import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

import attrs
import click

from skifteportal.auth._clock import Clock
from skifteportal.auth.certificate import Certificate
from skifteportal.auth.cli._secrets import Secret, ask, given, source_options
from skifteportal.auth.client_secret import ClientSecretCredential
from skifteportal.auth.credential import Credential
from skifteportal.auth.signed_assertion import SignedAssertionCredential
from skifteportal.core.env_file import read_env_file
from skifteportal.core.environments import PRODUCTION, TEST, Environment
from skifteportal.core.errors import ConfigurationError

__all__ = ["CertificateFile", "LoginOptions", "LoginSettings", "login_options"]

_FILE = click.Path(path_type=Path)
_OPTIONS = (
    click.option(
        "--env-file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="File with AUTH_URL, AUTH_CLIENT_ID …, as the sandbox's .env. Options win over it.",
    ),
    click.option(
        "--environment",
        type=click.Choice(["test", "production"]),
        help="The portal's environment, if there is no env file.",
    ),
    click.option("--ca-file", type=_FILE, help="PEM file with the roots to trust for the portal."),
    click.option("--client-id", help="Variant A: the Client ID from Domstolsstyrelsen."),
    *source_options("secret", "variant A's Client Secret"),
    click.option("--cert", type=_FILE, help="The .p12 file that is shown to the login."),
    *source_options("password", "the .p12 file's password"),
    click.option("--signer", type=_FILE, help="Variant B: the reporter's .p12 file, which signs."),
    *source_options("signer-password", "the signing .p12 file's password"),
    click.option(
        "--variant",
        type=click.Choice(["a", "b"]),
        help="a: client id and secret (default); b: signed assertion (default with --signer).",
    ),
)


@attrs.frozen(kw_only=True, repr=False)
class CertificateFile:
    """A .p12 file.

    Attributes:
        path: Where it is.
        password: Gives its password.
    """

    path: Path
    password: Secret

    def open(self) -> Certificate:
        """Open it.

        Raises:
            CertificateError: It can't be used.
        """
        return Certificate.from_p12(self.path, password=self.password)


@attrs.frozen(kw_only=True, repr=False)
class LoginSettings:
    """How to log in.

    Attributes:
        environment: Where.
        certificate: What is shown to the login.
        signer: Variant B: what signs; None for variant A.
        client_id: Variant A: the client's id.
        client_secret: Variant A: gives the client's secret.
    """

    environment: Environment
    certificate: CertificateFile
    signer: CertificateFile | None
    client_id: str
    client_secret: Secret

    @property
    def files(self) -> tuple[CertificateFile, ...]:
        """The certificate's file, and the signer's if there is one."""
        return (self.certificate, *([self.signer] if self.signer else []))

    def credential(
        self, certificate: Certificate, signer: Certificate | None, *, clock: Clock
    ) -> Credential:
        """Make the credential, with the opened files.

        Raises:
            CertificateError: A certificate can't be used there.
            ConfigurationError: Client id or secret is empty.
        """
        if signer is not None:
            return SignedAssertionCredential(
                self.environment, certificate=certificate, signer=signer, clock=clock
            )
        return ClientSecretCredential(
            self.environment,
            client_id=self.client_id,
            client_secret=self.client_secret(),
            certificate=certificate,
            clock=clock,
        )


@attrs.frozen(kw_only=True, repr=False)
class LoginOptions:
    """The options as they were given; see ``login_options`` for each."""

    env_file: Path | None
    environment: Literal["test", "production"] | None
    ca_file: Path | None
    client_id: str | None
    secret_file: Path | None
    secret_env: str | None
    cert: Path | None
    password_file: Path | None
    password_env: str | None
    signer: Path | None
    signer_password_file: Path | None
    signer_password_env: str | None
    variant: Literal["a", "b"] | None

    def check(self) -> None:
        """Refuse options that don't go together, before anything is done.

        Raises:
            click.UsageError: They don't.
        """
        if self.env_file and self.environment:
            raise click.UsageError("Give --env-file or --environment, not both.")
        if not self.env_file:
            lacking = [
                name
                for name, value in {
                    "--environment": self.environment,
                    "--cert": self.cert,
                    "--signer": self.signer or self.variant != "b",
                    "--client-id": self.client_id or self.signer or self.variant == "b",
                }.items()
                if not value
            ]
            if lacking:
                raise click.UsageError(f"Give --env-file, or {' and '.join(lacking)}.")
        self._secrets()

    def settings(self) -> LoginSettings:
        """Put options and env file together.

        Raises:
            ConfigurationError: The env file lacks something, or can't be read.
            click.UsageError: A password's file or variable can't be used.
        """
        file = read_env_file(self.env_file) if self.env_file else {}
        passwords = self._secrets()

        def certificate(option: Path | None, key: str, password_key: str, name: str) -> Any:
            path = option or (self._beside(file[key]) if file.get(key) else None)
            if path is None:
                raise ConfigurationError(f"The env file {self.env_file} lacks {key}.")
            stored = None if option else file.get(password_key)
            kept = None if stored is None else functools.partial(str, stored)
            asked = ask(f"Password of {path.name}")
            return CertificateFile(path=path, password=passwords[name] or kept or asked)

        client_id = self.client_id or file.get("AUTH_CLIENT_ID")
        signer = self.signer or file.get("AUTH_SIGNER_CERT")
        by_default = "b" if self.signer or (signer and not client_id) else "a"
        signs = (self.variant or by_default) == "b"
        if not signs and not client_id:
            raise ConfigurationError(f"The env file {self.env_file} lacks AUTH_CLIENT_ID.")
        secret = None if self.client_id else file.get("AUTH_CLIENT_SECRET")
        kept_secret = None if secret is None else functools.partial(str, secret)
        return LoginSettings(
            environment=self._environment(),
            certificate=certificate(self.cert, "AUTH_CERT", "AUTH_CERT_PASSWORD", "password"),
            signer=certificate(
                self.signer, "AUTH_SIGNER_CERT", "AUTH_SIGNER_PASSWORD", "signer-password"
            )
            if signs
            else None,
            client_id=client_id or "",
            client_secret=passwords["secret"] or kept_secret or ask("Client Secret"),
        )

    def _environment(self) -> Environment:
        if self.env_file is None:
            environment = PRODUCTION if self.environment == "production" else TEST
        else:
            environment = Environment.from_env_file(self.env_file)
            for known in (TEST, PRODUCTION):
                if known.auth_url == environment.auth_url:
                    environment = attrs.evolve(
                        environment, name=known.name, certificates=known.certificates
                    )
        return attrs.evolve(environment, ca_file=self.ca_file) if self.ca_file else environment

    def _beside(self, name: str) -> Path:
        return (self.env_file or Path()).parent / name

    def _secrets(self) -> Mapping[str, Secret | None]:
        return {
            "secret": given("secret", self.secret_file, self.secret_env),
            "password": given("password", self.password_file, self.password_env),
            "signer-password": given(
                "signer-password", self.signer_password_file, self.signer_password_env
            ),
        }


def login_options(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say how to log in, as one argument ``login``."""

    @functools.wraps(function)
    def gathered(**values: Any) -> None:
        names = [field.name for field in attrs.fields(LoginOptions)]
        login = LoginOptions(**{name: values.pop(name) for name in names})
        login.check()
        function(login=login, **values)

    command: Callable[..., None] = gathered
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
