"""The changelog fragments of a package, `changes/<slug>.<kind>.md`, and the section that they become.

The kinds and their headings are those of `[tool.towncrier]` in the root's `pyproject.toml`, and so is the form. It is
written here because towncrier has no place for the line of specifications and for the differ's part.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from portalgen.diff import Level
from portalgen.problems import BrokenInput

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["HEADINGS", "Fragment", "read_fragments", "section"]

HEADINGS = {
    "breaking": "Breaking changes",
    "deprecation": "Deprecations",
    "feature": "New",
    "fix": "Mended",
    "security": "Security",
    "internal": "Inside, without a change for users",
}
_LEVELS = {
    "breaking": Level.MAJOR,
    "deprecation": Level.MINOR,
    "feature": Level.MINOR,
    "fix": Level.PATCH,
    "security": Level.PATCH,
    "internal": Level.PATCH,
}
_NAME = re.compile(rf"(?P<slug>[a-z0-9][a-z0-9-]*)\.(?P<kind>{'|'.join(HEADINGS)})\.md")


@attrs.frozen(kw_only=True)
class Fragment:
    """What a change means for users.

    Attributes:
        name: The file's name in `changes/`.
        kind: What kind of change it is.
        text: What it says.
    """

    name: str
    kind: str
    text: str

    @property
    def level(self) -> Level:
        """The level that the kind stands for."""
        return _LEVELS[self.kind]


def read_fragments(package: Path) -> tuple[Fragment, ...]:
    """Read a package's fragments, by name.

    Raises:
        BrokenInput: A file in `changes/` is no fragment, or says nothing.
    """
    found: list[Fragment] = []
    for path in sorted((package / "changes").glob("*")):
        place = f"packages/{package.name}/changes/{path.name}"
        name = _NAME.fullmatch(path.name)
        if name is None:
            raise BrokenInput(
                f"{place} is no fragment: <slug>.<kind>.md, kind one of {', '.join(HEADINGS)}"
            )
        text = path.read_text(encoding="utf-8").strip()
        if not text:
            raise BrokenInput(f"{place} is empty: say what changes for a user")
        found.append(Fragment(name=path.name, kind=name["kind"], text=text))
    return tuple(found)


def section(fragments: Sequence[Fragment]) -> str:
    """Write the fragments under the headings of their kinds, as towncrier does."""
    parts: list[str] = []
    for kind, heading in HEADINGS.items():
        # Sorted by name within a kind, whatever the order of the files was.
        texts = [one.text for one in sorted(fragments, key=_by_name) if one.kind == kind]
        if texts:
            items = ("- " + text.replace("\n", "\n  ") for text in texts)
            parts.append(f"### {heading}\n\n" + "\n".join(items))
    return "\n\n".join(parts)


def _by_name(fragment: Fragment) -> str:
    return fragment.name
