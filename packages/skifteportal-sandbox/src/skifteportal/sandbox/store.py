"""What the portal remembers: people, estates, registrations and their attachments, dissolution cases, in plain dicts."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import attrs

from skifteportal.sandbox.case_store import Case, Document

__all__ = ["Attachment", "Client", "Estate", "Person", "Profile", "Registration", "Store"]


@attrs.frozen(kw_only=True)
class Client:
    """An API user's key: what a token is asked for with.

    Attributes:
        id: Client id.
        secret: Client secret.
    """

    id: str
    secret: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class Person:
    """Somebody in the register of persons.

    Attributes:
        id: The id that the APIs name the person by.
        name: Full name.
        cpr: CPR number, ten digits; empty where nobody asks for it.
        born: Day of birth, ISO 8601.
        died: Day of death, ISO 8601; None for the living.
        address: Address, ready to send.
        protected: Whether name and address are protected.
    """

    id: str
    name: str = attrs.field(repr=False)
    cpr: str = attrs.field(default="", repr=False)
    born: str | None = attrs.field(default=None, repr=False)
    died: str | None = attrs.field(default=None, repr=False)
    address: Mapping[str, str] | None = attrs.field(default=None, repr=False)
    protected: bool = attrs.field(default=False, repr=False)


@attrs.frozen(kw_only=True, repr=False)
class Profile:
    """A liquidator's access profile (adgangsprofil), which stands from the first appointment on (guide 3.2.1).

    Attributes:
        id: The profile's id, which is the liquidator's id too (guide 3.2.1).
        person: Id of its owner.
        name: The owner's name.
        company: CVR number of the owner's firm.
        participants: SERIALNUMBERs in the subjects of the certificates that may act for the owner.
    """

    id: str
    person: str
    name: str
    company: str
    participants: frozenset[str]


@attrs.define(kw_only=True, repr=False)
class Estate:
    """An estate, as the court opened it.

    Attributes:
        id: Its doedsbojournalId.
        cpr: The deceased's CPR number.
        created: When it was opened, nanoseconds since 1970.
        changed: When it was last changed, nanoseconds since 1970.
        details: Members of the `doedsbojournal` after the three first, ready to send.
        notice: The day of the notice to creditors (proklama); None where there was none, and so no deadline.
        name: The deceased's name; searched by, and shown unless protected.
        address: The deceased's address; searched by, and shown unless protected.
        number: The court's own number (SKS number); empty as long as it has none.
        figures: What the court reckons with (bobeholdning, bundfradrag …); no API shows it.
        disclosed: CVR numbers of those whom the court told of the contact person before the estate was handed over.
    """

    id: str
    cpr: str
    created: int
    changed: int
    details: Mapping[str, Any]
    name: str
    address: Mapping[str, str]
    notice: date | None = None
    number: str = ""
    figures: Mapping[str, Any] = attrs.field(factory=dict[str, Any])
    disclosed: frozenset[str] = frozenset()

    @property
    def handed_over(self) -> bool:
        """Whether the court has handed the estate over (boet er udleveret)."""
        return "boUdleveret" in self.details.get("vigtigeDatoer", {})


@attrs.frozen(kw_only=True, repr=False)
class Attachment:
    """A PDF file that belongs to a registration.

    Attributes:
        id: Its bilagId.
        name: File name.
        content: The file, bytes.
    """

    id: str
    name: str
    content: bytes


@attrs.define(kw_only=True, repr=False)
class Registration:
    """A claim, receivable, inventory or request that a company filed in an estate.

    Attributes:
        id: Its id.
        kind: ``krav``, ``tilgodehavende`` …: the name of its schema.
        estate: The estate's id.
        company: CVR number of the filer, who alone sees it.
        data: What was filed, members as sent.
        derived: Members that the portal adds (``rettidigt``, ``status``).
        receipt: The receipt given when it was filed.
        created: Nanoseconds since 1970.
        changed: Nanoseconds since 1970.
        deleted: Whether the filer deleted it.
        attachments: By id, in the order uploaded.
    """

    id: str
    kind: str
    estate: str
    company: str
    data: Mapping[str, Any]
    derived: Mapping[str, Any]
    receipt: Mapping[str, str]
    created: int
    changed: int
    deleted: bool = False
    attachments: dict[str, Attachment] = attrs.field(factory=dict[str, Attachment])


@attrs.define(kw_only=True, repr=False)
class Store:
    """Everything the portal remembers. Not thread-safe: the portal holds a lock.

    Attributes:
        clients: API users by client id.
        companies: CVR numbers of the registered companies.
        api_users: CVR numbers that log in by assertion (variant B), where they stand for a client id.
        profiles: Liquidators' profiles by id.
        people: Those in the register of persons that have a CPR number here, by it.
        persons: The whole register of persons, by personId.
        estates: Estates by id, in the order opened.
        registrations: Registrations by id, in the order filed.
        cases: Dissolution cases by id, in the order received.
        documents: Documents that are referred to by id, by that.
    """

    clients: dict[str, Client] = attrs.field(factory=dict[str, Client])
    companies: set[str] = attrs.field(factory=set[str])
    api_users: set[str] = attrs.field(factory=set[str])
    profiles: dict[str, Profile] = attrs.field(factory=dict[str, Profile])
    people: dict[str, Person] = attrs.field(factory=dict[str, Person])
    persons: dict[str, Person] = attrs.field(factory=dict[str, Person])
    estates: dict[str, Estate] = attrs.field(factory=dict[str, Estate])
    registrations: dict[str, Registration] = attrs.field(factory=dict[str, Registration])
    cases: dict[str, Case] = attrs.field(factory=dict[str, Case])
    documents: dict[str, Document] = attrs.field(factory=dict[str, Document])

    def add_people(self, people: Iterable[Person]) -> None:
        """Enter people into the register."""
        for person in people:
            self.persons[person.id] = person
            if person.cpr:
                self.people[person.cpr] = person

    def add_estates(self, estates: Iterable[Estate]) -> None:
        """Open estates."""
        self.estates.update({estate.id: estate for estate in estates})

    def estate_numbered(self, number: str) -> Estate | None:
        """Return the estate that has this number of the court's (SKS number), or None.

        Args:
            number: The number.
        """
        return next((one for one in self.estates.values() if one.number == number), None)

    def registrations_of(self, kind: str, *, estate: str, company: str) -> Iterator[Registration]:
        """Yield what a company filed of a kind in an estate, deleted ones too, in the order filed.

        Args:
            kind: The kind's name.
            estate: The estate's id.
            company: The filer's CVR number.
        """
        for found in self.registrations.values():
            if (found.kind, found.estate, found.company) == (kind, estate, company):
                yield found
