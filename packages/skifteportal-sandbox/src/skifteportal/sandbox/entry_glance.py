"""How what a list is sorted by is read off its entries' rows, so that a million of them are sorted in seconds."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from skifteportal.sandbox.state import glance

__all__ = ["entry_glance"]

# Members of an answer that have another name in the row of a registration or record.
_KEPT_AS: Final[Mapping[str, str]] = {
    "id": "id",
    "oprettelsestidspunkt": "created",
    "redigeringstidspunkt": "changed",
    "slettet": "deleted",
}


@cache
def entry_glance(member: str, *, within: tuple[str, ...], files: str) -> Callable[[bytes], Any]:
    """Return what reads a member of the answer off a row, or something that sorts alike.

    Args:
        member: A member with a plain value.
        within: In which of the row's members it is, the first that has it counts: ``data``.
        files: Which of the row's members has the files that `harBilag` tells of.
    """
    if member == "harBilag":
        read = glance(files)
        return lambda row: bool(read(row))
    if member in _KEPT_AS:
        return glance(_KEPT_AS[member])
    return glance(*(f"{name}.{member}" for name in within))
