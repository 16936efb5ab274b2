"""What the names in a file stand for, as far as the file itself says: imports, and which class a variable holds."""

from __future__ import annotations

import ast
from collections import defaultdict

import attrs

__all__ = ["Bindings", "bindings"]


@attrs.frozen(kw_only=True)
class Bindings:
    """What a file says of its names.

    Attributes:
        imported: Dotted path of what is imported, by the name that it has in the file.
        classes: Dotted paths of the classes that a variable may hold, by the variable as written (`self.portal`).
    """

    imported: dict[str, str]
    classes: dict[str, set[str]]

    def path(self, node: ast.expr) -> str:
        """Give the dotted path of an imported name or of a member of one; empty for anything else."""
        if isinstance(node, ast.Name):
            return self.imported.get(node.id, "")
        if isinstance(node, ast.Attribute) and (owner := self.path(node.value)):
            return f"{owner}.{node.attr}"
        return ""

    def uses(self, module: str) -> bool:
        """Tell whether the file imports a module, something below it, or something from it."""
        return any(f"{path}.".startswith(f"{module}.") for path in self.imported.values())

    def held(self, node: ast.expr) -> set[str]:
        """Give the classes that an expression may be an instance of; nothing if the file does not say."""
        if isinstance(node, ast.Call):
            return {path} if (path := self.path(node.func)) else set()
        return self.classes.get(ast.unparse(node), set())


def bindings(tree: ast.Module) -> Bindings:
    """Read what a file says of its names, whatever the scope: a name is taken for all that it is bound to.

    Args:
        tree: The file.
    """
    found = Bindings(imported={}, classes=defaultdict(set))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                # `import a.b` binds `a`, `import a.b as c` binds `a.b`; both make a.b known.
                top = name.name.partition(".")[0]
                found.imported[name.asname or top] = name.name if name.asname else top
                found.imported.setdefault(name.name, name.name)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for name in node.names:
                found.imported[name.asname or name.name] = f"{node.module}.{name.name}"
    for node in ast.walk(tree):
        for target, value in _bound(node):
            _bind(found, target, value)
    return found


def _bound(node: ast.AST) -> list[tuple[ast.expr | ast.arg, ast.expr | None]]:
    """Give what a node binds, with the value or annotation that says what it is."""
    if isinstance(node, ast.Assign):
        return [(target, node.value) for target in node.targets]
    if isinstance(node, ast.AnnAssign):
        return [(node.target, node.annotation)]
    if isinstance(node, ast.arg):
        return [(node, node.annotation)]
    if isinstance(node, ast.withitem) and node.optional_vars is not None:
        return [(node.optional_vars, node.context_expr)]
    return []


def _bind(found: Bindings, target: ast.expr | ast.arg, value: ast.expr | None) -> None:
    if value is None:
        return
    inner = value.value if isinstance(value, ast.Await) else value
    path = found.path(inner.func) if isinstance(inner, ast.Call) else found.path(inner)
    if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
        path = found.imported.get(inner.value, "")  # a quoted annotation
    if path:
        name = target.arg if isinstance(target, ast.arg) else ast.unparse(target)
        found.classes[name].add(path)
