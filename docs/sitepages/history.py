"""What became of each API: its specifications one after another, how they differ, and the packages made from them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from portalgen.diff import Level, Report, compare
from portalgen.notices import judge
from portalgen.notices.observe import level_of, spec_file
from portalgen.release.changelog import is_released, releases
from portalgen.yaml_file import read_yaml
from sitepages.changes import stops_clients

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from portalgen.notices import Judgement, Notice, Notices
    from portalgen.registry import ApiEntry
    from sitepages.house import House

__all__ = ["History", "PackageVersion", "SpecVersion", "numbers"]

_FILE = re.compile(r"(\d+\.\d+\.\d+)(-reconstructed)?\.yaml")


@attrs.frozen(kw_only=True)
class SpecVersion:
    """One version of an API's specification.

    Attributes:
        version: The version.
        file: Its file; None if it was announced only.
        notice: The portal's notice of it; None if there was none.
        before: The version that it is compared with: the one before it, or the one that the notice names.
        report: How it differs from that; None if one of the two files isn't there.
        judgement: The notice, held to the portal's policy; None without a notice.
    """

    version: str
    file: Path | None
    notice: Notice | None
    before: str
    report: Report | None
    judgement: Judgement | None

    @property
    def provenance(self) -> str:
        """Where the file comes from: `official`, `reconstructed`, or nowhere yet: `announced only`."""
        if self.file is None:
            return "announced only"
        return "reconstructed" if self.file.stem.endswith("-reconstructed") else "official"

    @property
    def stops_clients(self) -> bool:
        """Whether a client of ours that is installed stops working."""
        return self.report is not None and any(map(stops_clients, self.report.changes))

    @property
    def breaks_code(self) -> bool:
        """Whether code must change when it is updated to a package that is made from it."""
        return self.report is not None and self.report.client is Level.MAJOR


@attrs.frozen(kw_only=True)
class PackageVersion:
    """One version of an API's package.

    Attributes:
        version: The version.
        day: The day of its release; empty if it isn't released yet.
        spec: The specification that it was made from.
    """

    version: str
    day: str
    spec: str


@attrs.frozen(kw_only=True)
class History:
    """What became of an API.

    Attributes:
        entry: The API.
        specs: Its specifications, the newest first.
        packages: The versions of its package, the newest first.
    """

    entry: ApiEntry
    specs: Sequence[SpecVersion]
    packages: Sequence[PackageVersion]

    @classmethod
    def of(cls, house: House, entry: ApiEntry, notices: Notices) -> History:
        """Gather it from the checkout.

        Args:
            house: The data.
            entry: The API.
            notices: All notices.
        """
        files = _files(house, entry)
        announced = {one.version: one for one in notices.of(entry.api)}
        found: list[SpecVersion] = []
        for version in sorted({*files, *announced}, key=numbers):
            notice = announced.get(version)
            before = notice.before if notice else (found[-1].version if found else "")
            report = None
            if version in files and before in files:
                old, new = read_yaml(files[before]), read_yaml(files[version])
                report = compare(old, new, api=entry.api)
            found.append(
                SpecVersion(
                    version=version,
                    file=files.get(version),
                    notice=notice,
                    before=before,
                    report=report,
                    judgement=_judged(house, entry, notice, report),
                )
            )
        return cls(entry=entry, specs=found[::-1], packages=tuple(_packages(house, entry)))

    def stops(self, package: PackageVersion, spec: SpecVersion) -> bool | None:
        """Tell whether a package stops working with a specification, by what lies between them; None: nobody knows."""
        made, met = numbers(package.spec), numbers(spec.version)
        low, high = sorted((made, met))
        between = [one for one in self.specs if low < numbers(one.version) <= high]
        if any(one.report is None for one in between):
            return None
        return any(one.stops_clients for one in between)


def numbers(version: str) -> tuple[int, ...]:
    """Give a version as numbers, for comparing."""
    return tuple(int(part) for part in version.split("."))


def _files(house: House, entry: ApiEntry) -> Mapping[str, Path]:
    """Find the file of each version."""
    folder = (house.checkout.root / entry.spec).parent
    names = (_FILE.fullmatch(path.name) for path in folder.glob("*.yaml"))
    found = {one[1]: spec_file(house.checkout, entry.api, one[1]) for one in names if one}
    return {version: path for version, path in found.items() if path}


def _judged(
    house: House, entry: ApiEntry, notice: Notice | None, report: Report | None
) -> Judgement | None:
    if notice is None:
        return None
    return judge(
        notice,
        observed=level_of(report) if report else None,
        current=entry.version,
        today=house.today,
    )


def _packages(house: House, entry: ApiEntry) -> Iterator[PackageVersion]:
    text = (house.checkout.packages / entry.package / "CHANGELOG.md").read_text("utf-8")
    if not is_released(text, entry.package_version):
        yield PackageVersion(version=entry.package_version, day="", spec=entry.version)
    for one in releases(text):
        if one.spec:
            yield PackageVersion(version=one.version, day=one.day, spec=one.spec.version)
