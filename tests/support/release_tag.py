"""A release's tag, ``<package>-v<version>``, must say what the tree says.

Usage: ``python tests/support/release_tag.py TAG`` prints what the package's distributions are called (their files'
first part, version included), or says what is not ready for a release, with exit code 1.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

HOUSE = Path(__file__).parents[2]
TAG = re.compile(r"(skifteportal-[a-z0-9-]+)-v(\d+\.\d+\.\d+)")


def not_ready(house: Path, tag: str) -> list[str]:
    """Say why this tree can't be released under this tag; empty if it can."""
    found = TAG.fullmatch(tag)
    if not found:
        return [
            f"{tag} is no release: tags are <package>-v<version>, e.g. skifteportal-core-v0.1.0"
        ]
    name, version = found.groups()
    package = house / "packages" / name
    if not package.is_dir():
        return [f"there is no package {name}"]
    problems: list[str] = []
    project = tomllib.loads((package / "pyproject.toml").read_text("utf-8"))["project"]
    if project["version"] != version:
        problems.append(f"{name} has version {project['version']}, the tag says {version}")
    changelog = (package / "CHANGELOG.md").read_text("utf-8")
    if not re.search(rf"^## {re.escape(version)} \(\d{{4}}-\d\d-\d\d\)$", changelog, re.MULTILINE):
        problems.append(f"CHANGELOG.md of {name} has no section `## {version} (<date>)`")
    if "(unreleased)" in changelog:
        problems.append(f"CHANGELOG.md of {name} still says (unreleased)")
    if left := sorted(path.name for path in package.glob("changes/*.md")):
        problems.append(f"{name} has fragments that are in no section: {', '.join(left)}")
    return problems


def main(tag: str) -> int:
    """Check this checkout; the exit code."""
    problems = not_ready(HOUSE, tag)
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        name, version = tag.rsplit("-v", 1)
        print(f"{name.replace('-', '_')}-{version}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
