"""Objects that were fetched and may be changed in place: what changed is found, and written, before anybody looks."""

from array import array  # noqa: TC003 - attrs and msgspec read annotations
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, Generic, TypeVar

import attrs
import msgspec

from skifteportal.sandbox.state.database import Database
from skifteportal.sandbox.state.lists import Row
from skifteportal.sandbox.state.orders import Orders, SortKey
from skifteportal.sandbox.state.several import read_several, write_several

__all__ = ["Session", "Shape", "encode", "lists_of"]

T = TypeVar("T")
_SHOWN_KEPT: Final = 256
# Numbers are kept digit for digit, as in requests and answers.
_ENCODER: Final = msgspec.json.Encoder(decimal_format="number", enc_hook=write_several)


def encode(thing: object) -> bytes:
    """Write an object as it is kept."""
    return _ENCODER.encode(thing)


def _no_files(_thing: Any) -> Mapping[str, Callable[[], bytes]]:
    return {}


def _as_it_is(thing: T, _session: "Session") -> T:
    return thing


def _nothing_more(_thing: Any, _session: "Session") -> None:
    return None


@attrs.frozen(kw_only=True)
class Shape(Generic[T]):
    """How one type of object is kept. Of its attributes those are kept that do not begin with an underscore.

    Attributes:
        name: The type's name.
        kind: Its class, an attrs class.
        lists: The lists that an object is in; the first holds all of the type.
        owner: The id of what owns an object: ids are unique with it.
        files: What an object carries that is kept beside it, by an id; each is called for its bytes.
        loaded: Completes an object that was read.
        entered: Completes an object that was just entered.
    """

    name: str
    kind: type[T]
    lists: Callable[[T], Iterable[str]]
    owner: Callable[[T], str] = lambda _thing: ""
    files: Callable[[T], Mapping[str, Callable[[], bytes]]] = _no_files
    loaded: Callable[[T, "Session"], T] = _as_it_is
    entered: Callable[[T, "Session"], None] = _nothing_more
    decoder: "msgspec.json.Decoder[T]" = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(
            self,
            "decoder",
            msgspec.json.Decoder(self.kind, float_hook=Decimal, dec_hook=read_several),
        )


def lists_of(shape: Shape[T], thing: T) -> tuple[str, ...]:
    """Return the lists that an object is in, each once."""
    return tuple(dict.fromkeys(shape.lists(thing)))


@attrs.define(kw_only=True, repr=False)
class _Held:
    """An object in somebody's hands, and how it was last written; nothing: it was only just entered."""

    shape: Shape[Any]
    thing: Any
    seq: int
    key: tuple[str, str, str]
    row: bytes = b""


