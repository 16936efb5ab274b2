"""What a release writes: worked out in a copy, then put in place at once, or not at all."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomlkit

from portalgen import commands
from portalgen.build import Workshop
from portalgen.checkout import Checkout
from portalgen.manifest import MANIFEST, read_package
from portalgen.problems import BrokenInput
from portalgen.release.house import CORE, with_bounds, with_version
from portalgen.specs_package import SPECS_PACKAGE
from portalgen.transaction import write_all

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from portalgen.release.plan import Planned

__all__ = ["carry_out", "release_changes"]

_REGISTRY = "specs/portal.toml"


def carry_out(
    checkout: Checkout, plans: Sequence[Planned], day: date, *, progress: Callable[[str], None]
) -> dict[str, bytes | None]:
    """Write a release: versions, changelogs, packages; the fragments go. All of it, or nothing.

    Args:
        checkout: The checkout.
        plans: What is released.
        day: The day of the release.
        progress: Told what is being done.

    Returns:
        What was written, by path; None for what was removed.

    Raises:
        BrokenInput: A package can't be generated; nothing was written.
    """
    changes = release_changes(checkout, plans, day)
    changes |= _generated(checkout, plans, changes, progress)
    write_all(checkout.root, changes)
    return changes


def release_changes(
    checkout: Checkout, plans: Sequence[Planned], day: date
) -> dict[str, bytes | None]:
    """Give what a release changes besides what is generated."""
    changes: dict[str, bytes | None] = {_REGISTRY: _registry(checkout, plans).encode()}
    for plan in plans:
        folder = f"packages/{plan.package.name}"
        changes[f"{folder}/CHANGELOG.md"] = plan.changelog(day).encode()
        changes |= {f"{folder}/changes/{one.name}": None for one in plan.fragments}
        if not plan.package.generated:
            name = f"{folder}/pyproject.toml"
            text = (checkout.root / name).read_text(encoding="utf-8")
            changes[name] = with_bounds(with_version(text, plan.version), plan.bounds).encode()
    return changes


def _registry(checkout: Checkout, plans: Sequence[Planned]) -> str:
    document: Any = tomlkit.parse(checkout.registry.read_text(encoding="utf-8"))
    for plan in plans:
        if plan.package.entry:
            table = document["apis"][plan.package.entry.api]
            table["package_version"] = plan.version
            names = plan.old_names()
            for one in names.kept:
                value: Any = tomlkit.inline_table()
                value.update({"to": one.new, "until": one.until})
                table["aliases"][one.old] = value
            for one in names.gone:
                del table["aliases"][one.old]
            if bound := plan.bounds.get(CORE):
                document["core_requirement"] = bound
        elif plan.package.name == SPECS_PACKAGE:
            document["specs_package_version"] = plan.version
    return tomlkit.dumps(document)


def _generated(
    checkout: Checkout,
    plans: Sequence[Planned],
    changes: dict[str, bytes | None],
    progress: Callable[[str], None],
) -> dict[str, bytes | None]:
    """Generate in a copy, and give the files that differ."""
    apis = tuple(plan.package.entry.api for plan in plans if plan.package.entry)
    with tempfile.TemporaryDirectory() as folder:
        copy = Checkout(Path(folder))
        shutil.copytree(checkout.root / "specs", copy.root / "specs")
        shutil.copy2(checkout.licence, copy.licence)
        for marker in checkout.packages.glob(f"*/{MANIFEST}"):
            name = marker.parent.name
            for path, content in read_package(marker.parent).items():
                _put(copy.packages / name / path, content)
        for path, changed in changes.items():
            if path.startswith("specs/") and changed is not None:
                _put(copy.root / path, changed)
        shop = Workshop.open(copy)
        # The data package holds the registry, so it is written at every release, with some API.
        made = commands.generate(shop, apis or tuple(shop.registry.apis)[:1], progress=progress)
        problems = [f"{one.package}: {text}" for one in made for text in one.problems]
        if problems:
            raise BrokenInput("nothing was released: " + "; ".join(problems))
        return {
            f"packages/{one.package}/{path}": content
            for one in made
            for path, content in _difference(
                read_package(checkout.packages / one.package),
                read_package(copy.packages / one.package),
            )
        }


def _difference(old: dict[str, bytes], new: dict[str, bytes]) -> list[tuple[str, bytes | None]]:
    paths = sorted(old.keys() | new.keys())
    return [(path, new.get(path)) for path in paths if old.get(path) != new.get(path)]


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
