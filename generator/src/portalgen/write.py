"""Puts a rendered package in place: whole, or not at all."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from portalgen.manifest import read_package

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["NEW_CHANGELOG", "Difference", "differences", "write_package"]

_CHANGELOG = "CHANGELOG.md"
_BY_HAND = (_CHANGELOG, "changes")
# The comment is where towncrier puts a release.
NEW_CHANGELOG = """# Changelog

Each package has its own version (SemVer). While it is `0.y.z`, a new `y` may break what was.

<!-- towncrier release notes start -->
"""


@attrs.frozen
class Difference:
    """A file that is not what the generator would write.

    Attributes:
        path: Its path in the package.
        kind: `changed`, `missing`, or `stray`: one that the generator would not write.
    """

    path: str
    kind: str


def differences(folder: Path, rendered: Mapping[str, bytes]) -> Iterator[Difference]:
    """Compare a package with what was rendered, byte for byte.

    Args:
        folder: The package's folder.
        rendered: Its files' contents by relative path.
    """
    tree = read_package(folder)
    for path in sorted(tree.keys() | rendered.keys()):
        if path not in tree:
            yield Difference(path, "missing")
        elif path not in rendered:
            yield Difference(path, "stray")
        elif tree[path] != rendered[path]:
            yield Difference(path, "changed")


def write_package(folder: Path, rendered: Mapping[str, bytes]) -> None:
    """Replace a package by what was rendered; `CHANGELOG.md` and `changes/` stay.

    The new package is built beside the old one and put in its place by two renames, so that an
    interruption leaves the old package or the new one, never a mixture. (Between the renames the
    old one stands under the other name and is moved back if the second rename fails.)

    Args:
        folder: The package's folder; need not exist.
        rendered: Its files' contents by relative path.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as temporary:
        new, old = Path(temporary) / "new", Path(temporary) / "old"
        for name, content in rendered.items():
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        _keep_by_hand(folder, new)
        if folder.exists():
            folder.rename(old)
        try:
            new.rename(folder)
        except BaseException:
            if old.exists():
                old.rename(folder)
            raise


def _keep_by_hand(folder: Path, new: Path) -> None:
    for name in _BY_HAND:
        kept = folder / name
        if kept.is_dir():
            shutil.copytree(kept, new / name)
        elif kept.is_file():
            shutil.copy2(kept, new / name)
    if not (new / _CHANGELOG).exists():
        (new / _CHANGELOG).write_text(NEW_CHANGELOG, encoding="utf-8", newline="\n")
