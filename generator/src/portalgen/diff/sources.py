"""Where the two documents of a comparison come from: a file, or a version of an API of the registry."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from portalgen.checkout import Checkout
from portalgen.diff.readable import unreadable
from portalgen.diff.spec_view import UnreadableSpec
from portalgen.problems import BrokenInput
from portalgen.registry import Registry
from portalgen.yaml_file import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Source", "find_source"]

_SUFFIXES = ("", "-reconstructed")
_NAMED = re.compile(r"(?P<api>[a-z][a-z0-9-]*)(@(?P<version>[\w.+-]+))?")


@attrs.frozen(kw_only=True)
class Source:
    """A document to compare.

    Attributes:
        path: The file.
        api: The API's folder in `specs/`, if the file is known to be one of its; else empty.
        document: What it holds.
    """

    path: Path
    api: str
    document: Mapping[str, Any]


def find_source(named: str, *, root: Path | None = None) -> Source:
    """Find and read a document.

    Args:
        named: A file (YAML or JSON), `api@version`, or `api` for the version in the registry.
        root: A folder in the checkout; the current folder if left out.

    Raises:
        BrokenInput: There is no such file, or no such API or version.
        UnreadableSpec: It is no OpenAPI 3.0 document, or operations in it are called alike.
    """
    path = Path(named)
    if path.is_file():
        return _read(path, _api_of(path))
    found = _NAMED.fullmatch(named)
    if found is None:
        raise BrokenInput(f"{named}: no such file, and no name of a version, as in person@1.0.0")
    checkout = Checkout.find(root)
    (entry,) = Registry.load(checkout).select((found["api"],))
    if found["version"] is None:
        path = checkout.root / entry.spec
    else:
        folder = checkout.root / "specs" / entry.api
        paths = [folder / f"{found['version']}{suffix}.yaml" for suffix in _SUFFIXES]
        path = next((one for one in paths if one.is_file()), paths[0])
    return _read(path, entry.api)


def _read(path: Path, api: str) -> Source:
    document = read_yaml(path)
    if problems := list(unreadable(document)):
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise UnreadableSpec(f"{path} can't be compared: {problems[0]}{more}")
    return Source(path=path, api=api, document=document)


def _api_of(path: Path) -> str:
    """Tell the API of a file that stands in its folder of a checkout's specs."""
    folder = path.resolve().parent
    known = folder.parent.name == "specs" and (folder.parent / "portal.toml").is_file()
    return folder.name if known else ""
