"""Objects that were entered and wait to be written: many at once cost a fraction of what they cost one by one."""

from collections import Counter
from itertools import chain
from typing import Any, Final, TypeAlias

import attrs

__all__ = ["Key", "Pending"]

Key: TypeAlias = tuple[str, str, str]
"""What an object is found by: its type, its id, its owner's id."""
_Object: TypeAlias = tuple[int, str, str, str, bytes]
_Member: TypeAlias = tuple[int, int]
_AT_ONCE: Final = 50
_MEMBER: Final = "INSERT INTO member VALUES (?, ?)"
_MEMBERS: Final = _MEMBER + ", (?, ?)" * (_AT_ONCE - 1)  # takes three fifths of the time


@attrs.define
class Pending:
    """What waits, in the order entered.

    Attributes:
        objects: The rows of objects, by place.
        places: Their places, by type, id and owner's id.
        members: Lists' numbers, each with the place of an object that is in it.
        grown: Lists' numbers, each with where the block begins that holds one object more.
    """

    objects: dict[int, _Object] = attrs.field(init=False, factory=dict[int, _Object])
    places: dict[Key, int] = attrs.field(init=False, factory=dict[Key, int])
    members: list[_Member] = attrs.field(init=False, factory=list[_Member])
    grown: list[_Member] = attrs.field(init=False, factory=list[_Member])

    def __bool__(self) -> bool:
        return bool(self.objects or self.members)

    def enter(self, place: int, kind: str, identifier: str, owner: str, row: bytes) -> None:
        """Take an object along."""
        self.objects[place] = (place, kind, identifier, owner, row)
        self.places[kind, identifier, owner] = place

    def enlist(self, number: int, place: int, *, block: int) -> None:
        """Take along that an object is in a list.

        Args:
            number: The list's number.
            place: The object's place.
            block: Where the block of the list begins that it is in.
        """
        self.members.append((number, place))
        self.grown.append((number, block))

    def absorb(self, later: "Pending") -> None:
        """Take along what waits elsewhere, and was entered later; it waits there no longer."""
        self.objects.update(later.objects)
        self.places.update(later.places)
        self.members += later.members
        self.grown += later.grown
        later.clear()

    def clear(self) -> None:
        """Let nothing wait."""
        for waiting in (self.objects, self.places, self.members, self.grown):
            waiting.clear()

    def statements(self) -> list[tuple[str, list[tuple[Any, ...]]]]:
        """Return what writes it: statements, each with its values."""
        apart = len(self.members) % _AT_ONCE
        together = [
            tuple(chain.from_iterable(self.members[start : start + _AT_ONCE]))
            for start in range(apart, len(self.members), _AT_ONCE)
        ]
        blocks = [(*block, times) for block, times in Counter(self.grown).items()]
        return [
            ("INSERT INTO object VALUES (?, ?, ?, ?, ?)", list(self.objects.values())),
            (_MEMBER, self.members[:apart]),
            (_MEMBERS, together),
            (
                "INSERT INTO block VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET held = held + excluded.held",
                blocks,
            ),
        ]
