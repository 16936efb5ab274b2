"""Tags of what was released and committed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portalgen.problems import BrokenInput
from portalgen.release.changelog import last_version
from portalgen.release.git import has_tag, make_tag, unrecorded
from portalgen.release.house import find_packages, select

if TYPE_CHECKING:
    from portalgen.build import Workshop

__all__ = ["make_tags"]


def make_tags(workshop: Workshop, names: tuple[str, ...]) -> tuple[str, ...]:
    """Tag the last release of each named package, or of all, that has no tag yet.

    Returns:
        The tags that were made.

    Raises:
        BrokenInput: A release isn't committed, or git refuses.
    """
    root = workshop.checkout.root
    packages = select(find_packages(workshop.checkout, workshop.registry), names)
    waiting = [
        (one, last)
        for one in packages
        if (last := last_version(one.changelog)) == one.version
        and not has_tag(root, one.tag(one.version))
    ]
    paths = ("specs", *(f"packages/{one.name}" for one, _ in waiting))
    if waiting and (left := unrecorded(root, *paths)):
        raise BrokenInput(f"commit the release first: {', '.join(left[:5])}")
    tags = tuple(one.tag(one.version) for one, _ in waiting)
    for one, version in waiting:
        make_tag(root, one.tag(one.version), f"{one.name} {version}")
    return tags
