"""A download being written to disk: whole or not at all."""

from __future__ import annotations

import io
import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from skifteportal.core.disposition import filename_of, safe_name
from skifteportal.core.errors import InvalidArgument

if TYPE_CHECKING:
    from collections.abc import Generator

    from skifteportal.core import _http

__all__ = ["SavedFile", "name_of"]


def name_of(headers: _http.Headers) -> str | None:
    """The file name the server gives, made safe; None if it gives none."""
    name = filename_of(headers.get("content-disposition", ""))
    return None if name is None else safe_name(name)


class SavedFile:
    """Takes a body into a temporary file beside its place, and puts it there when it is whole.

    Args:
        place: The file to write, or a folder: then the server's name for the file is used.
        overwrite: Whether a file that is there may be replaced.

    Raises:
        InvalidArgument: There is a file already.
    """

    def __init__(self, place: Path, *, overwrite: bool) -> None:
        self._folder = place if place.is_dir() else None
        self._target = place
        self._overwrite = overwrite
        self._begun = False  # whether there is a temporary file, which the next two are about
        self._part: BinaryIO = io.BytesIO()
        self._part_path = place
        if self._folder is None:
            self._refuse_to_overwrite()

    def start(self, response: _http.Response) -> None:
        """A body begins; what came before is void."""
        self.discard()
        if self._folder is not None:
            self._target = self._folder / (name_of(response.headers) or "download")
            self._refuse_to_overwrite()
        with _writable():
            descriptor, path = tempfile.mkstemp(dir=self._target.parent, prefix=".", suffix=".part")
            self._part = os.fdopen(descriptor, "wb")
            self._part_path = Path(path)
            self._begun = True

    def write(self, chunk: bytes) -> None:
        """The next piece."""
        with _writable():
            self._part.write(chunk)

    def finish(self) -> Path:
        """The body is whole: put the file in its place. Only its owner may read it.

        Raises:
            InvalidArgument: It can't be put there.
        """
        with _writable():
            self._part.flush()
            os.fsync(self._part.fileno())
            self._part.close()
            if self._overwrite:
                self._part_path.replace(self._target)
            else:
                _move_to_free_place(self._part_path, self._target)
            self._begun = False
        return self._target

    def discard(self) -> None:
        """Leave nothing behind but a finished file."""
        with suppress(OSError):  # what can't be written can't be flushed either
            self._part.close()
        if self._begun:
            self._part_path.unlink(missing_ok=True)

    def _refuse_to_overwrite(self) -> None:
        if self._target.exists() and not self._overwrite:
            raise _taken()


def _move_to_free_place(path: Path, target: Path) -> None:
    """Move a file where nothing is. A rename would replace what another save has put there meanwhile.

    Raises:
        FileExistsError: Something is there.
    """
    try:
        os.link(path, target)
    except FileExistsError:
        raise
    except OSError:  # there are no hard links here, such as on a FAT disk
        target.touch(mode=0o600, exist_ok=False)  # so the place is ours
        path.replace(target)
    else:
        path.unlink()


def _taken() -> InvalidArgument:
    return InvalidArgument(
        "There is a file of that name already. Choose another place, or pass overwrite=True.",
        argument="place",
    )


@contextmanager
def _writable() -> Generator[None]:
    """Turn the system's errors into ours. The path is not told: it may hold a person's name."""
    try:
        yield
    except FileExistsError:
        raise _taken() from None
    except OSError as error:
        raise InvalidArgument(
            f"The file can't be written: {error.strerror}.", argument="place"
        ) from None
