"""What the portal remembers of estates and what is filed in them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import attrs

from skifteportal.sandbox.state import Several, file_content

__all__ = ["Attachment", "Estate", "Registration"]


def _company(party: Mapping[str, Any]) -> str:
    """Return the CVR number of a `part` that is a company; empty for others."""
    number: str = party.get("virksomhed", {}).get("cvrNummer", "")
    return number if party.get("type") == "VIRKSOMHED" else ""


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
        disclosed: CVR numbers of those whom the court told who settles the estate, without an inquiry, before it was handed
            over.
        approved: CVR numbers of those whose inquiry the court has approved.
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
    disclosed: Several = attrs.field(converter=Several, default=Several())
    approved: Several = attrs.field(converter=Several, default=Several())

    @property
    def handed_over(self) -> bool:
        """Whether the court has handed the estate over (boet er udleveret)."""
        return "boUdleveret" in self.details.get("vigtigeDatoer", {})

    def tells(self, company: str) -> bool:
        """Whether a company is told who settles the estate.

        All are when it has been handed over (guide 4.3.2), and before that those whose inquiry the court has approved
        (guide 1.2), or whom it tells of itself: an assumption.

        Args:
            company: The CVR number.
        """
        return self.handed_over or company in self.disclosed or company in self.approved

    def settled_by(self, company: str) -> bool:
        """Whether a company settles the estate, as bobestyrer or contact person to whom it was handed over.

        It then sees what anybody files (guide 2.1; 2.5, steps 4 and 5).

        Args:
            company: The CVR number.
        """
        holders = (self.details.get(name, {}) for name in ("bobestyrer", "kontaktperson"))
        return self.handed_over and any(
            _company(holder.get("part", {})) == company for holder in holders
        )


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
    _content: Callable[[], bytes] = attrs.field(
        alias="content", default=bytes, converter=file_content
    )

    @property
    def content(self) -> bytes:
        """The file; read when it is asked for."""
        return self._content()


@attrs.define(kw_only=True, repr=False)
class Registration:
    """A claim, receivable, inventory or request that a company filed in an estate.

    Attributes:
        id: Its id.
        kind: ``krav``, ``tilgodehavende`` …: the name of its schema.
        estate: The estate's id.
        company: CVR number of the filer, who alone changes it.
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

    @property
    def seen_by(self) -> tuple[str, ...]:
        """CVR numbers of those who see it, each once, whoever settles the estate: its filer, and the company that it names as creditor or debtor.

        The guide names the creditor (2.5, step 4); that the debtor of a receivable sees it is an assumption.
        """
        named = self.data.get("kreditor") or self.data.get("debitor")
        other = "" if named is None else _company(named)
        return (self.company, other) if other and other != self.company else (self.company,)
