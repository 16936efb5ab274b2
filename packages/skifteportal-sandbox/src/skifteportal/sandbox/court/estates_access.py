"""How the court's acts find an estate, and note that it was changed."""

from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.court.act import CourtCall
from skifteportal.sandbox.store import Estate

__all__ = ["changed", "estate_of"]


def estate_of(call: CourtCall) -> Estate:
    """Return the estate that an act's path names.

    Raises:
        Fault: 404, there is no such estate.
    """
    estate = call.world.store.estates.get(call.path["doedsbojournalId"].lower())
    if estate is None:
        raise Fault(404, "Dødsbojournalen findes ikke", field="doedsbojournalId")
    return estate


def changed(call: CourtCall, estate: Estate) -> None:
    """Note that an estate was changed just now, which findChangedSince finds it by."""
    estate.changed = call.world.clock.now_ns()
