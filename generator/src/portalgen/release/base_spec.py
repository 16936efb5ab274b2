"""The specification that the last release of a client was made from, and how it differs from the present one."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import attrs

from portalgen.diff import Level, compare
from portalgen.problems import BrokenInput
from portalgen.release.changelog import SpecState, last_spec, last_version
from portalgen.release.git import file_at
from portalgen.release.reason import Reason
from portalgen.yaml_file import parse_yaml

if TYPE_CHECKING:
    from portalgen.build import Workshop
    from portalgen.diff import Change, Report
    from portalgen.registry import ApiEntry
    from portalgen.release.house import Package

__all__ = ["BaseSpec", "compare_with_base", "find_base"]


@attrs.frozen
class BaseSpec:
    """A specification that a release was made from, and that is not the present one.

    Attributes:
        state: Its version and provenance.
        content: The file.
    """

    state: SpecState
    content: bytes


def find_base(workshop: Workshop, package: Package) -> BaseSpec | None:
    """Find what the last release of a client was made from, if the registry has another file now.

    The changelog says which it was. A file that was changed and kept its name is read as it was at the release's tag.

    Raises:
        BrokenInput: The file is neither in the checkout nor at the tag: nobody can say what changed.
    """
    entry, state = package.entry, last_spec(package.changelog)
    last = last_version(package.changelog)
    if entry is None or state is None or last is None:
        return None
    path = state.file(entry.api)
    content = file_at(workshop.checkout.root, package.tag(last), path)
    if content is None and path != entry.spec:
        try:
            content = (workshop.checkout.root / path).read_bytes()
        except OSError as error:
            raise BrokenInput(
                f"{package.name} {last} was made from {path}, which is neither there nor at the tag "
                f"{package.tag(last)}: restore it, to know what changed"
            ) from error
    if content is None or hashlib.sha256(content).hexdigest() == entry.sha256:
        return None
    return BaseSpec(state, content)


def compare_with_base(workshop: Workshop, entry: ApiEntry, base: BaseSpec) -> tuple[Report, Reason]:
    """Compare the present specification with a base: what changed, and what a client's version must say of it."""
    path = base.state.file(entry.api)
    report = compare(
        parse_yaml(base.content, file=path), workshop.document(entry).data, api=entry.api
    )
    old = {one.old for one in entry.aliases}
    client = Level.highest(_with_old_names(one, old) for one in report.changes)
    text = f"{base.state} → {SpecState.of(entry)}: client {client}, wire {report.wire}"
    # Another file is another package, even where the differ sees no consequence.
    level = max(client, Level.PATCH)
    return report, Reason(source="specification", level=level, text=text)


def _with_old_names(change: Change, old: set[str]) -> Level:
    """Give a change's level for users' code: a name that is kept under the old one is only new."""
    gone = [one for one in change.python if one.fate in {"removed", "renamed"}]
    kept = bool(gone) and all(one.member in old and not one.parameter for one in gone)
    broken_otherwise = any(one.fate in {"retyped", "required"} for one in change.python)
    return min(change.client, Level.MINOR) if kept and not broken_otherwise else change.client
