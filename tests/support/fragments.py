"""A change of a package says in ``packages/<package>/changes/<slug>.<kind>.md`` what it means for users.

Usage: ``python tests/support/fragments.py [--base REV] [--committed]`` (``nox -s changelog_check``) compares what is in
the working tree (with ``--committed``: what is committed) with where it left ``main``, and refuses a changed package
without a fragment. Tests, the changelog itself and the generator's manifest reach no user and need none. A release,
which turns fragments into a section of the changelog, is its own account. ``add KIND SLUG TEXT PACKAGE…`` (``nox -s fragment``) writes fragments; PACKAGE may be a pattern.

Exit codes: 0 all is well, or there is nothing to compare, which is said; 1 something is missing; 2 no such base.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HOUSE = Path(__file__).parents[2]
MAIN = ("origin/main", "main")
TOWNCRIER = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))["tool"]["towncrier"]
KINDS = tuple(str(kind["directory"]) for kind in TOWNCRIER["type"])
FRAGMENT = re.compile(rf"[a-z0-9][a-z0-9-]*\.(?:{'|'.join(KINDS)})\.md")
HOW = (
    f"fragments are packages/<package>/changes/<slug>.<kind>.md, <kind> one of {', '.join(KINDS)}; "
    "`nox -s fragment -- <kind> <slug> <text> <package>…` writes them"
)
REACH_NO_USER = ("tests/", "changes/", "CHANGELOG.md", "generated.json")


def bad_fragments(house: Path) -> Iterator[str]:
    """Say what is wrong with the fragments of a checkout: towncrier would leave them out silently."""
    for path in sorted(house.glob("packages/*/changes/*")):
        name = path.relative_to(house).as_posix()
        if not FRAGMENT.fullmatch(path.name):
            yield f"{name} is no fragment"
        elif not path.read_text("utf-8").strip():
            yield f"{name} is empty: say what changes for a user, and what to do about it"


def missing_fragments(changed: Mapping[str, str]) -> Iterator[str]:
    """Name the packages that changed without a fragment.

    Args:
        changed: Paths with git's letter for what happened to them (A, M, D, …).
    """
    packages: dict[str, dict[str, str]] = {}
    for path, letter in changed.items():
        top, _, rest = path.partition("/")
        package, _, inside = rest.partition("/")
        if top == "packages" and inside:
            packages.setdefault(package, {})[inside] = letter
    for package, files in sorted(packages.items()):
        reached = sorted(name for name in files if not name.startswith(REACH_NO_USER))
        fragments = {letter for name, letter in files.items() if name.startswith("changes/")}
        released = "D" in fragments and "CHANGELOG.md" in files
        if reached and not released and not fragments - {"D"}:
            more = f" and {len(reached) - 1} more" if len(reached) > 1 else ""
            yield f"{package} changed ({reached[0]}{more}) without a fragment"


def git(house: Path, *arguments: str) -> str | None:
    """Ask git; None if it refuses, or isn't there."""
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=house, check=False, capture_output=True, text=True
        )
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None


def changes_since(house: Path, commit: str, *, committed: bool) -> dict[str, str]:
    """List the files that differ from a commit, untracked ones too, with git's letters."""
    until = ["HEAD"] if committed else []
    listing = git(house, "diff", "--name-status", "--no-renames", "-z", commit, *until, "--") or ""
    words = iter(listing.split("\0")[:-1])
    changed = {path: letter for letter, path in zip(words, words, strict=True)}
    if not committed:
        untracked = git(house, "ls-files", "-z", "--others", "--exclude-standard") or ""
        changed |= dict.fromkeys(untracked.split("\0")[:-1], "A")
    return changed


def check(house: Path, base: str | None, *, committed: bool) -> int:
    """Compare a checkout with its base, and print what was found; the exit code."""
    problems = list(bad_fragments(house))
    names = (base,) if base else MAIN
    found = (git(house, "merge-base", name, "HEAD") for name in names)
    commit = next((one.strip() for one in found if one), None)
    if commit is None and base:
        print(f"changelog: git knows no common ancestor of {base} and HEAD; fetch it first")
        return 2
    if commit is None:
        print(f"changelog: nothing to compare with (no git, or neither of {', '.join(MAIN)})")
    elif changed := changes_since(house, commit, committed=committed):
        problems += missing_fragments(changed)
        print(f"changelog: compared {len(changed)} changed files with {commit[:12]}")
    else:
        print(f"changelog: nothing changed since {commit[:12]}, where this left the main branch")
    for problem in (*problems, HOW) if problems else ():
        print(f"changelog: {problem}")
    return 1 if problems else 0


def add(house: Path, kind: str, slug: str, text: str, *patterns: str) -> int:
    """Write a fragment into every package whose name matches; the exit code."""
    packages = [
        folder
        for folder in sorted((house / "packages").glob("*/"))
        if any(fnmatchcase(folder.name, pattern) for pattern in patterns)
    ]
    if not packages or not FRAGMENT.fullmatch(f"{slug}.{kind}.md") or not text.strip():
        print(f"changelog: {HOW}")
        return 2
    for package in packages:
        fragment = package / "changes" / f"{slug}.{kind}.md"
        fragment.parent.mkdir(exist_ok=True)
        fragment.write_text(f"{text.strip()}\n", "utf-8", newline="\n")
        print(f"changelog: {fragment.relative_to(house).as_posix()} written")
    return 0


def main(arguments: list[str]) -> int:
    """Check this checkout, or add to it."""
    if arguments[:1] == ["add"]:
        kind, slug, text, *packages = [*arguments[1:], "", "", ""]
        return add(HOUSE, kind, slug, text, *packages)
    parser = argparse.ArgumentParser(prog="nox -s changelog_check --", allow_abbrev=False)
    parser.add_argument(
        "--base", help="compare with where HEAD left this; else main, as published or here"
    )
    parser.add_argument(
        "--committed", action="store_true", help="leave out what isn't committed yet"
    )
    options = parser.parse_args(arguments)
    return check(HOUSE, options.base, committed=options.committed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
