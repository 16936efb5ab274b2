"""The steps of an examination, as data: what is checked, in which order, and what must have gone well before."""

from collections.abc import Callable

import attrs

from skifteportal.auth.cli.doctor import certificate_checks as certificates
from skifteportal.auth.cli.doctor import login_checks as login
from skifteportal.auth.cli.doctor import network_checks as network
from skifteportal.auth.cli.doctor.examination import Examination
from skifteportal.auth.cli.doctor.finding import Finding

__all__ = ["STEPS", "Step"]


@attrs.frozen
class Step:
    """A step.

    Attributes:
        id: Its name in the table of texts.
        check: Returns what it found, or None if all is well; or raises one of our errors.
        needs: The steps without which it can't be made.
    """

    id: str
    check: Callable[[Examination], Finding | None]
    needs: tuple[str, ...] = ()


STEPS = (
    Step("settings", certificates.check_settings),
    Step("file", certificates.check_file, ("settings",)),
    Step("password", certificates.check_password, ("file",)),
    Step("kind", certificates.check_kind, ("password",)),
    Step("validity", certificates.check_validity, ("kind",)),
    Step("chain", certificates.check_chain, ("kind",)),
    Step("environment", certificates.check_environment, ("kind",)),
    Step("dns", network.check_dns, ("settings",)),
    Step("tls", network.check_tls, ("dns",)),
    Step("clock", network.check_clock, ("tls",)),
    Step("open_call", login.check_open_call, ("tls",)),
    Step("handshake", network.check_handshake, ("tls", "validity", "environment")),
    Step("token", login.check_token, ("handshake",)),
    Step("exchange", login.check_exchange, ("token",)),
    Step("api_call", login.check_api_call, ("token", "exchange")),
)
