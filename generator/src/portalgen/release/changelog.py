"""A package's `CHANGELOG.md`: what was released last, and a new section at its top."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, cast

import attrs
from typing_extensions import override

from portalgen.diff.render import as_markdown
from portalgen.problems import BrokenInput

if TYPE_CHECKING:
    from datetime import date

    from portalgen.diff import Report
    from portalgen.notices import Notice
    from portalgen.registry import ApiEntry, Provenance

__all__ = [
    "Release",
    "SpecState",
    "api_changes",
    "is_released",
    "last_spec",
    "last_version",
    "releases",
    "spec_line",
    "with_section",
]

_START = "<!-- towncrier release notes start -->\n"
_SECTION = re.compile(r"^## (?P<version>\d+\.\d+\.\d+) \((?P<day>\d{4}-\d\d-\d\d)\)$", re.MULTILINE)
_SPEC = re.compile(
    r"^Specification (?:\S+ \(\w+\) → )?(?P<version>\d+(?:\.\d+)*) \((?P<provenance>official|reconstructed)\)",
    re.MULTILINE,
)


@attrs.frozen
class SpecState:
    """The specification that a release was made from.

    Attributes:
        version: Its version.
        provenance: `official` or `reconstructed`.
    """

    version: str
    provenance: Provenance

    @classmethod
    def of(cls, entry: ApiEntry) -> SpecState:
        """Give what the registry has now."""
        return cls(entry.version, entry.provenance)

    def file(self, api: str) -> str:
        """Give its file's path in the checkout."""
        suffix = "-reconstructed" if self.provenance == "reconstructed" else ""
        return f"specs/{api}/{self.version}{suffix}.yaml"

    @override
    def __str__(self) -> str:
        return f"{self.version} ({self.provenance})"


@attrs.frozen(kw_only=True)
class Release:
    """A release that a changelog tells of.

    Attributes:
        version: The package's version.
        day: The day of the release, as it stands there.
        spec: The specification that it was made from; None if its section doesn't say.
    """

    version: str
    day: str
    spec: SpecState | None


def releases(text: str) -> tuple[Release, ...]:
    """Read the releases that a changelog tells of, the newest first."""
    sections = list(_SECTION.finditer(text))
    return tuple(
        Release(
            version=one["version"],
            day=one["day"],
            spec=_spec_in(text[one.end() : after.start() if after else len(text)]),
        )
        for one, after in zip_longest(sections, sections[1:])
    )


def _spec_in(section: str) -> SpecState | None:
    found = _SPEC.search(section)
    return SpecState(found["version"], cast("Provenance", found["provenance"])) if found else None


def is_released(text: str, version: str) -> bool:
    """Tell whether a changelog has a section, with its day, for a version."""
    return any(one.version == version for one in releases(text))


def last_version(text: str) -> str | None:
    """Read which version was released last; None if none was."""
    found = releases(text)
    return found[0].version if found else None


def last_spec(text: str) -> SpecState | None:
    """Read which specification the last release was made from; None if there was none, or it doesn't say."""
    found = releases(text)
    return found[0].spec if found else None


def spec_line(before: SpecState | None, after: SpecState, notice: Notice | None) -> str:
    """Write the first line of a section: which specification, which notice, in force from when."""
    change = f"{before} → {after}" if before and before != after else str(after)
    if notice is None:
        told = "The portal gave no notice of it." if before and before != after else ""
    else:
        day = f"in force from {notice.production}" if notice.production else "not yet in force"
        told = f"Notice {notice.id} ({notice.claimed}): {day}."
    return f"Specification {change}. {told}".rstrip()


def api_changes(report: Report | None) -> str:
    """Write the differ's part, under headings a level lower than in a mail of its own."""
    if report is None or not report.changes:
        return ""
    text = as_markdown(report, title="API changes")
    return re.sub(r"^(#{2,5}) ", r"#\1 ", text, flags=re.MULTILINE).strip()


def with_section(text: str, *, version: str, day: date, parts: tuple[str, ...], place: str) -> str:
    """Put a section at the top of a changelog.

    What stands under `## <version> (unreleased)` becomes part of it, after the first of the parts.

    Args:
        text: The changelog.
        version: The version.
        day: The day of the release.
        parts: What the section says, empty parts left out.
        place: The file, for an error.

    Raises:
        BrokenInput: The changelog has no mark where releases begin, or has the version already.
    """
    head, mark, rest = text.partition(_START)
    if not mark:
        raise BrokenInput(f"{place} has no line {_START.strip()!r}: it says where releases begin")
    if is_released(text, version):
        raise BrokenInput(f"{place} has a section for {version} already")
    rest = rest.lstrip("\n")
    written = f"## {version} ({day})"
    unreleased = f"## {version} (unreleased)"
    if rest.startswith(unreleased):
        told, heading, rest = rest.removeprefix(unreleased).partition("\n## ")
        rest = f"## {rest}" if heading else ""
        parts = (*parts[:1], told.strip(), *parts[1:])
    body = "\n\n".join(part for part in (written, *parts) if part)
    return f"{head}{mark}\n{body}\n" + (f"\n{rest}" if rest else "")
