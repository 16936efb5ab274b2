"""Old names at a release: new ones are told when they go, and those whose time has come go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from portalgen.diff import Level
from portalgen.release.versions import next_version, numbers

if TYPE_CHECKING:
    from portalgen.registry import Alias, ApiEntry

__all__ = ["OldNames", "old_names"]


@attrs.frozen(kw_only=True)
class OldNames:
    """What becomes of an API's old names at a release.

    Attributes:
        kept: Those that stay, each with the release in which it goes.
        gone: Those that go.
    """

    kept: tuple[Alias, ...] = ()
    gone: tuple[Alias, ...] = ()

    def section(self, entry: ApiEntry) -> str:
        """Write what a changelog says of them: of the names that are old since now, and those that are gone."""
        since = {one.old for one in entry.aliases if not one.until}
        lines = [
            f"- `{one.old}` is called `{one.new}` now; the old name goes in {one.until}."
            for one in self.kept
            if one.old in since
        ]
        lines += [f"- `{one.old}` is gone: `{one.new}`." for one in self.gone]
        return "### Old names\n\n" + "\n".join(lines) if lines else ""


def old_names(entry: ApiEntry, version: str) -> OldNames:
    """Say what becomes of an API's old names when its package is released as a version.

    A name that is old since this release stays until the next one that may break: `0.2.0` → `0.3.0`, `1.4.0` → `2.0.0`.
    """
    until = next_version(version, Level.MAJOR)
    dated = [attrs.evolve(one, until=one.until or until) for one in entry.aliases]
    return OldNames(
        kept=tuple(one for one in dated if numbers(one.until) > numbers(version)),
        gone=tuple(one for one in dated if numbers(one.until) <= numbers(version)),
    )
