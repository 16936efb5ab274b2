"""Import lines in the order that ruff's isort rules ask for."""

from __future__ import annotations

import sys
from itertools import groupby
from typing import TYPE_CHECKING

from portalgen.escape import Code

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Import", "import_lines", "sorted_names"]

Import = tuple[str, str]


def sorted_names(names: Iterable[str]) -> list[str]:
    """Sort imported names: constants first, then classes."""
    return sorted(set(names), key=lambda name: (not name.isupper(), name.lower(), name))


def import_lines(imports: Iterable[Import], *, indent: int = 0) -> Code:
    """Write imports, the standard library's in a group of their own.

    Args:
        imports: Pairs of module and name.
        indent: How far to indent, in spaces.
    """
    groups: dict[bool, list[str]] = {False: [], True: []}
    for module, pairs in groupby(sorted(set(imports)), key=lambda one: one[0]):
        names = ", ".join(sorted_names(name for _, name in pairs))
        ours = module.partition(".")[0] not in sys.stdlib_module_names
        groups[ours].append(f"{' ' * indent}from {module} import {names}")
    return Code("\n\n".join("\n".join(lines) for lines in groups.values() if lines))
