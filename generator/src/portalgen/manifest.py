"""`generated.json`: what a generated package was made from, and what came out."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

__all__ = ["MANIFEST", "Inputs", "hash_of", "is_current", "manifest", "read_package"]

MANIFEST = "generated.json"
# Kept by whoever writes them: all else in a generated package is ours, and is replaced.
_BY_HAND = ("CHANGELOG.md", "changes/")
_LEFT_BY_TOOLS = {
    "__pycache__",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    "build",
    "dist",
}
_TOOLS = ("jinja2", "openapi-python-client", "ruff")
# Parts of the generator that no output depends on.
_NO_INPUT = (
    *("cli.py", "transaction.py"),
    *("diff/", "impact/", "intake/", "lint/", "notices/", "release/", "twin/"),
)


def hash_of(content: bytes) -> str:
    """Hash content: SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


@attrs.frozen
class Inputs:
    """What a package is made from.

    Attributes:
        hashes: SHA-256 by what it is of: `spec`, `config`, `errors`, `example`, …
    """

    hashes: Mapping[str, str]

    def as_json(self) -> dict[str, object]:
        """Give the inputs as they stand in the manifest, the generator and its tools included."""
        return {
            **self.hashes,
            "generator": _generator_hash(),
            "tools": {name: version(name) for name in _TOOLS},
        }


def manifest(inputs: Inputs, outputs: Mapping[str, bytes]) -> bytes:
    """Write a manifest.

    Args:
        inputs: What the package was made from.
        outputs: Its files, without the manifest.
    """
    document = {
        "about": "Written by portalgen; compared by `portalgen check`.",
        "inputs": inputs.as_json(),
        "outputs": {name: hash_of(outputs[name]) for name in sorted(outputs)},
    }
    return (json.dumps(document, indent=2) + "\n").encode()


def read_package(folder: Path) -> dict[str, bytes]:
    """Read the files of a generated package that the generator answers for."""
    return dict(_generated_files(folder))


def is_current(folder: Path, inputs: Inputs) -> bool:
    """Tell whether a package was made from these inputs and nobody changed it since."""
    tree = read_package(folder)
    try:
        document = json.loads(tree.pop(MANIFEST, b"null"))
        known = (document["inputs"], document["outputs"])
    except (ValueError, TypeError, KeyError):
        return False
    return bool(known == (inputs.as_json(), {name: hash_of(tree[name]) for name in tree}))


def _generated_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if (
            path.is_file()
            and not name.startswith(_BY_HAND)
            and not any(
                part in _LEFT_BY_TOOLS or part.endswith(".egg-info") for part in name.split("/")
            )
        ):
            yield name, path.read_bytes()


@cache
def _generator_hash() -> str:
    """Hash the generator's templates and the code that fills them."""
    digest = hashlib.sha256()
    for name, file in sorted(_walk(files("portalgen"), "")):
        digest.update(f"{name}\0{hash_of(file.read_bytes())}\n".encode())
    return digest.hexdigest()


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for child in folder.iterdir():
        name = f"{prefix}{child.name}"
        if child.is_dir():
            if child.name != "__pycache__" and f"{name}/" not in _NO_INPUT:
                yield from _walk(child, f"{name}/")
        elif name.endswith((".py", ".jinja")) and name not in _NO_INPUT:
            yield name, child
