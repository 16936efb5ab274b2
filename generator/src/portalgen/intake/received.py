"""Reads what was received: files, and archives of them, without ever unpacking one to the disk."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import attrs

from portalgen.intake.refusal import Refused, Unreadable, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["LARGEST", "Parcel", "Received", "receive"]

# Bytes: ten times what the largest known file needs, and what an archive may hold in all.
LARGEST = 8 * 1024 * 1024
_LARGEST_ARCHIVE = 4 * LARGEST
_MOST_MEMBERS = 200
_SPECS = (".yaml", ".yml", ".json", ".txt")
_ENCRYPTED = 0x1
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError),
    *(RuntimeError, ValueError),
)


@attrs.frozen(kw_only=True)
class Received:
    """A file that was received.

    Attributes:
        name: What to call it: its path as given, or `archive.zip!member`.
        stem: Its file name without the ending.
        content: Its bytes.
    """

    name: str
    stem: str
    content: bytes = attrs.field(repr=False)


@attrs.frozen
class Parcel:
    """Everything that was received at once.

    Attributes:
        files: The files that may be specs.
        left_out: Members of archives that by their endings are none.
    """

    files: tuple[Received, ...]
    left_out: tuple[str, ...] = ()


def receive(paths: Iterable[Path]) -> Parcel:
    """Read files, and the members of archives.

    Args:
        paths: Files that end in `.yaml`, `.yml`, `.json`, `.txt` (so the portal publishes its specs) or `.zip`.

    Raises:
        Unreadable: A file is missing, no regular file, of another ending, or a broken archive.
        Refused: One is too big, or an archive does what no honest one does.
    """
    files: list[Received] = []
    left_out: list[str] = []
    for path in paths:
        if path.suffix.lower() == ".zip":
            for received in _members(path):
                if received.content and PurePosixPath(received.name).suffix.lower() in _SPECS:
                    files.append(received)
                else:
                    left_out.append(received.name)
            if not any(one.name.startswith(f"{path}!") for one in files):
                raise Refused(str(path), f"holds no file that ends in {', '.join(_SPECS)}")
        elif path.suffix.lower() in _SPECS:
            files.append(Received(name=str(path), stem=path.stem, content=_read(path, LARGEST)))
        else:
            raise Unreadable(f"{path}: a spec ends in {', '.join(_SPECS)}; several come in a .zip")
    return Parcel(tuple(files), tuple(left_out))


def _read(path: Path, largest: int) -> bytes:
    try:
        # A pipe or a device would keep us waiting, or never end.
        if not path.is_file():
            raise Unreadable(f"{path}: is no file" if path.exists() else f"{path}: does not exist")
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except OSError as error:
        raise Unreadable(f"{path}: can't be read: {error.strerror}") from error
    if len(content) > largest:
        raise Refused(str(path), f"is larger than {largest} bytes, which no spec is")
    return content


def _members(path: Path) -> Iterator[Received]:
    """Read an archive's members; those that can't be specs without their contents."""
    packed = io.BytesIO(_read(path, LARGEST))
    room = _LARGEST_ARCHIVE
    try:
        with zipfile.ZipFile(packed) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if problem := _suspicious(infos):
                raise Refused(str(path), problem)
            for info in infos:
                name = PurePosixPath(info.filename)
                content = b""
                if name.suffix.lower() in _SPECS:
                    with archive.open(info) as member:
                        # What it says of its size may be a lie.
                        content = member.read(min(LARGEST, room) + 1)
                room -= len(content)
                if len(content) > LARGEST or room < 0:
                    raise Refused(f"{path}!{name}", "unpacks to more than any spec holds")
                yield Received(name=f"{path}!{name}", stem=name.stem, content=content)
    except _BROKEN as error:
        raise Unreadable(f"{path}: is no archive that can be read: {error}") from error


def _suspicious(infos: list[zipfile.ZipInfo]) -> str:
    """Say what no honest archive has; empty if this has nothing of it."""
    if len(infos) > _MOST_MEMBERS:
        return f"holds {len(infos)} files, which no delivery of specs does"
    names: set[str] = set()
    for info in infos:
        name, mode = info.orig_filename, info.external_attr >> 16
        if ".." in name.split("/") or name.startswith("/") or any(sign in name for sign in "\\:\0"):
            return f"has a member that would leave its folder: {shown(name)}"
        if info.flag_bits & _ENCRYPTED:
            return f"is encrypted ({shown(name)}): take the files out and hand them in"
        if mode and stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
            return f"has a member that is no file but a link or a device: {shown(name)}"
        if name in names:
            return f"has two members of one name: {shown(name)}"
        names.add(name)
    return ""
