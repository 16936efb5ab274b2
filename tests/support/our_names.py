"""Every name in our sources, read off them: what there is to be called, and with which keywords."""

from __future__ import annotations

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUSE = Path(__file__).parents[2]
SOURCES = ("packages/*/src", "generator/src", "docs/sitepages", "tests/support")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
ANY = "**"


class Names:
    """The names of a checkout.

    Attributes:
        all: Each name of a module, class, function, parameter, attribute or constant.
        members: Of each class the names of what it has itself, whichever module it is in.
        bases: Of each class the names of those it derives from.
        keywords: Of each function or class what it takes by keyword; ``**`` if that is anything.
    """

    def __init__(self) -> None:
        self.all: set[str] = set()
        self.members: defaultdict[str, set[str]] = defaultdict(set)
        self.bases: defaultdict[str, set[str]] = defaultdict(set)
        self.keywords: defaultdict[str, set[str]] = defaultdict(set)

    def has(self, cls: str, member: str) -> bool:
        """Whether a class has a member, itself or by what it derives from."""
        return member in self.members[cls] or any(
            self.has(base, member) for base in self.bases[cls]
        )

    def takes(self, callee: str, keyword: str) -> bool:
        """Whether a function or class takes a keyword; an unknown one takes any."""
        if callee not in self.keywords and callee not in self.members:
            return True
        known = self.keywords[callee]
        own = keyword in known or ANY in known
        return own or any(
            self.takes(base, keyword) for base in self.bases[callee] & {*self.members}
        )

    def read(self, tree: ast.AST, *, within: str = "") -> None:
        """Take in a module, a class or a function."""
        for node in ast.iter_child_nodes(tree):
            if isinstance(node, ast.ClassDef):
                self._read_class(node, within)
            elif isinstance(node, FUNCTIONS):
                self._read_function(node, within)
            else:
                for name in _assigned(node):
                    self._add(name, within)
                self.read(node, within=within)

    def _read_class(self, node: ast.ClassDef, within: str) -> None:
        self._add(node.name, within)
        self.members[node.name] |= set()
        self.bases[node.name] |= {ast.unparse(base).split("[")[0].split(".")[-1] for base in node.bases} - {node.name}  # fmt: skip
        fields = {name.lstrip("_") for part in node.body for name in _assigned(part)}
        self.keywords[node.name] |= (
            fields  # of attrs classes, and of those written by hand too many
        )
        self.read(node, within=node.name)

    def _read_function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, within: str) -> None:
        self._add(node.name, within)
        arguments = node.args
        parameters = {one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}  # fmt: skip
        self.all |= parameters
        taken = parameters | ({ANY} if arguments.kwarg else set())
        self.keywords[node.name] |= taken
        if node.name == "__init__":
            self.keywords[within] |= taken
        self.read(node, within=within)

    def _add(self, name: str, within: str) -> None:
        self.all.add(name)
        if within:
            self.members[within].add(name)


def _assigned(node: ast.AST) -> Iterator[str]:
    """The names and attributes that a statement gives a value or a type."""
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    for target in targets:
        if isinstance(target, ast.Name):
            yield target.id
        elif isinstance(target, ast.Attribute):
            yield target.attr


@cache
def our_names() -> Names:
    """Read all sources, once."""
    names = Names()
    for pattern in SOURCES:
        for folder in HOUSE.glob(pattern):
            for path in folder.rglob("*.py"):
                names.all |= set(path.relative_to(folder).with_suffix("").parts)
                names.read(ast.parse(path.read_text("utf-8")))
    return names
