"""A portal in the caller's own process, with credentials for clients: no sockets, no login, the same application and rules."""

from collections.abc import Generator

from typing_extensions import override

from skifteportal.core._http import Request, Response
from skifteportal.core.credentials import DelegatedAuth, DirectAuth, PortalAuth
from skifteportal.core.environments import TEST, Environment
from skifteportal.sandbox.callers import FILER, caller_for
from skifteportal.sandbox.clock import Clock
from skifteportal.sandbox.control import Control
from skifteportal.sandbox.portal import Portal
from skifteportal.sandbox.settings import Settings
from skifteportal.sandbox.tokens import Caller
from skifteportal.sandbox.transport import SandboxTransport

__all__ = ["InProcessPortal"]


class _Auth(PortalAuth):
    """Puts a token that the portal made a moment ago on each request."""

    def __init__(self, portal: Portal, caller: Caller, environment: Environment) -> None:
        self._portal = portal
        self._caller = caller
        self.environment = environment
        self.rate_limit_key = caller.company

    @override
    def auth_flow(self, request: Request) -> Generator[Request, Response]:
        request.headers["Authorization"] = f"Bearer {self._portal.access_token(self._caller)}"
        yield request


class _Direct(_Auth, DirectAuth):
    pass


class _Delegated(_Auth, DelegatedAuth):
    pass


class InProcessPortal:
    """A portal without sockets and TLS: ``DoedsbojournalClient(portal.direct(), transport=portal.transport)``.

    Args:
        settings: What to assume where the guide is silent.
        clock: The portal's time; the machine's unless given.
        environment: Whose addresses clients call; the portal's test environment unless given.

    Attributes:
        portal: The portal.
        control: What the user can do to it: reset, clock, faults, court and more.
        transport: What clients send their requests through, sync and async.
        environment: For clients that take no credential: ``RetskredsClient(portal.environment, transport=portal.transport)``.
    """

    def __init__(
        self,
        *,
        settings: Settings | None = None,
        clock: Clock | None = None,
        environment: Environment = TEST,
    ) -> None:
        self.portal = Portal(
            clients=[], issuer=environment.auth_url, settings=settings, clock=clock
        )
        self.control = Control(self.portal)
        self.environment = environment
        self.transport = SandboxTransport(self.portal, environment=environment)

    def direct(self, company: str = FILER) -> DirectAuth:
        """Return the credential of a company.

        Args:
            company: CVR number; that of `anmelder.p12` unless given.
        """
        return _Direct(self.portal, caller_for(self.portal, company=company), self.environment)

    def for_profile(self, profile: str, *, company: str = FILER) -> DelegatedAuth:
        """Return the credential of a company that acts for a liquidator.

        Args:
            profile: Id of the liquidator's profile (adgangsprofil).
            company: CVR number of the company that acts.

        Raises:
            UnknownProfile: There is no such profile.
        """
        caller = caller_for(self.portal, company=company, profile=profile)
        return _Delegated(self.portal, caller, self.environment)

    def reset(self) -> None:
        """Put all back to how it was started."""
        self.control.reset()
