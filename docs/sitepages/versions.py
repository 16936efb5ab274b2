"""What there is of each API: spec versions, notices and their dates, the package's version; all in one table, too."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from portalgen.notices.notices_file import Notice, Notices
from sitepages.house import House, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from portalgen.registry import ApiEntry

__all__ = ["pages"]

_FILE = re.compile(r"(\d+\.\d+\.\d+)(-reconstructed)?\.yaml")
_HEAD = (
    "specification",
    "from",
    "announced",
    "in test",
    "in production",
    "what the portal calls it",
)
_CANNOT = "not announced"


def pages(house: House) -> Iterator[tuple[str, str]]:
    """Write the pages.

    Args:
        house: The data.
    """
    notices = Notices.load(house.checkout)
    yield "en/versions/index.md", _overview(house, notices)
    for entry in house.apis:
        yield f"en/versions/{entry.api}.md", _timeline(house, entry, notices)


def _overview(house: House, notices: Notices) -> str:
    rows = [
        (
            f"[{entry.package}]({entry.api}.md)",
            entry.package_version,
            f"{entry.version} ({entry.provenance})",
            "; ".join(f"{one.version}: {_day(one, 'production')}" for one in notices.of(entry.api))
            or "nothing announced",
        )
        for entry in house.apis
    ]
    head = ("package", "version", "made from specification", "in production from")
    return f"""# Versions

Each package has a version of its own, by semantic versioning; while specifications are reconstructed it is `0.y.z`. A client says
which specification it was made from: `__spec_version__` and `__spec_sha256__`, and every call's `User-Agent`.

{table(head, rows)}

All clients run on the `skifteportal-core` that their metadata asks for, on Python 3.11 and newer. What changed in each package:
[changelogs](changelogs.md).
"""


def _timeline(house: House, entry: ApiEntry, notices: Notices) -> str:
    announced = {one.version: one for one in notices.of(entry.api)}
    kinds = _kinds(house, entry)
    versions = sorted({*kinds, *announced}, key=_numbers, reverse=True)
    rows = [
        (
            f"**{version}** ({kinds.get(version, 'announced only')})",
            *_cells(announced.get(version)),
        )
        for version in versions
    ]
    made_up = any(one.made_up for one in announced.values())
    note = (
        "\n!!! note\n    A notice here is made up by us, to show what one looks like: the portal's own are not known yet.\n"
        if made_up
        else ""
    )
    news = "\n\n".join(_news(one) for one in announced.values())
    return f"""# {escape(entry.title)}: versions

[`{entry.package}`](../reference/clients/{entry.api}/index.md) {entry.package_version} is made from version {entry.version}
({entry.provenance}) of the specification.
{note}
{table(_HEAD, rows)}

{news}

What changed in the package stands in its [changelog](changelogs.md#{entry.package}).
"""


def _kinds(house: House, entry: ApiEntry) -> Mapping[str, str]:
    folder = (house.checkout.root / entry.spec).parent
    found = (_FILE.fullmatch(path.name) for path in folder.glob("*.yaml"))
    return {one[1]: "reconstructed" if one[2] else "official" for one in found if one}


def _cells(notice: Notice | None) -> tuple[str, ...]:
    if notice is None:
        return ("", _CANNOT, "", "", "")
    days = tuple(_day(notice, name) for name in ("announced", "test", "production"))
    return (notice.before, *days, notice.claimed)


def _day(notice: Notice, name: str) -> str:
    day = getattr(notice, name)
    return _CANNOT if day is None else day.isoformat()


def _news(notice: Notice) -> str:
    lines = [f"## New in {notice.version}"]
    if notice.operations:
        lines.append("Operations: " + ", ".join(f"`{name}`" for name in notice.operations) + ".")
    if notice.fields:
        lines.append("Fields: " + ", ".join(f"`{name}`" for name in notice.fields) + ".")
    if notice.source:
        lines.append(f"Source: {escape(notice.source)}.")
    return "\n\n".join(lines)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
