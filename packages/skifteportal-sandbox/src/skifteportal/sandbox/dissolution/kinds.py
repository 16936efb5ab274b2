"""The kinds of things in a dissolution case, as a table: what differs between them, and nothing else."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

import attrs

from skifteportal.sandbox.call import Call
from skifteportal.sandbox.case_store import Case, Record
from skifteportal.sandbox.dissolution import access, effects

__all__ = ["CREDITORS", "GENERAL", "LIQUIDATORS", "Kind"]

Sees: TypeAlias = Callable[[Call, Case, Record], bool]
May: TypeAlias = Callable[[Call, Case], None]
Check: TypeAlias = Callable[[Call], None]
Starts: TypeAlias = Callable[[Call], Mapping[str, Any]]
Effect: TypeAlias = Callable[[Call, Case, Record], None]

_UNTREATED: Final = {"status": "UBEHANDLET"}


def _nothing(_call: Call) -> Mapping[str, Any]:
    return {}


def _no_effect(_call: Call, _case: Case, _record: Record) -> None:
    return None


@attrs.frozen(kw_only=True)
class Kind:
    """One kind of thing in a case, as one API shows it.

    Attributes:
        name: The name of its schema; its id parameter is that with ``Id`` behind it.
        does: Its operations: ``list``, ``get``, ``update``, ``delete``, ``task`` (get…ForOpgave).
        create: The operationId that makes one; empty where only the court does.
        sees: Who sees one of them.
        may: Who may make, change and delete it.
        early: Rules with a code of their own that answer before the schema does: the place for those of issue 5.
        check: Rules that answer after the schema, with the case at hand: likewise.
        starts: Members that it has from the start, under those that were filed.
        derived: Members that the portal adds, over those that were filed.
        task: Type of the task (opgave) that making one gives the court; empty for none.
        no_task: The code for a task that has none of these.
        withdrawn: The status that a DELETE gives it; empty where a DELETE takes it away.
        effect: What else happens in the case when one is made.
    """

    name: str
    does: tuple[str, ...] = ("list", "get")
    create: str = ""
    sees: Sees
    may: May = access.appointed
    early: Check | None = None
    check: May | None = None
    starts: Starts = _nothing
    derived: Mapping[str, Any] = attrs.field(factory=dict[str, Any])
    task: str = ""
    no_task: str = ""
    withdrawn: str = ""
    effect: Effect = _no_effect

    @property
    def suffix(self) -> str:
        """The kind's part of its operationIds."""
        return self.name[0].upper() + self.name[1:]

    @property
    def parameter(self) -> str:
        """The name of its id in paths."""
        return f"{self.name}Id"


def _creditor(call: Call) -> Mapping[str, Any]:
    return {"kreditor": call.caller.party}


def _debtor(call: Call) -> Mapping[str, Any]:
    return {"debitor": call.caller.party}


_EVERYTHING: Final = ("list", "get", "update", "delete")
_REQUEST: Final = ("list", "get", "delete", "task")

CREDITORS: Final = (
    Kind(
        name="krav",
        does=_EVERYTHING,
        create="addKrav",
        sees=access.own_record,
        may=access.anybody_while_open,
        starts=_creditor,
    ),
    Kind(
        name="tilgodehavende",
        does=_EVERYTHING,
        create="addTilgodehavende",
        sees=access.own_record,
        may=access.anybody_while_open,
        starts=_debtor,
    ),
    Kind(
        name="henvendelse",
        does=("list",),
        create="addHenvendelse",
        sees=access.own_record,
        may=access.anybody_while_open,
        derived={"svar": []},
    ),
)
"""What the API for registrations has (guide 4.4.2)."""

GENERAL: Final = (
    Kind(name="frist", does=("list",), sees=access.shared_record),
    Kind(name="afgoerelse", sees=access.shared_record),
    Kind(name="retsbog", sees=access.shared_record),
    Kind(name="sagsdokument", does=("list",), sees=access.shared_record),
    Kind(name="erklaeringsanmodning", does=("list",), sees=access.shared_record),
    Kind(
        name="erklaering",
        create="udfyldErklaering",
        sees=access.shared_record,
        may=access.involved,
        effect=effects.declaration_given,
    ),
    Kind(
        name="kaeremaal",
        create="addKaeremaal",
        sees=access.shared_record,
        may=access.involved_though_closed,  # an appeal may be of the closing decision
        derived={"status": "MODTAGET"},
        task="KAEREMAAL",
        effect=effects.appeal_numbered,
    ),
)
"""What the API for general information has (guide 4.4.1)."""

LIQUIDATORS: Final = (
    Kind(name="krav", sees=access.liquidators_record),
    Kind(name="tilgodehavende", sees=access.liquidators_record),
    Kind(
        name="redegoerelse",
        does=("list", "get", "task"),
        create="addRedegoerelse",
        sees=access.liquidators_record,
        derived=_UNTREATED,
        no_task="sag.redegoerelse.opgave.ikke.tilknyttet",
        effect=effects.report_made,
    ),
    Kind(
        name="fristudsaettelse",
        does=_REQUEST,
        create="anmodFristudsaettelse",
        sees=access.liquidators_record,
        derived=_UNTREATED,
        task="FRISTUDSAETTELSE",
        no_task="sag.fristudsaettelse.opgave.ikke.tilknyttet",
        withdrawn="TILBAGEKALDT",
    ),
    Kind(
        name="tidligereLedelse",
        does=("list", "update"),
        create="addTidligereLedelse",
        sees=access.liquidators_record,
        derived={"aktiv": True},
    ),
    Kind(
        name="medlikvidatoranmodning",
        does=_REQUEST,
        create="anmodMedlikvidator",
        sees=access.liquidators_record,
        derived=_UNTREATED,
        task="MEDLIKVIDATORANMODNING",
        no_task="sag.medlikvidatoranmodning.opgave.ikke.tilknyttet",
        withdrawn="TILBAGEKALDT",
    ),
    Kind(
        name="revisoranmodning",
        does=_REQUEST,
        create="anmodRevisor",
        sees=access.liquidators_record,
        derived=_UNTREATED,
        task="REVISORANMODNING",
        no_task="handling.revisor.ukendt.opgave.relation",
        withdrawn="TILBAGEKALDT",
    ),
    Kind(
        name="konkursbegaering",
        does=_REQUEST,
        create="indgivKonkursbegaering",
        sees=access.liquidators_record,
        derived=_UNTREATED,
        task="KONKURSBEGAERING",
        no_task="handling.konkursbegaering.ukendt.opgave.relation",
        withdrawn="TILBAGEKALDT",
    ),
    Kind(
        name="afslutning",
        does=("list",),
        create="addAfslutning",
        sees=access.liquidators_record,
    ),
    Kind(
        name="bemaerkning",
        does=("list", "update", "delete"),
        create="addBemaerkning",
        sees=access.liquidators_record,
    ),
    Kind(name="opgave", sees=access.liquidators_record),
    Kind(
        name="kaeremaal",
        does=("task",),
        sees=access.liquidators_record,
        no_task="sag.kaeremaal.opgave.ikke.tilknyttet",
    ),
)
"""What the liquidator's API has (guide 4.4.3)."""
