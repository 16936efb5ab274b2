"""The court hands an estate over (udlevering), and keeps its figures.

Which figures a form of administration may have is not known; `Settings` says what is assumed.
"""

from collections.abc import Mapping
from typing import Any, Final

from skifteportal.sandbox.answers import json_object
from skifteportal.sandbox.clock import today
from skifteportal.sandbox.court.act import Act, CourtCall
from skifteportal.sandbox.court.estates_access import changed, estate_of
from skifteportal.sandbox.court.estates_schemas import DAY, FIGURES, FORM, HOLDER, body
from skifteportal.sandbox.doedsbo.estates import shown
from skifteportal.sandbox.doedsbo.parties import settle_party
from skifteportal.sandbox.store import Estate

__all__ = ["ACTS"]

_ADMINISTERED: Final = "BOBESTYRERBO"
_HOLDERS: Final = ("kontaktperson", "bobestyrer")
_ABROAD: Final = ("navn", "foedselsdato", "adresse", "landekode")
_FORBIDDEN: Final = {
    "bobeholdning": "doedsbo.f9",
    "bundfradrag": "doedsbo.f10",
    "skaeringsdato": "doedsbo.f11",
    "tillaegsboafgift": "doedsbo.f12",
}


def _hand_over(call: CourtCall) -> Mapping[str, Any]:
    """udlever: f28, f7, f32, f13, f36, f9-f12, f33."""
    estate, sent = estate_of(call), call.body
    missing = [name for name in call.world.settings.handover_requires if not sent.get(name)]
    if missing:
        raise call.refuse("doedsbo.f28", ", ".join(missing), field=missing[0])
    form, day = sent.get("skifteform"), sent.get("udleveringsdato")
    if day is not None and day > today(call.world.clock).isoformat():
        raise call.refuse("doedsbo.f7", field="udleveringsdato")
    if not estate.number:
        raise call.refuse("doedsbo.f32")
    holders = _holders(call)
    if form != _ADMINISTERED:
        _check_contact(call, estate, holders)
    figures = _figures(call, form)
    handed = day or today(call.world.clock).isoformat()
    kept = {name: value for name, value in estate.details.items() if name not in _HOLDERS}
    told = holders or {name: estate.details[name] for name in _HOLDERS if name in estate.details}
    entry = {"skifteform": form, "udleveringsdato": handed}
    estate.details = {
        **kept,
        "skifteform": {name: value for name, value in entry.items() if value is not None},
        **told,
        "vigtigeDatoer": {**estate.details["vigtigeDatoer"], "boUdleveret": handed},
    }
    estate.figures = {**estate.figures, **figures}
    changed(call, estate)
    return _told(estate)


def _check_contact(
    call: CourtCall, estate: Estate, holders: Mapping[str, Mapping[str, Any]]
) -> None:
    """f13: the handover itself leaves the contact person out; f36: neither it nor the case names one."""
    if "kontaktperson" in holders:
        return
    if any(name in call.body for name in _HOLDERS):
        raise call.refuse("doedsbo.f13", field="kontaktperson")
    if "kontaktperson" not in estate.details:
        raise call.refuse("doedsbo.f36", field="kontaktperson")


def _holders(call: CourtCall) -> Mapping[str, Mapping[str, Any]]:
    """Return who is named to settle the estate, each with a person named by id."""
    parts = {name: _part(call, name) for name in _HOLDERS}
    return {
        name: {"part": settle_party(call, part, field=f"{name}.part")}
        for name, part in parts.items()
        if part
    }


def _part(call: CourtCall, name: str) -> Mapping[str, Any]:
    """Return the party that a holder is; nothing where none is named."""
    part: Mapping[str, Any] = (json_object(call.body.get(name)) or {}).get("part", {})
    return part


def _figures(call: CourtCall, form: str | None) -> Mapping[str, Any]:
    settings = call.world.settings
    figures = {name: call.body[name] for name in FIGURES if name in call.body}
    barred = {
        "bobeholdning": settings.forms_without_bobeholdning,
        "bundfradrag": settings.forms_without_bundfradrag,
        "skaeringsdato": settings.forms_without_skaeringsdato,
        "tillaegsboafgift": settings.forms_without_tillaegsboafgift,
    }
    for name, code in _FORBIDDEN.items():
        if name in figures and form in barred[name]:
            raise call.refuse(code, str(form), field=name)
    free = figures.get("bobeholdning", {}).get("afgiftsfri", False)
    if free and form in settings.forms_never_duty_free:
        raise call.refuse("doedsbo.f33", str(form), field="bobeholdning.afgiftsfri")
    return figures


def _told(estate: Estate) -> Mapping[str, Any]:
    return {**shown(estate), "sksNummer": estate.number, **estate.figures}


def _update(call: CourtCall) -> Mapping[str, Any]:
    """opdaterBobehandling: f8, f9-f12, f33."""
    estate = estate_of(call)
    if not estate.handed_over:
        raise call.refuse("doedsbo.f8")
    form = estate.details.get("skifteform", {}).get("skifteform")
    estate.figures = {**estate.figures, **_figures(call, form)}
    changed(call, estate)
    return _told(estate)


def _receive(call: CourtCall) -> Mapping[str, Any]:
    """modtagESagsskridt: f27, f26."""
    estate = estate_of(call)
    if not any(_part(call, name) for name in _HOLDERS):
        raise call.refuse("doedsbo.f27", field="kontaktperson")
    part = _part(call, "kontaktperson")
    abroad: Mapping[str, Any] = part.get("udenlandskPerson", {})
    if part.get("type") == "UDENLANDSK_PERSON" and not all(abroad.get(name) for name in _ABROAD):
        raise call.refuse("doedsbo.f26", field="kontaktperson.part.udenlandskPerson")
    estate.details = {**estate.details, **_holders(call)}
    changed(call, estate)
    return _told(estate)


ACTS: Final = (
    Act(
        name="udlever",
        method="PUT",
        path="/court/doedsbojournaler/{doedsbojournalId}/udlevering",
        summary="Hand an estate over to its contact person or administrator, in a form of administration.",
        schema=body(
            skifteform=FORM,
            udleveringsdato=DAY,
            kontaktperson=HOLDER,
            bobestyrer=HOLDER,
            **FIGURES,
        ),
        run=_hand_over,
    ),
    Act(
        name="opdaterBobehandling",
        method="PUT",
        path="/court/doedsbojournaler/{doedsbojournalId}/bobehandling",
        summary="Change the figures of an estate that was handed over.",
        schema=body(**FIGURES),
        run=_update,
    ),
    Act(
        name="modtagESagsskridt",
        method="POST",
        path="/court/doedsbojournaler/{doedsbojournalId}/esagsskridt",
        summary="Take a contact person or administrator over from the court's own system, eSagsskridt.",
        schema=body(kontaktperson=HOLDER, bobestyrer=HOLDER),
        run=_receive,
    ),
)
