"""What the portal remembers of dissolution cases, and the documents that are referred to by id."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, Literal, TypeAlias

import attrs

from skifteportal.sandbox.state import Listing, Session, Several, Shape, Table, file_content

__all__ = ["CLOSED", "Case", "Document", "Record", "Records", "Role", "document_ids", "kind_list"]

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
    _content: Callable[[], bytes] = attrs.field(
        alias="content", default=bytes, converter=file_content
    )
    created: int
    holder: str = ""
    party: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    @property
    def content(self) -> bytes:
        """The file; read when it is asked for."""
        return self._content()


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
    shared: Several = attrs.field(converter=Several, default=Several())
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


def kind_list(kind: str, *, case: str, holder: str = "", deleted: bool = True) -> str:
    """Name the list of what there is of a kind in a case; see `Records.of_kind`."""
    return f"case {case} {kind}{holder and ' of '}{holder}{'' if deleted else ' standing'}"


class Records(Table[Record]):
    """What is in a case that a store keeps, by id, in the order it came.

    Args:
        session: Who fetches and writes it.
        shape: How it is kept.
        case: The case's id.
    """

    def __init__(self, session: Session, shape: Shape[Record], case: str) -> None:
        super().__init__(session, shape, owner=case, name=f"case {case}")
        self._case = case

    def of_kind(self, kind: str, *, holder: str = "", deleted: bool = True) -> Listing[Record]:
        """Return what there is of a kind, in the order it came.

        Args:
            kind: The name of its schema.
            holder: Who made it (`Caller.holder`); anybody unless given.
            deleted: Whether to return what was deleted, too.
        """
        return self.listed(kind_list(kind, case=self._case, holder=holder, deleted=deleted))

    def roles(self, keys: Iterable[str]) -> Listing[Record]:
        """Return what gives somebody a part in the case: an appointment, a claim, a place in former management.

        Args:
            keys: Who it is: ``profile …``, ``holder …``, ``person …`` or ``company …``, with the id.
        """
        return self.joined(f"role {self._case} {key}" for key in keys)


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
    _records: Records | None = attrs.field(default=None, init=False, eq=False)

    @property
    def records(self) -> Records:
        """Everything in it, by id, in the order it came; there as soon as a store has the case."""
        assert self._records is not None  # noqa: S101 - the store's promise
        return self._records

    def keep_in(self, records: Records) -> None:
        """Say where everything in it is kept.

        Args:
            records: The store's table of it.
        """
        self._records = records

    @property
    def closed(self) -> bool:
        """Whether it is over, so that nothing can be filed in it any more."""
        return self.status in CLOSED

    def of_kind(self, kind: str) -> Listing[Record]:
        """Return what there is of a kind, deleted ones too, in the order it came."""
        return self.records.of_kind(kind)

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
