"""The dissolution cases that a portal starts with: liquidators' profiles, and cases at every stage.

In the data ``@-45`` is the day 45 days ago and ``@@-45`` that moment, ``#name`` an id within the case, and a party stands
as its CVR number or person id. The first case's id is the guide's (4.5.3).
"""

import uuid
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Final, cast

import msgspec

from skifteportal.sandbox.case_store import Case, Document, Record
from skifteportal.sandbox.clock import Clock, nanoseconds, timestamp, today
from skifteportal.sandbox.pdf_page import one_page_pdf
from skifteportal.sandbox.registers.data import registers, short_address
from skifteportal.sandbox.seed_cases import made_up_cases, made_up_people, made_up_profiles
from skifteportal.sandbox.store import Person, Profile, Store

__all__ = ["EXAMPLE_CASE", "EXAMPLE_COMPANY", "EXAMPLE_PROFILE", "add_dissolutions"]

EXAMPLE_CASE: Final = "ddf07fc5-d4af-43b0-9d55-44637c1fb2a8"
"""The case of the guide's message (4.5.3): open, with a liquidator."""

EXAMPLE_COMPANY: Final = "90000011"
"""CVR number of the company that case is about."""

EXAMPLE_PROFILE: Final = "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f3001"
"""The profile of that case's liquidator, in which `anmelder.p12` takes part."""

_ROLES: Final = frozenset(
    {"KREDITOR", "DEBITOR", "LIKVIDATOR", "TIDLIGERE_LIKVIDATOR", "TIDLIGERE_LEDELSE"}
)
_NAMESPACE: Final = uuid.UUID("5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f0d15")
_REOPENING: Final = timedelta(days=90)
_CVR_DIGITS: Final = 8


@cache
def _data() -> Mapping[str, Any]:
    text = files("skifteportal.sandbox").joinpath("seed_dissolutions.json").read_bytes()
    data: Mapping[str, Any] = msgspec.json.decode(text)
    return data


def add_dissolutions(store: Store, *, clock: Clock, serials: Mapping[str, str]) -> None:
    """Enter profiles, cases, their people and documents; the same for the same date.

    Args:
        store: Where to.
        clock: Days are reckoned from its date.
        serials: SERIALNUMBER of each company's certificate, by CVR number.
    """
    districts = tuple(registers().districts)
    addresses = tuple(registers().addresses)
    store.add_people(_person(one) for one in (*_data()["people"], *made_up_people(addresses)))
    for entry in (*_data()["profiles"], *made_up_profiles()):
        store.profiles[entry["id"]] = Profile(
            id=entry["id"],
            person=entry["person"],
            name=store.persons[entry["person"]].name,
            company=entry["company"],
            participants=frozenset(serials[cvr] for cvr in entry["participants"]),
        )
    now = today(clock)
    for entry in (*_data()["cases"], *made_up_cases(districts)):
        made = _Made(entry, store, now)
        store.cases[made.case.id] = made.case
        for record in made.records:
            made.case.add(record)
        store.documents.update({document.id: document for document in made.documents})


def _person(entry: Mapping[str, Any]) -> Person:
    return Person(
        id=entry["id"],
        name=entry["name"],
        born=entry["born"],
        address=short_address(registers().addresses[entry["darId"]]),
        protected=entry.get("protected", False),
    )


