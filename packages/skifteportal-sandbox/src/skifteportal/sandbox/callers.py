"""Callers of a portal in the same process, which need no login: a company, or whoever acts for a liquidator."""

from skifteportal.sandbox.defaults import FILER
from skifteportal.sandbox.errors import SandboxError
from skifteportal.sandbox.portal import Portal
from skifteportal.sandbox.tokens import Caller

__all__ = ["FILER", "UnknownProfile", "caller_for"]


class UnknownProfile(SandboxError):  # noqa: N818 - the text says what is wrong
    """The portal has no profile (adgangsprofil) with this id."""

    def __init__(self, profile: str) -> None:
        super().__init__(
            f"The sandbox has no profile {profile!r}. Those of the seed stand in the sandbox's README; "
            "the court makes one when it first appoints a liquidator."
        )


def caller_for(portal: Portal, *, company: str = FILER, profile: str = "") -> Caller:
    """Return who calls, for `Portal.access_token`.

    Args:
        portal: The portal that knows the profile.
        company: CVR number of the certificate's company.
        profile: Id of the liquidator's profile that is acted for; empty for a direct token.

    Raises:
        UnknownProfile: There is no such profile.
    """
    if not profile:
        return Caller(company=company, kind="direct")
    with portal.transaction() as world:
        found = world.store.profiles.get(profile)
    if found is None:
        raise UnknownProfile(profile)
    return Caller(company=company, kind="delegated", profile=profile, person=found.person)
