"""Semantic versions of our packages: which version follows, and what a bound between packages must be.

While a package is `0.y.z`, SemVer promises nothing; we do: a change that breaks, and one that adds, raise `y`; what is
mended raises `z`. So `~=0.2.0` never gets what a user's code could stumble over, and never less than it was made for.
From `1.0.0` on it is SemVer as it stands.
"""

from __future__ import annotations

import re

from portalgen.diff import Level
from portalgen.problems import BrokenInput

__all__ = ["allows", "compatible", "next_version", "numbers"]

_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")


def numbers(version: str) -> tuple[int, int, int]:
    """Read a version.

    Raises:
        BrokenInput: It is not of the form 0.1.0.
    """
    found = _VERSION.fullmatch(version)
    if found is None:
        raise BrokenInput(f"{version!r} is no version of a package: three numbers, as in 0.1.0")
    major, minor, patch = (int(one) for one in found.groups())
    return major, minor, patch


def next_version(current: str, level: Level) -> str:
    """Give the version after a change of a level; `NONE` changes nothing."""
    major, minor, patch = numbers(current)
    if level is Level.NONE:
        return current
    if level is Level.PATCH:
        return f"{major}.{minor}.{patch + 1}"
    if level is Level.MINOR or major == 0:
        return f"{major}.{minor + 1}.0"
    return f"{major + 1}.0.0"


def compatible(version: str) -> str:
    """Give the bound for packages that are made for a version: `~=0.2.0`, `~=1.3`."""
    major, minor, _ = numbers(version)
    return f"~={version}" if major == 0 else f"~={major}.{minor}"


def allows(bound: str, version: str) -> bool:
    """Tell whether a bound, `~=` with two or three numbers, allows a version.

    Raises:
        BrokenInput: The bound is of another form.
    """
    found = re.fullmatch(r"~=(\d+(?:\.\d+){1,2})", bound)
    if found is None:
        raise BrokenInput(f"{bound!r} is no bound that portalgen keeps: ~=0.1.0 or ~=1.2")
    least = [int(one) for one in found[1].split(".")]
    have = list(numbers(version))
    return have[: len(least) - 1] == least[:-1] and have >= least
