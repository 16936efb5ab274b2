"""The court opens an estate, gives it its number, and publishes the notice to creditors."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from skifteportal.sandbox.clock import today
from skifteportal.sandbox.court.act import Act, CourtCall
from skifteportal.sandbox.court.estates_access import changed, estate_of
from skifteportal.sandbox.court.estates_schemas import ADDRESS, CPR, DAY, TEXT, body
from skifteportal.sandbox.court.estates_venue import venue_of
from skifteportal.sandbox.doedsbo.estates import shown
from skifteportal.sandbox.doedsbo.parties import check_address
from skifteportal.sandbox.identifiers import new_id
from skifteportal.sandbox.registers.data import registers, short_address
from skifteportal.sandbox.store import Estate, Person

__all__ = ["ACTS"]

_SHOWN: Final = ("adresselinje", "postnummer", "by", "darId")


def _open(call: CourtCall) -> Mapping[str, Any]:
    """opretBo: f42, f6, f5, f30, f31, f3."""
    store, sent = call.world.store, call.body
    deceased = store.people.get(sent["cprNummer"])
    if deceased is None:
        raise call.refuse("doedsbo.f42", field="cprNummer")
    address = _address(call, deceased)
    district = _district(call, address)
    number = sent.get("sksNummer", "")
    _check_number(call, number)
    day = today(call.world.clock)
    died = sent.get("doedsdato") or deceased.died or day.isoformat()
    store.add_people([_dead(deceased, died, address)])
    moment = call.world.clock.now_ns()
    estate = Estate(
        id=new_id(),
        cpr=deceased.cpr,
        created=moment,
        changed=moment,
        details={
            "afdoede": _deceased(deceased, address),
            "retskredsId": district,
            "vigtigeDatoer": {"doedsdato": died},
        },
        name=deceased.name,
        address=address,
        number=number,
    )
    store.add_estates([estate])
    return {**shown(estate), "sksNummer": number}


def _address(call: CourtCall, deceased: Person) -> Mapping[str, str]:
    sent: Mapping[str, str] = call.body.get("adresse") or deceased.address or {}
    check_address(call, sent, field="adresse")
    known = registers().addresses.get(sent.get("darId", "").lower())
    full = sent if known is None else short_address(known)
    return {name: full[name] for name in _SHOWN if name in full}


def _district(call: CourtCall, address: Mapping[str, str]) -> str:
    districts = registers().districts
    named: str | None = call.body.get("retskredsId")
    if named is not None and named not in districts:
        raise call.refuse("doedsbo.f5", named, field="retskredsId")
    venue = venue_of(address)
    if venue is None:
        raise call.refuse("doedsbo.f30", field="adresse")
    if named not in {None, venue}:
        raise call.refuse("doedsbo.f31", str(districts[str(named)]["navn"]), field="retskredsId")
    return venue


def _dead(person: Person, died: str, address: Mapping[str, str]) -> Person:
    return Person(
        id=person.id,
        name=person.name,
        cpr=person.cpr,
        born=person.born,
        died=died,
        address=person.address or {**address, "landekode": "DK"},
        protected=person.protected,
    )


def _deceased(person: Person, address: Mapping[str, str]) -> Mapping[str, Any]:
    members: dict[str, Any] = {"personId": person.id, "navn": person.name}
    if person.born is not None:
        members["foedselsdato"] = person.born
    if not person.protected:
        members["adresse"] = {"id": new_id(), **address}
    return {**members, "erNavnAdresseBeskyttet": person.protected}


def _check_number(call: CourtCall, number: str) -> None:
    if number and call.world.store.estate_numbered(number) is not None:
        raise call.refuse("doedsbo.f3", field="sksNummer")


def _number(call: CourtCall) -> Mapping[str, Any]:
    """angivSksNummer: f3."""
    estate = estate_of(call)
    number: str = call.body["sksNummer"]
    if number != estate.number:
        _check_number(call, number)
    estate.number = number
    changed(call, estate)
    return {**shown(estate), "sksNummer": number}


def _publish(call: CourtCall) -> Mapping[str, Any]:
    estate = estate_of(call)
    day = call.body.get("dato") or today(call.world.clock).isoformat()
    estate.notice = date.fromisoformat(day)
    changed(call, estate)
    return {**shown(estate), "proklama": day}


ACTS: Final = (
    Act(
        name="opretBo",
        method="POST",
        path="/court/doedsbojournaler",
        summary="Open an estate after somebody in the register of persons, with the court that the address belongs to.",
        schema=body(
            "cprNummer",
            cprNummer=CPR,
            adresse=ADDRESS,
            retskredsId=TEXT,
            sksNummer=TEXT,
            doedsdato=DAY,
        ),
        run=_open,
    ),
    Act(
        name="angivSksNummer",
        method="PUT",
        path="/court/doedsbojournaler/{doedsbojournalId}/sksNummer",
        summary="Give an estate the court's own number, without which it cannot be handed over.",
        schema=body("sksNummer", sksNummer=TEXT),
        run=_number,
    ),
    Act(
        name="indrykProklama",
        method="POST",
        path="/court/doedsbojournaler/{doedsbojournalId}/proklama",
        summary="Publish the notice to creditors, from which the deadlines of claims run; today unless dato says when.",
        schema=body(dato=DAY),
        run=_publish,
    ),
)
