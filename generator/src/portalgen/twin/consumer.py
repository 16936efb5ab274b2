"""A program that uses everything of a generated package, with types: what of it fails later, broke."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["write_consumer"]

_CLIENTS = ("_client.py", "_async_client.py")
# A model's own file is no public name: users import it from `models`.
_MODEL_IMPORT = re.compile(r"(\.models)\.\w+$")


def write_consumer(package: Path, target: Path) -> None:
    """Write the program, a file for each of the package's: every method is called, every attribute read.

    Args:
        package: The folder of the package's modules, `src/skifteportal/person`.
        target: The folder to write into.
    """
    module = f"skifteportal.{package.name}"
    for name in _CLIENTS:
        tree = ast.parse((package / name).read_text(encoding="utf-8"))
        _write(target / f"use{name}", tree, module, _call_methods, imported_from=module)
    for path in sorted((package / "models").glob("*.py")):
        if path.name != "__init__.py":
            tree = ast.parse(path.read_text(encoding="utf-8"))
            models = f"{module}.models"
            _write(
                target / f"use_model_{path.name}", tree, module, _use_model, imported_from=models
            )


def _write(
    target: Path,
    tree: ast.Module,
    module: str,
    use: Callable[[ast.ClassDef], Iterator[str]],
    *,
    imported_from: str,
) -> None:
    classes = [one for one in tree.body if isinstance(one, ast.ClassDef)]
    lines = ["from __future__ import annotations", *_imports(tree, module)]
    for one in classes:
        lines += [f"from {imported_from} import {one.name}", *use(one)]
    target.write_text("\n".join([*lines, ""]), encoding="utf-8")


def _imports(tree: ast.Module, module: str) -> Iterator[str]:
    """Give the imports that annotations need, those of models as users write them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module != "__future__":
            source = node.module or ""
            if source.startswith(f"{module}."):
                source = _MODEL_IMPORT.sub(r"\1", source)
            if source != module:
                names = ", ".join(alias.name for alias in node.names)
                yield f"from {source} import {names}"
        elif isinstance(node, ast.Import):
            yield ast.unparse(node)


def _call_methods(client: ast.ClassDef) -> Iterator[str]:
    for one in client.body:
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and not one.name.startswith("_"):
            yield from _call(client.name, one)


def _call(client: str, method: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    """Call a method twice: as its signature is written, and with every argument by its name."""
    positional, keywords = method.args.args[1:], method.args.kwonlyargs
    given = [f"a_{one.arg}: {_annotation(one)}" for one in (*positional, *keywords)]
    by_place = [f"a_{one.arg}" for one in positional]
    by_name = [f"{one.arg}=a_{one.arg}" for one in positional]
    rest = [f"{one.arg}=a_{one.arg}" for one in keywords]
    awaits = isinstance(method, ast.AsyncFunctionDef)
    returns = ast.unparse(method.returns) if method.returns else "None"
    before = "return " * (returns != "None") + "await " * awaits
    for use, arguments in (("place", by_place), ("name", by_name)):
        parameters = ", ".join([f"client: {client}", *given])
        call = f"client.{method.name}({', '.join([*arguments, *rest])})"
        yield f"{'async ' * awaits}def by_{use}_{method.name}({parameters}) -> {returns}:"
        yield f"    {before}{call}"


def _use_model(model: ast.ClassDef) -> Iterator[str]:
    fields = [
        one
        for one in model.body
        if isinstance(one, ast.AnnAssign)
        and isinstance(one.target, ast.Name)
        and not one.target.id.startswith("_")
    ]
    members = [
        target.id
        for one in model.body
        if isinstance(one, ast.Assign)
        for target in one.targets
        if isinstance(target, ast.Name)
    ]
    if fields:
        needed = [one for one in fields if one.value is None]
        yield f"def read(value: {model.name}) -> None:"
        yield from (
            f"    v_{_name(one)}: {ast.unparse(one.annotation)} = value.{_name(one)}"
            for one in fields
        )
        yield from _make("make", model.name, fields)
        yield from _make("make_with_what_is_needed", model.name, needed)
    for name in members:
        yield f"member_{name}: {model.name} = {model.name}.{name}"
        yield f"word_{name}: str = {model.name}.{name}"


def _make(function: str, model: str, fields: list[ast.AnnAssign]) -> Iterator[str]:
    parameters = ", ".join(f"{_name(one)}: {ast.unparse(one.annotation)}" for one in fields)
    yield f"def {function}({parameters}) -> {model}:"
    yield f"    return {model}({', '.join(f'{_name(one)}={_name(one)}' for one in fields)})"


def _name(field: ast.AnnAssign) -> str:
    assert isinstance(field.target, ast.Name)  # noqa: S101 - they are chosen so
    return field.target.id


def _annotation(argument: ast.arg) -> str:
    assert argument.annotation is not None  # noqa: S101 - the generator writes one
    return ast.unparse(argument.annotation)
