"""The whole law as a page: what is judged how, generated from what judges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portalgen.diff.client_law import CLIENT_EXCEPTIONS, SURFACES
from portalgen.diff.exceptions import WIRE_EXCEPTIONS
from portalgen.diff.kind import Surface
from portalgen.diff.kinds import KINDS
from portalgen.diff.law import LAW

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from portalgen.diff.exceptions import LawException

__all__ = ["law_as_json", "law_as_markdown"]

_INTRODUCTION = """\
Every difference of two files is an *edit* of one of {count} kinds. What it does to the set of calls or answers
that the file accepts is its *effect*; whether that is about what is sent or answered is its *direction*. The level
**on the wire** (does a client that is installed stop working?) follows from the two. The level **in code** (does
a user's code stop running or type-checking after the upgrade?) follows from what the edit does to the names and
types of the generated package. Where that would be wrong there is an exception, with its reason.
"""
_TYPED = (
    "depends on the annotation: unchanged patch, still fitting minor, else major; "
    "major where the generator has no type for the schema"
)


def law_as_markdown() -> str:
    """Write the law in Markdown."""
    return "\n".join(
        [
            "# What counts as a break",
            "",
            _INTRODUCTION.format(count=len(KINDS)),
            "## On the wire",
            "",
            *_table(
                ("effect", "direction", "level", "because"),
                (
                    (effect.value, side, level.value, reason)
                    for (effect, side), (level, reason) in LAW.items()
                ),
            ),
            "### Exceptions",
            "",
            *_exceptions(WIRE_EXCEPTIONS),
            "## In code",
            "",
            *_table(
                ("what happens to the package", "level", "because"),
                (
                    *((one.value, level.value, why) for one, (level, why) in SURFACES.items()),
                    (Surface.TYPE.value, "", _TYPED),
                ),
            ),
            "### Exceptions",
            "",
            *_exceptions(CLIENT_EXCEPTIONS),
            "## Kinds of edits",
            "",
            *_table(
                ("kind", "about", "says", "mirrored", "in code: sent", "in code: answered"),
                (
                    (
                        kind.name,
                        kind.area,
                        kind.says.replace("{base}", "*old*").replace("{revision}", "*new*"),
                        kind.mirror,
                        kind.request.value,
                        kind.response.value,
                    )
                    for kind in KINDS.values()
                ),
            ),
        ]
    )


def law_as_json() -> dict[str, Any]:
    """Give the law as data."""
    return {
        "wire": [
            {"effect": effect.value, "direction": side, "level": level.value, "reason": reason}
            for (effect, side), (level, reason) in LAW.items()
        ],
        "wire_exceptions": [_exception(one) for one in WIRE_EXCEPTIONS],
        "client": [
            {"surface": one.value, "level": level.value, "reason": reason}
            for one, (level, reason) in SURFACES.items()
        ],
        "client_exceptions": [_exception(one) for one in CLIENT_EXCEPTIONS],
        "kinds": [
            {
                "kind": kind.name,
                "area": kind.area,
                "says": kind.says,
                "mirror": kind.mirror,
                "request": kind.request.value,
                "response": kind.response.value,
            }
            for kind in KINDS.values()
        ],
    }


def _exception(one: LawException) -> dict[str, Any]:
    return {
        "name": one.name,
        "kinds": sorted(one.kinds),
        "directions": sorted(one.directions),
        "guards": sorted(one.guards),
        "level": one.level.value,
        "reason": one.reason,
    }


def _exceptions(exceptions: Sequence[LawException]) -> list[str]:
    return _table(
        ("exception", "kinds", "direction", "only if", "level", "because"),
        (
            (
                one.name,
                "all" if len(one.kinds) == len(KINDS) else ", ".join(sorted(one.kinds)),
                " and ".join(sorted(one.directions)),
                ", ".join(sorted(one.guards)),
                one.level.value,
                one.reason,
            )
            for one in exceptions
        ),
    )


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return [*lines, ""]
