"""What griffe finds: names that are gone, parameters that are gone, moved, or needed now."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import griffe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["breaking_changes"]

# It tells of every base class that is not in the package.
logging.getLogger("griffe").setLevel(logging.ERROR)


def breaking_changes(old: Path, new: Path, *, module: str) -> tuple[str, ...]:
    """Compare the sources of a package.

    Args:
        old: The folder that holds `skifteportal` before.
        new: The same after.
        module: The package's import path.

    Returns:
        A sentence for each public name that broke, sorted.
    """
    found = {
        f"{one.obj.path}: {one.kind.value.lower()}"
        for one in griffe.find_breaking_changes(_load(old, module), _load(new, module))
        if not _is_said_elsewhere(one)
    }
    return tuple(sorted(found))


def _load(source: Path, module: str) -> griffe.Object:
    loader = griffe.GriffeLoader(search_paths=[source], allow_inspection=False)
    loaded = loader.load(module, try_relative_path=False)
    loader.resolve_aliases(implicit=False, external=False)
    assert isinstance(loaded, griffe.Object)  # noqa: S101 - nothing else is loaded by an import path
    return loaded


def _is_said_elsewhere(change: griffe.Breakage) -> bool:
    """Values change with every version; what a model's table says, its attributes say too."""
    parts = list(_names(change.obj))
    return change.kind is griffe.BreakageKind.ATTRIBUTE_CHANGED_VALUE or any(
        part.startswith("_") and part != "__init__" for part in parts
    )


def _names(one: griffe.Object | griffe.Alias) -> Iterator[str]:
    yield from one.path.split(".")[2:]
