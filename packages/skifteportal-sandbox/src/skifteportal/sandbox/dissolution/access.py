"""Who sees and does what in a dissolution case (guide 2.6, 4.4): by the caller's roles in it.

Reading without a role gives empty lists, and what is single is not there; writing without one is refused.
"""

from typing import Final

from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.call import Asked, Call
from skifteportal.sandbox.case_store import Case, Record
from skifteportal.sandbox.dissolution.appointment import in_office, left
from skifteportal.sandbox.shapes import party_key
from skifteportal.sandbox.tokens import Caller

__all__ = [
    "anybody",
    "anybody_while_open",
    "appointed",
    "appointed_though_closed",
    "caller_keys",
    "case_of",
    "check_open",
    "involved",
    "liquidators_record",
    "own_record",
    "published_record",
    "roles_in",
    "shared_record",
]

_ROLES: Final = {
    "krav": "KREDITOR",
    "tilgodehavende": "DEBITOR",
    "tidligereLedelse": "TIDLIGERE_LEDELSE",
}


def case_of(call: Call) -> Case:
    """Return the case that the path names.

    Raises:
        Fault: 404, there is no such case.
    """
    case = call.world.store.cases.get(call.parameters.path["sagId"].lower())
    if case is None:
        raise Fault(404, "Sagen findes ikke", field="sagId")
    return case


def caller_keys(caller: Caller) -> tuple[str, ...]:
    """Return what a caller's parts in cases are found by (`Records.roles`)."""
    return (
        f"profile {caller.profile}",
        f"holder {caller.holder}",
        party_key(caller.party),
    )


def roles_in(call: Call, case: Case) -> frozenset[str]:
    """Return what the caller is in a case today; nothing for those without a part in it.

    Args:
        call: The call.
        case: The case.
    """
    found: set[str] = set()
    if not call.caller.acts_in(case.id):
        return frozenset()
    for record in case.records.roles(caller_keys(call.caller)):
        if record.kind == "likvidator":
            active = in_office(record, call.world.clock)
            found.add("LIKVIDATOR" if active else "TIDLIGERE_LIKVIDATOR")
        else:
            found.add(_ROLES[record.kind])
    return frozenset(found)


def own_record(call: Call, case: Case, record: Record) -> bool:  # noqa: ARG001 - one of a table's
    """Whether the caller made it."""
    return record.holder == call.caller.holder


def shared_record(call: Call, case: Case, record: Record) -> bool:
    """Whether the caller made it, or the court shares it with one of the caller's roles."""
    return own_record(call, case, record) or bool(record.shared & roles_in(call, case))


def published_record(call: Call, case: Case, record: Record) -> bool:
    """Whether the court has published it, and shares it with one of the caller's roles."""
    return "publiceret" in record.data and shared_record(call, case, record)


def liquidators_record(call: Call, case: Case, record: Record) -> bool:
    """Whether the caller sees it as the case's liquidator; a former one sees what came before it left, and its own work."""
    own = case.records.get(call.caller.profile)
    if own is None or own.kind != "likvidator":
        return False
    return (
        in_office(own, call.world.clock)
        or own_record(call, case, record)
        or record.created < left(own)
    )


def _refused(call: Call) -> Fault:
    text = "Du har ikke den rolle i sagen, som kaldet kræver"
    return Fault(call.world.settings.relation_status, text, field="sagId")


def involved(call: Call, case: Case) -> None:
    """Refuse who has no role in the case, and everybody when it is over."""
    if not roles_in(call, case):
        raise _refused(call)
    check_open(call, case)


def appointed(call: Call, case: Case) -> None:
    """Refuse who is not the case's liquidator now, and everybody when it is over."""
    appointed_though_closed(call, case)
    check_open(call, case)


def appointed_though_closed(call: Call, case: Case) -> None:
    """Refuse who is not the case's liquidator now."""
    if "LIKVIDATOR" not in roles_in(call, case):
        raise _refused(call)


def check_open(call: Asked, case: Case) -> None:
    """Refuse every act in a case that is over (sag.allerede.afsluttet)."""
    if case.closed:
        raise call.refuse("sag.allerede.afsluttet")


def anybody(call: Call, case: Case) -> None:
    """Take messages from everybody; when the case is over, only where a setting says so."""
    if not call.world.settings.messages_in_closed_case:
        check_open(call, case)


def anybody_while_open(what: str, call: Call, case: Case) -> None:
    """Take registrations from everybody until the case is over.

    Args:
        what: What the refusal calls them.
        call: The call.
        case: The case.
    """
    if case.closed:
        raise call.refuse("sag.registrering.sag.afsluttet", what)
