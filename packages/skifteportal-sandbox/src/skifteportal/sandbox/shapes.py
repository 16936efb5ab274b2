"""How each type of object is kept: the lists that it is found by, and what is kept beside it.

The names of the lists are written here and nowhere else; the store's methods look them up.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from typing import Any, Final

import attrs

from skifteportal.sandbox.case_store import (
    Case,
    Document,
    Record,
    Records,
    document_ids,
    kind_list,
)
from skifteportal.sandbox.estate_store import Attachment, Estate, Registration
from skifteportal.sandbox.party_store import Person, Profile
from skifteportal.sandbox.state import Session, Shape, names_shape

__all__ = [
    "API_USERS",
    "CASE",
    "DOCUMENT",
    "ESTATE",
    "PERSON",
    "PROFILE",
    "RECORD",
    "REGISTERED",
    "REGISTRATION",
    "SHAPES",
    "filed_list",
    "party_key",
    "plain",
]

REGISTERED: Final = "registered"
"""The set of the registered companies."""
API_USERS: Final = "api user"
"""The set of the companies that log in by assertion."""
_STANDING: Final = " standing"
_NAMED_BY: Final = ("part", "modtager")
_ROLES: Final = {"krav": "kreditor", "tilgodehavende": "debitor", "tidligereLedelse": "part"}


def plain(text: str) -> str:
    """Write a text as it is searched by: without case and superfluous blanks."""
    return " ".join(text.split()).casefold()


def party_key(party: Mapping[str, Any]) -> str:
    """Write who a `part` is, as lists are named by it; empty for those without an id."""
    person = party.get("person", {}).get("personId")
    company = party.get("virksomhed", {}).get("cvrNummer")
    return f"person {person.lower()}" if person else f"company {company}" if company else ""


def filed_list(kind: str, *, estate: str, company: str = "", deleted: bool = True) -> str:
    """Name a list of what there is of a kind in an estate; see `Store.registrations_of`."""
    return f"filed {kind} {estate} {company}{'' if deleted else _STANDING}"


def _estate_lists(estate: Estate) -> Iterator[str]:
    yield "estate"
    yield f"estate cpr {estate.cpr}"
    yield f"estate named {plain(estate.name)}"
    if estate.number:
        yield f"estate number {estate.number}"
    for member in ("kontaktperson", "bobestyrer"):
        key = party_key(estate.details.get(member, {}).get("part", {}))
        if key:
            yield f"estate {key}"


def _registration_lists(filed: Registration) -> tuple[str, ...]:
    return _filed_lists(filed.kind, filed.estate, filed.seen_by, deleted=filed.deleted)


@lru_cache(maxsize=1024)  # many claims are filed in an estate
def _filed_lists(
    kind: str, estate: str, companies: tuple[str, ...], *, deleted: bool
) -> tuple[str, ...]:
    ever = [filed_list(kind, estate=estate, company=company) for company in ("", *companies)]
    standing = () if deleted else (name + _STANDING for name in ever)
    return "registration", f"filed {estate}", *ever, *standing


def _record_lists(record: Record) -> Iterator[str]:
    yield f"case {record.case}"
    for holder in dict.fromkeys(("", record.holder)):
        for deleted in (True,) if record.deleted else (True, False):
            yield kind_list(record.kind, case=record.case, holder=holder, deleted=deleted)
    yield f"{record.kind} of {record.holder}"
    if not record.deleted:
        for identifier in dict.fromkeys(document_ids(record.data)):
            yield f"refers {identifier}"
    people = {party_key(record.data.get(member) or {}) for member in _NAMED_BY}
    for key in people - {""}:
        yield f"names {key}"
    yield from _role_lists(record)


def _role_lists(record: Record) -> Iterator[str]:
    """Name the lists that say who has a part in a case: a liquidator, a leader, whoever filed or owes."""
    if record.kind == "likvidator":
        keys = {f"profile {record.id}"}
    elif record.kind in _ROLES and not record.deleted:
        keys = {party_key(record.data.get(_ROLES[record.kind]) or {})}
        if record.kind != "tidligereLedelse":
            keys.add(f"holder {record.holder}")
    else:
        return
    for key in keys - {"", "holder "}:
        yield f"role {key}"
        yield f"role {record.case} {key}"


def _attachments(filed: Registration) -> Mapping[str, Callable[[], bytes]]:
    return {one.id: partial(_content, one) for one in filed.attachments.values()}


def _content(file: Attachment | Document) -> bytes:
    return file.content


def _with_attachments(filed: Registration, session: Session) -> Registration:
    filed.attachments = {
        name: attrs.evolve(one, content=partial(session.file, one.id))
        for name, one in filed.attachments.items()
    }
    return filed


def _with_content(document: Document, session: Session) -> Document:
    return attrs.evolve(document, content=partial(session.file, document.id))


def _bind(case: Case, session: Session) -> None:
    case.keep_in(Records(session, RECORD, case.id))


def _bound(case: Case, session: Session) -> Case:
    _bind(case, session)
    return case


ESTATE: Final = Shape(name="estate", kind=Estate, lists=_estate_lists)
REGISTRATION: Final = Shape(
    name="registration",
    kind=Registration,
    lists=_registration_lists,
    files=_attachments,
    loaded=_with_attachments,
)
RECORD: Final = Shape(
    name="record", kind=Record, lists=_record_lists, owner=lambda record: record.case
)
CASE: Final = Shape(
    name="case",
    kind=Case,
    lists=lambda case: ("case", f"company {case.company}"),
    loaded=_bound,
    entered=_bind,
)
DOCUMENT: Final = Shape(
    name="document",
    kind=Document,
    lists=lambda _document: ("document",),
    files=lambda document: {document.id: partial(_content, document)},
    loaded=_with_content,
)
PERSON: Final = Shape(
    name="person",
    kind=Person,
    lists=lambda person: ("person", *((f"person cpr {person.cpr}",) if person.cpr else ())),
)
PROFILE: Final = Shape(name="profile", kind=Profile, lists=lambda _profile: ("profile",))
SHAPES: Final[Mapping[str, Shape[Any]]] = {
    shape.name: shape
    for shape in (
        ESTATE,
        REGISTRATION,
        RECORD,
        CASE,
        DOCUMENT,
        PERSON,
        PROFILE,
        names_shape(REGISTERED),
        names_shape(API_USERS),
    )
}
"""Every type, by name."""
