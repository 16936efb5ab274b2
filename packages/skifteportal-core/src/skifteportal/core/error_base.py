"""The base of every error; see errors for the tree."""

from __future__ import annotations

from typing import Any

from typing_extensions import override

__all__ = ["PortalError"]


class PortalError(Exception):
    """The base of every error of these packages."""

    @override
    def __reduce__(self) -> tuple[Any, ...]:
        # The constructors take keywords, which BaseException's own way of pickling does not know.
        return _rebuild, (type(self), self.args, self.__dict__)


def _rebuild(cls: type[PortalError], args: tuple[Any, ...], state: dict[str, Any]) -> PortalError:
    error = cls.__new__(cls, *args)
    error.__dict__.update(state)
    return error
