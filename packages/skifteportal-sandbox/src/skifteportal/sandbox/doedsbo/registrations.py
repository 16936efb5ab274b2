"""Registrations of any kind: made, listed, read, corrected, deleted. Written once for all kinds."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from skifteportal.sandbox.answers import Fault, json_answer, json_object
from skifteportal.sandbox.call import Asked, Call, page_of
from skifteportal.sandbox.clock import day_of, timestamp, today
from skifteportal.sandbox.doedsbo.disclosure import INQUIRY, reckon_approval
from skifteportal.sandbox.doedsbo.estates import estate_of
from skifteportal.sandbox.doedsbo.kinds import Deadlines, Kind
from skifteportal.sandbox.doedsbo.parties import settle_parties
from skifteportal.sandbox.doedsbo.receipts import receipt
from skifteportal.sandbox.doedsbo.rules import Rule
from skifteportal.sandbox.entry_glance import entry_glance
from skifteportal.sandbox.identifiers import new_id
from skifteportal.sandbox.messages import Answer
from skifteportal.sandbox.store import Estate, Registration

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

__all__ = [
    "add",
    "check",
    "check_new",
    "check_open",
    "check_update",
    "delete",
    "file",
    "get",
    "get_all",
    "registration_of",
    "shown",
    "touch",
    "update",
]


def check(call: Asked, body: Any, rules: Iterable[Rule], day: "date") -> None:
    """Judge a body by rules that are told a day.

    Args:
        call: What it came in.
        body: The body; the schema may not have judged it yet.
        rules: The rules.
        day: Today, or the day on which it was entered.

    Raises:
        Fault: A rule is broken.
    """
    body = json_object(body)
    if body is None:
        return
    for rule in rules:
        breach = rule(body, day)
        if breach is not None:
            raise call.refuse(breach.code, *breach.holes, field=breach.field)


def check_new(kind: Kind, call: Call) -> None:
    """Judge a new registration by the portal's rules, before the schema does."""
    rules = (*kind.create_rules, *kind.rules, *kind.entry_rules)
    check(call, call.body, rules, today(call.world.clock))


def check_update(kind: Kind, call: Call) -> None:
    """Judge a correction by the portal's rules, before the schema does."""
    check(call, call.body, kind.rules, today(call.world.clock))


def registration_of(kind: Kind, call: Call) -> Registration:
    """Return the registration that the path names: to read for all who see it, to change for its filer.

    Raises:
        Fault: 404: there is none that the caller sees, or it was deleted; `Settings.relation_status`: it is another's to
            change.
    """
    estate, company = estate_of(call), call.caller.company
    found = call.world.store.registrations.get(call.parameters.path[kind.parameter].lower())
    if (
        found is None
        or (found.kind, found.estate) != (kind.name, estate.id)
        or not (company in found.seen_by or estate.settled_by(company))
        or (found.deleted and not (call.world.settings.deleted_visible and _reads(call)))
    ):
        raise Fault(404, f"Der findes ingen {kind.called} med dette id", field=kind.parameter)
    if found.company != company and not _reads(call):
        text = "Kun den, der har indberettet, kan ændre registreringen"
        raise Fault(call.world.settings.relation_status, text, field=kind.parameter)
    return found


def _reads(call: Call) -> bool:
    return call.request.method == "GET"


def touch(call: Asked, registration: Registration) -> None:
    """Note that a registration was changed just now."""
    registration.changed = call.world.clock.now_ns()
    _touch_estate(call, registration)


def _touch_estate(call: Asked, registration: Registration) -> None:
    if call.world.settings.filing_changes_estate:
        call.world.store.estates[registration.estate].changed = registration.changed


