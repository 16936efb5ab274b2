"""Who runs in a folder: one sandbox at a time, until its process ends, however it ends."""

import os
import sqlite3
from pathlib import Path
from typing import Final

from skifteportal.sandbox.errors import FolderInUse

__all__ = ["LOCK", "FolderLock"]

LOCK: Final = "in-use"
"""The file that is locked; it is empty, and left behind."""


class FolderLock:
    """The right to run in a folder. Held by SQLite's lock of an empty file, which works alike on every system.

    Args:
        folder: The folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._connection: sqlite3.Connection | None = None

    def take(self) -> None:
        """Take it.

        Raises:
            FolderInUse: Another sandbox has it.
            OSError: The file can't be made.
        """
        path = self._folder / LOCK
        if not path.exists():
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=0)
        try:
            connection.execute("PRAGMA journal_mode = OFF")  # so that there is no file but this
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            connection.close()
            raise FolderInUse(self._folder) from None
        self._connection = connection

    def release(self) -> None:
        """Give it back; a second call does nothing."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
