"""The packages of a checkout, with their versions and with the bounds between them."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

import attrs
import tomlkit

from portalgen.manifest import MANIFEST
from portalgen.problems import BrokenInput
from portalgen.specs_package import SPECS_PACKAGE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portalgen.checkout import Checkout
    from portalgen.registry import ApiEntry, Registry

__all__ = ["CORE", "Package", "find_packages", "select", "with_bounds", "with_version"]

CORE = "skifteportal-core"
_BOUND = re.compile(r'"(?P<name>skifteportal-[a-z-]+)(?P<extra>\[[a-z,]+\])?(?P<bound>~=[0-9.]+)"')


@attrs.frozen(kw_only=True)
class Package:
    """A package of the checkout.

    Attributes:
        name: The distribution's name, its folder in `packages/`.
        version: The version that it has, or gets at its next release.
        entry: The API that it is the client of, if it is one.
        generated: Whether the generator writes it.
        changelog: The text of its `CHANGELOG.md`.
        bounds: Which of our other packages it needs: name and bound.
    """

    name: str
    version: str
    entry: ApiEntry | None
    generated: bool
    changelog: str
    bounds: Mapping[str, str]

    @property
    def short(self) -> str:
        """The name without `skifteportal-`."""
        return self.name.removeprefix("skifteportal-")

    @property
    def module(self) -> str:
        """The import path."""
        return f"skifteportal.{self.short.replace('-', '_')}"

    def tag(self, version: str) -> str:
        """Name the tag of a version."""
        return f"{self.name}-v{version}"


def find_packages(checkout: Checkout, registry: Registry) -> dict[str, Package]:
    """Read the packages of a checkout, by name.

    Raises:
        BrokenInput: A package's metadata can't be read.
    """
    entries = {entry.package: entry for entry in registry.apis.values()}
    found: dict[str, Package] = {}
    for path in sorted(checkout.packages.glob("*/pyproject.toml")):
        name = path.parent.name
        try:
            text = path.read_text(encoding="utf-8")
            project = tomllib.loads(text)["project"]
            version = str(project["version"])
        except (OSError, ValueError, KeyError) as error:
            raise BrokenInput(f"packages/{name}/pyproject.toml can't be read: {error}") from error
        changelog = path.with_name("CHANGELOG.md")
        entry = entries.get(name)
        if name == SPECS_PACKAGE:
            version = registry.specs_package_version
        found[name] = Package(
            name=name,
            version=entry.package_version if entry else version,
            entry=entry,
            generated=path.with_name(MANIFEST).exists(),
            changelog=changelog.read_text(encoding="utf-8") if changelog.exists() else "",
            bounds={one["name"]: one["bound"] for one in _BOUND.finditer(text)},
        )
    return found


def select(packages: Mapping[str, Package], names: tuple[str, ...]) -> tuple[Package, ...]:
    """Pick packages by API or name, with or without `skifteportal-`; all of them if none is named.

    Raises:
        BrokenInput: There is no such package.
    """
    wanted = {f"skifteportal-{name.removeprefix('skifteportal-')}" for name in names}
    if unknown := sorted(wanted - packages.keys()):
        raise BrokenInput(f"no such package: {', '.join(unknown)}; run portalgen generate first?")
    return tuple(one for one in packages.values() if not names or one.name in wanted)


def with_version(text: str, version: str) -> str:
    """Give a hand-written `pyproject.toml` with another version; its comments stay."""
    document: Any = tomlkit.parse(text)
    document["project"]["version"] = version
    return tomlkit.dumps(document)


def with_bounds(text: str, bounds: Mapping[str, str]) -> str:
    """Give a hand-written `pyproject.toml` with other bounds on our packages."""

    def bound(found: re.Match[str]) -> str:
        new = bounds.get(found["name"], found["bound"])
        return f'"{found["name"]}{found["extra"] or ""}{new}"'

    return _BOUND.sub(bound, text)
