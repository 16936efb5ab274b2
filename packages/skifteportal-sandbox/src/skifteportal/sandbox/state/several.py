"""Sets of names that are always written in the same order, so that what did not change is written the same."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Any, cast

from typing_extensions import override

__all__ = ["Several", "read_several", "write_several"]


class Several(AbstractSet[str]):
    """Names, each once; as an attribute's converter it takes any names.

    Args:
        names: The names.
    """

    __slots__ = ("_names",)

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = tuple(sorted(set(names)))

    @override
    def __contains__(self, name: object) -> bool:
        return name in self._names

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    @override
    def __len__(self) -> int:
        return len(self._names)


def write_several(value: object) -> list[str]:
    """Write such a set: msgspec's `enc_hook`."""
    if isinstance(value, Several):
        return list(value)
    raise NotImplementedError(type(value).__name__)


def read_several(_kind: type, value: Any) -> Several:
    """Read such a set: msgspec's `dec_hook`."""
    names = cast("list[object]", value) if isinstance(value, list) else [None]
    if not all(isinstance(one, str) for one in names):
        raise ValueError("names are texts")
    return Several(cast("list[str]", names))
