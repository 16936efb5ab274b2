"""The kinds of registrations in an estate, as a table: what differs between them, and nothing else."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

import attrs

from skifteportal.sandbox.doedsbo import rules
from skifteportal.sandbox.doedsbo.rules import Breach, Rule
from skifteportal.sandbox.settings import Settings
from skifteportal.sandbox.store import Estate

__all__ = ["KINDS", "Deadlines", "Kind"]


@attrs.frozen(kw_only=True)
class Deadlines:
    """Until when claims in an estate may be filed and corrected; None: no deadline.

    Attributes:
        claims: The last day for claims (dødsboskifteloven § 81).
        provisional: The last day for corrections of provisional claims (§ 82).
    """

    claims: date | None = None
    provisional: date | None = None

    @classmethod
    def of(cls, estate: Estate, settings: Settings) -> "Deadlines":
        """Reckon the deadlines from the estate's notice to creditors."""
        if estate.notice is None:
            return cls()
        claims = _later(estate.notice, settings.deadline_weeks)
        return cls(claims=claims, provisional=_later(claims, settings.provisional_weeks))

    def claims_over(self, today: date) -> bool:
        """Whether the deadline for claims has passed."""
        return self.claims is not None and today > self.claims

    def provisional_over(self, today: date) -> bool:
        """Whether the deadline for corrections of provisional claims has passed."""
        return self.provisional is not None and today > self.provisional


def _later(day: date, weeks: int) -> date:
    """Return a day some weeks later, or the calendar's last where it has none so late."""
    try:
        return day + timedelta(weeks=weeks)
    except OverflowError:
        return date.max


EditRule = Callable[[Mapping[str, Any], Deadlines, date], Breach | None]
Derive = Callable[[Deadlines, date], Mapping[str, Any]]


def _claim_open(data: Mapping[str, Any], deadlines: Deadlines, today: date) -> Breach | None:
    """f21, f22: a final claim stands fast after the first deadline, a provisional one after the second."""
    if data["endeligt"]:
        return (
            Breach(code="doedsbo.f21", field="endeligt") if deadlines.claims_over(today) else None
        )
    return (
        Breach(code="doedsbo.f22", field="endeligt") if deadlines.provisional_over(today) else None
    )


def _receivable_open(_data: Mapping[str, Any], deadlines: Deadlines, today: date) -> Breach | None:
    """f23: a receivable stands fast after the deadline for claims."""
    return Breach(code="doedsbo.f23", field="udbetalt") if deadlines.claims_over(today) else None


def _always_open(_data: Mapping[str, Any], _deadlines: Deadlines, _today: date) -> Breach | None:
    return None


def _in_time(deadlines: Deadlines, today: date) -> Mapping[str, Any]:
    return {"rettidigt": not deadlines.claims_over(today)}


def _untreated(_deadlines: Deadlines, _today: date) -> Mapping[str, Any]:
    return {"status": "UBEHANDLET"}


def _nothing(_deadlines: Deadlines, _today: date) -> Mapping[str, Any]:
    return {}


@attrs.frozen(kw_only=True)
class Kind:
    """One kind of registration.

    Attributes:
        name: The kind's name, as its schema and its id parameter have it: ``krav``, ``kravId``.
        collection: Its part of the path.
        rules: What its body is judged by before the schema, in the order answered.
        create_rules: The same, only when it is made.
        entry_rules: Those that go by the day on which it was made: when it is made the last of all, and when it is
            corrected once it is found.
        editable: Whether it may still be corrected.
        derive: Members that the portal adds when it is made.
        receipt: The letter of its receipt's code.
        called: What its receipt calls it.
        final: Whether it stands as it was made: it can be neither corrected nor deleted.
    """

    name: str
    collection: str
    rules: tuple[Rule, ...]
    create_rules: tuple[Rule, ...] = ()
    entry_rules: tuple[Rule, ...] = ()
    editable: EditRule = _always_open
    derive: Derive = _nothing
    receipt: str
    called: str
    final: bool = False

    @property
    def operation_suffix(self) -> str:
        """The kind's part of its operationIds: ``Krav``."""
        return self.name.capitalize()

    @property
    def parameter(self) -> str:
        """The name of its id in paths."""
        return f"{self.name}Id"


KINDS: Final = (
    Kind(
        name="krav",
        collection="krav",
        rules=(rules.notified_party_named, rules.stated_not_in_future),
        entry_rules=(rules.received_before,),
        editable=_claim_open,
        derive=_in_time,
        receipt="K",
        called="krav",
    ),
    Kind(
        name="tilgodehavende",
        collection="tilgodehavender",
        rules=(
            rules.notified_party_named,
            rules.payout_date_fits,
            rules.payout_not_in_future,
            rules.stated_not_in_future,
        ),
        entry_rules=(rules.received_before,),
        editable=_receivable_open,
        receipt="T",
        called="tilgodehavende",
    ),
    Kind(
        name="effektfortegnelse",
        collection="effektfortegnelser",
        rules=(
            rules.notified_party_named,
            rules.inventory_has_content,
            rules.inventory_without_repeats,
        ),
        receipt="E",
        called="effektfortegnelse",
    ),
    Kind(
        name="forespoergsel",
        collection="forespoergsler",
        rules=(rules.notified_party_named,),
        create_rules=(rules.inquiry_confirmed,),
        derive=_untreated,
        receipt="F",
        called="forespørgsel",
    ),
    Kind(
        name="aktiv",
        collection="aktiver",
        rules=(rules.notified_party_named,),
        receipt="A",
        called="aktiv",
    ),
    Kind(
        name="proformaopgoerelse",
        collection="proformaopgoerelser",
        rules=(),
        create_rules=(rules.statement_confirmed,),
        receipt="P",
        called="proformaopgørelse",
        final=True,
    ),
)
