"""What the commands do, as data; `cli.py` prints it and sets the exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import attrs

from portalgen.build import Plan, Result, Workshop, make
from portalgen.manifest import MANIFEST, is_current, read_package
from portalgen.problems import ApiProblem
from portalgen.specs_package import SPECS_PACKAGE
from portalgen.write import Difference, differences, write_package

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from portalgen.lint import Finding
    from portalgen.registry import ApiEntry

__all__ = [
    "ApiLine",
    "Checked",
    "Generated",
    "Linted",
    "check",
    "generate",
    "lint_apis",
    "list_apis",
]

Progress: TypeAlias = "Callable[[str], None]"


@attrs.frozen(kw_only=True)
class ApiLine:
    """A line of `portalgen list`.

    Attributes:
        api: The folder in `specs/`.
        version: The version of the spec.
        spec: The spec's path in the checkout.
        package: The distribution.
        module: The import path.
        client: The client class.
        token: Which kind of token it takes.
        provenance: `official` or `reconstructed`.
        operations: The operationIds, in the spec's order; None if the spec can't be read.
        problems: Why not.
    """

    api: str
    version: str
    spec: str
    package: str
    module: str
    client: str
    token: str
    provenance: str
    operations: tuple[str, ...] | None
    problems: tuple[str, ...] = ()


@attrs.frozen
class Generated:
    """What became of a package.

    Attributes:
        package: The distribution.
        status: `written`, `unchanged` (nothing it is made from changed), or `failed`.
        files: How many files it has; 0 if it failed.
        problems: Why it failed.
    """

    package: str
    status: Literal["written", "unchanged", "failed"]
    files: int = 0
    problems: tuple[str, ...] = ()


@attrs.frozen
class Checked:
    """How a package in the tree compares with what would be generated.

    Attributes:
        package: The distribution.
        status: `same`, `different` or `failed`.
        differences: The files that differ.
        problems: Why it failed.
    """

    package: str
    status: Literal["same", "different", "failed"]
    differences: tuple[Difference, ...] = ()
    problems: tuple[str, ...] = ()


@attrs.frozen
class Linted:
    """What the linter found in a spec.

    Attributes:
        api: The folder in `specs/`.
        findings: What it found.
        problems: Why the spec could not be read.
    """

    api: str
    findings: tuple[Finding, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether there is an error among the findings; warnings alone are none."""
        return bool(self.problems) or any(one.level == "error" for one in self.findings)


def list_apis(workshop: Workshop) -> list[ApiLine]:
    """List the registry's APIs."""
    lines: list[ApiLine] = []
    for entry in workshop.registry.apis.values():
        problems: tuple[str, ...] = ()
        operations: tuple[str, ...] | None = None
        try:
            operations = tuple(one.id for one in workshop.document(entry).operations())
        except ApiProblem as problem:
            problems = problem.problems
        lines.append(
            ApiLine(
                api=entry.api,
                version=entry.version,
                spec=entry.spec,
                package=entry.package,
                module=entry.module,
                client=entry.client,
                token=entry.token,
                provenance=entry.provenance,
                operations=operations,
                problems=problems,
            )
        )
    return lines


def generate(workshop: Workshop, names: tuple[str, ...], *, progress: Progress) -> list[Generated]:
    """Generate packages: the APIs' and, since it holds every spec, the data package.

    Args:
        workshop: The checkout.
        names: The APIs; all of them if none is named.
        progress: Told what is being done.

    Raises:
        BrokenInput: A name is not in the registry.
    """
    plans, failed = _plans(workshop, workshop.registry.select(names))
    waiting = [plan for plan in plans if not is_current(workshop.folder(plan.package), plan.inputs)]
    made = {result.package: result for result in _make(waiting, progress)}
    found: list[Generated] = []
    for plan in plans:
        result = made.get(plan.package)
        if result is None:
            files = len(read_package(workshop.folder(plan.package)))
            found.append(Generated(plan.package, "unchanged", files))
        elif result.problems:
            found.append(Generated(plan.package, "failed", problems=result.problems))
        else:
            write_package(workshop.folder(plan.package), result.files)
            found.append(Generated(plan.package, "written", len(result.files)))
    found += [Generated(name, "failed", problems=problems) for name, problems in failed.items()]
    return sorted(found, key=lambda one: one.package)


def check(workshop: Workshop, *, progress: Progress) -> list[Checked]:
    """Generate everything in memory and compare it with the tree, byte for byte."""
    plans, failed = _plans(workshop, workshop.registry.select(()))
    found = [Checked(name, "failed", problems=problems) for name, problems in failed.items()]
    for result in _make(plans, progress):
        folder = workshop.folder(result.package)
        if result.problems:
            found.append(Checked(result.package, "failed", problems=result.problems))
        elif different := tuple(differences(folder, result.files)):
            found.append(Checked(result.package, "different", different))
        else:
            found.append(Checked(result.package, "same"))
    known = {one.package for one in found}
    for marker in sorted(workshop.checkout.packages.glob(f"*/{MANIFEST}")):
        if marker.parent.name not in known:
            stray = Difference(".", "stray")
            found.append(Checked(marker.parent.name, "different", (stray,)))
    return sorted(found, key=lambda one: one.package)


def lint_apis(workshop: Workshop, names: tuple[str, ...]) -> list[Linted]:
    """Lint the specs of APIs.

    Args:
        workshop: The checkout.
        names: The APIs; all of them if none is named.

    Raises:
        BrokenInput: A name is not in the registry.
    """
    # Its validators take a while to import.
    from portalgen.lint import lint  # noqa: PLC0415

    found: list[Linted] = []
    for entry in workshop.registry.select(names):
        codes = {
            code: one
            for file in entry.errors
            for code, one in workshop.catalogue.files[file].items()
        }
        try:
            data = workshop.document(entry).data
        except ApiProblem as problem:
            found.append(Linted(entry.api, problems=problem.problems))
        else:
            table = workshop.registry.document["apis"][entry.api]
            found.append(Linted(entry.api, tuple(lint(data, api=table, codes=codes))))
    return found


def _plans(
    workshop: Workshop, entries: Iterable[ApiEntry]
) -> tuple[list[Plan], dict[str, tuple[str, ...]]]:
    """Plan the data package and those of some APIs; what can't be read fails by itself."""
    plans: list[Plan] = []
    failed: dict[str, tuple[str, ...]] = {}
    try:
        plans.append(workshop.plan_specs())
    except ApiProblem as problem:
        failed[SPECS_PACKAGE] = tuple(f"{problem.api}: {text}" for text in problem.problems)
    for entry in entries:
        try:
            plans.append(workshop.plan_api(entry))
        except ApiProblem as problem:
            failed[entry.package] = problem.problems
    return plans, failed


def _make(plans: list[Plan], progress: Progress) -> list[Result]:
    for plan in plans:
        progress(f"making {plan.package}")
    return make(plans)
