"""Where the values in Postman's requests come from: the environment, or the answer of a request before them.

A list or a create keeps the id that the requests below it need, under the name that their paths have for it, in the
chosen environment. So a folder can be run from top to bottom, and the requests of another collection find it too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portalgen.document import RawOperation

__all__ = ["BEFORE_ALL", "filled_in", "kept_of_answer", "path_value"]

Json: TypeAlias = "dict[str, Json] | list[Json] | str | float | bool | None"

# What stands in an environment: in the sandbox's, things of its seed.
_GIVEN = {
    "cprNummer": "example_cpr",
    "sagId": "example_sag",
    "personId": "example_person",
    "darId": "example_dar",
}
# Members of bodies that name what an earlier answer, maybe of another API, has brought.
_FOUND = ("afgoerelseId", "fristId", "likvidatorId")
_UPLOADED = "uploaded_document"  # one's own, apart from the documents that are only read
_UPLOAD = "addV2"
_LISTS = {"doedsbojournalIder": "doedsbojournalId", "bilag": _UPLOADED}
_AHEAD = ("fristdato", "oensketFrist")
BEFORE_ALL = (
    "const inAMonth = new Date(Date.now() + 30 * 24 * 3600 * 1000);",
    'pm.variables.set("in_a_month", inAMonth.toISOString().slice(0, 10));',
)
"""What each request is preceded by: days that must lie ahead."""

# What no path names, but bodies do.
_BESIDE_PATHS = {"getAllFrist": ("fristId",), "getAllLikvidator": ("likvidatorId",)}
_FIRST = (
    "const answer = pm.response.json();",
    "const first = Array.isArray(answer) ? answer[0] : answer;",
    'if (first) pm.environment.set("{0}", first.{0} ?? first.id);',
)
_ANYWHERE = (
    'const find = (value) => value && typeof value === "object"',
    "  ? value.{0} ?? Object.values(value).map(find).find(Boolean) : undefined;",
    'if (find(pm.response.json())) pm.environment.set("{0}", find(pm.response.json()));',
)


def path_value(name: str, *, of_company: str = "example_cvr") -> str:
    """Say where the value of a path's variable comes from.

    Args:
        name: The variable.
        of_company: What stands for a company's CVR number.
    """
    known = {**_GIVEN, "cvrNummer": of_company}
    return f"{{{{{known.get(name, name)}}}}}"


def filled_in(body: Json, *, search: bool) -> Json:
    """Put variables for ids into an example of a body.

    Args:
        body: The example.
        search: Whether it looks for a company: then that is the environment's too.
    """
    if isinstance(body, list):
        return [filled_in(one, search=search) for one in body]
    if isinstance(body, dict):
        return {name: _member(name, value, search=search) for name, value in body.items()}
    return body


def _member(name: str, value: Json, *, search: bool) -> Json:
    if name in _LISTS and isinstance(value, list) and any(isinstance(one, str) for one in value):
        return [path_value(_LISTS[name])]
    if name == "dokumentId":
        return path_value(_UPLOADED)
    if name in {*_GIVEN, *_FOUND} or (search and name == "cvrNummer"):
        return path_value(name)
    return "{{in_a_month}}" if name in _AHEAD else filled_in(value, search=search)


def kept_of_answer(operation: RawOperation, operations: Sequence[RawOperation]) -> list[str]:
    """Write the script that keeps what later requests need of an answer; empty if they need nothing.

    Args:
        operation: The operation.
        operations: All of its API.
    """
    if operation.method not in {"GET", "POST"}:
        return []
    first = [*_below(operation, operations), *_BESIDE_PATHS.get(operation.id, ())]
    lines = [line.format(name) for name in first[:1] for line in _FIRST]
    if operation.id == _UPLOAD:
        lines.append(f'pm.environment.set("{_UPLOADED}", answer.id);')
    inside = dict.fromkeys(_inside(operation, operations))
    lines += [line.format(name) for name in inside for line in _ANYWHERE]
    return ["if (pm.response.code < 300) {", *(f"  {line}" for line in lines), "}"] if lines else []


def _below(operation: RawOperation, operations: Sequence[RawOperation]) -> Iterator[str]:
    """The variable that follows on the operation's path in other paths."""
    for other in operations:
        if found := re.match(re.escape(operation.path) + r"/\{(\w+)\}", other.path):
            yield found[1]


def _inside(operation: RawOperation, operations: Sequence[RawOperation]) -> Iterator[str]:
    """Variables of paths that no list gives: they stand inside the answer of what is nearest above them."""
    if operation.method != "GET":
        return
    paths = {other.path for other in operations}
    for other in operations:
        for found in re.finditer(r"/\{(\w+)\}", other.path):
            above = other.path[: found.start()]
            nearest = max((p for p in paths if above.startswith(f"{p}/")), key=len, default="")
            if above not in paths and nearest == operation.path:
                yield found[1]
