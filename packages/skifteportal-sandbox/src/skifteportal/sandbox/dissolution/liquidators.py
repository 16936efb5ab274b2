"""Which liquidators may be appointed in a case: those that are published and have no conflict of interest (habil)."""

from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.call import Asked
from skifteportal.sandbox.case_store import Case
from skifteportal.sandbox.clock import Clock
from skifteportal.sandbox.dissolution.appointment import in_office
from skifteportal.sandbox.dissolution.parties import leader
from skifteportal.sandbox.store import Profile

__all__ = ["check_not_appointed", "check_valid", "impartial", "own_firm"]


def check_valid(call: Asked, case: Case, identifier: str) -> Profile:
    """Return the profile of a liquidator who may be appointed.

    Args:
        call: The call or act that names the liquidator.
        case: The case.
        identifier: The liquidator's id, which is the profile's (guide 3.2.1).

    Raises:
        Fault: sag.likvidator.ikke.valid: there is none, or a conflict of interest.
    """
    profile = call.world.store.profiles.get(identifier.lower())
    if profile is None or not impartial(case, profile):
        raise call.refuse("sag.likvidator.ikke.valid", field="likvidatorId")
    return profile


def check_not_appointed(call: Asked, case: Case, profile: Profile) -> None:
    """Refuse to appoint who is appointed already.

    Args:
        call: The act that names the liquidator.
        case: The case.
        profile: The liquidator's.

    Raises:
        Fault: It is appointed; without a code, for the portal has none.
    """
    known = case.records.get(profile.id)
    if known is not None and in_office(known, call.world.clock):
        text = "Likvidatoren er allerede udpeget på sagen"
        raise Fault(call.world.settings.conflict_status, text, field="likvidatorId")


def impartial(case: Case, profile: Profile) -> bool:
    """Whether a liquidator has no stake in a case: neither in its former management, nor by a claim of the own firm.

    Args:
        case: The case.
        profile: The liquidator's.
    """
    firm = {"type": "VIRKSOMHED", "virksomhed": {"cvrNummer": profile.company}}
    owner = {"type": "PERSON", "person": {"personId": profile.person}}
    claims = (claim for claim in case.of_kind("krav") if not claim.deleted)
    return leader(case, owner) is None and all(
        firm not in (claim.party, claim.data["kreditor"]) for claim in claims
    )


def own_firm(case: Case, company: str, clock: Clock) -> bool:
    """Whether a company is the firm of a liquidator of the case's, appointed now.

    Args:
        case: The case.
        company: CVR number.
        clock: The portal's time.
    """
    return any(
        one.data["cvrNummer"] == company and in_office(one, clock)
        for one in case.of_kind("likvidator")
    )
