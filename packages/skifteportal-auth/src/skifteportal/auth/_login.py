"""Asking the login for a token, with what each variant says of itself (guide 3.1)."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

import attrs

from skifteportal.auth._clock import Clock
from skifteportal.auth._public_certificate import PublicCertificate
from skifteportal.auth._token import Token
from skifteportal.auth._token_request import TokenEndpoint
from skifteportal.core.environments import Environment
from skifteportal.core.redaction import LOGGER

__all__ = ["Login", "called"]

_WARN_DAYS = 30


@attrs.define(kw_only=True, repr=False, eq=False)
class Login:
    """Gets direct tokens.

    Attributes:
        environment: Where.
        endpoint: The login's endpoint.
        certificates: What it needs: they are checked before each request.
        identify: Makes the form's fields that say who logs in, anew for each attempt.
        clock: The time.
        warned: The day on which the certificates' age was last looked at.
    """

    environment: Environment
    endpoint: TokenEndpoint
    certificates: tuple[PublicCertificate, ...]
    identify: Callable[[], Mapping[str, str]]
    clock: Clock
    warned: date | None = None

    def fetch(self) -> Token:
        """Ask for a token.

        Raises:
            CredentialError: A certificate can't be used, or there is no token, and why.
        """
        now = datetime.fromtimestamp(self.clock.wall(), UTC)
        for certificate in self.certificates:
            certificate.check(self.environment, now=now)
        if self.warned != now.date():
            # A log record, once a day: the warning at the start is long past in a process that runs.
            self.warned = now.date()
            for certificate in self.certificates:
                if (days := certificate.days_left(now=now)) < _WARN_DAYS:
                    LOGGER.warning("%s expires in %d days", called(certificate), days)
        return self.endpoint.fetch(
            lambda: {
                **self.identify(),
                "grant_type": "client_credentials",
                "scope": "openid",  # the guide's table says "Openid", its example "openid"
            }
        )


def called(certificate: PublicCertificate) -> str:
    """What to call a certificate in a text."""
    return f"the certificate in {certificate.source} (CVR {certificate.cvr})"
