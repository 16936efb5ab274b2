"""The public surface of each package as text: what a user can import, call and pass, without what it does.

``surfaces/<package>.txt`` is a snapshot that reviewers read as a diff: a changed line there is a change for users.
griffe reads the sources, nothing is imported. Public is what a package's face names in its ``__all__``; then what a
client's ``models`` does, and the modules that our other packages import from: an older client must run on a newer core.

Usage: ``python tests/support/surface.py [PACKAGE…]`` (``nox -s surface``) writes the snapshots.
"""

from __future__ import annotations

import logging
import re
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import griffe

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUSE = Path(__file__).parents[2]
SURFACES = HOUSE / "surfaces"
REGISTRY = tomllib.loads((HOUSE / "specs/portal.toml").read_text("utf-8"))
PACKAGES = tuple(
    f"skifteportal-{n}" for n in ("auth", "core", "sandbox", "specs", *REGISTRY["apis"])
)
BESIDE_THE_FACE = {"models", "otel", "pdf", "pytest_plugin", "rate_limit", "token_store"}
HEAD = "# The public surface of {package}. Written by `nox -s surface`: read the diff, edit nothing here.\n"
# What nobody calls by name; of a model, its attributes say the same as `__fields__`.
NOT_SHOWN = {
    *(
        "__all__",
        "__copy__",
        "__deepcopy__",
        "__dir__",
        "__fields__",
        "__getattr__",
        "__getstate__",
    ),
    *("__reader__", "__reduce__", "__repr__", "__setstate__", "__slots__", "__str__", "__writer__"),
}
INDENT = "    "
logging.getLogger("griffe").setLevel(logging.ERROR)  # it tells of every base that is not ours


def surface_of(package: str, source: Path) -> str:
    """Write down a package's surface.

    Args:
        package: The distribution's name.
        source: The folder with its sources, which holds ``skifteportal``.
    """
    name = f"skifteportal.{package.removeprefix('skifteportal-').replace('-', '_')}"
    core = HOUSE / "packages/skifteportal-core/src"  # what the other packages' classes derive from
    loader = griffe.GriffeLoader(search_paths=[source, core], allow_inspection=False)
    face = loader.load(name, try_relative_path=False)
    loader.load("skifteportal.core", try_relative_path=False)
    loader.resolve_aliases(implicit=False, external=False)
    assert isinstance(face, griffe.Module)
    shown: dict[str, list[griffe.Object]] = {}
    public: set[str] = set()
    for module in _public_modules(face):
        shown[module.path] = members = list(_members(module, public))
        public.update(member.path for member in members)
    parts = [HEAD.format(package=package)]
    for path, members in shown.items():
        lines = [line for member in members for line in _show(member, public)]
        if lines:
            parts.append("\n".join([f"module {path}", *(INDENT + line for line in lines), ""]))
    return "\n".join(parts)


def _public_modules(face: griffe.Module) -> list[griffe.Module]:
    """A package's face, and the modules that are public beside it."""
    beside = sorted(BESIDE_THE_FACE | _imported_by_others(face.name))
    return [face, *(face.modules[name] for name in beside if name in face.modules)]


@cache
def _imports() -> frozenset[tuple[str, str, str]]:
    """Who imports from which module of whom: importing package, package, module."""
    pattern = re.compile(r"^ *from skifteportal\.(\w+)\.([a-z]\w*) import", re.MULTILINE)
    return frozenset(
        (path.relative_to(HOUSE / "packages").parts[3], *found)
        for path in (HOUSE / "packages").glob("*/src/skifteportal/**/*.py")
        for found in pattern.findall(path.read_text("utf-8"))
    )


def _imported_by_others(package: str) -> set[str]:
    return {module for by, of, module in _imports() if of == package and by != package}


def _members(module: griffe.Module, known: set[str]) -> Iterator[griffe.Object]:
    """What a module exports and no module before it has shown, by name."""
    for export in sorted(str(name) for name in module.exports or ()):
        if export in module.modules:
            continue
        member = module[export]
        target = member.final_target if isinstance(member, griffe.Alias) else member
        if target.path not in known:
            yield target


def _show(member: griffe.Object, public: set[str]) -> Iterator[str]:
    if isinstance(member, griffe.Class):
        yield from _show_class(member, public)
    elif isinstance(member, griffe.Function):
        yield from _show_function(member)
    elif isinstance(member, griffe.Attribute):
        yield _show_attribute(member)


