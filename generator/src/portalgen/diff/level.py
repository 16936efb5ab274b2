"""How much a change asks of whom: the four levels of semantic versioning, in order."""

from __future__ import annotations

from enum import Enum
from functools import total_ordering
from typing import TYPE_CHECKING

from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Level"]


@total_ordering
class Level(Enum):
    """The level of a change, ordered: `NONE < PATCH < MINOR < MAJOR`."""

    NONE = "none"
    PATCH = "patch"
    MINOR = "minor"
    MAJOR = "major"

    def __lt__(self, other: Level) -> bool:
        return _ORDER.index(self) < _ORDER.index(other)

    @override
    def __str__(self) -> str:
        return self.value

    @classmethod
    def highest(cls, levels: Iterable[Level]) -> Level:
        """Give the highest of some levels; `NONE` if there are none."""
        return max(levels, default=cls.NONE)


_ORDER = tuple(Level)
