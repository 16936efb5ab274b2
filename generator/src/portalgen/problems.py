# ruff: noqa: N818 - the names say what happened
"""What can go wrong in the generator, and which exit code the command gives for it.

PortalgenError
├─ BrokenInput   the registry, a file or an argument can't be used at all: exit code 2
└─ ApiProblem    one API can't be built; the others still are: exit code 1
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ApiProblem", "BrokenInput", "PortalgenError"]


class PortalgenError(Exception):
    """Base of every error of the generator; the text says what, where and what to do."""


class BrokenInput(PortalgenError):
    """The registry, a shared file or an argument is unusable, so nothing can be built."""


class ApiProblem(PortalgenError):
    """One API can't be built.

    Attributes:
        api: The API's name, as its folder in `specs/`.
        problems: One text for each thing that is wrong, naming the operation where there is one.
    """

    def __init__(self, api: str, problems: Iterable[str]) -> None:
        self.api = api
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{api}: {problem}" for problem in self.problems))

    @override
    def __reduce__(self) -> tuple[type[ApiProblem], tuple[Any, ...]]:
        return type(self), (self.api, self.problems)
