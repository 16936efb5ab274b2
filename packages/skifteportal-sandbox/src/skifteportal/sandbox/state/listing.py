"""A list of objects that is not read until it is looked at, and then only what is looked at."""

from array import array
from collections.abc import Iterator, Sequence
from typing import Final, Generic, TypeVar, overload

from typing_extensions import override

from skifteportal.sandbox.state.orders import SortKey, rank
from skifteportal.sandbox.state.session import Session, Shape

__all__ = ["Listing"]

T = TypeVar("T")
_CHUNK: Final = 256


class Listing(Sequence[T], Generic[T]):
    """The objects of a list in the order entered, or those at given places.

    Args:
        session: Who fetches them.
        shape: Their type.
        name: The list's name.
        places: Where they are, if not the whole list in its order.
    """

    def __init__(
        self,
        session: Session,
        shape: Shape[T],
        name: str,
        *,
        places: "array[int] | None" = None,
    ) -> None:
        self._session = session
        self._shape = shape
        self.name = name
        self._places = places

    @override
    def __len__(self) -> int:
        return self._session.count(self.name) if self._places is None else len(self._places)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> list[T]: ...
    @override
    def __getitem__(self, index: int | slice) -> T | list[T]:
        if isinstance(index, int):
            return self[range(len(self))[index] :][0] if index < 0 else self._one(index)
        start, stop, step = index.indices(len(self))
        if self._places is not None:
            return self._session.at(self._shape, self._places[index])
        if step < 0:
            return [self._one(place) for place in range(start, stop, step)]
        return self._session.page(self._shape, self.name, start, stop - start)[::step]

    def _one(self, index: int) -> T:
        found = self[index : index + 1]
        if not found:
            raise IndexError(index)
        return found[0]

    @override
    def __iter__(self) -> Iterator[T]:
        if self._places is not None:
            yield from self._session.at(self._shape, self._places)
            return
        for row in self._session.rows(self.name, _CHUNK):
            yield self._session.load(self._shape, row)

    def sorted_by(self, key: SortKey[T]) -> "Listing[T]":
        """Return the same objects sorted; those with equal keys keep their order, those without come first.

        Args:
            key: What to sort by.
        """
        if self._places is not None:
            keyed = zip((rank(key.of(one)) for one in self), self._places, strict=True)
            places = array("q", (seq for _, seq in sorted(keyed)))
            return Listing(self._session, self._shape, "", places=places)
        places = self._session.ordered(self._shape, self.name, key)
        return Listing(self._session, self._shape, self.name, places=places)
