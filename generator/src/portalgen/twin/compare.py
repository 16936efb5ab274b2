"""Compares the packages that two specifications give, with griffe and with mypy."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import site
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from portalgen.build import Workshop, make
from portalgen.checkout import Checkout
from portalgen.diff import Level
from portalgen.problems import ApiProblem, BrokenInput
from portalgen.twin.breaking import breaking_changes
from portalgen.twin.consumer import write_consumer

if TYPE_CHECKING:
    from portalgen.registry import ApiEntry, Provenance

__all__ = ["SpecVersion", "TwinVerdict", "compare_packages", "type_errors"]


_ECHOES = {"no-any-return"}
# Codes whose messages name the method or class: once is enough, however often the program uses it.
_NAMED = {"attr-defined", "call-arg", "arg-type"}


@attrs.frozen(kw_only=True)
class SpecVersion:
    """A version of an API's specification.

    Attributes:
        version: Its version.
        provenance: `official` or `reconstructed`.
        content: The file.
    """

    version: str
    provenance: Provenance
    content: bytes = attrs.field(repr=False)

    def entry(self, registered: ApiEntry) -> ApiEntry:
        """Give the API's entry as it is with this specification."""
        return attrs.evolve(
            registered,
            version=self.version,
            provenance=self.provenance,
            sha256=hashlib.sha256(self.content).hexdigest(),
            # They stand for the names of the registry's version.
            aliases=(),
        )


@attrs.frozen(kw_only=True)
class TwinVerdict:
    """What breaks for users' Python code.

    Attributes:
        level: `MAJOR` if anything does, else `NONE`.
        findings: What, by name, sorted.
    """

    level: Level
    findings: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Give the verdict as data."""
        return {"level": str(self.level), "findings": list(self.findings)}


def compare_packages(
    workshop: Workshop,
    entry: ApiEntry,
    *,
    base: SpecVersion,
    revision: SpecVersion | None = None,
) -> TwinVerdict:
    """Generate a package from a base and from a revision, and say what breaks between them.

    Args:
        workshop: The checkout.
        entry: The API.
        base: Its specification before.
        revision: That after; the registry's if left out.

    Raises:
        BrokenInput: One of them can't be generated, or the program that uses the old package has errors already.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        copy = Checkout(root / "checkout")
        shutil.copytree(workshop.checkout.root / "specs", copy.root / "specs")
        shutil.copy2(workshop.checkout.licence, copy.licence)
        old = _generate(copy, base.entry(entry), base.content, root / "old")
        if revision is None:
            present = (workshop.checkout.root / entry.spec).read_bytes()
            new = _generate(copy, entry, present, root / "new")
        else:
            new = _generate(copy, revision.entry(entry), revision.content, root / "new")
        use = root / "use"
        use.mkdir()
        write_consumer(old / entry.module.replace(".", "/"), use)
        if wrong := type_errors(use, old):
            raise BrokenInput(
                f"the program that uses {entry.package} as it was has errors of its own, so it proves nothing: {wrong[0]}"
            )
        findings = {*breaking_changes(old, new, module=entry.module), *type_errors(use, new)}
    level = Level.MAJOR if findings else Level.NONE
    return TwinVerdict(level=level, findings=tuple(sorted(findings)))


def _generate(copy: Checkout, entry: ApiEntry, content: bytes, target: Path) -> Path:
    """Write a package's sources; the folder that holds `skifteportal`."""
    (copy.root / entry.spec).write_bytes(content)
    shop = Workshop.open(copy)
    apis = {**shop.registry.apis, entry.api: entry}
    shop = attrs.evolve(shop, registry=attrs.evolve(shop.registry, apis=apis))
    try:
        (result,) = make([shop.plan_api(entry)])
        problems = result.problems
    except ApiProblem as problem:
        raise BrokenInput(_cant(entry, problem.problems)) from problem
    if problems:
        raise BrokenInput(_cant(entry, problems))
    for name, written in result.files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written)
    return target / "src"


def _cant(entry: ApiEntry, problems: tuple[str, ...]) -> str:
    return f"{entry.package} of {entry.version} can't be generated: {'; '.join(problems)}"


def type_errors(program: Path, package: Path) -> tuple[str, ...]:
    """Let mypy, strict, look at a program with one of our packages on its path.

    Args:
        program: The folder of the program.
        package: The folder that holds `skifteportal`.

    Returns:
        What is wrong, with the line of the program, sorted.

    Raises:
        BrokenInput: mypy or core is missing, or mypy could not look at the program.
    """
    core = find_spec("skifteportal.core")
    if core is None or core.origin is None or find_spec("mypy") is None:
        raise BrokenInput(
            "the twin needs mypy and skifteportal-core: pip install them, or --no-twin"
        )
    folders = [program, package, *_beside_installed(Path(core.origin).parents[2])]
    run = subprocess.run(  # noqa: S603 - our own arguments
        [
            *(sys.executable, "-m", "mypy", "--strict", "--output=json", "--config-file="),
            *(
                "--namespace-packages",
                "--explicit-package-bases",
                "--cache-dir",
                str(program.parent / "cache"),
            ),
            # Named as a source, the package wins over one that is installed.
            *(str(program), str(package)),
        ],
        cwd=program,
        env=os.environ | {"MYPYPATH": os.pathsep.join(map(str, folders))},
        check=False,
        capture_output=True,
        text=True,
    )
    found = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    # It has the same exit code for what it finds and for a setting that it won't have.
    if run.returncode not in {0, 1} or (run.returncode == 1 and not found):
        raise BrokenInput(f"mypy could not look at the program: {run.stderr or run.stdout}")
    findings: dict[str, str] = {}
    for one in found:
        path = (program / one["file"]).resolve()
        # What follows from another error is not one of its own.
        if (
            one["severity"] == "error"
            and path.is_relative_to(program)
            and one["code"] not in _ECHOES
        ):
            line = path.read_text(encoding="utf-8").splitlines()[int(one["line"]) - 1].strip()
            key = one["message"] if one["code"] in _NAMED else f"{one['message']} {line}"
            findings.setdefault(key, f"{one['message']} ({line})")
    return tuple(sorted(findings.values()))


def _beside_installed(folder: Path) -> list[Path]:
    """Give a folder to look for packages in, unless mypy looks there by itself: then it refuses to be told."""
    installed = {
        Path(one).resolve() for one in (*site.getsitepackages(), site.getusersitepackages())
    }
    return [] if folder.resolve() in installed else [folder]
