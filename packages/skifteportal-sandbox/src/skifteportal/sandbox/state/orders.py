"""Lists in another order than they were entered: reckoned once, and after that kept up with what changes."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Mapping
from typing import Any, Final, Generic, TypeAlias, TypeVar

import attrs

from skifteportal.sandbox.state.database import Database

__all__ = ["Orders", "SortKey", "rank"]

T = TypeVar("T")
Reader: TypeAlias = Callable[[bytes], Any]
"""Reads off an object's JSON what it is sorted by; None if it has nothing to sort by."""

_KEPT: Final = 8
_MOST_CHANGES: Final = 2000  # more than these are reckoned from the beginning


def rank(value: Any) -> tuple[bool, Any]:
    """Return what a value is compared by: None comes before everything."""
    return value is not None, value


@attrs.frozen(kw_only=True)
class SortKey(Generic[T]):
    """What a list is sorted by.

    Attributes:
        name: What it is called; keys of one name give the same order.
        of: Gives it for an object, which it only looks at; None if there is nothing to sort by. It goes by the object
            alone, never by the day or the caller: an order is kept until an object changes.
        glance: Reads the same off the object's row alone, which is much faster; None: it cannot be read off.
    """

    name: str
    of: Callable[[T], Any]
    glance: Callable[[bytes], Any] | None = None


@attrs.define
class _Order:
    """Places in an order, as they were before some rows changed: their text then, None for those that were not there."""

    kind: str
    places: "array[int]"
    changed: dict[int, bytes | None] = attrs.field(factory=dict[int, "bytes | None"])


class Orders:
    """The orders that somebody asked for lately. A change costs them a search in each list, not a new reckoning.

    Args:
        database: The rows.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._outside = database.outside
        self._kept: dict[tuple[str, str], _Order] = {}
        self._changed: dict[str, dict[int, bytes | None]] = {}  # by type, since the last commit

    def note(self, kind: str, seq: int, before: bytes | None) -> None:
        """Note that an object is about to change, or its lists.

        Args:
            kind: Its type.
            seq: Its place.
            before: How it is written up to now; None for a new one.
        """
        if self._kept:
            self._changed.setdefault(kind, {}).setdefault(seq, before)

    def commit(self) -> None:
        """Keep what was noted."""
        if self._changed:
            for name, order in tuple(self._kept.items()):
                for seq, before in self._changed.get(order.kind, {}).items():
                    order.changed.setdefault(seq, before)
                if len(order.changed) > _MOST_CHANGES:
                    del self._kept[name]
            self._changed.clear()

    def rollback(self) -> None:
        """Forget what was noted since the last commit."""
        self._changed.clear()

    def places(self, kind: str, name: str, key: str, read: Reader) -> "array[int]":
        """Return the places of a list's objects, sorted; those with equal keys in the order entered.

        Args:
            kind: Their type.
            name: The list's name.
            key: What it is sorted by is called.
            read: Reads that.
        """
        if self._outside != self._database.outside:
            self._outside = self._database.outside
            self._kept.clear()
        order = self._kept.pop((name, key), None)
        if order is None:
            order = _Order(kind, _sorted(self._database, name, read))
            if not self._database.writing:
                self._keep(name, key, order)
            return order.places
        self._keep(name, key, order)
        uncommitted = self._changed.get(kind, {})
        changes = uncommitted | order.changed
        if not changes:
            return order.places
        # What may be rolled back is not kept.
        places = order.places[:] if uncommitted else order.places
        _move(self._database, name, places, changes, read)
        if not uncommitted:
            order.changed = {}
        return places

    def _keep(self, name: str, key: str, order: _Order) -> None:
        if len(self._kept) >= _KEPT:
            self._kept.pop(next(iter(self._kept)))
        self._kept[name, key] = order


def _sorted(database: Database, name: str, read: Reader) -> "array[int]":
    places, without, keys = array("q"), array("q"), list[Any]()
    for seq, text in database.texts(name):
        key = read(text)
        if key is None:
            without.append(seq)
        else:
            places.append(seq)
            keys.append(key)
    without.extend(places[index] for index in sorted(range(len(keys)), key=keys.__getitem__))
    return without


def _move(
    database: Database,
    name: str,
    places: "array[int]",
    changes: Mapping[int, bytes | None],
    read: Reader,
) -> None:
    """Take what changed out of where it was, and put it where it belongs now."""

    def before(seq: int) -> tuple[Any, ...]:
        return (*rank(read(changes.get(seq) or database.at(seq)[3])), seq)

    def now(seq: int) -> tuple[Any, ...]:
        return (*rank(read(database.at(seq)[3])), seq)

    for seq, text in changes.items():
        if text is not None:
            index = bisect_left(places, before(seq), key=before)
            if places[index : index + 1] == array("q", [seq]):
                del places[index]
    for seq in changes:
        if database.holds(name, seq):
            places.insert(bisect_left(places, now(seq), key=now), seq)
