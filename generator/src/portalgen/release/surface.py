"""What changed in a package's public surface since its last release, from the sources at its tag."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from portalgen.diff import Level
from portalgen.release.changelog import last_version
from portalgen.release.git import file_at, folder_at
from portalgen.release.reason import Reason

if TYPE_CHECKING:
    from portalgen.checkout import Checkout
    from portalgen.release.house import Package

__all__ = ["surface_reason"]


def surface_reason(checkout: Checkout, package: Package) -> Reason | None:
    """Say what a package's surface asks for; None without a tag of its last release.

    The snapshot in `surfaces/` tells whether something changed, griffe whether it breaks.
    """
    last = last_version(package.changelog)
    snapshot = f"surfaces/{package.name}.txt"
    now = checkout.root / snapshot
    before = file_at(checkout.root, package.tag(last), snapshot) if last else None
    if last is None or before is None or not now.is_file():
        return None
    if before == now.read_bytes():
        return Reason(source="surface", level=Level.NONE, text="unchanged")
    from portalgen.twin.breaking import breaking_changes  # noqa: PLC0415 - griffe is slow to load

    with tempfile.TemporaryDirectory() as folder:
        source = f"packages/{package.name}/src"
        folder_at(checkout.root, package.tag(last), source, Path(folder))
        found = breaking_changes(
            Path(folder) / source, checkout.root / source, module=package.module
        )
    if found:
        return Reason(source="surface", level=Level.MAJOR, text="; ".join(found))
    return Reason(source="surface", level=Level.MINOR, text=f"{snapshot} changed, nothing breaks")
