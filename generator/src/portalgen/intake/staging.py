"""Makes the packages that an intake touches, before anything of the checkout is changed."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from portalgen.build import Workshop, make
from portalgen.checkout import Checkout
from portalgen.intake.refusal import Refused
from portalgen.manifest import is_current, read_package
from portalgen.problems import ApiProblem
from portalgen.write import NEW_CHANGELOG

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["render"]


def render(
    checkout: Checkout, changes: Mapping[str, bytes | None], *, apis: tuple[str, ...]
) -> dict[str, dict[str, bytes | None]]:
    """Make the data package and some APIs' as they will be, from a copy of `specs/` with the changes in it.

    Args:
        checkout: The checkout; it is only read.
        changes: New contents by path; those outside `specs/` don't matter here.
        apis: The APIs whose packages are made.

    Returns:
        For each package that becomes another: new contents by path in the checkout, None for what goes.

    Raises:
        Refused: No client can be made from a file.
    """
    with tempfile.TemporaryDirectory(prefix="portalgen-") as temporary:
        root = Path(temporary)
        shutil.copytree(checkout.root / "specs", root / "specs")
        if checkout.licence.is_file():
            shutil.copy2(checkout.licence, root / checkout.licence.name)
        for path, content in changes.items():
            if path.startswith("specs/") and content is not None:
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_bytes(content)
            elif path.startswith("specs/"):
                (root / path).unlink()
        staged = Workshop.open(Checkout(root))
        try:
            plans = [staged.plan_specs(), *map(staged.plan_api, staged.registry.select(apis))]
        except ApiProblem as problem:
            raise Refused(problem.api, *problem.problems) from problem
        waiting = [
            plan for plan in plans if not is_current(checkout.packages / plan.package, plan.inputs)
        ]
        results = make(waiting)
    found: dict[str, dict[str, bytes | None]] = {}
    for result in results:
        if result.problems:
            raise Refused(result.package, *result.problems)
        found[result.package] = _differences(checkout, result.package, result.files)
    return found


def _differences(
    checkout: Checkout, package: str, files: Mapping[str, bytes]
) -> dict[str, bytes | None]:
    tree = read_package(checkout.packages / package)
    wanted: dict[str, bytes | None] = {**dict.fromkeys(tree), **files}
    found = {
        f"packages/{package}/{name}": content
        for name, content in wanted.items()
        if tree.get(name) != content
    }
    changelog = f"packages/{package}/CHANGELOG.md"
    if not (checkout.root / changelog).is_file():
        found[changelog] = NEW_CHANGELOG.encode()
    return found
