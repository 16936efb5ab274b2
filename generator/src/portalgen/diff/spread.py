"""Tells everything that can be reached who reaches it, in one pass however it is tangled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Reached", "spread"]


class Reached(Protocol):
    """Something that is reached by operations and leads on to others of its sort."""

    operations: int

    @property
    def below(self) -> Sequence[Reached]:
        """What it leads on to."""
        ...


def spread(found: Iterable[Reached]) -> None:
    """Give everything the operations of what leads to it.

    What leads to itself forms a knot; all in a knot are reached by the same operations. Knots are found by
    Tarjan's algorithm, the last first, so that going through them backwards visits each once.

    Args:
        found: What can be reached; its `operations` are those that reach it directly, as bits.
    """
    knots = list(_knots(found))
    for knot in reversed(knots):
        bits = 0
        for one in knot:
            bits |= one.operations
        for one in knot:
            one.operations = bits
            for below in one.below:
                below.operations |= bits


def _knots(found: Iterable[Reached]) -> Iterator[list[Reached]]:
    order: dict[int, int] = {}
    lowest: dict[int, int] = {}
    done: set[int] = set()
    stack: list[Reached] = []
    for start in found:
        path: list[tuple[Reached, Iterator[Reached]]] = []
        following: Reached | None = start if id(start) not in order else None
        while path or following is not None:
            if following is not None:
                order[id(following)] = lowest[id(following)] = len(order)
                stack.append(following)
                path.append((following, iter(following.below)))
            one, below = path[-1]
            following = None
            for other in below:
                if id(other) not in order:
                    following = other
                    break
                if id(other) not in done:
                    lowest[id(one)] = min(lowest[id(one)], order[id(other)])
            if following is None:
                path.pop()
                if path:
                    parent = id(path[-1][0])
                    lowest[parent] = min(lowest[parent], lowest[id(one)])
                if lowest[id(one)] == order[id(one)]:
                    at = next(i for i in range(len(stack) - 1, -1, -1) if stack[i] is one)
                    knot, stack[at:] = stack[at:], []
                    done.update(map(id, knot))
                    yield knot
