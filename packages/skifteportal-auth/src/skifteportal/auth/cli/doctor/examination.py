"""What the steps of an examination know, and find out for each other."""

import attrs

from skifteportal.auth.certificate import Certificate
from skifteportal.auth.cli._login import LoginOptions, LoginSettings
from skifteportal.auth.cli._system import System
from skifteportal.auth.credential import Credential
from skifteportal.auth.errors import WrongKindOfCertificate

__all__ = ["Examination"]


@attrs.define(kw_only=True, repr=False)
class Examination:
    """One run of the doctor. A step reads what the steps that it needs have found out.

    Attributes:
        options: How to log in, as it was given.
        system: The machine.
        profile: The adgangsprofil to exchange for; None to leave that out.
        api_check: The path that is called with the token.
        found_settings: How to log in, once it is known.
        opened: The opened certificates: what is shown to the login, and then the signer.
        wrong_kind: Why one of them is not for the portal.
        ahead: Seconds by which this machine's clock is ahead of the portal's; None if not known.
        found_credential: The credential, once it could be made.
        request_id: What the portal called the API call.
    """

    options: LoginOptions
    system: System
    profile: str | None
    api_check: str
    found_settings: LoginSettings | None = None
    opened: list[Certificate] = attrs.field(factory=list[Certificate])
    wrong_kind: WrongKindOfCertificate | None = None
    ahead: float | None = None
    found_credential: Credential | None = None
    request_id: str | None = None

    @property
    def settings(self) -> LoginSettings:
        """How to log in."""
        assert self.found_settings is not None, "the step settings comes first"  # noqa: S101
        return self.found_settings

    @property
    def certificate(self) -> Certificate:
        """What is shown to the login."""
        return self.opened[0]

    @property
    def credential(self) -> Credential:
        """The credential."""
        assert self.found_credential is not None, "the step token comes first"  # noqa: S101
        return self.found_credential

    @property
    def facts(self) -> dict[str, str]:
        """What is known, for the texts."""
        facts: dict[str, str] = {}
        if self.found_settings:
            facts["environment"] = self.found_settings.environment.name
            facts["file"] = ", ".join(str(file.path) for file in self.found_settings.files)
        if self.opened:
            facts["cvr"] = self.opened[0].cvr
            facts["serial"] = self.opened[-1].subject_serial_number
        return facts