class _Made:
    """One case, made from its entry in the data."""

    def __init__(self, entry: Mapping[str, Any], store: Store, now: date) -> None:
        self._id: str = entry["id"]
        self._profiles = store.profiles
        self._now = now
        self._entry = entry
        received = now - timedelta(days=entry["received"])
        moment = self._moment(entry["received"])
        self.documents = [self._document(one) for one in entry.get("documents", ())]
        self._names = {document.id: document.name for document in self.documents}
        self._sizes = {document.id: len(document.content) for document in self.documents}
        self.records = [*self._liquidators(), *(self._record(one) for one in entry["records"])]
        self.case = Case(
            id=self._id,
            number=f"SKS {entry['number']}/{received.year}",
            company=entry["company"],
            office=entry["district"],
            district=entry["district"],
            received=received,
            reopening=received + _REOPENING if entry.get("reopening") else None,
            status=entry["status"],
            created=moment,
            changed=moment,
        )

    def _moment(self, days_ago: int) -> int:
        return nanoseconds(f"{self._now - timedelta(days=days_ago)}T09:15:27.3456789Z")

    def _named(self, name: str) -> str:
        return str(uuid.uuid5(_NAMESPACE, f"{self._id} {name}"))

    def _party(self, who: str) -> Mapping[str, Any]:
        if len(who) == _CVR_DIGITS:
            return {"type": "VIRKSOMHED", "virksomhed": {"cvrNummer": who}}
        profile = self._profiles.get(who)
        return {"type": "PERSON", "person": {"personId": profile.person if profile else who}}

    def _document(self, entry: Mapping[str, Any]) -> Document:
        holder = entry.get("by", "")
        return Document(
            id=self._named(entry["id"]),
            name=entry["name"],
            content=one_page_pdf(*entry["lines"]),
            created=self._moment(self._entry["received"]),
            holder=holder,
            party=self._party(holder) if holder else {},
        )

    def _liquidators(self) -> Iterator[Record]:
        for entry in self._entry.get("liquidators", ()):
            profile = self._profiles[entry["profile"]]
            data: dict[str, Any] = {
                "likvidatorId": profile.id,
                "navn": profile.name,
                "cvrNummer": profile.company,
                "udpeget": self._day(-entry["appointed"]),
                "publiceret": True,
                "habil": True,
            }
            if "resigned" in entry:
                data["fratraadt"] = self._day(-entry["resigned"])
            moment = self._moment(entry["appointed"])
            yield Record(
                id=profile.id,
                kind="likvidator",
                case=self._id,
                data=data,
                created=moment,
                changed=moment,
            )

    def _record(self, entry: Mapping[str, Any]) -> Record:
        moment = self._moment(entry["ago"])
        holder = entry.get("by", "")
        shared = entry.get("shared", ())
        identifier = self._named(entry.get("id", f"{entry['kind']} {entry['ago']}"))
        data = self._filled(entry["data"])
        if entry["kind"] == "sagsdokument":
            data |= {
                "filnavn": self._names[identifier],
                "type": "application/pdf",
                "stoerelse": self._sizes[identifier],
                "oprettet": timestamp(moment),
            }
        if entry["kind"] == "henvendelseTraad":
            data["sagId"] = self._id
        return Record(
            id=identifier,
            kind=entry["kind"],
            case=self._id,
            data=data,
            created=moment,
            changed=moment,
            holder=holder,
            party=self._party(holder) if holder else {},
            shared=_ROLES if shared == "ALL" else frozenset(shared),
        )

    def _day(self, days: int) -> str:
        return (self._now + timedelta(days=days)).isoformat()

    def _filled(self, data: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self._value(name, value) for name, value in data.items()}

    def _value(self, name: str, value: Any) -> Any:
        if name in {"part", "modtager", "kreditor", "debitor"}:
            return self._party(value)
        if name in {"dokumenter", "bilag"}:
            return [self._reference(one) for one in value]
        if name == "henvendelser":
            return [self._message(one) for one in cast("list[dict[str, Any]]", value)]
        if name == "dokument":
            return self._reference(value)
        return self._text(value) if isinstance(value, str) else value

    def _text(self, value: str) -> str:
        if value.startswith("#"):
            return self._named(value)
        if value.startswith("@@"):
            return timestamp(self._moment(-int(value[2:])))
        return self._day(int(value[1:])) if value.startswith("@") else value

    def _reference(self, name: str) -> Mapping[str, str]:
        identifier = self._named(name)
        file = self._names[identifier]
        return {"dokumentId": identifier, "filnavn": file, "navn": file.removesuffix(".pdf")}

    def _message(self, entry: Mapping[str, Any]) -> Mapping[str, Any]:
        moment = timestamp(self._moment(entry["ago"]))
        sender = (
            self._party(entry["by"])
            if "by" in entry
            else {"type": "ANDEN", "anden": "Skifteretten"}
        )
        rest = {name: value for name, value in entry.items() if name not in {"ago", "by"}}
        return {
            "oprettelsestidspunkt": moment,
            "redigeringstidspunkt": moment,
            "afsender": sender,
            **self._filled(rest),
        }