def _show_class(cls: griffe.Class, public: set[str]) -> Iterator[str]:
    yield from _decorators(cls)
    bases = ", ".join(str(base) for base in cls.bases)
    yield f"class {cls.name}({bases})" if bases else f"class {cls.name}"
    for member in _class_members(cls, public):
        yield from (INDENT + line for line in _show(member, public))


def _class_members(cls: griffe.Class, public: set[str]) -> list[griffe.Object]:
    """A class's members, with those of bases that are ours and shown nowhere else."""
    package = ".".join(cls.path.split(".")[:2]) + "."
    hidden = [b for b in cls.mro() if b.path.startswith(package) and b.path not in public]
    found: dict[str, griffe.Object] = {}
    for one in (*reversed(hidden), cls):
        found |= {m.name: m for m in one.members.values() if isinstance(m, griffe.Object)}
    return [found[name] for name in sorted(found) if _is_public(name)]


def _decorators(member: griffe.Class | griffe.Function) -> Iterator[str]:
    yield from (f"@{one.value}" for one in member.decorators if str(one.value) != "override")


def _is_public(name: str) -> bool:
    special = name.startswith("__") and name.endswith("__")
    return name not in NOT_SHOWN and (special or not name.startswith("_"))


def _show_function(function: griffe.Function) -> Iterator[str]:
    for overload in function.overloads or []:
        yield from _show_function(overload)
    yield from _decorators(function)
    start = "async def" if "async" in function.labels else "def"
    returns = f" -> {function.returns}" if function.returns is not None else ""
    yield f"{start} {function.name}({_parameters(function.parameters)}){returns}"


def _parameters(parameters: griffe.Parameters) -> str:
    """Parameters as they stand in Python, with `/` and `*` where they are needed."""
    kinds = griffe.ParameterKind
    shown: list[str] = []
    before = None
    for one in parameters:
        if before is kinds.positional_only and one.kind is not kinds.positional_only:
            shown.append("/")
        if one.kind is kinds.keyword_only and before not in {
            kinds.keyword_only,
            kinds.var_positional,
        }:
            shown.append("*")
        stars = {"variadic positional": "*", "variadic keyword": "**"}.get(str(one.kind), "")
        text = f"{stars}{one.name}" + (f": {one.annotation}" if one.annotation is not None else "")
        if one.default is not None and not stars:
            text += f" = {one.default}" if one.annotation is not None else f"={one.default}"
        shown.append(text)
        before = one.kind
    if before is kinds.positional_only:
        shown.append("/")
    return ", ".join(shown)


def _show_attribute(attribute: griffe.Attribute) -> str:
    text = attribute.name
    if attribute.annotation is not None:
        text += f": {attribute.annotation}"
    if "property" in attribute.labels:
        return f"{text} (property)"
    default = _default(attribute)
    return text if default is None else f"{text} = {default}"


def _default(attribute: griffe.Attribute) -> str | None:
    """What an attribute is when nothing is given; the value of an enum's member and of a type's other name."""
    value = attribute.value
    if isinstance(value, griffe.ExprCall) and str(value.function) in {"attrs.field", "field"}:
        given = {a.name: str(a.value) for a in value.arguments if isinstance(a, griffe.ExprKeyword)}
        return given.get("default", "…" if "factory" in given else None)
    if isinstance(attribute.parent, griffe.Class):
        # Assigned in a constructor: its parameters say more.
        return None if value is None or "class-attribute" not in attribute.labels else str(value)
    is_type = attribute.name[0].isupper() and not attribute.name.isupper()
    return str(value) if value is not None and is_type else None


def main(packages: list[str]) -> None:
    """Write the snapshots of these packages, or of all; remove those of packages that are gone."""
    for package in packages or PACKAGES:
        target = SURFACES / f"{package}.txt"
        target.parent.mkdir(exist_ok=True)
        text = surface_of(package, HOUSE / "packages" / package / "src")
        target.write_text(text, encoding="utf-8", newline="\n")
    for stray in SURFACES.glob("*.txt"):
        if stray.stem not in PACKAGES:
            stray.unlink()


if __name__ == "__main__":
    main(sys.argv[1:])
