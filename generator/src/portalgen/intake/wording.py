"""Puts a change into a sentence that somebody can read who never saw the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portalgen.escape import clean

if TYPE_CHECKING:
    from portalgen.diff import Change, PythonName

__all__ = ["place", "sentence"]

_LISTED = 5


def sentence(change: Change) -> str:
    """Say what changed, where, whom it concerns, and what it is called in Python."""
    parts = [f"{place(change.location)}: {change.reason.rstrip('.')}."]
    if change.note:
        parts.append(f"{change.note.rstrip('.')}.")
    if change.operations:
        parts.append(f"Concerns {_listed(change.operations)}.")
    if change.python:
        parts.append(f"In Python: {_listed(tuple(_python(one) for one in change.python))}.")
    return " ".join(clean(" ".join(parts)).split())


def place(pointer: str) -> str:
    """Name a place in a file for a reader: `kravInput.beloeb`, `POST /krav`, else its pointer.

    Args:
        pointer: A JSON pointer.
    """
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    match steps:
        case ["components", "schemas", name, *rest]:
            inner = [step for step in rest if step not in {"properties", "items"}]
            return ".".join([name, *inner])
        case ["components", kind, name, *rest]:
            return " ".join([f"{kind.removesuffix('s')} {name}", *rest[:1]])
        case ["paths", path, method, *rest]:
            return " ".join(
                [f"{method.upper()} {path}", *(step for step in rest[:2] if not step.isdecimal())]
            )
        case []:
            return "the file"
        case _:
            return " ".join(steps)


def _python(name: PythonName) -> str:
    return f"{name.path} {name.fate}" + (f" to {name.replacement}" if name.replacement else "")


def _listed(names: tuple[str, ...]) -> str:
    more = len(names) - _LISTED
    return ", ".join(names[:_LISTED]) + (f" and {more} more" if more > 0 else "")
