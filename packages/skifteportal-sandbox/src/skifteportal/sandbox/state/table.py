"""Tables that look like dicts and sets: what handlers see of the rows."""

from array import array
from collections.abc import Callable, Iterable, Iterator, MutableMapping, MutableSet, ValuesView
from typing import Generic, TypeVar

import attrs
from typing_extensions import override

from skifteportal.sandbox.state.listing import Listing
from skifteportal.sandbox.state.session import Session, Shape

__all__ = ["Names", "Table", "names_shape"]

T = TypeVar("T")


class _Values(ValuesView[T]):
    """A table's objects: fetched some at a time, not one by one."""

    def __init__(self, table: "Table[T]") -> None:
        super().__init__(table)
        self._table = table

    @override
    def __iter__(self) -> Iterator[T]:
        return iter(self._table.all())


class Table(MutableMapping[str, T], Generic[T]):
    """Objects of a type by id, in the order entered; they may be changed in place within a transaction.

    Args:
        session: Who fetches and writes them.
        shape: Their type.
        owner: Whose they are; nobody's in particular unless given.
        name: The list that they all are in; the type's own unless given.
    """

    def __init__(
        self, session: Session, shape: Shape[T], *, owner: str = "", name: str = ""
    ) -> None:
        self.session = session
        self._shape = shape
        self._owner = owner
        self._name = name or shape.name

    @override
    def __getitem__(self, identifier: str) -> T:
        found = self.session.find(self._shape, identifier, self._owner)
        if found is None:
            raise KeyError(identifier)
        return found

    @override
    def __setitem__(self, identifier: str, thing: T) -> None:
        self.session.put(self._shape, identifier, thing)

    def look(self, identifier: str) -> T | None:
        """Return an object by its id to look at, or None. Nothing may be changed in it: others are shown the same.

        Args:
            identifier: Its id.
        """
        return self.session.look(self._shape, identifier, self._owner)

    def enter(self, identifier: str, thing: T) -> None:
        """Enter an object whose id is new, such as one that was just made up.

        Args:
            identifier: Its id.
            thing: The object.
        """
        self.session.enter(self._shape, identifier, thing)

    @override
    def __delitem__(self, identifier: str) -> None:
        self.session.remove(self._shape, identifier, self._owner)

    @override
    def __iter__(self) -> Iterator[str]:
        return (row[1] for row in self.session.rows(self._name, 256))

    @override
    def __len__(self) -> int:
        return self.session.count(self._name)

    @override
    def values(self) -> ValuesView[T]:
        """Return the objects, in the order entered."""
        return _Values(self)

    def all(self) -> Listing[T]:
        """Return the objects as a list that is fetched as it is looked at."""
        return self.listed(self._name)

    def listed(self, name: str) -> Listing[T]:
        """Return the objects in one of the type's lists.

        Args:
            name: The list's name.
        """
        return Listing(self.session, self._shape, name)

    def joined(self, names: Iterable[str]) -> Listing[T]:
        """Return the objects that are in any of some lists, each once.

        Args:
            names: The lists' names.
        """
        places = array("q", self.session.union(names))
        return Listing(self.session, self._shape, "", places=places)

    def among(self, identifiers: Iterable[str], wanted: Callable[[T], bool]) -> Listing[T]:
        """Return those of some objects that something is true of, in the order entered.

        Args:
            identifiers: Their ids; unknown ones are passed over.
            wanted: What must be true.
        """
        found = self.session.places(self._shape, dict.fromkeys(identifiers), wanted)
        return Listing(self.session, self._shape, "", places=array("q", sorted(found)))

    def named(self, identifier: str) -> list[T]:
        """Return the objects of the type with an id, whoever owns them."""
        return self.session.named(self._shape, identifier)


@attrs.frozen(kw_only=True)
class _Name:
    id: str


class Names(MutableSet[str]):
    """A set of names.

    Args:
        session: Who fetches and writes them.
        name: What the set is called.
    """

    def __init__(self, session: Session, name: str) -> None:
        self._table = Table(session, names_shape(name))

    @override
    def __contains__(self, name: object) -> bool:
        return name in self._table

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    @override
    def __len__(self) -> int:
        return len(self._table)

    @override
    def add(self, value: str) -> None:
        """Add a name."""
        self._table[value] = _Name(id=value)

    @override
    def discard(self, value: str) -> None:
        """Take a name out, if it is there."""
        self._table.pop(value, None)


def names_shape(name: str) -> Shape[_Name]:
    """Return how a set of names is kept.

    Args:
        name: What the set is called.
    """
    return Shape(name=name, kind=_Name, lists=lambda _one: (name,))
