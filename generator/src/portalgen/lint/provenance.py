"""Reconstructed files: how sure we are of each part, and that a guess costs nobody an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portalgen.lint.view import COMPOSITIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portalgen.lint.finding import Problem
    from portalgen.lint.view import Place, Spec

__all__ = ["RECONSTRUCTED_RULES"]

_MARK = "x-provenance"
_MARKS = ("official", "guide", "inferred")


def provenance_is_said(spec: Spec) -> Iterator[Problem]:
    """Every operation and every named schema says where we know it from."""
    operations = (operation.place for operation in spec.operations)
    for place in (*operations, *spec.components["schemas"].members()):
        if not place.has(_MARK):
            yield place, f"has no {_MARK}: say {', '.join(_MARKS)}"


def provenance_is_valid(spec: Spec) -> Iterator[Problem]:
    """A mark is one of the three words, wherever it stands."""
    for place in spec.root.below():
        if place.has(_MARK) and place[_MARK].value not in _MARKS:
            yield place[_MARK], f"{place[_MARK].value!r} is none of {', '.join(_MARKS)}"


def nothing_inferred_is_required(spec: Spec) -> Iterator[Problem]:
    """What we only infer is optional in every answer, errors too: it must not cost the answer.

    A property's own mark counts, else its schema's, else the operation's.
    """
    seen: set[str] = set()
    for operation in spec.operations:
        for response in operation.responses:
            schema = spec.json_schema(response)
            yield from _walk(spec, schema, operation.place[_MARK].value, seen)


def _walk(spec: Spec, schema: Place, mark: object, seen: set[str]) -> Iterator[Problem]:
    found = spec.resolve(schema)
    if found.pointer in seen or not found.mapping:
        return
    seen.add(found.pointer)
    mark = found.mapping.get(_MARK, mark)
    for required in found["required"].items():
        if "inferred" in _marks(spec, found, str(required.value), mark):
            yield (
                required,
                f"{required.value!r} is inferred, so it must not be required in an answer",
            )
    children = [*found["properties"].members(), found["items"], found["additionalProperties"]]
    for key in COMPOSITIONS:
        children.extend(found[key].items())
    for child in children:
        yield from _walk(spec, child, mark, seen)


def _marks(spec: Spec, schema: Place, name: str, mark: object) -> list[object]:
    """Give a property's marks: one for each schema of the group that has it."""
    return [
        owner["properties"][name].mapping.get(_MARK, owner.mapping.get(_MARK, mark))
        for owner in spec.group(schema)
        if owner["properties"].has(name)
    ]


RECONSTRUCTED_RULES = (provenance_is_said, provenance_is_valid, nothing_inferred_is_required)
