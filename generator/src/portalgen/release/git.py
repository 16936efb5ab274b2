"""What a release asks of git: tags, and files as they were at one."""

from __future__ import annotations

import io
import subprocess
import tarfile
from typing import TYPE_CHECKING

from portalgen.problems import BrokenInput

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["file_at", "folder_at", "has_tag", "make_tag", "unrecorded"]


def has_tag(root: Path, tag: str) -> bool:
    """Tell whether there is a tag; without git there is none."""
    return _git(root, "rev-parse", "--verify", "--quiet", f"refs/tags/{tag}") is not None


def file_at(root: Path, tag: str, path: str) -> bytes | None:
    """Give a file as it was at a tag; None if there is no such tag or file."""
    return _git(root, "show", f"refs/tags/{tag}:{path}")


def folder_at(root: Path, tag: str, path: str, target: Path) -> bool:
    """Put a folder as it was at a tag into another; whether there was one."""
    archive = _git(root, "archive", "--format=tar", f"refs/tags/{tag}", path)
    if archive is None:
        return False
    with tarfile.open(fileobj=io.BytesIO(archive)) as content:
        content.extractall(target, filter="data")
    return True


def unrecorded(root: Path, *paths: str) -> tuple[str, ...]:
    """List what differs from the last commit under some paths.

    Raises:
        BrokenInput: The checkout is not under git.
    """
    found = _git(root, "status", "--porcelain", "--", *paths)
    if found is None:
        raise BrokenInput(f"{root} is not under git, so it can't have tags")
    return tuple(line[3:] for line in found.decode(errors="replace").splitlines())


def make_tag(root: Path, tag: str, message: str) -> None:
    """Tag the last commit.

    Raises:
        BrokenInput: Git refused.
    """
    if _git(root, "tag", "--annotate", "--message", message, tag) is None:
        raise BrokenInput(f"git refused to make the tag {tag}; run `git tag -a {tag}` to see why")


def _git(root: Path, *arguments: str) -> bytes | None:
    """Ask git; None if it refuses, or isn't there."""
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and git is the user's
            ["git", *arguments],  # noqa: S607
            cwd=root,
            check=False,
            capture_output=True,
        )
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None
