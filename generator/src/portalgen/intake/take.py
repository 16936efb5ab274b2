"""Takes files in: recognise, compare, render, and only then write everything at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import attrs

from portalgen.build import Workshop
from portalgen.diff import compare
from portalgen.intake.examine import examine, numbers
from portalgen.intake.fragments import fragments
from portalgen.intake.overlays import Corrected, correct
from portalgen.intake.received import receive
from portalgen.intake.recognise import recognise
from portalgen.intake.refusal import Refused
from portalgen.intake.registering import Registration, registered
from portalgen.intake.staging import render
from portalgen.intake.wrong_guesses import wrong_guesses
from portalgen.json_kinds import is_mapping
from portalgen.lint import lint
from portalgen.notices import Notices
from portalgen.problems import ApiProblem, BrokenInput
from portalgen.transaction import write_all
from portalgen.yaml_file import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from typing import Any

    from portalgen.checkout import Checkout
    from portalgen.diff import Level, Report
    from portalgen.intake.examine import Examined
    from portalgen.intake.wrong_guesses import WrongGuess
    from portalgen.lint import Finding
    from portalgen.notices import Notice
    from portalgen.overlay import Action, Idle
    from portalgen.registry import ApiEntry

__all__ = ["Intake", "Taken", "take_in"]

_VERSION = "/info/version"
Status = Literal["current", "history", "known"]


@attrs.frozen(kw_only=True)
class Taken:
    """A file that was taken in, or was known already.

    Attributes:
        name: The file as it was named.
        entry: The API's entry in the registry, as it was before.
        status: `current` (the package is made from it now), `history` (kept beside a newer one), or `known`.
        version: Its version.
        sha256: Its hash.
        path: Where it is kept, in the checkout.
        report: What changed; None if there is nothing to compare it with, or it is known.
        guesses: Where our reconstruction was wrong, if it replaces one.
        retired: Our reconstructions that it replaces: their paths.
        warnings: What the linter would have otherwise, as a matter of style.
        kept: Our corrections that still apply.
        dropped: Those that do nothing any more.
        forgotten: operationIds that the registry called read-only and the file has no longer.
        posts: operationIds of POSTs that are new: the maintainer must say whether one only reads.
        notice: What the portal announced, if a notice is registered.
    """

    name: str
    entry: ApiEntry
    status: Status
    version: str
    sha256: str
    path: str
    report: Report | None = None
    guesses: tuple[WrongGuess, ...] = ()
    retired: tuple[str, ...] = ()
    warnings: tuple[Finding, ...] = ()
    kept: tuple[Action, ...] = ()
    dropped: tuple[Idle, ...] = ()
    forgotten: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    notice: Notice | None = None


@attrs.frozen(kw_only=True)
class Intake:
    """What an intake does, or with `--dry-run` would do.

    Attributes:
        taken: The files, in the order in which they came.
        left_out: Members of archives that are no specs.
        packages: The packages that were made anew.
        changes: Every file's new content by its path in the checkout; None for one that goes.
        written: Whether it was done.
    """

    taken: tuple[Taken, ...]
    left_out: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    changes: Mapping[str, bytes | None] = attrs.field(factory=dict[str, "bytes | None"], repr=False)
    written: bool = False


@attrs.define
class _Draft:
    """A file on its way in."""

    taken: Taken
    examined: Examined
    corrected: Corrected | None = None


def take_in(
    checkout: Checkout,
    paths: Iterable[Path],
    *,
    api: str | None = None,
    at_most: Level | None = None,
    as_current: bool = False,
    dry_run: bool = False,
) -> Intake:
    """Take files in: all of them, or none.

    Args:
        checkout: The checkout.
        paths: Files, and archives of them.
        api: Which API they are of; else they are recognised.
        at_most: Refuse a file that breaks more than this, on the wire or in code.
        as_current: Make a file current although a reconstruction bears a newer version.
        dry_run: Change nothing.

    Raises:
        Refused: A file may not be registered.
        BrokenInput: A file, the registry or an argument can't be used.
    """
    workshop = Workshop.open(checkout)
    workshop.registry.select(() if api is None else (api,))
    parcel = receive(paths)
    documents = _documents(workshop)
    drafts: list[_Draft] = []
    for received in parcel.files:
        examined = examine(received)
        name = recognise(examined, documents, api=api)
        if any(one.taken.entry.api == name for one in drafts):
            raise Refused(
                examined.name, f"is the second file of {name}: take one in after the other"
            )
        drafts.append(_draft(workshop, examined, name, as_current=as_current))
    notices = Notices.load(checkout)
    for draft in drafts:
        if draft.taken.status != "known":
            _judge(workshop, draft, documents, notices, at_most)
    new = [draft for draft in drafts if draft.taken.status != "known"]
    changes = _changes(workshop, new)
    packages = {}
    if any(draft.taken.status == "current" for draft in new):
        current = tuple(one.taken.entry.api for one in new if one.taken.status == "current")
        packages = render(checkout, changes, apis=current)
        changes |= {path: text for files in packages.values() for path, text in files.items()}
    if changes and not dry_run:
        write_all(checkout.root, changes)
    return Intake(
        taken=tuple(draft.taken for draft in drafts),
        left_out=parcel.left_out,
        packages=tuple(sorted(packages)),
        changes=changes,
        written=bool(changes) and not dry_run,
    )


def _documents(workshop: Workshop) -> dict[str, Mapping[str, Any]]:
    try:
        return {name: workshop.document(one).data for name, one in workshop.registry.apis.items()}
    except ApiProblem as problem:
        raise BrokenInput(f"the checkout must be in order first: {problem}") from problem


def _draft(workshop: Workshop, examined: Examined, api: str, *, as_current: bool) -> _Draft:
    """Decide what a file is to its API: new, old or known."""
    entry = workshop.registry.apis[api]
    path = f"specs/{api}/{examined.version}.yaml"
    stored = workshop.checkout.root / path
    older = examined.numbers < numbers(entry.version)
    status: Status = "current"
    if stored.is_file():
        if stored.read_bytes() != examined.content:
            raise Refused(
                examined.name,
                f"{path} is {examined.version} already, with another content. A published version "
                f"never changes: ask the court administration for a new number (this file has the "
                f"SHA-256 {examined.sha256})",
            )
        status = "known"
    elif older and not (as_current and entry.provenance == "reconstructed"):
        status = "history"
    same = f"specs/{api}/{examined.version}-reconstructed.yaml"
    retired = {same} if (workshop.checkout.root / same).is_file() else set[str]()
    if status == "current" and entry.provenance == "reconstructed":
        retired.add(entry.spec)
    taken = Taken(
        name=examined.name,
        entry=entry,
        status=status,
        version=examined.version,
        sha256=examined.sha256,
        path=path,
        retired=tuple(sorted(retired)) if status != "known" else (),
    )
    return _Draft(taken, examined)


def _judge(
    workshop: Workshop,
    draft: _Draft,
    documents: Mapping[str, Mapping[str, Any]],
    notices: Notices,
    at_most: Level | None,
) -> None:
    """Compare a file with what was, and lint it."""
    taken, entry = draft.taken, draft.taken.entry
    corrected = Corrected(document=draft.examined.document)
    if taken.status == "current":
        overlay = workshop.checkout.read_overlay(entry.api)
        file = f"specs/{entry.api}/overlay.yaml"
        corrected = correct(draft.examined.document, overlay, file=file)
    posts = _posts(corrected.document)
    read_only = tuple(one for one in entry.read_only if one in posts)
    codes = {
        code: one for file in entry.errors for code, one in workshop.catalogue.files[file].items()
    }
    table = {"provenance": "official", "read_only": list(read_only)}
    findings = lint(corrected.document, api=table, codes=codes)
    if errors := [one for one in findings if one.level == "error"]:
        raise Refused(taken.name, *map(str, errors))
    official = taken.status == "current" and entry.provenance == "official"
    base = _base(workshop, taken, documents[entry.api])
    report = None if base is None else _news(compare(base, corrected.document, api=entry.api))
    if report and at_most is not None and max(report.wire, report.client) > at_most:
        raise Refused(
            taken.name,
            f"breaks more than {at_most}: on the wire {report.wire}, in code {report.client}; "
            "see `portalgen diff`",
        )
    draft.corrected = corrected
    draft.taken = attrs.evolve(
        taken,
        report=report,
        guesses=() if base is None or report is None or official else wrong_guesses(base, report),
        warnings=tuple(one for one in findings if one.level == "warning"),
        kept=corrected.kept,
        dropped=corrected.dropped,
        forgotten=tuple(one for one in entry.read_only if one not in posts),
        posts=tuple(one for one in posts if one not in _posts(documents[entry.api])),
        notice=notices.find(entry.api, taken.version),
    )


def _news(report: Report) -> Report:
    """Leave out that a new version has a new number."""
    changes = (one for one in report.changes if one.location != _VERSION)
    return attrs.evolve(report, changes=tuple(changes))


def _base(workshop: Workshop, taken: Taken, current: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What a file is compared with: what was current; for history, our guess at the same version."""
    if taken.status == "current":
        return current
    if not taken.retired:
        return None
    return read_yaml(workshop.checkout.root / taken.retired[0])


