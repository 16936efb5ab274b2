"""Appeals of the court's decisions (kæremål): who may appeal, what, and how (guide 4.4.1, 4.4.4)."""

from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.call import Call
from skifteportal.sandbox.case_store import Case
from skifteportal.sandbox.dissolution.access import roles_in, shared_record
from skifteportal.sandbox.dissolution.deadlines import over
from skifteportal.sandbox.dissolution.parties import takes_part

__all__ = ["appeal_complete", "appellant", "decision_chosen"]


def appellant(call: Call, case: Case) -> None:
    """Refuse an appeal by or for somebody without a part in the case: naming one as `part` gives the caller none.

    Raises:
        Fault: handling.part.ikke.en.del.af.sagen, handling.kaeremaal.ikke.relateret.til.sag, or, where a setting says so,
            sag.allerede.afsluttet.
    """
    if case.closed and not call.world.settings.appeals_in_closed_case:
        raise call.refuse("sag.allerede.afsluttet")
    if not (_is_the_company(call, case) or roles_in(call, case)):
        raise call.refuse("handling.kaeremaal.ikke.relateret.til.sag")
    party = call.body.get("part")
    if party is not None and not takes_part(call.world, case, party):
        raise call.refuse("handling.part.ikke.en.del.af.sagen", field="part")


def _is_the_company(call: Call, case: Case) -> bool:
    """Whether the caller is the company to be dissolved: it has no role that the case list knows, and may appeal."""
    return call.caller.holder == case.company


def decision_chosen(call: Call, case: Case) -> None:
    """handling.kaeremaal.afgoerelse.ikke.valgt; mapning.fejlet for a decision that the caller does not know."""
    identifier = call.body.get("afgoerelseId")
    if identifier is None:
        raise call.refuse("handling.kaeremaal.afgoerelse.ikke.valgt", field="afgoerelseId")
    found = case.records.get(identifier.lower())
    unknown = found is None or found.kind != "afgoerelse" or "publiceret" not in found.data
    if (
        found is None
        or unknown
        or not (_is_the_company(call, case) or shared_record(call, case, found))
    ):
        text = "Afgørelsen findes ikke på sagen"
        raise call.refuse("handling.mapning.fejlet", "afgoerelseId", text, field="afgoerelseId")
    limit = found.data.get("kaerefrist")
    settings = call.world.settings
    if not settings.late_appeals and limit is not None and over(limit, call.world.clock):
        raise Fault(settings.business_status, "Kærefristen er overskredet", field="afgoerelseId")


def appeal_complete(call: Call, case: Case) -> None:  # noqa: ARG001 - one of a table's
    """handling.kaeremaal.ikke.udfyldt: a claim and its grounds, or a document."""
    written = all(call.body.get(name, "").strip() for name in ("paastand", "begrundelse"))
    if not written and not call.body.get("dokumenter"):
        raise call.refuse("handling.kaeremaal.ikke.udfyldt", field="paastand")
