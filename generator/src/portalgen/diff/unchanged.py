"""Which schemas need no look: written alike, and referring to nothing that has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from portalgen.diff.schema import escaped
from portalgen.json_kinds import is_list, is_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portalgen.diff.schema import Site
    from portalgen.diff.spec_view import SpecView

__all__ = ["Unchanged"]

_SCHEMAS = "#/components/schemas/"


@attrs.define(eq=False)
class Unchanged:
    """Knows the component schemas that have changed, or refer to one that has."""

    old: SpecView
    new: SpecView
    _changed: set[str] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        old, new = _schemas(self.old), _schemas(self.new)
        changed = {escaped(name) for name in {*old, *new} if old.get(name) != new.get(name)}
        users: dict[str, set[str]] = {}
        for name, raw in old.items():
            for ref in _references(raw):
                users.setdefault(ref, set()).add(escaped(name))
        waiting = [f"{_SCHEMAS}{name}" for name in changed]
        while waiting:
            for name in users.get(waiting.pop(), ()):
                if name not in changed:
                    changed.add(name)
                    waiting.append(f"{_SCHEMAS}{name}")
        self._changed = {f"{_SCHEMAS}{name}" for name in changed}

    def __call__(self, base: Site, revision: Site) -> bool:
        """Tell whether two schemas are written alike and all that they refer to is."""
        return base.raw == revision.raw and all(
            ref.startswith(_SCHEMAS)
            and "/" not in ref[len(_SCHEMAS) :]
            and ref not in self._changed
            for ref in _references(base.raw)
        )


def _schemas(view: SpecView) -> dict[str, Any]:
    components = view.document.get("components")
    schemas = components.get("schemas") if is_mapping(components) else None
    return schemas if is_mapping(schemas) else {}


def _references(value: Any) -> Iterator[str]:
    """Yield the references anywhere in a value."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if is_mapping(one):
            if isinstance(ref := one.get("$ref"), str):
                yield ref
            waiting.extend(one.values())
        elif is_list(one):
            waiting.extend(one)
