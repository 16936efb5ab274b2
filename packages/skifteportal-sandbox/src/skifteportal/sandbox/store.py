"""What the portal remembers: people, estates, registrations and their attachments, dissolution cases."""

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence

from typing_extensions import override

from skifteportal.sandbox.case_store import Case, Record
from skifteportal.sandbox.estate_store import Attachment, Estate, Registration
from skifteportal.sandbox.party_store import Client, Clients, Person, Profile
from skifteportal.sandbox.shapes import (
    API_USERS,
    CASE,
    DOCUMENT,
    ESTATE,
    PERSON,
    PROFILE,
    RECORD,
    REGISTERED,
    REGISTRATION,
    SHAPES,
    filed_list,
    plain,
)
from skifteportal.sandbox.state import Database, Listing, Names, Session, Table, upgrade

__all__ = ["Attachment", "Client", "Estate", "Person", "Profile", "Registration", "Store"]


class _People(Mapping[str, Person]):
    """Those in the register of persons that have a CPR number, by it."""

    def __init__(self, persons: Table[Person]) -> None:
        self._persons = persons

    @override
    def __getitem__(self, cpr: str) -> Person:
        found = self._persons.listed(f"person cpr {cpr}")[:]
        if not found:
            raise KeyError
        return found[-1]

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(person.cpr for person in self._persons.values() if person.cpr))

    @override
    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Notes(MutableMapping[str, str]):
    """Notes by name, for whatever must outlast a restart."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @override
    def __getitem__(self, name: str) -> str:
        found = self._database.note(name)
        if found is None:
            raise KeyError(name)
        return found

    @override
    def __setitem__(self, name: str, value: str) -> None:
        self._database.take_note(name, value)

    @override
    def __delitem__(self, name: str) -> None:
        if self._database.note(name) is None:
            raise KeyError(name)
        self._database.drop_note(name)

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._database.notes())

    @override
    def __len__(self) -> int:
        return len(self._database.notes())


class Store:
    """Everything the portal remembers. Not thread-safe: the portal holds a lock.

    What is fetched may be changed in place; `commit` keeps what changed, `rollback` forgets it.

    Args:
        database: The rows; new ones in memory unless given.
        clients: API users that may ask for tokens; never kept in the rows, for they have secrets.

    Attributes:
        clients: API users by client id, but for those whose key was taken back.
        companies: CVR numbers of the registered companies.
        api_users: CVR numbers that log in by assertion (variant B), where they stand for a client id.
        profiles: Liquidators' profiles by id.
        people: Those in the register of persons that have a CPR number here, by it.
        persons: The whole register of persons, by personId.
        estates: Estates by id, in the order opened.
        registrations: Registrations by id, in the order filed.
        cases: Dissolution cases by id, in the order received.
        documents: Documents that are referred to by id, by that.
        meta: Notes by name: what else must outlast a restart.
    """

    def __init__(self, database: Database | None = None, *, clients: Iterable[Client] = ()) -> None:
        self.database = database or Database()
        upgrade(self.database, SHAPES)
        self.session = Session(self.database)
        self.clients = Clients(clients)
        self.companies = Names(self.session, REGISTERED)
        self.api_users = Names(self.session, API_USERS)
        self.profiles = Table(self.session, PROFILE)
        self.persons = Table(self.session, PERSON)
        self.people = _People(self.persons)
        self.estates = Table(self.session, ESTATE)
        self.registrations = Table(self.session, REGISTRATION)
        self.cases = Table(self.session, CASE)
        self.documents = Table(self.session, DOCUMENT)
        self.meta: MutableMapping[str, str] = _Notes(self.database)
        self._records = Table(self.session, RECORD)

    def commit(self) -> None:
        """Keep what was changed."""
        self.session.commit()

    def rollback(self) -> None:
        """Forget what was changed since the last commit."""
        self.session.rollback()

    def add_people(self, people: Iterable[Person]) -> None:
        """Enter people into the register."""
        for person in people:
            self.persons[person.id] = person

    def add_estates(self, estates: Iterable[Estate]) -> None:
        """Open estates."""
        self.estates.update({estate.id: estate for estate in estates})

    def estate_numbered(self, number: str) -> Estate | None:
        """Return the estate that has this number of the court's (SKS number), or None.

        Args:
            number: The number.
        """
        return next(iter(self.estates.listed(f"estate number {number}")), None)

    def estates_of(self, cpr: str) -> Listing[Estate]:
        """Return the estates of a deceased.

        Args:
            cpr: The CPR number.
        """
        return self.estates.listed(f"estate cpr {cpr}")

    def estates_named(self, name: str) -> Listing[Estate]:
        """Return the estates of the deceased of a name, whatever its case and blanks.

        Args:
            name: The full name.
        """
        return self.estates.listed(f"estate named {plain(name)}")

    def estates_with(self, person: str) -> Listing[Estate]:
        """Return the estates that a person settles, as contact or administrator.

        Args:
            person: The personId.
        """
        return self.estates.listed(f"estate person {person}")

    def estates_changed(self, identifiers: Iterable[str], *, since: int) -> Sequence[Estate]:
        """Return those of some estates that were changed after a moment, in the order opened.

        Args:
            identifiers: Their ids.
            since: The moment, nanoseconds since 1970.
        """
        return self.estates.among(identifiers, lambda estate: estate.changed > since)

    def registrations_of(
        self, kind: str, *, estate: str, company: str = "", deleted: bool = True
    ) -> Listing[Registration]:
        """Return what was filed of a kind in an estate, in the order filed.

        Args:
            kind: The kind's name.
            estate: The estate's id.
            company: CVR number of a company that it is to be seen by (`Registration.seen_by`); anybody's unless given.
            deleted: Whether to return what was deleted, too.
        """
        name = filed_list(kind, estate=estate, company=company, deleted=deleted)
        return self.registrations.listed(name)

    def filed_in_estate(self, estate: str) -> Listing[Registration]:
        """Return what anybody filed in an estate, deleted ones too, in the order filed.

        Args:
            estate: The estate's id.
        """
        return self.registrations.listed(f"filed {estate}")

    def has_part_in(self, estate: str, kinds: Iterable[str], *, company: str) -> bool:
        """Whether something stands in an estate that a company filed, or is named in as creditor or debtor.

        Args:
            estate: The estate's id.
            kinds: The names of the kinds that it may be of.
            company: The CVR number.
        """
        lists = (filed_list(kind, estate=estate, company=company, deleted=False) for kind in kinds)
        return bool(self.session.count(*lists))

    def cases_about(self, companies: Iterable[str]) -> Sequence[Case]:
        """Return the cases about some companies, in the order received.

        Args:
            companies: Their CVR numbers.
        """
        return self.cases.joined(f"company {company}" for company in companies)

    def cases_with(self, keys: Iterable[str]) -> Sequence[Case]:
        """Return the cases that somebody has a part in, in the order received.

        Args:
            keys: Who it is; see `Records.roles`.
        """
        places = self._records.joined(f"role {key}" for key in keys)
        return self.cases.among((record.case for record in places), lambda _case: True)

    def records_of(self, kind: str, *, holder: str) -> Listing[Record]:
        """Return what somebody made of a kind, whatever the case.

        Args:
            kind: The name of its schema.
            holder: Who made it (`Caller.holder`).
        """
        return self._records.listed(f"{kind} of {holder}")

    def records_with_id(self, identifier: str) -> list[Record]:
        """Return what has an id in any case.

        Args:
            identifier: The id.
        """
        return self._records.named(identifier)

    def records_referring(self, document: str) -> Listing[Record]:
        """Return what refers to a document and is not deleted.

        Args:
            document: The dokumentId.
        """
        return self._records.listed(f"refers {document}")

    def records_naming(self, person: str) -> Listing[Record]:
        """Return what names a person as its `part` or `modtager`.

        Args:
            person: The personId.
        """
        return self._records.listed(f"names person {person}")
