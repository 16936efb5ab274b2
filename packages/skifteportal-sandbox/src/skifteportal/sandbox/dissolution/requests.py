"""The requests that wait for the court, as a table: which code says that one is decided already, or is not there."""

from collections.abc import Mapping
from typing import Final

import attrs

from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.call import Asked
from skifteportal.sandbox.case_store import Case, Record

__all__ = [
    "REQUESTS",
    "RequestKind",
    "awaiting_publication",
    "check_untreated",
    "of_task",
    "untreated",
]

_UNTREATED: Final = "UBEHANDLET"
_DECIDED: Final = "AFGJORT"


@attrs.frozen(kw_only=True)
class RequestKind:
    """One kind of request.

    Attributes:
        name: The name of its schema.
        wrong_task: The code for a task that has none of these.
        untreated: The code for a request that was dealt with or withdrawn; empty where the portal has none.
        decided: The code for a request whose decision is made; empty where decisions need no publishing.
    """

    name: str
    wrong_task: str
    untreated: str = ""
    decided: str = ""


REQUESTS: Final[Mapping[str, RequestKind]] = {
    "fristudsaettelser": RequestKind(
        name="fristudsaettelse",
        wrong_task="sag.fristudsaettelse.opgave.ikke.tilknyttet",
        untreated="handling.fristudsaettelse.anmodning.ubehandlet.eksisterer.ikke",
    ),
    "konkursbegaeringer": RequestKind(
        name="konkursbegaering",
        wrong_task="handling.konkursbegaering.ukendt.opgave.relation",
        untreated="handling.konkursbegaering.ubehandlet.eksisterer.ikke",
    ),
    "revisoranmodninger": RequestKind(
        name="revisoranmodning",
        wrong_task="handling.revisor.ukendt.opgave.relation",
        untreated="handling.revisor.ubehandlet.eksisterer.ikke",
        decided="handling.revisor.behandling.publicering",
    ),
    "medlikvidatoranmodninger": RequestKind(
        name="medlikvidatoranmodning",
        wrong_task="sag.medlikvidatoranmodning.opgave.ikke.tilknyttet",
        decided="handling.medlikvidator.behandling.publicering",
    ),
    "redegoerelser": RequestKind(
        name="redegoerelse",
        wrong_task="sag.redegoerelse.opgave.ikke.tilknyttet",
    ),
}
"""The kinds by their part of the path."""


def untreated(case: Case, kind: str, *, task: str = "") -> Record | None:
    """Return a request of a kind that waits for the court; None for none.

    Args:
        case: The case.
        kind: The kind's name.
        task: Id of the task that it belongs to; any unless given.
    """
    waiting = (one for one in case.of_kind(kind) if one.data["status"] == _UNTREATED)
    return next((one for one in waiting if not task or one.task == task), None)


def of_task(case: Case, kind: str, task: str) -> Record | None:
    """Return what belongs to a task, the newest where several do; None for none.

    Args:
        case: The case.
        kind: The kind's name.
        task: The task's id.
    """
    found = [one for one in case.of_kind(kind) if one.task == task.lower()]
    return found[-1] if found else None


def awaiting_publication(case: Case, kind: str) -> bool:
    """Whether the decision on a request of a kind waits to be published."""
    return any(one.data["status"] == _DECIDED for one in case.of_kind(kind))


def check_untreated(call: Asked, kind: RequestKind, record: Record | None) -> None:
    """Refuse what is done to a request that no longer waits for the court.

    Args:
        call: The call or act.
        kind: The request's kind.
        record: The request; None: the case has none that waits.

    Raises:
        Fault: It was decided, dealt with or withdrawn; without a code where the portal has none.
    """
    status = None if record is None else record.data["status"]
    if status == _UNTREATED:
        return
    if kind.decided and (status == _DECIDED or (status == "PUBLICERET" and not kind.untreated)):
        raise call.refuse(kind.decided)
    if kind.untreated:
        raise call.refuse(kind.untreated)
    text = f"Der findes ingen ubehandlet {kind.name} på sagen"
    raise Fault(call.world.settings.conflict_status, text)
