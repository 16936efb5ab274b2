"""Tells which API of the registry a file describes: by its title, its operations, and its file name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from portalgen.document import METHODS
from portalgen.intake.refusal import Refused, shown
from portalgen.json_kinds import is_mapping

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portalgen.intake.examine import Examined

__all__ = ["recognise"]

# From this share of the smaller file's operations on, two files describe one API.
_ALIKE = 0.5


@attrs.frozen
class _Clue:
    """What points to an API.

    Attributes:
        what: Its words for a message.
        api: The API.
    """

    what: str
    api: str


def recognise(
    examined: Examined, known: Mapping[str, Mapping[str, Any]], *, api: str | None = None
) -> str:
    """Say which API a file describes.

    Args:
        examined: The file.
        known: The current documents, by API.
        api: What the user says; it wins over title and file name, but not over the operations.

    Returns:
        The API's name in the registry.

    Raises:
        Refused: Nothing points to an API, clues point to different ones, or its operations are another API's
            than the user says.
    """
    clues = [
        *_by_operations(examined, known),
        *_by_title(examined, known),
        *_by_name(examined, known),
    ]
    if api is not None:
        others = [clue for clue in clues if clue.api != api and clue.what == _OPERATIONS]
        if others and not any(clue.api == api and clue.what == _OPERATIONS for clue in clues):
            raise Refused(
                examined.name, f"--api says {api}, but its operations are those of {others[0].api}"
            )
        return api
    found = list(dict.fromkeys(clue.api for clue in clues))
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refused(
            examined.name,
            f"is of no API that the registry knows: its title is {shown(examined.title)}. "
            "Say which with --api; a new API needs a table in specs/portal.toml first",
        )
    told = ", ".join(f"its {clue.what} to {clue.api}" for clue in clues)
    raise Refused(examined.name, f"points to different APIs: {told}. Say which it is with --api")


_OPERATIONS = "operations point"


def _by_operations(examined: Examined, known: Mapping[str, Mapping[str, Any]]) -> list[_Clue]:
    """The API that has most of its operations in common, if that is enough."""
    own = _operations(examined.document)
    shares = {name: _share(own, _operations(document)) for name, document in known.items()}
    best = max(shares, key=lambda name: shares[name], default=None)
    return [_Clue(_OPERATIONS, best)] if best is not None and shares[best] >= _ALIKE else []


def _share(own: set[tuple[str, str]], other: set[tuple[str, str]]) -> float:
    """By operationId or by method and path, whichever says more: either may have been renamed."""
    found = 0.0
    for place in (0, 1):
        mine, theirs = {one[place] for one in own}, {one[place] for one in other}
        found = max(found, len(mine & theirs) / max(1, min(len(mine), len(theirs))))
    return found


def _operations(document: Mapping[str, Any]) -> set[tuple[str, str]]:
    return {
        (str(item[method].get("operationId", f"{method} {path}")), f"{method} {path}")
        for path, item in document["paths"].items()
        for method in METHODS
        if is_mapping(item.get(method))
    }


def _by_title(examined: Examined, known: Mapping[str, Mapping[str, Any]]) -> list[_Clue]:
    title = " ".join(examined.title.casefold().split())
    found = [
        name
        for name, document in known.items()
        if " ".join(str(document["info"]["title"]).casefold().split()) == title
    ]
    return [_Clue("title points", found[0])] if len(found) == 1 else []


def _by_name(examined: Examined, known: Mapping[str, Mapping[str, Any]]) -> list[_Clue]:
    """As the portal names them: `doedsbojournal-dist-oas-version-130.txt`, `doedsbojournal-oas.yaml`."""
    stem = examined.stem.casefold()
    found = [name for name in known if stem.startswith(f"{name}-dist-oas") or stem == f"{name}-oas"]
    return [_Clue("file name points", name) for name in found]