def shown(kind: Kind, found: Registration, *, with_receipt: bool) -> dict[str, Any]:
    """Write a registration.

    Args:
        kind: Its kind.
        found: The registration.
        with_receipt: Whether its receipt is shown.
    """
    created = timestamp(found.created)
    members = {
        "id": found.id,
        "oprettelsestidspunkt": created,
        "redigeringstidspunkt": (
            created if found.changed == found.created else timestamp(found.changed)
        ),
        "indberetter": {"type": "VIRKSOMHED", "virksomhed": {"cvrNummer": found.company}},
        **found.data,
        **found.derived,
        "harBilag": bool(found.attachments),
        "kvittering": found.receipt,
        "slettet": found.deleted,
    }
    if not with_receipt:
        del members["kvittering"]
    if kind.final:
        del members["slettet"]
    return members


def _filed(call: Call) -> dict[str, Any]:
    """Return what was filed, without members that the specification doesn't know."""
    return settle_parties(call, call.operation.body_members.of(call.body))


def add(kind: Kind, call: Call) -> Answer:
    """File a registration, and answer with the whole of it and a receipt."""
    estate = estate_of(call)
    found = file(kind, call, estate, company=call.caller.company, data=_filed(call))
    status = call.world.settings.created_status
    return json_answer(status, shown(kind, found, with_receipt=True))


def file(
    kind: Kind,
    call: Asked,
    estate: Estate,
    *,
    company: str,
    data: "Mapping[str, Any]",
    received: "date | None" = None,
) -> Registration:
    """Enter a registration.

    Args:
        kind: Its kind.
        call: What it came in.
        estate: The estate.
        company: CVR number of the filer.
        data: What was filed, settled.
        received: The day it was received; today unless given.
    """
    world = call.world
    created = world.clock.now_ns()
    found = Registration(
        id=new_id(),
        kind=kind.name,
        estate=estate.id,
        company=company,
        data=data,
        derived=kind.derive(Deadlines.of(estate, world.settings), received or today(world.clock)),
        receipt=receipt(kind, estate),
        created=created,
        changed=created,
    )
    _touch_estate(call, found)
    world.store.registrations.enter(found.id, found)
    return found


def get_all(kind: Kind, call: Call) -> Answer:
    """List what the caller sees of a kind in an estate: everything for who settles it, else what it filed or is named in."""
    estate, company = estate_of(call), call.caller.company
    seen = call.world.store.registrations_of(
        kind.name,
        estate=estate.id,
        company="" if estate.settled_by(company) else company,
        deleted=call.world.settings.deleted_visible,
    )
    glances = partial(entry_glance, within=("derived", "data"), files="attachments")
    return page_of(call, seen, partial(_read, kind, call), glances=glances)


def _read(kind: Kind, call: Call, found: Registration) -> dict[str, Any]:
    """Write a registration for a reader; the receipt speaks to the filer."""
    own = found.company == call.caller.company
    return shown(kind, found, with_receipt=own and call.world.settings.receipt_on_read)


def get(kind: Kind, call: Call) -> Answer:
    """Read one registration."""
    return json_answer(200, _read(kind, call, registration_of(kind, call)))


def check_open(kind: Kind, call: Call, found: Registration) -> None:
    """Refuse to change a registration that stands fast after its deadline: doedsbo.f21, f22, f23.

    Args:
        kind: Its kind.
        call: What would change it.
        found: The registration.

    Raises:
        Fault: It stands fast.
    """
    estate = call.world.store.estates[found.estate]
    deadlines = Deadlines.of(estate, call.world.settings)
    breach = kind.editable(found.data, deadlines, today(call.world.clock))
    if breach is not None:
        raise call.refuse(breach.code, field=breach.field)


def update(kind: Kind, call: Call) -> Answer:
    """Correct a registration: the body replaces what was filed."""
    found = registration_of(kind, call)
    check_open(kind, call, found)
    check(call, call.body, kind.entry_rules, day_of(found.created))
    found.data = _filed(call)
    touch(call, found)
    return json_answer(200, _read(kind, call, found))


def delete(kind: Kind, call: Call) -> Answer:
    """Delete a registration."""
    found = registration_of(kind, call)
    if call.world.settings.delete_follows_deadlines:
        check_open(kind, call, found)
    found.deleted = True
    touch(call, found)
    if kind.name == INQUIRY:
        reckon_approval(call, call.world.store.estates[found.estate], found.company)
    return Answer(status=call.world.settings.deleted_status)
