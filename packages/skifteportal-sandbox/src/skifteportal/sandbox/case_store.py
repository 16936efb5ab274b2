"""What the portal remembers of dissolution cases, and the documents that are referred to by id."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, Literal, TypeAlias

import attrs

__all__ = ["CLOSED", "Case", "Document", "Record", "Role", "document_ids"]

Role: TypeAlias = Literal[
    "KREDITOR", "DEBITOR", "LIKVIDATOR", "TIDLIGERE_LIKVIDATOR", "TIDLIGERE_LEDELSE"
]
"""What somebody is in a case, as the case list (sagshylde) names it."""

CLOSED: Final = frozenset({"OPLOEST", "KONKURS", "GENOPTAGET", "LIKVIDATION"})
"""The statuses of cases that are over."""


@attrs.frozen(kw_only=True, repr=False)
class Document:
    """A file that others refer to by its id.

    Attributes:
        id: Its dokumentId.
        name: File name.
        content: The file, bytes.
        created: When it was uploaded, nanoseconds since 1970.
        holder: Whom it belongs to (`Caller.holder`); empty for the court.
        party: The same as a `part`; empty for the court.
    """

    id: str
    name: str
    content: bytes
    created: int
    holder: str = ""
    party: Mapping[str, Any] = attrs.field(factory=dict[str, Any])


@attrs.define(kw_only=True, repr=False)
class Record:
    """Anything in a case: a claim, a deadline, a decision, a request, a thread of messages.

    Attributes:
        id: Its id.
        kind: The name of its schema.
        case: The case's id.
        data: Its members, ready to send; replaced whole, never changed in place.
        created: Nanoseconds since 1970.
        changed: Nanoseconds since 1970.
        holder: Who made it (`Caller.holder`); empty for the court.
        party: The same as a `part`; empty for the court.
        shared: The roles that the court shares it with.
        task: The task (opgave) that it belongs to; empty for none.
        deleted: Whether its maker deleted it.
    """

    id: str
    kind: str
    case: str
    data: Mapping[str, Any]
    created: int
    changed: int
    holder: str = ""
    party: Mapping[str, Any] = attrs.field(factory=dict[str, Any])
    shared: frozenset[str] = frozenset()
    task: str = ""
    deleted: bool = False

    def amend(self, moment: int, **members: Any) -> None:
        """Change some members.

        Args:
            moment: When, nanoseconds since 1970.
            **members: The new values.
        """
        self.data = {**self.data, **members}
        self.changed = moment


@attrs.define(kw_only=True, repr=False)
class Case:
    """A dissolution case (tvangsopløsningssag).

    Attributes:
        id: Its sagId.
        number: The court's own number (sagsnummer).
        company: CVR number of the company to be dissolved.
        office: Id of the office (embede) that has it.
        district: Id of the court district (retskreds).
        received: The day the court received it.
        reopening: The last day to ask for reopening; None where that is not possible.
        status: As `sagStatus` has it.
        created: Nanoseconds since 1970.
        changed: Nanoseconds since 1970.
        records: Everything in it, by id, in the order it came.
    """

    id: str
    number: str
    company: str
    office: str
    district: str
    received: date
    reopening: date | None
    status: str
    created: int
    changed: int
    records: dict[str, Record] = attrs.field(factory=dict[str, Record])

    @property
    def closed(self) -> bool:
        """Whether it is over, so that nothing can be filed in it any more."""
        return self.status in CLOSED

    def of_kind(self, kind: str) -> Iterator[Record]:
        """Yield what there is of a kind, deleted ones too."""
        return (record for record in self.records.values() if record.kind == kind)

    def add(self, record: Record) -> None:
        """Enter something."""
        self.records[record.id] = record


def document_ids(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield the ids of the documents that something refers to, in its messages and answers too.

    Args:
        data: Members of a record.
    """
    single = data.get("dokument")
    for reference in (
        *data.get("dokumenter", ()),
        *data.get("bilag", ()),
        *((single,) if single else ()),
    ):
        yield reference["dokumentId"]
    for inner in (*data.get("henvendelser", ()), *data.get("svar", ())):
        yield from document_ids(inner)
