"""Changes several files of a checkout at once: all of them, or none.

What stood there before is put aside first, with a journal of what belongs where. From the moment the journal
has its name until the last file is in place, an interruption is undone: at once if this process lives, else by
the next command that opens the checkout. Only then is the journal taken away, which is the moment of the change.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["recover", "write_all"]

# A folder of this name is a change under way; one that begins like it is only rubbish.
_JOURNAL = ".portalgen-undo"
_RUBBISH = ".portalgen-tmp-"
_LIST = "journal.json"


def write_all(root: Path, changes: Mapping[str, bytes | None]) -> None:
    """Change files: all of them, or none. One process at a time may do so.

    Args:
        root: The folder that the paths start from.
        changes: The new contents by relative path, with `/`; None removes the file, and the folders that
            become empty by it.

    Raises:
        OSError: A file could not be written; everything is as it was.
    """
    recover(root)
    folder = Path(tempfile.mkdtemp(dir=root, prefix=_RUBBISH))
    journal = root / _JOURNAL
    try:
        _prepare(root, folder, changes)
        folder.rename(journal)
        for number, (path, content) in enumerate(changes.items()):
            _put(root, path, None if content is None else journal / f"new-{number}")
        journal.rename(folder)
    except BaseException:
        recover(root)
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def recover(root: Path) -> bool:
    """Undo a change that was interrupted; without one, do nothing.

    Args:
        root: The folder whose files were changed.

    Returns:
        Whether there was one.
    """
    journal = root / _JOURNAL
    found = (journal / _LIST).is_file()
    if found:
        listed: dict[str, bool] = json.loads((journal / _LIST).read_text(encoding="utf-8"))
        for number, (path, existed) in enumerate(listed.items()):
            old = journal / f"old-{number}"
            if existed:
                # A copy takes its place, so that an interrupted recovery can begin again.
                shutil.copy2(old, journal / "copy")
            _put(root, path, journal / "copy" if existed else None)
        journal.rename(Path(tempfile.mkdtemp(dir=root, prefix=_RUBBISH)))
    for rubbish in root.glob(f"{_RUBBISH}*"):
        shutil.rmtree(rubbish, ignore_errors=True)
    return found


def _prepare(root: Path, folder: Path, changes: Mapping[str, bytes | None]) -> None:
    existed: dict[str, bool] = {}
    for number, (path, content) in enumerate(changes.items()):
        existed[path] = (root / path).is_file()
        if existed[path]:
            shutil.copy2(root / path, folder / f"old-{number}")
        if content is not None:
            (folder / f"new-{number}").write_bytes(content)
    (folder / _LIST).write_text(json.dumps(existed), encoding="utf-8")


def _put(root: Path, path: str, source: Path | None) -> None:
    """Put a file in its place, or take away what stands there."""
    target = root / path
    if source is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)
        return
    target.unlink(missing_ok=True)
    for folder in target.relative_to(root).parents[:-1]:
        with suppress(OSError):  # not empty, or never made
            (root / folder).rmdir()
