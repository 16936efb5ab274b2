"""The kinds of things in a dissolution case, as a table: what differs between them, and nothing else."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, TypeAlias

import attrs

from skifteportal.sandbox.call import Call
from skifteportal.sandbox.case_store import Case, Record
from skifteportal.sandbox.dissolution import (
    access,
    appeals,
    declarations,
    effects,
    registration_rules,
    rules,
)
from skifteportal.sandbox.dissolution.requests import REQUESTS, RequestKind

__all__ = ["CREDITORS", "GENERAL", "LIQUIDATORS", "SHARED_KINDS", "Kind"]

Sees: TypeAlias = Callable[[Call, Case, Record], bool]
May: TypeAlias = Callable[[Call, Case], None]
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
        create_rules: As `rules`, only when it is made.
        rules: What a body is judged by after the schema, with the case at hand, in the order answered.
        starts: Members that it has from the start, under those that were filed.
        derived: Members that the portal adds, over those that were filed.
        task: Type of the task (opgave) that making one gives the court; empty for none.
        no_task: The code for a task that has none of these.
        request: What it is to the court that it waits for: a DELETE withdraws it; None where a DELETE takes it away.
        effect: What else happens in the case when one is made.
    """

    name: str
    does: tuple[str, ...] = ("list", "get")
    create: str = ""
    sees: Sees
    may: May = access.appointed
    create_rules: tuple[May, ...] = ()
    rules: tuple[May, ...] = ()
    starts: Starts = _nothing
    derived: Mapping[str, Any] = attrs.field(factory=dict[str, Any])
    task: str = ""
    no_task: str = ""
    request: RequestKind | None = None
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


def _declarant(call: Call) -> Mapping[str, Any]:
    return {"part": call.caller.party}


_PART_MAPPABLE: Final = partial(rules.party_mappable, "part")
_EVERYTHING: Final = ("list", "get", "update", "delete")
_REQUEST: Final = ("list", "get", "delete", "task")

CREDITORS: Final = (
    Kind(
        name="krav",
        does=_EVERYTHING,
        create="addKrav",
        sees=access.own_record,
        may=partial(access.anybody_while_open, "Krav"),
        starts=_creditor,
        rules=(
            registration_rules.filer_is_not_liquidator,
            registration_rules.third_party_named,
            partial(registration_rules.parties_named, "kreditor"),
            registration_rules.stated_not_in_future,
            registration_rules.zero_claim_allowed,
            registration_rules.zero_claim_explained,
        ),
    ),
    Kind(
        name="tilgodehavende",
        does=_EVERYTHING,
        create="addTilgodehavende",
        sees=access.own_record,
        may=partial(access.anybody_while_open, "Tilgodehavende"),
        starts=_debtor,
        rules=(
            registration_rules.filer_is_not_liquidator,
            registration_rules.third_party_named,
            partial(registration_rules.parties_named, "debitor"),
            registration_rules.paid_not_in_future,
        ),
    ),
    Kind(
        name="henvendelse",
        does=("list",),
        create="addHenvendelse",
        sees=access.own_record,
        may=access.anybody,
        derived={"svar": []},
    ),
)
"""What the API for registrations has (guide 4.4.2)."""

GENERAL: Final = (
    Kind(name="frist", does=("list",), sees=access.shared_record),
    Kind(name="afgoerelse", sees=access.published_record),
    Kind(name="retsbog", sees=access.shared_record),
    Kind(name="sagsdokument", does=("list",), sees=access.shared_record),
    Kind(name="erklaeringsanmodning", does=("list",), sees=access.shared_record),
    Kind(
        name="erklaering",
        create="udfyldErklaering",
        sees=access.shared_record,
        may=access.involved,
        effect=effects.declaration_given,
        starts=_declarant,
        rules=(
            declarations.declarant_named,
            rules.mappable,
            _PART_MAPPABLE,
            declarations.declarant_asked,
            declarations.assets_described,
            declarations.end_dated,
            declarations.one_wish,
        ),
    ),
    Kind(
        name="kaeremaal",
        create="addKaeremaal",
        sees=access.shared_record,
        may=appeals.appellant,
        derived={"status": "MODTAGET"},
        task="KAEREMAAL",
        effect=effects.appeal_numbered,
        rules=(
            rules.mappable,
            _PART_MAPPABLE,
            appeals.decision_chosen,
            appeals.appeal_complete,
        ),
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
        no_task=REQUESTS["redegoerelser"].wrong_task,
        effect=effects.report_made,
        rules=(
            rules.mappable,
            rules.report_has_content,
            rules.report_names_its_task,
        ),
    ),
    Kind(
        name="fristudsaettelse",
        does=_REQUEST,
        create="anmodFristudsaettelse",
        sees=access.liquidators_record,
        derived=_UNTREATED,
        task="FRISTUDSAETTELSE",
        no_task=REQUESTS["fristudsaettelser"].wrong_task,
        request=REQUESTS["fristudsaettelser"],
        rules=(rules.mappable, rules.deadline_runs, rules.extension_explained),
    ),
    Kind(
        name="tidligereLedelse",
        does=("list", "update"),
        create="addTidligereLedelse",
        sees=access.liquidators_record,
        derived={"aktiv": True},
        create_rules=(rules.leader_is_person, _PART_MAPPABLE, rules.leader_is_new),
        rules=(rules.mappable,),
    ),
    Kind(
        name="medlikvidatoranmodning",
        does=_REQUEST,
        create="anmodMedlikvidator",
        sees=access.liquidators_record,
        derived=_UNTREATED,
        task="MEDLIKVIDATORANMODNING",
        no_task=REQUESTS["medlikvidatoranmodninger"].wrong_task,
        request=REQUESTS["medlikvidatoranmodninger"],
        rules=(
            rules.mappable,
            rules.co_liquidator_not_decided,
            rules.liquidator_valid,
        ),
    ),
    Kind(
        name="revisoranmodning",
        does=_REQUEST,
        create="anmodRevisor",
        sees=access.liquidators_record,
        derived=_UNTREATED,
        task="REVISORANMODNING",
        no_task=REQUESTS["revisoranmodninger"].wrong_task,
        request=REQUESTS["revisoranmodninger"],
        rules=(
            rules.mappable,
            partial(rules.party_mappable, "revisor"),
            rules.auditor_not_decided,
            rules.auditor_explained,
        ),
    ),
    Kind(
        name="konkursbegaering",
        does=_REQUEST,
        create="indgivKonkursbegaering",
        sees=access.liquidators_record,
        derived=_UNTREATED,
        task="KONKURSBEGAERING",
        no_task=REQUESTS["konkursbegaeringer"].wrong_task,
        request=REQUESTS["konkursbegaeringer"],
        rules=(rules.mappable, rules.petition_has_document, rules.one_petition),
    ),
    Kind(
        name="afslutning",
        does=("list",),
        create="addAfslutning",
        sees=access.liquidators_record,
        rules=(rules.mappable, rules.no_closing_waits),
    ),
    Kind(
        name="bemaerkning",
        does=("list", "update", "delete"),
        create="addBemaerkning",
        sees=access.liquidators_record,
        rules=(rules.mappable, rules.one_remark_highlighted),
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

SHARED_KINDS: Final = frozenset(
    {kind.name for kind in GENERAL} | {"sagshaendelse", "tidligereLedelse"}
)
"""The kinds of what is seen by the roles that the court shares it with: what the API for general information shows."""
