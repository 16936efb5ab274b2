"""The portal's memory as a whole: held still for one at a time, reset, seeded, dumped, loaded, and kept in a file."""

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import msgspec

from skifteportal.sandbox.clock import Clock
from skifteportal.sandbox.defaults import FILER
from skifteportal.sandbox.errors import DumpError, StateDamaged, StateUnwritable
from skifteportal.sandbox.kept import Kept
from skifteportal.sandbox.party_store import Client
from skifteportal.sandbox.seed_scale import generated
from skifteportal.sandbox.shapes import SHAPES
from skifteportal.sandbox.state.block import Block
from skifteportal.sandbox.state.bulk import Progress, enter_all
from skifteportal.sandbox.state.database import Database
from skifteportal.sandbox.state.dump import dumped, loaded
from skifteportal.sandbox.state.file import open_state
from skifteportal.sandbox.store import Store
from skifteportal.sandbox.template import restore

__all__ = ["Memory"]

_BROKEN: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


class Memory:
    """What a portal remembers, in memory or in a file. Thread-safe.

    Args:
        clients: API users that may ask for tokens.
        clock: The seed's days are reckoned from its date.
        state: A file to keep it in over restarts; None: gone with the process.

    Attributes:
        store: What is remembered; to be used in a transaction.

    Raises:
        StateError: The file cannot be used; it is left as it is.
    """

    def __init__(
        self, *, clients: Iterable[Client], clock: Clock, state: Path | None = None
    ) -> None:
        self._clock = clock
        self._path = state
        self._lock = threading.Lock()
        if state is None:
            database = Database()
            restore(database, clock=clock)
        else:
            database = open_state(state, fill=lambda new: restore(new, clock=clock))
        self.store = Store(database, clients=clients)
        self._kept: dict[str, Kept] = {}
        self._noted: dict[str, str] = {}

    def transaction(self) -> Block[Store]:
        """Hold still and change what is remembered: all of it, or nothing if an exception leaves the block.

        What is fetched within the block may be changed in place; it is kept when the block ends, and then lies on the
        disk if there is a file. Other threads wait, and never see half of it. Blocks do not nest.

        Raises:
            StateError: The file can't be read or written any more; nothing of the block is kept.
        """
        return Block(self._begin, self._keep, self._undo)

    def _begin(self) -> Store:
        self._lock.acquire()
        try:
            return self._fresh()
        except BaseException:
            self._lock.release()
            raise

    def _keep(self) -> None:
        if self._path is not None:
            self._keep_with_notes()
        else:  # there is no restart: it is soon enough to note when somebody asks
            self.store.commit()
            self._lock.release()

    def _keep_with_notes(self) -> None:
        notes = {name: kept.noted for name, kept in self._kept.items()}
        if notes != self._noted:
            self._write(notes)
        self.store.commit()
        self._noted = notes
        self._lock.release()

    def _undo(self, error: BaseException) -> None:
        try:
            self._forget(error)
        finally:
            self._lock.release()

    def _whole(self) -> Block[Store]:
        """Keep what is done in the block, or nothing of it; the lock is held already."""
        return Block(self._fresh, self.store.commit, self._forget)

    def _fresh(self) -> Store:
        self.store.rollback()  # forgets what was fetched outside of any block
        return self.store

    def _forget(self, error: BaseException) -> None:
        self.store.rollback()
        if isinstance(error, sqlite3.Error | msgspec.DecodeError):
            raise self._lost(error) from None

    def _write(self, notes: Mapping[str, str]) -> None:
        for name, note in notes.items():
            if note:
                self.store.meta[name] = note
            else:
                self.store.meta.pop(name, None)

    def keep(self, name: str, kept: Kept) -> None:
        """Let something outlast restarts, resets and loads, too: it is put back now to what was noted of it last.

        Args:
            name: What its note is called.
            kept: What is to be kept.

        Raises:
            StateDamaged: The note can't be read.
        """
        with self._lock:
            note = self.store.meta.get(name, "")
            try:
                put = kept.prepared(note)
            except ValueError:
                assert self._path is not None  # noqa: S101 - without a file there are no notes yet
                raise StateDamaged(self._path) from None
            put()
            self._kept[name], self._noted[name] = kept, note

    def settle(self) -> None:
        """Note what is kept beside the rows, which may have been changed without a transaction.

        Raises:
            StateError: The file can't be written.
        """
        with self._noting():
            pass

    def _noting(self) -> Block[Store]:
        return Block(self._begin, self._keep_with_notes, self._undo)

    def _lost(self, error: Exception) -> Exception:
        if self._path is None:
            return error
        if (
            isinstance(error, msgspec.DecodeError)
            or getattr(error, "sqlite_errorcode", 0) & 0xFF in _BROKEN
        ):
            return StateDamaged(self._path)
        return StateUnwritable(
            self._path,
            f"{error}. Nothing is kept of what was just asked for: mend that, and ask again.",
        )

    def reset(self) -> None:
        """Be as new: the seed of the clock's day, and nothing that was filed; notes too are gone.

        Raises:
            StateError: The file can't be written; all is as it was.
        """
        with self._lock:
            undo = [kept.prepared(kept.noted) for kept in self._kept.values()]
            for kept in self._kept.values():
                kept.prepared("")()
            try:
                with self._whole():
                    restore(self.store.database, clock=self._clock)
                    notes = {name: kept.noted for name, kept in self._kept.items()}
                    self._write({name: note for name, note in notes.items() if note})
            except BaseException:
                for put in undo:
                    put()
                raise
            self._noted = notes

    def dump(self) -> Iterator[bytes]:
        """Return everything as JSON, in pieces, as it is now: API users' secrets are not in it.

        Raises:
            StateError: The file can't be read or written.
        """
        self.settle()
        with self.transaction() as store:
            return dumped(store.database)

    def load(self, content: bytes | Iterable[bytes]) -> None:
        """Replace everything by a dump: all of it, or nothing.

        Args:
            content: What `dump` gave, whole or in pieces.

        Raises:
            DumpError: It is no dump, is damaged, or a newer sandbox made it.
            StateError: The file can't be written.
        """
        pieces = [content] if isinstance(content, bytes) else content
        with contextlib.closing(loaded(pieces, SHAPES)) as made, self._lock:
            notes = {name: made.note(name) or "" for name in self._kept}
            puts = [self._prepared(name, note) for name, note in notes.items()]
            with self._whole():
                self.store.database.copy_from(made)
            self._noted = notes
            for put in puts:
                put()
        self.settle()

    def _prepared(self, name: str, note: str) -> Callable[[], None]:
        try:
            return self._kept[name].prepared(note)
        except ValueError:
            raise DumpError(f"its note of {name} is not what it should be") from None

    def seed(
        self,
        *,
        estates: int = 0,
        claims: int = 0,
        random_seed: int = 0,
        company: str = FILER,
        progress: Progress | None = None,
    ) -> int:
        """Add made-up estates and claims: all of them, or none; the same for the same seed and date.

        Args:
            estates: How many estates; with claims at least one.
            claims: How many claims, spread evenly over the new estates.
            random_seed: Another number gives others.
            company: CVR number of the claims' filer.
            progress: Told now and then how many objects were entered so far.

        Returns:
            How many objects were entered: estates, the people in them, claims.

        Raises:
            ValueError: A number is negative, or these estates are there already.
            StateError: The file can't be written.
        """
        things = generated(
            estates=estates,
            claims=claims,
            random_seed=random_seed,
            company=company,
            clock=self._clock,
        )
        with self.transaction() as store:
            try:
                return enter_all(store.database, things, progress=progress)
            except sqlite3.IntegrityError:
                raise ValueError(
                    f"What random_seed {random_seed} gives is there already: name another"
                ) from None

    def close(self) -> None:
        """Let go of the file; nothing can be asked any more."""
        with self._lock:
            self.store.database.close()
