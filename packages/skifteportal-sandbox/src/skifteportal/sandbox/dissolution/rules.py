"""Rules on what is filed in a dissolution case, each with the portal's own code (guide 4.4.4).

They judge the body after the schema, with the case at hand: the specifications leave open whatever a rule has a code for,
so the schema never answers in a rule's place.
"""

from collections.abc import Iterator, Mapping
from typing import Final, cast

from skifteportal.sandbox.call import Call
from skifteportal.sandbox.case_store import Case
from skifteportal.sandbox.dissolution.deadlines import active_deadlines, standing
from skifteportal.sandbox.dissolution.liquidators import check_valid
from skifteportal.sandbox.dissolution.parties import leader
from skifteportal.sandbox.dissolution.requests import awaiting_publication, untreated
from skifteportal.sandbox.named_parties import unnamed

__all__ = [
    "auditor_explained",
    "auditor_not_decided",
    "co_liquidator_not_decided",
    "deadline_runs",
    "extension_explained",
    "leader_is_new",
    "leader_is_person",
    "liquidator_valid",
    "mappable",
    "no_closing_waits",
    "one_petition",
    "one_remark_highlighted",
    "party_mappable",
    "petition_has_document",
    "report_has_content",
    "report_names_its_task",
]

_PERSONS: Final = frozenset({"PERSON", "UDENLANDSK_PERSON"})


def _blank(value: object) -> bool:
    return not (isinstance(value, str) and value.strip())


def _strings(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, member in cast("Mapping[str, object]", value).items():
            yield from _strings(member, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for index, member in enumerate(cast("list[object]", value)):
            yield from _strings(member, f"{path}.{index}")


def mappable(call: Call, case: Case) -> None:  # noqa: ARG001 - one of a table's
    """handling.mapning.fejlet: text that no database takes."""
    for path, text in _strings(call.body, ""):
        if "\0" in text:
            raise call.refuse("handling.mapning.fejlet", path, "Ugyldigt tegn", field=path)


def party_mappable(name: str, call: Call, case: Case) -> None:  # noqa: ARG001 - one of a table's
    """handling.mapning.fejlet: a party that its type's own member does not name, or a person nobody knows.

    Args:
        name: The member that names the party; the specification of the operation has it.
        call: The call.
        case: The case.
    """
    party = call.body.get(name)
    if party is None:
        return
    problem = unnamed(call.world.store, party, field=name)
    if problem is not None:
        raise call.refuse("handling.mapning.fejlet", *problem, field=problem[0])


def _explained(call: Call, code: str, text: str) -> None:
    """Refuse what has neither its text nor a document."""
    if _blank(call.body.get(text)) and not call.body.get("dokumenter"):
        raise call.refuse(code, field=text)


def report_has_content(call: Call, case: Case) -> None:  # noqa: ARG001 - one of a table's
    """handling.redegoerelse.ikke.udfyldt."""
    _explained(call, "handling.redegoerelse.ikke.udfyldt", "opsummering")


def extension_explained(call: Call, case: Case) -> None:  # noqa: ARG001 - one of a table's
    """handling.fristudsaettelse.anmodning.ikke.udfyldt."""
    _explained(call, "handling.fristudsaettelse.anmodning.ikke.udfyldt", "aarsag")


def auditor_explained(call: Call, case: Case) -> None:  # noqa: ARG001 - one of a table's
    """handling.likvidator.anmodning.revisor.ikke.udfyldt."""
    _explained(call, "handling.likvidator.anmodning.revisor.ikke.udfyldt", "aarsag")


def report_names_its_task(call: Call, case: Case) -> None:
    """handling.redegoerelse.aktiv.frist, and mapning.fejlet for a task that asks for no report."""
    identifier = call.body.get("opgaveId")
    if identifier is None:
        if next(active_deadlines(case, "REDEGOERELSE", call.world.clock), None) is not None:
            raise call.refuse("handling.redegoerelse.aktiv.frist", field="opgaveId")
        return
    task = case.records.get(identifier.lower())
    if task is None or task.kind != "opgave" or task.data["type"] != "REDEGOERELSE":
        text = "Opgaven beder ikke om en redegørelse"
        raise call.refuse("handling.mapning.fejlet", "opgaveId", text, field="opgaveId")


def deadline_runs(call: Call, case: Case) -> None:
    """handling.fristudsaettelse.anmodning.frist.ikke.aktiv."""
    found = case.records.get(call.body["fristId"].lower())
    if found is None or found.kind != "frist" or standing(found, call.world.clock) != "AKTIV":
        raise call.refuse("handling.fristudsaettelse.anmodning.frist.ikke.aktiv", field="fristId")


def leader_is_person(call: Call, case: Case) -> None:  # noqa: ARG001 - one of a table's
    """handling.tidlLedelse.ikke.person."""
    if call.body["part"]["type"] not in _PERSONS:
        raise call.refuse("handling.tidlLedelse.ikke.person", field="part")


def leader_is_new(call: Call, case: Case) -> None:
    """handling.tidlLedelse.dublet."""
    if leader(case, call.body["part"]) is not None:
        raise call.refuse("handling.tidlLedelse.dublet", field="part")


def liquidator_valid(call: Call, case: Case) -> None:
    """sag.likvidator.ikke.valid."""
    check_valid(call, case, call.body["likvidatorId"])


def co_liquidator_not_decided(call: Call, case: Case) -> None:
    """handling.medlikvidator.behandling.publicering, where a setting says so."""
    if call.world.settings.decided_bars_requests and awaiting_publication(
        case, "medlikvidatoranmodning"
    ):
        raise call.refuse("handling.medlikvidator.behandling.publicering")


def auditor_not_decided(call: Call, case: Case) -> None:
    """handling.revisor.behandling.publicering, where a setting says so."""
    if call.world.settings.decided_bars_requests and awaiting_publication(case, "revisoranmodning"):
        raise call.refuse("handling.revisor.behandling.publicering")


def petition_has_document(call: Call, case: Case) -> None:  # noqa: ARG001 - one of a table's
    """handling.konkursbegaering.ikke.udfyldt: a remark is not enough."""
    if not call.body.get("dokumenter"):
        raise call.refuse("handling.konkursbegaering.ikke.udfyldt", field="dokumenter")


def one_petition(call: Call, case: Case) -> None:
    """handling.konkursbegaering.ubehandlet.eksisterer."""
    if untreated(case, "konkursbegaering") is not None:
        raise call.refuse("handling.konkursbegaering.ubehandlet.eksisterer")


def no_closing_waits(call: Call, case: Case) -> None:
    """handling.afslutning.eksisterer."""
    if any("publiceret" not in closing.data for closing in case.of_kind("afslutning")):
        raise call.refuse("handling.afslutning.eksisterer")


def one_remark_highlighted(call: Call, case: Case) -> None:
    """sag.bemaerkning.fremhaevning.ikke.flere.tilladt."""
    own = call.parameters.path.get("bemaerkningId", "").lower()
    others = (remark for remark in case.of_kind("bemaerkning") if remark.id != own)
    if call.body["fremhaevet"] and any(
        remark.data["fremhaevet"] and not remark.deleted for remark in others
    ):
        raise call.refuse("sag.bemaerkning.fremhaevning.ikke.flere.tilladt", field="fremhaevet")
