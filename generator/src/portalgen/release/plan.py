"""What is to be released, as which version, and why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs

from portalgen.diff import Level
from portalgen.problems import BrokenInput
from portalgen.release.base_spec import compare_with_base, find_base
from portalgen.release.changelog import (
    SpecState,
    api_changes,
    last_version,
    spec_line,
    with_section,
)
from portalgen.release.fragments import Fragment, read_fragments, section
from portalgen.release.house import find_packages, select
from portalgen.release.old_names import OldNames, old_names
from portalgen.release.reason import Reason
from portalgen.release.surface import surface_reason
from portalgen.release.versions import allows, compatible, next_version, numbers
from portalgen.specs_package import SPECS_PACKAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from portalgen.build import Workshop
    from portalgen.registry import ApiEntry
    from portalgen.release.base_spec import BaseSpec
    from portalgen.release.house import Package

__all__ = ["Planned", "plan_release"]

# What intake wrote of one file; a section tells of all that changed since the last release.
_OF_INTAKE = re.compile(r"api-\d+(-\d+)*\.")


@attrs.frozen(kw_only=True)
class Planned:
    """A package that is to be released.

    Attributes:
        package: The package as it is.
        version: The version that it gets.
        reasons: What asks for how much.
        fragments: The fragments that the section is made from.
        bounds: The bounds on our other packages that it gets.
        intro: The section's first line.
        api_changes: The differ's part of the section.
    """

    package: Package
    version: str
    reasons: tuple[Reason, ...]
    fragments: tuple[Fragment, ...] = ()
    bounds: dict[str, str] = attrs.field(factory=dict[str, str])
    intro: str = ""
    api_changes: str = ""

    @property
    def level(self) -> Level:
        """How much the release changes: the most that anything asks for."""
        return Level.highest(one.level for one in self.reasons)

    @property
    def tag(self) -> str:
        """The tag of the release."""
        return self.package.tag(self.version)

    def changelog(self, day: date) -> str:
        """Give the package's changelog with the new section.

        Raises:
            BrokenInput: There is no place for one.
        """
        needs = "\n".join(f"- Needs `{name}{bound}`." for name, bound in self.bounds.items())
        parts = (
            self.intro,
            section(self._told()),
            self.old_names().section(self.package.entry) if self.package.entry else "",
            self.api_changes,
            f"### Needs\n\n{needs}" * bool(needs),
        )
        place = f"packages/{self.package.name}/CHANGELOG.md"
        return with_section(
            self.package.changelog, version=self.version, day=day, parts=parts, place=place
        )

    def old_names(self) -> OldNames:
        """Say what becomes of the package's old names."""
        entry = self.package.entry
        return old_names(entry, self.version) if entry else OldNames()

    def _told(self) -> list[Fragment]:
        """Give the fragments that stand in the section: those of intake give way to the differ's part."""
        return [
            one for one in self.fragments if not (self.api_changes and _OF_INTAKE.match(one.name))
        ]

    def as_json(self, day: date) -> dict[str, Any]:
        """Give the plan as data."""
        changelog = self.changelog(day)
        return {
            "package": self.package.name,
            "from": self.package.version,
            "version": self.version,
            "level": str(self.level),
            "reasons": [one.as_json() for one in self.reasons],
            "fragments": [one.name for one in self.fragments],
            "bounds": self.bounds,
            "old_names_gone": [one.old for one in self.old_names().gone],
            "tag": self.tag,
            "changelog": changelog,
        }


