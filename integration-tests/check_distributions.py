"""What is in the wheels and sdists, and how a package index will show them; nothing is installed.

Usage: ``check_distributions.py DIST PACKAGES``: DIST holds one wheel and one sdist of each folder in PACKAGES, the
wheel built from the sdist, as ``python -m build`` does. Run it with ``nox -s packages``.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from email import message_from_bytes
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.metadata import Metadata
from readme_renderer import markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

BESIDE_SOURCES = {
    *("CHANGELOG.md", "LICENSE", "PKG-INFO", "README.md", "pyproject.toml"),
    ".gitignore",  # hatchling takes it along, so that a wheel of the sdist leaves out the same files
}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
DIST_INFO = {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"}
# `[text](target)`, where the target leads nowhere outside a checkout.
RELATIVE_LINK = re.compile(r"\]\((?!https?://|#)([^)]*)\)")


def sources(package: Path) -> dict[str, bytes]:
    """A package's own source files by their path below ``src``, without what tools leave there."""
    top = package / "src"
    return {
        path.relative_to(top).as_posix(): path.read_bytes()
        for path in sorted(top.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def check_wheel(wheel: Path, package: Path) -> Iterator[str]:
    """Say what a wheel holds too much or too little, compared with the sources."""
    own = sources(package)
    with zipfile.ZipFile(wheel) as archive:
        held = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    info = f"{wheel.name.split('-')[0]}-{wheel.name.split('-')[1]}.dist-info/"
    about = {name.removeprefix(info) for name in held if name.startswith(info)}
    held = {name: content for name, content in held.items() if not name.startswith(info)}
    for name in sorted(held.keys() - own.keys()):
        yield f"the wheel holds {name}, which is no source"
    for name in sorted(own.keys() - held.keys()):
        yield f"the wheel lacks {name}"
    for name in sorted(own.keys() & held.keys()):
        if own[name] != held[name]:
            yield f"the wheel's {name} is not the source's"
    module = package.name.removeprefix("skifteportal-").replace("-", "_")
    if f"skifteportal/{module}/py.typed" not in held:
        yield "the wheel has no py.typed: type checkers would not look at it"
    foreign = [name for name in held if not name.startswith(f"skifteportal/{module}/")]
    yield from (f"the wheel holds {name}, outside its own package" for name in foreign)
    yield from (f"the wheel's dist-info holds {name}" for name in sorted(about - DIST_INFO))
    if "licenses/LICENSE" not in about:
        yield "the wheel has no licence"


def check_sdist(sdist: Path, package: Path) -> Iterator[str]:
    """Say what an sdist holds too much or too little."""
    with tarfile.open(sdist) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    wanted = BESIDE_SOURCES | {f"src/{name}" for name in sources(package)}
    yield from (f"the sdist holds {name}" for name in sorted(held - wanted))
    yield from (f"the sdist lacks {name}" for name in sorted(wanted - held - {".gitignore"}))


def check_metadata(wheel: Path, package: Path) -> Iterator[str]:
    """Say what a package index would refuse, or show badly."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        content = archive.read(name)
    about = Metadata.from_email(content, validate=True)  # raises: an index would refuse it
    project = tomllib.loads((package / "pyproject.toml").read_text("utf-8"))["project"]
    if about.name != package.name or str(about.version) != project["version"]:
        yield f"the wheel is {about.name} {about.version}"
    if about.license_expression != "MIT" or str(about.requires_python) != ">=3.11":
        yield f"licence {about.license_expression}, Python {about.requires_python}"
    if not about.summary or not about.keywords:
        yield "no summary or no keywords"
    yield from (
        f"no URL of the {label}"
        for label in ("Documentation", "Changelog")
        if label not in (about.project_urls or {})
    )
    classifiers = about.classifiers or []
    for version in PYTHONS:
        if f"Programming Language :: Python :: {version}" not in classifiers:
            yield f"no classifier for Python {version}"
    if "Typing :: Typed" not in classifiers or not any(
        c.startswith("Topic ::") for c in classifiers
    ):
        yield "no classifier for types, or no topic"
    text = message_from_bytes(content).get_payload(decode=True)
    assert isinstance(text, bytes)
    if about.description_content_type != "text/markdown" or not markdown.render(text.decode()):
        yield "the README can't be shown as the description"
    yield from (
        f"the description's link to {target} leads nowhere on a package index"
        for target in RELATIVE_LINK.findall(
            re.sub(r"```.*?```", "", text.decode(), flags=re.DOTALL)
        )
    )


def check_wheel_of_tree(wheel: Path, package: Path) -> Iterator[str]:
    """Build the wheel from the tree, and compare it with the one built from the sdist, byte for byte."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
        subprocess.run(command, cwd=package, check=True, capture_output=True)
        (direct,) = Path(folder).iterdir()
        if direct.name != wheel.name or _hash(direct) != _hash(wheel):
            yield "the wheel of the sdist is not the wheel of the tree"


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def check(dist: Path, package: Path) -> list[str]:
    """Say all that is wrong with a package's distributions."""
    stem = package.name.replace("-", "_")
    wheels, sdists = list(dist.glob(f"{stem}-[0-9]*.whl")), list(dist.glob(f"{stem}-[0-9]*.tar.gz"))
    if len(wheels) != 1 or len(sdists) != 1:
        return [f"{len(wheels)} wheels and {len(sdists)} sdists in {dist.name}/, not one of each"]
    return [
        *check_wheel(wheels[0], package),
        *check_sdist(sdists[0], package),
        *check_metadata(wheels[0], package),
        *check_wheel_of_tree(wheels[0], package),
    ]


def main(dist: Path, packages: Path) -> int:
    """Check every package; the exit code."""
    failed = 0
    for package in sorted(packages.glob("skifteportal-*")):
        problems = check(dist, package)
        failed += bool(problems)
        print(
            f"{package.name}: {'; '.join(problems) or 'wheel, sdist and metadata are as they should be'}"
        )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
