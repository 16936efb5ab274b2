"""The names that pages mention inside their sentences: is each one ours, or somebody's whom we know?

A piece of code in a sentence is read as Python where it can be. Names that begin with a capital letter, dotted names,
calls and their keywords are looked up in our sources; then files, packages, options, codes and variables of the environment.
"""

from __future__ import annotations

import ast
import builtins
import re
import tomllib
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from our_names import our_names

from portalgen.catalogue import Catalogue
from portalgen.checkout import Checkout

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from page_code import Shown

HOUSE = Path(__file__).parents[2]
# Words that are not ours, by whose they are.
OTHERS = {
    **dict.fromkeys(("Decimal", "Path", "__cause__"), "Python"),
    **dict.fromkeys(("hsm", "vault"), "what a user has"),
    "autoescape": "Jinja2",
    "verify": "httpx",
    "Dockerfile": "Docker",
    **dict.fromkeys(("minItems", "minLength", "uniqueItems", "oneOf"), "OpenAPI"),
    **dict.fromkeys(("bad_certificate", "certificate_required"), "TLS alerts"),
    "organizationIdentifier": "X.520",
    "genericErrorResponse": "the portal's schemas",
    "minskiftesag.dk": "the portal's web pages",
    "minskiftesag.test-minskiftesag.net": "the portal's web pages",
}
# What follows these is theirs; `keyring` is a package, and a Keyring of a user's.
FOREIGN = {"html", "json", "secrets", "ssl", "logging", "attrs", "hsm", "vault", "keyring"}
# Files that are not in the house: a reader writes them, or they are made, or must not be there.
NO_FILES = {
    *("claim.py", "conftest.py", ".env"),
    *("site/", ".nox/generate/bin/portalgen", "skifteportal/__init__.py"),
}
A_FILE = re.compile(r"[\w./-]+\.(py|md|toml|yml|yaml|jinja|json|txt)|[\w.-]+/[\w./-]*|\.env")
A_SUFFIX = re.compile(r"\.(p12|json|yaml|txt|zip)")
A_HOST = re.compile(r"([\w-]+\.)+(dk|net)")
A_VARIABLE = re.compile(r"[A-Z0-9]+(_[A-Z0-9]+)+")
A_HEADER = re.compile(r"([A-Z][a-z]*-)+[A-Z][a-z]+(: \S+)?")
A_CODE = re.compile(r"(doedsbo|handling|sag)\.f\d+")
A_PACKAGE = re.compile(r"(skifteportal-[a-z-]+)(?:\[(\w+)\])?")
A_SECTION = re.compile(r"\[[\w.]+\]")


def unknown_names(shown: Mapping[str, Shown]) -> list[str]:
    """Say which names on pages are nobody's.

    Args:
        shown: The pages.
    """
    words = [(page, word) for page, code in shown.items() for word in dict.fromkeys(code.words)]
    return [f"{page}: {word}: {problem}" for page, word in words for problem in _problems(word)]


@cache
def _problems(word: str) -> tuple[str, ...]:
    word = " ".join(word.split())
    if word in OTHERS or A_SUFFIX.fullmatch(word) or A_SECTION.fullmatch(word):
        return ()
    if A_CODE.fullmatch(word):
        return () if word in _codes() else ("no code of the portal's",)
    if A_VARIABLE.fullmatch(word) or A_HOST.fullmatch(word) or A_HEADER.fullmatch(word):
        return () if word in _sources() else ("it is nowhere in our sources",)
    if package := A_PACKAGE.fullmatch(word):
        return _package_problems(*package.groups())
    if A_FILE.fullmatch(word):
        return () if word in NO_FILES or _is_file(word) else ("no file of ours",)
    tree = _parsed(word)
    return () if tree is None else tuple(dict.fromkeys(_unknown(tree)))


def _package_problems(name: str, extra: str | None) -> tuple[str, ...]:
    metadata = HOUSE / "packages" / name / "pyproject.toml"
    if not metadata.exists():
        return ("no package of ours",)
    extras = tomllib.loads(metadata.read_text("utf-8"))["project"].get("optional-dependencies", {})
    return () if extra is None or extra in extras else ("no extra of that package",)


