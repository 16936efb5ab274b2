"""Finds the lines: each breaking change's Python names, looked for in each file of a program."""

from __future__ import annotations

import ast
import warnings
from typing import TYPE_CHECKING, Any, Literal

import attrs

from portalgen.diff.level import Level
from portalgen.impact.bindings import Bindings, bindings
from portalgen.problems import BrokenInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from portalgen.diff.report import Change, PythonName, Report

__all__ = ["Certainty", "Hit", "Impact", "impact"]

Certainty = Literal["sure", "likely"]
_SURE: Certainty = "sure"
_LIKELY: Certainty = "likely"
_LEFT_OUT = {"__pycache__", "build", "dist", "node_modules", "site-packages", "venv"}
_HARMLESS = {"added", "optional", "deprecated"}


@attrs.frozen(kw_only=True, order=True)
class Hit:
    """A line that the update breaks.

    Attributes:
        file: The file, as it was found.
        line: The line's number, from 1.
        column: The column, from 1.
        code: The line.
        name: The Python name that the update changes.
        fate: What becomes of it.
        replacement: Its new name, if it was renamed.
        reason: Why it breaks.
        certainty: `sure` where the file itself says what the name belongs to, `likely` where only the name is known.
    """

    file: str
    line: int
    column: int
    code: str
    name: str
    fate: str
    replacement: str
    reason: str
    certainty: Certainty


@attrs.frozen(kw_only=True)
class Impact:
    """What an update does to a program.

    Attributes:
        hits: The lines that break, by file and line.
        files: How many files were read.
        unread: Files that are no Python, each with why.
    """

    hits: tuple[Hit, ...]
    files: int
    unread: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Give it as data that JSON can hold."""
        return attrs.asdict(self)


def impact(report: Report, code: Path) -> Impact:
    """Find the lines of a program that an update would break. Nothing of it is run or imported.

    Args:
        report: What changes.
        code: A Python file, or a folder of them; folders of tools and hidden ones are left out.

    Raises:
        BrokenInput: There is no such file or folder.
    """
    if not code.exists():
        raise BrokenInput(f"{code}: no such file or folder; --code is the program to look into")
    targets = [
        (change, name)
        for change in report.changes
        if change.client is Level.MAJOR
        for name in change.python
        if name.fate not in _HARMLESS
    ]
    hits: set[Hit] = set()
    unread: list[str] = []
    files = list(_files(code))
    for path in files:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of the program's own: not ours to tell
                tree = ast.parse(path.read_bytes())
        except (OSError, SyntaxError, ValueError, RecursionError, MemoryError) as error:
            unread.append(f"{path}: {type(error).__name__}: {_why(error)}")
            continue
        lines = path.read_bytes().decode("utf-8", "replace").splitlines()
        hits.update(_hits(str(path), tree, lines, targets))
    return Impact(hits=tuple(sorted(hits)), files=len(files), unread=tuple(unread))


def _files(code: Path) -> Iterator[Path]:
    if code.is_file():
        yield code
        return
    for path in sorted(code.rglob("*.py")):
        inside = path.relative_to(code).parts
        if not any(part in _LEFT_OUT or part.startswith(".") for part in inside) and path.is_file():
            yield path


def _why(error: BaseException) -> str:
    return error.msg if isinstance(error, SyntaxError) else str(error)


def _hits(
    file: str, tree: ast.Module, lines: list[str], targets: list[tuple[Change, PythonName]]
) -> Iterator[Hit]:
    known = bindings(tree)
    used = [target for target in targets if known.uses(_package(target[1].module))]
    for node in ast.walk(tree) if used else ():
        for change, name in used:
            for place, certainty in _matches(node, name, known):
                line, column = _position(place)
                yield Hit(
                    file=file,
                    line=line,
                    column=column + 1,
                    code=lines[line - 1].strip() if line <= len(lines) else "",
                    name=name.path,
                    fate=name.fate,
                    replacement=name.replacement,
                    reason=change.reason,
                    certainty=certainty,
                )


def _package(module: str) -> str:
    return module.removesuffix(".models")


def _position(node: ast.AST) -> tuple[int, int]:
    # An attribute's own name stands at its end: in a chain over several lines the line above is not the one that breaks.
    if isinstance(node, ast.Attribute):
        return node.end_lineno or node.lineno, (node.end_col_offset or 0) - len(node.attr.encode())
    return getattr(node, "lineno", 1), getattr(node, "col_offset", 0)


def _matches(
    node: ast.AST, name: PythonName, known: Bindings
) -> Iterator[tuple[ast.AST, Certainty]]:
    if name.parameter:
        yield from _argument(node, name, known)
    elif not name.owner:
        yield from _class(node, name, known)
    else:
        yield from _member(node, name, known)


def _class(node: ast.AST, name: PythonName, known: Bindings) -> Iterator[tuple[ast.AST, Certainty]]:
    """Find a class by its import, or by its path where a module is imported."""
    if isinstance(node, ast.ImportFrom):
        if node.module == name.module and not node.level:
            for one in node.names:
                if one.name == name.member:
                    yield one, _SURE
    elif isinstance(node, ast.Attribute) and known.path(node) == name.path:
        yield node, _SURE


def _member(
    node: ast.AST, name: PythonName, known: Bindings
) -> Iterator[tuple[ast.AST, Certainty]]:
    """Find a method, an attribute or an enum's member; and an attribute where an object is made."""
    owner = f"{name.module}.{name.owner}"
    if isinstance(node, ast.Attribute) and node.attr == name.member:
        held = {known.path(node.value)} - {""} or known.held(node.value)
        if owner in held:
            yield node, _SURE
        elif not held:
            yield node, _LIKELY
    elif isinstance(node, ast.Call) and known.path(node.func) == owner:
        given = [keyword for keyword in node.keywords if keyword.arg == name.member]
        if name.fate != "required":
            for keyword in given:
                yield keyword, _SURE
        elif not given and all(keyword.arg for keyword in node.keywords):
            yield node, _SURE  # what is demanded now is not given


def _argument(
    node: ast.AST, name: PythonName, known: Bindings
) -> Iterator[tuple[ast.AST, Certainty]]:
    """Find calls of a method that give an argument which goes or changes, or that lack one which is demanded now."""
    if not (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == name.member
    ):
        return
    held = known.held(node.func.value)
    if held and f"{name.module}.{name.owner}" not in held:
        return
    certainty: Certainty = _SURE if held else _LIKELY
    given = [keyword for keyword in node.keywords if keyword.arg == name.parameter]
    if name.fate != "required":
        for keyword in given:
            yield keyword, certainty
    elif not given and all(keyword.arg for keyword in node.keywords):
        yield node.func, certainty