def _changes(workshop: Workshop, drafts: list[_Draft]) -> dict[str, bytes | None]:
    """Say what becomes of the files in `specs/`, and which changelog fragments there are."""
    changes: dict[str, bytes | None] = {}
    registrations: list[Registration] = []
    for draft in drafts:
        taken, entry, corrected = draft.taken, draft.taken.entry, draft.corrected
        changes[taken.path] = draft.examined.content
        changes |= dict.fromkeys(taken.retired)
        if taken.status != "current" or corrected is None or taken.report is None:
            continue
        if taken.dropped:
            changes[f"specs/{entry.api}/overlay.yaml"] = corrected.overlay
        registrations.append(
            Registration(
                api=entry.api,
                version=taken.version,
                sha256=taken.sha256,
                read_only=tuple(one for one in entry.read_only if one not in taken.forgotten),
            )
        )
        changes |= fragments(
            entry.api,
            title=entry.title,
            version=taken.version,
            before=entry.version,
            report=taken.report,
            first_official=entry.provenance == "reconstructed",
        )
    if registrations:
        text = workshop.checkout.registry.read_text(encoding="utf-8")
        changes["specs/portal.toml"] = registered(text, registrations).encode()
    return changes


def _posts(document: Mapping[str, Any]) -> tuple[str, ...]:
    nodes = [item.get("post") for item in document["paths"].values()]
    return tuple(str(node.get("operationId")) for node in nodes if is_mapping(node))