def plan_release(
    workshop: Workshop,
    names: tuple[str, ...],
    *,
    twin: Callable[[ApiEntry, BaseSpec], Reason] | None = None,
) -> tuple[Planned, ...]:
    """Plan a release of the named packages, or of all that changed.

    What is made from one of our packages whose new version its bound does not allow is released with it, with the
    bound raised.

    Args:
        workshop: The checkout.
        names: APIs or packages, with or without `skifteportal-`.
        twin: Compares the Python packages of two specifications; left out, they are not compared.

    Raises:
        BrokenInput: A name is unknown, or nothing of a named package changed.
    """
    packages = find_packages(workshop.checkout, workshop.registry)
    chosen = select(packages, names)
    found = {one.name: plan for one in chosen if (plan := _plan(workshop, one, twin))}
    if names and (idle := [one.name for one in chosen if one.name not in found]):
        raise BrokenInput(
            f"nothing to release of {', '.join(idle)}: no fragment, and the specification is that of the last release"
        )
    for package in packages.values():
        bounds = {
            name: compatible(found[name].version)
            for name, bound in package.bounds.items()
            if name in found and not allows(bound, found[name].version)
        }
        if bounds:
            old = found.get(package.name) or Planned(
                package=package, version=package.version, reasons=()
            )
            needs = ", ".join(f"{name}{bound}" for name, bound in bounds.items())
            reason = Reason(source="bounds", level=Level.PATCH, text=f"needs {needs}")
            found[package.name] = _versioned(
                attrs.evolve(old, reasons=(*old.reasons, reason), bounds=bounds)
            )
    return tuple(found[name] for name in packages if name in found)


def _plan(
    workshop: Workshop,
    package: Package,
    twin: Callable[[ApiEntry, BaseSpec], Reason] | None,
) -> Planned | None:
    fragments = read_fragments(workshop.checkout.packages / package.name)
    reasons = [_fragments_reason(fragments)] if fragments else []
    intro = changes = ""
    first = last_version(package.changelog) is None
    if entry := package.entry:
        state = SpecState.of(entry)
        base = find_base(workshop, package)
        notice = workshop.notices.find(entry.api, entry.version)
        intro = spec_line(base.state if base else None, state, notice)
        if base is not None:
            report, spec_reason = compare_with_base(workshop, entry, base)
            changes = api_changes(report)
            reasons.append(spec_reason)
            if twin is not None:
                reasons.append(twin(entry, base))
            if notice is not None and base.state.version != entry.version:
                text = f"the portal calls {entry.version} {notice.claimed} (notice {notice.id})"
                reasons.append(Reason(source="notice", level=Level(notice.claimed), text=text))
    elif package.name == SPECS_PACKAGE and (moved := _moved_specs(workshop)):
        text = f"other specifications of {', '.join(moved)}"
        reasons.append(Reason(source="specification", level=Level.MINOR, text=text))
    if fresh := [one.old for one in entry.aliases if not one.until] if entry else []:
        text = f"old names are kept: {', '.join(fresh)}"
        reasons.append(Reason(source="aliases", level=Level.MINOR, text=text))
    if surface := surface_reason(workshop.checkout, package):
        reasons.append(surface)
    reasons = [one for one in reasons if one.level > Level.NONE]
    if first and package.changelog:
        reasons.append(Reason(source="first", level=Level.NONE, text="its first release"))
    if not reasons:
        return None
    return _versioned(
        Planned(
            package=package,
            version=package.version,
            reasons=tuple(reasons),
            fragments=fragments,
            intro=intro,
            api_changes=changes,
        )
    )


def _fragments_reason(fragments: Iterable[Fragment]) -> Reason:
    highest = max(fragments, key=lambda one: one.level)
    return Reason(source="fragments", level=highest.level, text=f"changes/{highest.name}")


def _moved_specs(workshop: Workshop) -> list[str]:
    packages = find_packages(workshop.checkout, workshop.registry)
    clients = (one for one in packages.values() if one.entry and find_base(workshop, one))
    return [one.short for one in clients]


def _versioned(plan: Planned) -> Planned:
    """Give the version: after the last release, what the level asks for; a version set by hand may be higher."""
    package = plan.package
    last = last_version(package.changelog)
    if last is None:
        return attrs.evolve(plan, version=package.version)
    asked = next_version(last, plan.level)
    return attrs.evolve(plan, version=max(asked, package.version, key=numbers))
