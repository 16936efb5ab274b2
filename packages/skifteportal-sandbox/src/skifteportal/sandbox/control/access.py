"""Who may log in and act: certificates, companies, API keys, and those whom a liquidator lets act for its profile."""

import re
from typing import Any, Final

import attrs

from skifteportal.sandbox.errors import Refused
from skifteportal.sandbox.party_store import Profile
from skifteportal.sandbox.portal import Portal
from skifteportal.sandbox.revocations import Known, Revocations
from skifteportal.sandbox.state import Several

__all__ = ["Access"]

_NOT_FOUND: Final = 404
_CLIENTS: Final = ": skifteportal-sandbox client list names those that there are"
_SERIAL: Final = re.compile(r"UI:DK-[OE]:[A-Z]:[0-9a-f-]{36}", re.ASCII)
_CVR: Final = re.compile(r"\d{8}", re.ASCII)


class Access:
    """What the courts, certificate authority and profile owners decide about callers. Thread-safe.

    Args:
        portal: The portal.
        revocations: Revokes certificates; None for a portal without a folder of them.
    """

    def __init__(self, portal: Portal, revocations: Revocations | None = None) -> None:
        self._portal = portal
        self._revocations = revocations

    def certificates(self) -> list[Known]:
        """Return the certificates of the sandbox's folder, by file name."""
        return [] if self._revocations is None else self._revocations.certificates()

    def revoke(self, certificate: str) -> Known:
        """Revoke a certificate: its next handshake ends with the alert certificate_revoked. A reset takes it back.

        Args:
            certificate: Its file (``anmelder.p12``), or the SERIALNUMBER in its subject.

        Raises:
            Refused: There is no such certificate.
        """
        if self._revocations is None:
            raise Refused("a portal in memory speaks no TLS: start a Sandbox to revoke in")
        revoked = self._revocations.revoke(certificate)
        self._portal.memory.settle()
        return revoked

    def company(self, named: str) -> str:
        """Return the CVR number that is named by itself, or by a certificate of the folder.

        Raises:
            Refused: It is neither.
        """
        if _CVR.fullmatch(named):
            return named
        by_number = "name the company by its CVR number, eight digits"
        if self._revocations is None:
            raise Refused(by_number, field="company")
        try:
            return self._revocations.find(named).company
        except Refused as error:
            problem = f"{by_number}, or by a certificate: {error.message}"
            raise Refused(problem, status=_NOT_FOUND, field="company") from None

    def companies(self) -> list[str]:
        """Return the CVR numbers that are registered with the portal."""
        with self._portal.transaction() as world:
            return sorted(world.store.companies)

    def unregister(self, company: str) -> str:
        """Take a company's certificates off the portal's register: its logins are refused, tokens stay good.

        Args:
            company: CVR number, or a certificate's file or SERIALNUMBER.

        Returns:
            The CVR number.

        Raises:
            Refused: It is not registered.
        """
        cvr = self.company(company)
        with self._portal.transaction() as world:
            if cvr not in world.store.companies:
                problem = f"{cvr} is not registered: skifteportal-sandbox register lists who is"
                raise Refused(problem, status=_NOT_FOUND, field="company")
            world.store.companies.discard(cvr)
        return cvr

    def register(self, company: str) -> str:
        """Put a company's certificates on the portal's register.

        Args:
            company: CVR number, or a certificate's file or SERIALNUMBER.

        Returns:
            The CVR number.
        """
        cvr = self.company(company)
        with self._portal.transaction() as world:
            world.store.companies.add(cvr)
        return cvr

    def clients(self) -> list[str]:
        """Return the client ids that may ask for tokens: API keys, and the CVR numbers of login variant B."""
        with self._portal.transaction() as world:
            return sorted({*world.store.clients, *world.store.api_users})

    def revoke_client(self, client: str) -> None:
        """Take back an API key, or an API user's right to log in by assertion: the portal knows it no more.

        Args:
            client: The client id; for login variant B the CVR number.

        Raises:
            Refused: There is no such client.
        """
        with self._portal.transaction() as world:
            store = world.store
            if client in store.clients:
                del store.clients[client]
            elif client in store.api_users:
                store.api_users.discard(client)
            else:
                raise Refused(
                    f"there is no such client{_CLIENTS}", status=_NOT_FOUND, field="client"
                )

    def register_client(self, client: str) -> None:
        """Give a client back what was taken: an API key with its old secret. A CVR number may log in by assertion.

        Args:
            client: The client id; for login variant B the CVR number.

        Raises:
            Refused: It was not revoked, and is no CVR number.
        """
        with self._portal.transaction() as world:
            if world.store.clients.restore(client):
                return
            if _CVR.fullmatch(client):
                world.store.api_users.add(client)
            elif client not in world.store.clients:
                problem = f"no such client was revoked{_CLIENTS}"
                raise Refused(problem, status=_NOT_FOUND, field="client")

    def profiles(self) -> list[dict[str, Any]]:
        """Return the liquidators' profiles with their participants, and the cases that these are tied to."""
        with self._portal.transaction() as world:
            return [_shown(profile) for profile in world.store.profiles.values()]

    def invite(
        self, profile: str, certificate: str, *, cases: list[str] | None = None
    ) -> dict[str, Any]:
        """Let an API user act for a liquidator, as the profile's owner does on minskiftesag.dk (guide 3.2.1).

        Args:
            profile: The profile's id.
            certificate: The SERIALNUMBER in the certificate's subject, or its file.
            cases: Ids of the cases that it is tied to (guide 2.6, step 5); all of the profile's unless given.

        Returns:
            The profile.

        Raises:
            Refused: There is no such profile or case, or what was given is no SERIALNUMBER.
        """
        serial = self._serial(certificate)
        with self._portal.transaction() as world:
            found = self._profile(world.store.profiles.get(profile.lower()))
            for case in cases or ():
                if case.lower() not in world.store.cases:
                    problem = f"there is no case {case!r}: name it by its sagId"
                    raise Refused(problem, status=_NOT_FOUND, field="cases")
            ties = {name: tied for name, tied in found.ties.items() if name != serial}
            if cases is not None:
                ties[serial] = Several(case.lower() for case in cases)
            changed = attrs.evolve(found, participants=found.participants | {serial}, ties=ties)
            world.store.profiles[found.id] = changed
        return _shown(changed)

    def remove(self, profile: str, certificate: str) -> dict[str, Any]:
        """Let an API user act for a liquidator no longer. Tokens that it has got stay good until they run out, but act in no case.

        Args:
            profile: The profile's id.
            certificate: The SERIALNUMBER in the certificate's subject, or its file.

        Returns:
            The profile.

        Raises:
            Refused: There is no such profile, or it has no such participant.
        """
        serial = self._serial(certificate)
        with self._portal.transaction() as world:
            found = self._profile(world.store.profiles.get(profile.lower()))
            if serial not in found.participants:
                problem = "the profile has no such participant"
                raise Refused(problem, status=_NOT_FOUND, field="certificate")
            ties = {name: tied for name, tied in found.ties.items() if name != serial}
            changed = attrs.evolve(found, participants=found.participants - {serial}, ties=ties)
            world.store.profiles[found.id] = changed
        return _shown(changed)

    def _profile(self, found: Profile | None) -> Profile:
        if found is None:
            problem = "there is no such profile: skifteportal-sandbox profile list names them"
            raise Refused(problem, status=_NOT_FOUND, field="profile")
        return found

    def _serial(self, named: str) -> str:
        if _SERIAL.fullmatch(named):
            return named
        if self._revocations is not None and not named.startswith("UI:"):
            return self._revocations.find(named).serial_number
        problem = (
            "name the certificate by the SERIALNUMBER in its subject (UI:DK-O:G:…), "
            "which is not the serial number of X.509"
        )
        raise Refused(problem, field="certificate")


def _shown(profile: Profile) -> dict[str, Any]:
    return {
        "id": profile.id,
        "person": profile.person,
        "company": profile.company,
        "participants": [
            {"certificate": serial, "cases": sorted(profile.ties[serial])}
            if serial in profile.ties
            else {"certificate": serial}
            for serial in sorted(profile.participants)
        ],
    }