class Session:
    """What stands between handlers and rows: each object is there once, and what was changed of it is written.

    Args:
        database: The rows.
        files: The files by id, if they are not in the database.
    """

    def __init__(self, database: Database, *, files: Mapping[str, bytes] | None = None) -> None:
        self.database = database
        self._files = files
        self._held: dict[int, _Held] = {}
        self._seqs: dict[tuple[str, str, str], int] = {}
        self._shown: dict[tuple[str, str, str], tuple[Row, Any]] = {}
        self._orders = Orders(database)

    def commit(self) -> None:
        """Keep all that was changed."""
        self.flush()
        self.database.commit()
        self._orders.commit()
        self._forget()

    def rollback(self) -> None:
        """Keep nothing that was changed since the last commit."""
        self.database.rollback()
        self._orders.rollback()
        self._forget()

    def _forget(self) -> None:
        if self._held:
            self._held.clear()
            self._seqs.clear()

    def file(self, identifier: str) -> bytes:
        """Return a file's content."""
        return self.database.file(identifier) if self._files is None else self._files[identifier]

    def flush(self) -> None:
        """Write what was changed in the objects that were fetched."""
        for held in tuple(self._held.values()):
            row = encode(held.thing)
            if not held.row:
                self._write(held, row)
            elif row != held.row:
                self._rewrite(held, row)

    def _write(self, held: _Held, row: bytes) -> None:
        self._orders.note(held.shape.name, held.seq, None)
        self.database.enter(held.seq, *held.key, row)
        held.row = row
        self.database.enlist(lists_of(held.shape, held.thing), held.seq)
        self._write_files(held.shape.files(held.thing))

    def _rewrite(self, held: _Held, row: bytes) -> None:
        before = self._as_written(held)
        self._orders.note(held.shape.name, held.seq, held.row)
        self.database.update(held.seq, row, key=held.key)
        held.row = row
        old, new = (set(lists_of(held.shape, thing)) for thing in (before, held.thing))
        for name in old - new:
            self.database.delist(name, held.seq)
        self.database.enlist(new - old, held.seq)
        kept, files = held.shape.files(before).keys(), held.shape.files(held.thing)
        for gone in kept - files.keys():
            self.database.write("DELETE FROM file WHERE id = ?", (gone,))
        self._write_files({name: files[name] for name in files.keys() - kept})

    def _as_written(self, held: _Held) -> Any:
        """Return an object as it was last written."""
        return self.read(held.shape, (held.seq, *held.key[1:], held.row))

    def _write_files(self, files: Mapping[str, Callable[[], bytes]]) -> None:
        for identifier, read in files.items():
            self.database.write("INSERT INTO file VALUES (?, ?)", (identifier, read()))

    def find(self, shape: Shape[T], identifier: str, owner: str = "") -> T | None:
        """Return an object by its id, or None.

        Args:
            shape: Its type.
            identifier: Its id.
            owner: Its owner's id.
        """
        seq = self._seqs.get((shape.name, identifier, owner))
        if seq is not None:
            found: T = self._held[seq].thing
            return found
        row = self.database.find(shape.name, identifier, owner)
        return None if row is None else self.load(shape, row)

    def load(self, shape: Shape[T], row: Row) -> T:
        """Return the object of a row, the same whenever it is asked for.

        Args:
            shape: Its type.
            row: The row.
        """
        seq, identifier, owner, text = row
        held = self._held.get(seq)
        if held is None:
            thing = self.read(shape, row)
            held = _Held(
                shape=shape,
                thing=thing,
                seq=seq,
                key=(shape.name, identifier, owner),
                row=text,
            )
            self._hold(held)
        found: T = held.thing
        return found

    def _hold(self, held: _Held) -> None:
        self._held[held.seq] = held
        self._seqs[held.key] = held.seq

    def look(self, shape: Shape[T], identifier: str, owner: str = "") -> T | None:
        """Return an object by its id to look at, or None. Nothing may be changed in it: others are shown the same.

        Args:
            shape: Its type.
            identifier: Its id.
            owner: Its owner's id.
        """
        key = (shape.name, identifier, owner)
        if key in self._seqs:
            return self.find(shape, identifier, owner)
        row = self.database.find(*key)
        if row is None:
            return None
        shown = self._shown.get(key)
        if shown is None or shown[0] is not row:
            if len(self._shown) >= _SHOWN_KEPT:
                self._shown.clear()
            shown = self._shown[key] = row, self.read(shape, row)
        found: T = shown[1]
        return found

    def read(self, shape: Shape[T], row: Row) -> T:
        """Return an object to look at: what is changed in it is not kept.

        Args:
            shape: Its type.
            row: The row.
        """
        return shape.loaded(shape.decoder.decode(row[3]), self)

    def put(self, shape: Shape[T], identifier: str, thing: T) -> None:
        """Enter an object, or put it in the place of the one with its id.

        Args:
            shape: Its type.
            identifier: Its id.
            thing: The object.
        """
        owner = shape.owner(thing)
        if self.find(shape, identifier, owner) is None:
            self.enter(shape, identifier, thing)
        else:
            self._held[self._seqs[shape.name, identifier, owner]].thing = thing

    def enter(self, shape: Shape[T], identifier: str, thing: T) -> None:
        """Enter an object whose id is new.

        Args:
            shape: Its type.
            identifier: Its id.
            thing: The object.
        """
        key = (shape.name, identifier, shape.owner(thing))
        self._hold(_Held(shape=shape, thing=thing, seq=self.database.new_place(), key=key))
        shape.entered(thing, self)

    def remove(self, shape: Shape[Any], identifier: str, owner: str = "") -> None:
        """Delete an object.

        Args:
            shape: Its type.
            identifier: Its id.
            owner: Its owner's id.

        Raises:
            KeyError: There is none with this id.
        """
        if self.find(shape, identifier, owner) is None:
            raise KeyError(identifier)
        self.flush()
        held = self._held.pop(self._seqs.pop((shape.name, identifier, owner)))
        self._orders.note(held.shape.name, held.seq, held.row)
        before = self._as_written(held)
        for name in lists_of(shape, before):
            self.database.delist(name, held.seq)
        for name in shape.files(before):
            self.database.write("DELETE FROM file WHERE id = ?", (name,))
        self.database.delete(held.seq, key=held.key)

    def count(self, *names: str) -> int:
        """Return how many objects some lists hold together."""
        self.flush()
        return sum(map(self.database.count, names))

    def page(self, shape: Shape[T], name: str, start: int, size: int) -> list[T]:
        """Return some of a list's objects, in the order entered.

        Args:
            shape: Their type.
            name: The list's name.
            start: How many to pass over.
            size: How many to return at most.
        """
        self.flush()
        return [self.load(shape, row) for row in self.database.page(name, start, size)]

    def at(self, shape: Shape[T], seqs: Iterable[int]) -> list[T]:
        """Return objects by their places.

        Args:
            shape: Their type.
            seqs: The places.
        """
        return [self.load(shape, self.database.at(seq)) for seq in seqs]

    def union(self, names: Iterable[str]) -> list[int]:
        """Return the places of the objects that are in any of some lists.

        Args:
            names: The lists' names.
        """
        self.flush()
        return self.database.union(names)

    def places(
        self, shape: Shape[T], identifiers: Iterable[str], wanted: Callable[[T], bool]
    ) -> Iterator[int]:
        """Yield the places of those of some objects that something is true of.

        Args:
            shape: Their type.
            identifiers: Their ids.
            wanted: What must be true of an object, which it only looks at.
        """
        self.flush()
        for identifier in identifiers:
            row = self.database.find(shape.name, identifier, "")
            if row is not None and wanted(self.read(shape, row)):
                yield row[0]

    def ordered(self, shape: Shape[T], name: str, key: SortKey[T]) -> "array[int]":
        """Return the places of a list's objects, sorted; those with equal keys in the order entered.

        Args:
            shape: Their type.
            name: The list's name.
            key: What to sort by.
        """

        def read(text: bytes) -> Any:
            return key.of(self.read(shape, (0, "", "", text)))

        self.flush()
        return self._orders.places(shape.name, name, key.name, key.glance or read)

    def named(self, shape: Shape[T], identifier: str) -> list[T]:
        """Return all objects of a type with an id, whoever owns them.

        Args:
            shape: Their type.
            identifier: The id.
        """
        self.flush()
        return [self.load(shape, row) for row in self.database.named(shape.name, identifier)]

    def rows(self, name: str, chunk: int) -> Iterator[Row]:
        """Yield a list's rows, some at a time.

        Args:
            name: The list's name.
            chunk: How many to fetch at once.
        """
        self.flush()
        yield from self.database.each(name, chunk)