def _is_file(word: str) -> bool:
    end = "/" + word.strip("/").removeprefix("./")
    return any(path.endswith(end) or f"{end}/" in path for path in _files())


def _parsed(word: str) -> ast.Module | None:
    """Read a piece of code, with what is left out of it; None if it is no Python or plainly a word."""
    text = re.sub(r"^\.", "it.", word.replace("…", "..."))
    text = re.sub(r"=$", "=...", text)
    if re.match(r"[a-z_]+=", text):
        text = f"any_call({text})"
    for attempt in (text, f"{text}: pass", f"async def f():\n {text}: pass"):
        try:
            tree = ast.parse(attempt)
        except SyntaxError:
            continue
        body = tree.body[0] if len(tree.body) == 1 else None
        if isinstance(body, ast.Expr) and isinstance(body.value, ast.Name):
            # A word alone is a name of Python's only if it looks like one.
            return tree if re.search(r"[A-Z][a-z]|_", body.value.id) else None
        return tree
    return None


def _unknown(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield from _attribute_problems(node)
        elif isinstance(node, ast.Call):
            yield from _call_problems(node)
        elif isinstance(node, ast.Name) and re.match(r"(Async)?[A-Z][a-z]", node.id):
            yield from _missing(node.id)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Name):
            yield from _missing(node.value.id)


def _missing(name: str) -> Iterator[str]:
    known = name in our_names().all or name in OTHERS or hasattr(builtins, name)
    # What is lower-case may be a word of a protocol that our sources speak, or a session of nox.
    if not known and (re.match("[A-Z][a-z]", name) or not re.search(rf"\b{name}\b", _sources())):
        yield f"nothing is called {name}"


def _attribute_problems(node: ast.Attribute) -> Iterator[str]:
    names, path = our_names(), ast.unparse(node)
    root = path.split(".")[0]
    if root == "skifteportal" and re.fullmatch(r"[\w.]+", path):
        yield from _import_problems(path)
    elif root in names.members and isinstance(node.value, ast.Name):
        if not names.has(root, node.attr):
            yield f"{root} has no {node.attr}"
    elif root not in FOREIGN:
        yield from _missing(node.attr)


def _import_problems(path: str) -> Iterator[str]:
    found: object = None
    for name in path.split(".")[1:]:
        if hasattr(found, name):
            found = getattr(found, name)
            continue
        try:
            found = import_module(f"{getattr(found, '__name__', 'skifteportal')}.{name}")
        except ImportError:
            yield f"there is no {path}"
            return


def _call_problems(node: ast.Call) -> Iterator[str]:
    callee = ast.unparse(node.func).split(".")
    if callee[0] in FOREIGN or callee == ["any_call"]:
        taken = callee[0] in FOREIGN
        for keyword in node.keywords:
            if not taken and keyword.arg not in our_names().all | OTHERS.keys():
                yield f"nothing takes {keyword.arg}"
        return
    if isinstance(node.func, ast.Name) and callee[0] not in our_names().all | OTHERS.keys():
        yield f"nothing is called {callee[0]}"
    for keyword in node.keywords:
        if keyword.arg not in OTHERS and not our_names().takes(callee[-1], keyword.arg or "**"):
            yield f"{callee[-1]} takes no {keyword.arg}"


@cache
def _codes() -> frozenset[str]:
    catalogue = Catalogue.load(Checkout(HOUSE))
    return frozenset(code.code.raw for name in catalogue.files for code in catalogue.file(name))


@cache
def _sources() -> str:
    files = [HOUSE / "noxfile.py", HOUSE / "specs/portal.toml", *HOUSE.glob("specs/errors/*")]
    for pattern in ("packages/*/src/**/*.py", "generator/src/**/*.py", "integration-tests/**/*.py"):
        files += HOUSE.glob(pattern)
    return "\n".join(path.read_text("utf-8") for path in files)


@cache
def _files() -> frozenset[str]:
    """Each file's path, behind a slash."""
    found = (path.relative_to(HOUSE) for path in HOUSE.rglob("*") if path.is_file())
    left_out = {".git", ".nox", "site", "node_modules", "__pycache__"}
    return frozenset(f"/{path.as_posix()}" for path in found if not left_out & {*path.parts})
