"""Examines a received file before anything is made from it, each look bounded by what the one before let pass.

First the bytes (size, encoding, strict YAML without tags and bombs), then names, texts, numbers, patterns and
references, all by looking only. What is left is small, refers to nothing outside, and matches in no time: then the
validators may have it.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

import attrs

from portalgen.intake.content import bad_content
from portalgen.intake.received import LARGEST
from portalgen.intake.references import bad_references
from portalgen.intake.refusal import Refused, shown
from portalgen.json_kinds import is_list, is_mapping
from portalgen.yaml_file import Limits, SpecFileError, parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from portalgen.intake.received import Received

__all__ = ["Examined", "Version", "examine"]

Version = tuple[int, int, int]
_LIMITS = Limits(size=LARGEST, values=200_000, depth=60)
# No leading zeros and no words behind it: a preliminary version is none that the portal has in production.
_VERSION = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})")


@attrs.frozen(kw_only=True)
class Examined:
    """A file that may be looked at further.

    Attributes:
        name: What to call it.
        stem: Its file name without the ending.
        content: Its bytes.
        document: The bytes as data.
        title: `info.title`.
        version: `info.version`.
    """

    name: str
    stem: str
    content: bytes = attrs.field(repr=False)
    document: dict[str, Any] = attrs.field(repr=False)
    title: str
    version: str

    @property
    def sha256(self) -> str:
        """The SHA-256 of its bytes, in hex."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def numbers(self) -> Version:
        """Its version, to be compared."""
        return numbers(self.version)


def numbers(version: str) -> Version:
    """Give the numbers of a version (`1.3.0`), so that 1.10.0 comes after 1.9.0; missing ones are 0."""
    found = [int(part) for part in version.split(".")[:3]]
    major, minor, patch = [*found, 0, 0, 0][:3]
    return major, minor, patch


def examine(received: Received) -> Examined:
    """Read a file and look for what nothing should be made from.

    Args:
        received: The file.

    Raises:
        SpecFileError: It is no YAML or JSON in UTF-8, or more than any spec is.
        Refused: It is no OpenAPI 3.0, or holds what no honest file of the portal's does.
    """
    if b"\0" in received.content:
        raise SpecFileError(received.name, None, "holds NUL bytes: is it UTF-16, or no text?")
    document = parse_yaml(received.content, file=received.name, limits=_LIMITS)
    if problems := list(_no_openapi(document)):
        raise Refused(received.name, *problems)
    if problems := [*bad_references(document), *bad_content(document)]:
        raise Refused(received.name, *sorted(problems))
    return Examined(
        name=received.name,
        stem=received.stem,
        content=received.content,
        document=document,
        title=document["info"]["title"],
        version=document["info"]["version"],
    )


def _no_openapi(document: Mapping[str, Any]) -> Iterator[str]:
    stated = document.get("openapi", document.get("swagger"))
    if not (isinstance(stated, str) and re.fullmatch(r"3\.0\.[0-9]", stated)):
        yield f"/openapi: says {shown(str(stated))}; only OpenAPI 3.0 can be taken in"
        return
    info, paths = document.get("info"), document.get("paths")
    if not (is_mapping(info) and isinstance(info.get("title"), str) and info["title"].strip()):
        yield "/info/title: is missing, so nobody can tell which API it is"
    version = info.get("version") if is_mapping(info) else None
    if not (isinstance(version, str) and _VERSION.fullmatch(version)):
        yield (
            f"/info/version: is {shown(str(version))}; it must be three numbers, as in '1.4.0' "
            "(semver.org), without words behind them"
        )
    if not (is_mapping(paths) and paths and all(is_mapping(item) for item in paths.values())):
        yield "/paths: has no paths, so there is nothing to call"
    elif not any(is_mapping(node) for item in paths.values() for node in item.values()):
        yield "/paths: has no operations, so there is nothing to call"
    for name in ("components", "info"):
        if not is_mapping(document.get(name, {})):
            yield f"/{name}: must be a mapping"
    if not is_list(document.get("servers", [])):
        yield "/servers: must be a list"
