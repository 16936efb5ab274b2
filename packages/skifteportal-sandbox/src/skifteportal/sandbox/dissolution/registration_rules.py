"""Rules on claims and receivables in a dissolution case, each with the portal's own code (guide 4.4.4)."""

from datetime import date

from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.call import Call
from skifteportal.sandbox.case_store import Case
from skifteportal.sandbox.clock import today
from skifteportal.sandbox.dissolution.liquidators import own_firm
from skifteportal.sandbox.named_parties import unnamed

__all__ = [
    "filer_is_not_liquidator",
    "paid_not_in_future",
    "parties_named",
    "stated_not_in_future",
    "third_party_named",
    "zero_claim_allowed",
    "zero_claim_explained",
]


def filer_is_not_liquidator(call: Call, case: Case) -> None:
    """sag.registrering.bruger.maa.ikke.vaere.likvidator: a direct token of the firm of the case's liquidator."""
    if own_firm(case, call.caller.company, call.world.clock):
        raise call.refuse("sag.registrering.bruger.maa.ikke.vaere.likvidator")


def third_party_named(call: Call, case: Case) -> None:  # noqa: ARG001 - one of a table's
    """sag.registrering.tredjepart.anden.tom."""
    party = call.body.get("tredjepart", {})
    if party.get("type") == "ANDEN" and not party.get("anden", "").strip():
        raise call.refuse("sag.registrering.tredjepart.anden.tom", field="tredjepart.anden")


def parties_named(member: str, call: Call, case: Case) -> None:  # noqa: ARG001 - one of a table's
    """Refuse a party that does not say who it is, where a setting says so; the portal has no code for it here.

    Args:
        member: The member that names the creditor or debtor; the third party is judged, too.
        call: The call.
        case: The case.
    """
    world = call.world
    for name in (member, "tredjepart"):
        if world.settings.parties_named and name in call.body:
            problem = unnamed(world.store, call.body[name], field=name)
            if problem is not None:
                field, text = problem
                raise Fault(world.settings.schema_status, f"{field}: {text}", field=field)


def _not_in_future(call: Call, name: str, code: str) -> None:
    day = call.body.get(name)
    if day is not None and date.fromisoformat(day) > today(call.world.clock):
        raise call.refuse(code, field=name)


def stated_not_in_future(call: Call, case: Case) -> None:  # noqa: ARG001 - one of a table's
    """sag.registrering.krav.opgjortdato.fremtidig."""
    _not_in_future(call, "opgjortdato", "sag.registrering.krav.opgjortdato.fremtidig")


def paid_not_in_future(call: Call, case: Case) -> None:  # noqa: ARG001 - one of a table's
    """sag.registrering.tilgodehavende.udbetaltdato.fremtidig."""
    code = "sag.registrering.tilgodehavende.udbetaltdato.fremtidig"
    _not_in_future(call, "udbetaltdato", code)


def zero_claim_allowed(call: Call, case: Case) -> None:  # noqa: ARG001 - one of a table's
    """sag.registrering.nulkrav.er.ikke.gaeldsstyrelsen."""
    if (
        call.body["beloeb"] == 0
        and call.caller.company not in call.world.settings.zero_claim_companies
    ):
        raise call.refuse("sag.registrering.nulkrav.er.ikke.gaeldsstyrelsen", field="beloeb")


def zero_claim_explained(call: Call, case: Case) -> None:  # noqa: ARG001 - one of a table's
    """sag.registrering.nulkrav.ingen.bilag.eller.bemaerkning."""
    explained = call.body.get("bemaerkning", "").strip() or call.body.get("bilag")
    if call.body["beloeb"] == 0 and not explained:
        raise call.refuse(
            "sag.registrering.nulkrav.ingen.bilag.eller.bemaerkning", field="bemaerkning"
        )
