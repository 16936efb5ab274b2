"""What a rule finds, and what a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, TypeAlias

import attrs
from typing_extensions import override

from portalgen.lint.view import Place, Spec

__all__ = ["Finding", "Level", "Problem", "Rule", "rule_name"]

Level = Literal["error", "warning"]
Problem: TypeAlias = tuple[Place, str]
Rule: TypeAlias = Callable[[Spec], Iterator[Problem]]


@attrs.frozen(order=True)
class Finding:
    """One thing that is wrong in a spec.

    Attributes:
        rule: The rule's name, as in `paging-is-whole`.
        pointer: Where it is: a JSON pointer into the document.
        message: What is wrong and what it would lead to.
        level: `error`, or `warning` for what is only a matter of style in an official file.
    """

    rule: str
    pointer: str
    message: str
    level: Level = "error"

    @override
    def __str__(self) -> str:
        return f"{self.level}: {self.pointer or '/'}: {self.message} [{self.rule}]"


def rule_name(rule: Rule) -> str:
    """Name a rule after its function: `paging_is_whole` → `paging-is-whole`."""
    return rule.__name__.replace("_", "-")
