"""Declarations of former management (erklæringer): who is asked for one, and who may make it (guide 4.4.4)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from skifteportal.sandbox.call import Asked, Call
from skifteportal.sandbox.case_store import Case, Record
from skifteportal.sandbox.clock import today
from skifteportal.sandbox.dissolution.deadlines import standing
from skifteportal.sandbox.dissolution.parties import identity, leader, takes_part

__all__ = [
    "assets_described",
    "declarant_asked",
    "declarant_named",
    "end_dated",
    "one_wish",
    "recipients_askable",
]


def recipients_askable(
    call: Asked, case: Case, recipients: Iterable[Mapping[str, Any]], day: str
) -> None:
    """Refuse a request for declarations that cannot be sent out.

    Args:
        call: The call or act.
        case: The case.
        recipients: Who is asked.
        day: The last day for the declaration, ISO 8601.

    Raises:
        Fault: One of the codes handling.erklaering.anmod.* or handling.part.ikke.en.del.af.sagen.
    """
    if date.fromisoformat(day) <= today(call.world.clock):
        raise call.refuse("handling.erklaering.anmod.fristdato.fremtiden", field="fristdato")
    asked = {identity(one.data["modtager"]) for one in _requests(call, case)}
    for index, party in enumerate(recipients):
        field = f"modtagere.{index}"
        if party["type"] == "VIRKSOMHED":
            raise call.refuse("handling.erklaering.anmod.modtager.virksomhed", field=field)
        found = leader(case, party)
        if found is None:
            raise call.refuse("handling.part.ikke.en.del.af.sagen", field=field)
        if not found.data["aktiv"]:
            raise call.refuse("handling.erklaering.anmod.modtager.ikke.aktiv", field=field)
        if identity(party) in asked:
            raise call.refuse("handling.erklaering.anmod.eksisterer", field=field)
        asked.add(identity(party))


def _requests(call: Asked, case: Case) -> Iterable[Record]:
    """Yield the requests that wait for a declaration or got one; whoever let one run out may be asked again."""
    clock = call.world.clock
    return (
        one for one in case.of_kind("erklaeringsanmodning") if standing(one, clock) != "UDLOEBET"
    )


def declarant_named(call: Call, case: Case) -> None:
    """handling.erklaering.udfyld.autorisering, .autorisering.intern: a person with a part in the case declares."""
    party = call.body.get("part")
    if party is None:
        if call.caller.kind == "direct":
            raise call.refuse("handling.erklaering.udfyld.autorisering", field="part")
    elif party["type"] not in {"PERSON", "UDENLANDSK_PERSON"} or not takes_part(
        call.world, case, party
    ):
        raise call.refuse("handling.erklaering.udfyld.autorisering.intern", field="part")


def declarant_asked(call: Call, case: Case) -> None:
    """handling.erklaering.udfyld.eksisterer, .anmodning.mangler, and handling.erklaering.frist.overskredet."""
    who = identity(call.body.get("part", call.caller.party))
    if any(identity(made.data["part"]) == who for made in case.of_kind("erklaering")):
        raise call.refuse("handling.erklaering.udfyld.eksisterer")
    requests = [
        one for one in case.of_kind("erklaeringsanmodning") if identity(one.data["modtager"]) == who
    ]
    if not requests:
        raise call.refuse("handling.erklaering.udfyld.anmodning.mangler", field="part")
    if all(standing(one, call.world.clock) == "UDLOEBET" for one in requests):
        raise call.refuse("handling.erklaering.frist.overskredet")


def assets_described(call: Call, case: Case) -> None:  # noqa: ARG001 - one of a table's
    """handling.erklaering.udfyld.validation.aktiver."""
    described = any(one.get("beskrivelse", "").strip() for one in call.body.get("aktiver", ()))
    if call.body["harAktiver"] and not described:
        raise call.refuse("handling.erklaering.udfyld.validation.aktiver", field="aktiver")


def end_dated(call: Call, case: Case) -> None:  # noqa: ARG001 - one of a table's
    """handling.erklaering.udfyld.validation.ophoert."""
    if not call.body["selskabErAktivt"] and "ophoertDato" not in call.body:
        raise call.refuse("handling.erklaering.udfyld.validation.ophoert", field="ophoertDato")


def one_wish(call: Call, case: Case) -> None:  # noqa: ARG001 - one of a table's
    """handling.erklaering.udfyld.validation.genoptag.og.oploest."""
    if call.body.get("oenskesOploest") and call.body.get("oenskesGenoptaget"):
        raise call.refuse(
            "handling.erklaering.udfyld.validation.genoptag.og.oploest", field="oenskesGenoptaget"
        )
