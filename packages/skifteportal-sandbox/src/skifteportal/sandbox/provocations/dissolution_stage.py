"""What the provocations of compulsory dissolution have in common: the example case, and what is found or made in it."""

from collections.abc import Mapping
from typing import Any, Final

from skifteportal.sandbox.provocations.stage import PDF, Stage
from skifteportal.sandbox.provocations.step import Step
from skifteportal.sandbox.seed_dissolutions import EXAMPLE_CASE

__all__ = [
    "CLOSED_CASE",
    "FOREIGNER",
    "HANDED_ON_CASE",
    "MANAGER",
    "appeal",
    "court",
    "courts_document",
    "creditor",
    "decision",
    "documents",
    "general",
    "liquidator",
    "petition",
    "task",
    "threads",
]

CLOSED_CASE: Final = "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f1003"
HANDED_ON_CASE: Final = "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f1004"
MANAGER: Final = {"type": "PERSON", "person": {"personId": "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f2003"}}
"""A former manager, who is asked for a declaration within ten days."""

FOREIGNER: Final = {"type": "UDENLANDSK_PERSON", "udenlandskPerson": {"navn": "Astrid Berg"}}
"""Somebody without a part in any case."""

_GENERAL: Final = "tvangsoploesning-dirigent"
_CREDITOR: Final = "tvangsoploesning-dirigent-kreditor"
_LIQUIDATOR: Final = "tvangsoploesning-dirigent-likvidator"


def general(
    stage: Stage,
    operation: str,
    body: Any = None,
    *,
    who: str = "liquidator",
    sag: str = EXAMPLE_CASE,
) -> Step:
    """Call the API for general information."""
    return stage.call(who, _GENERAL, operation, body, sagId=sag)


def creditor(
    stage: Stage,
    operation: str,
    body: Any = None,
    *,
    who: str = "creditor",
    sag: str = EXAMPLE_CASE,
) -> Step:
    """Call the API for registrations."""
    return stage.call(who, _CREDITOR, operation, body, sagId=sag)


def liquidator(
    stage: Stage, operation: str, body: Any = None, *, sag: str = EXAMPLE_CASE, **path: str
) -> Step:
    """Call the liquidator's API as the case's liquidator."""
    return stage.call(
        "liquidator", _LIQUIDATOR, operation, body, file=None, query=None, sagId=sag, **path
    )


def threads(stage: Stage, thread: str, *, sag: str) -> Step:
    """Read a thread of messages in a case."""
    return stage.call(
        "liquidator",
        "henvendelse-dirigent",
        "getHenvendelseTraadForSag",
        sagId=sag,
        henvendelseTraadId=thread,
    )


def court(
    stage: Stage, act: str, body: Mapping[str, Any], *, sag: str = EXAMPLE_CASE, **path: str
) -> Step:
    """Let the court act in a case."""
    return stage.court(act, body, sagId=sag, **path)


def documents(stage: Stage) -> list[dict[str, str]]:
    """Upload a document as the liquidator, and return the list that refers to it."""
    made = stage.call("liquidator", "dokument-lager-ekstern", "addV2", file=PDF)
    return [{"dokumentId": made.id, "filnavn": "bilag.pdf", "navn": "Bilag"}]


def courts_document(stage: Stage) -> str:
    """Let the court add a document, and return its id."""
    return court(stage, "tilfoejDokument", {"navn": "Skrivelse"}).id


def decision(stage: Stage) -> str:
    """Return the id of a decision in the example case."""
    return str(general(stage, "getAllAfgoerelse").answer[0]["id"])


def appeal(stage: Stage, **changes: Any) -> Mapping[str, Any]:
    """Return an appeal that is complete but for the changes; None leaves a member out."""
    body = {"afgoerelseId": decision(stage), "paastand": "Ophævelse", "begrundelse": "Fejl"}
    return {name: value for name, value in {**body, **changes}.items() if value is not None}


def petition(stage: Stage) -> Step:
    """File a bankruptcy petition."""
    return liquidator(stage, "indgivKonkursbegaering", {"dokumenter": documents(stage)})


def task(stage: Stage) -> str:
    """Return the id of the task that asks for a report."""
    return str(liquidator(stage, "getAllOpgave").answer[0]["id"])
