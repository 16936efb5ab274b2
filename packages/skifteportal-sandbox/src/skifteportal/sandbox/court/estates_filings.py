"""The court decides on inquiries, tells of the contact person, and enters what came on paper."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.clock import today
from skifteportal.sandbox.court.act import Act, CourtCall
from skifteportal.sandbox.court.estates_access import changed, estate_of
from skifteportal.sandbox.court.estates_schemas import AMOUNT, CVR, DAY, PARTY, TEXT, body
from skifteportal.sandbox.doedsbo.disclosure import APPROVED, INQUIRY, reckon_approval
from skifteportal.sandbox.doedsbo.estates import shown as shown_estate
from skifteportal.sandbox.doedsbo.kinds import KINDS
from skifteportal.sandbox.doedsbo.parties import settle_parties
from skifteportal.sandbox.doedsbo.registrations import check, file, shown, touch
from skifteportal.sandbox.state import Several

__all__ = ["ACTS"]

_KINDS: Final = {kind.name: kind for kind in KINDS}


def _decide(call: CourtCall) -> Mapping[str, Any]:
    """afgoerForespoergsel: f34."""
    estate = estate_of(call)
    found = call.world.store.registrations.get(call.path["forespoergselId"].lower())
    if found is None or (found.kind, found.estate, found.deleted) != (INQUIRY, estate.id, False):
        raise Fault(404, "Forespørgslen findes ikke", field="forespoergselId")
    status: str = call.body["status"]
    if estate.handed_over and found.derived["status"] == APPROVED != status:
        raise call.refuse("doedsbo.f34", field="status")
    found.derived = {**found.derived, "status": status}
    touch(call, found)
    if reckon_approval(call, estate, found.company):
        changed(call, estate)
    return shown(_KINDS[INQUIRY], found, with_receipt=False)


def _disclose(call: CourtCall) -> Mapping[str, Any]:
    estate = estate_of(call)
    estate.disclosed = Several({*estate.disclosed, call.body["cvrNummer"]})
    changed(call, estate)
    return shown_estate(estate, to=call.body["cvrNummer"])


def _enter(call: CourtCall) -> Mapping[str, Any]:
    """registrerForAnmelder: f4, f17, f38, and those of parties."""
    estate, kind = estate_of(call), _KINDS["krav"]
    check(call, call.body, (*kind.rules, *kind.entry_rules), today(call.world.clock))
    data = {name: value for name, value in call.body.items() if name != "cvrNummer"}
    made = file(
        kind,
        call,
        estate,
        company=call.body["cvrNummer"],
        data=settle_parties(call, data),
        received=date.fromisoformat(call.body["modtagelsesdato"]),
    )
    return shown(kind, made, with_receipt=True)


ACTS: Final = (
    Act(
        name="afgoerForespoergsel",
        method="PUT",
        path="/court/doedsbojournaler/{doedsbojournalId}/forespoergsler/{forespoergselId}/status",
        summary="Decide on an inquiry; whose is approved is told of the estate's contact person, as long as it is.",
        schema=body("status", status={"enum": ["UBEHANDLET", APPROVED, "AFSLAAET"]}),
        run=_decide,
    ),
    Act(
        name="oplysKontaktperson",
        method="POST",
        path="/court/doedsbojournaler/{doedsbojournalId}/kontaktpersonoplysning",
        summary="Tell a company who settles an estate before it is handed over, without an inquiry.",
        schema=body("cvrNummer", cvrNummer=CVR),
        run=_disclose,
    ),
    Act(
        name="registrerForAnmelder",
        method="POST",
        path="/court/doedsbojournaler/{doedsbojournalId}/krav",
        summary="Enter a claim that a company sent on paper, with the day on which the court received it.",
        schema=body(
            "cvrNummer",
            "beloeb",
            "endeligt",
            "modtagelsesdato",
            cvrNummer=CVR,
            beloeb=AMOUNT,
            endeligt={"type": "boolean"},
            modtagelsesdato=DAY,
            opgjortdato=DAY,
            titel=TEXT,
            beskrivelse=TEXT,
            kreditor=PARTY,
            paaVegneAf=PARTY,
        ),
        run=_enter,
    ),
)
