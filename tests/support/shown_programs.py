"""Every page that we publish, and where the Python on it comes from: a program that runs, or a passage of one."""

from __future__ import annotations

import ast
import re
import tempfile
import textwrap
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from page_code import INDENTED, Block, Shown, code_of

from portalgen.checkout import Checkout
from sitepages import WRITTEN, write_pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HOUSE = Path(__file__).parents[2]
NO_PAGES = {"site", "dist", "build", "node_modules"}
# What runs: programs that the site includes, and tests, of which CONTRIBUTING shows passages.
PROGRAMS = (*sorted(HOUSE.glob("specs/*/example*.py")), *sorted(HOUSE.glob("docs/examples/*.py")))
TESTS = tuple(sorted(HOUSE.glob("tests/*/*.py")))
LEVELS = ("", "    ", "        ")
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
INDENTED_BLOCK = re.compile(r"(?<=\n\n)(?:(?: {4,}.*)?\n)+(?: {4,}.*)?|(?<=\n\n)(?: {4,}.*)\Z")
CODE = re.compile(
    r"^(\w+ = \w|import \w|from [\w.]+ import |(async )?(with|for|def) .*:|[\w.]+\(.*\)$)",
    re.MULTILINE,
)
LOOKS_LIKE_PYTHON = re.compile(
    r"^(import \w|from [\w.]+ import |def \w|async def \w|class \w+[(:])"
)


@cache
def pages() -> Mapping[str, Shown]:
    """What each page shows of code: those by hand, and those that the site's build writes, by their path."""
    found = {str(path.relative_to(HOUSE)): code_of(path) for path in hand_written()}
    with tempfile.TemporaryDirectory() as folder:
        write_pages(Checkout(HOUSE), Path(folder))
        for path in sorted(Path(folder).rglob("*.md")):
            found[f"docs/{path.relative_to(folder)} (written)"] = code_of(path)
    return found


def hand_written(below: str = ".") -> Iterator[Path]:
    """Yield the pages that the site's build does not write.

    Args:
        below: A folder of the house.
    """
    for path in sorted((HOUSE / below).rglob("*.md")):
        inside = path.relative_to(HOUSE)
        hidden = any(part.startswith(".") or part in NO_PAGES for part in inside.parts)
        below = inside.relative_to("docs").as_posix() if inside.parts[0] == "docs" else ""
        written = any(fnmatch(below, p) or fnmatch(below, f"{p}/*") for p in WRITTEN)
        if not hidden and not written:
            yield path


def in_docstrings() -> Mapping[str, str]:
    """Give each piece of Python in a docstring of a package by hand, by where it stands; the site's reference shows it."""
    found: dict[str, str] = {}
    for name in ("core", "auth", "sandbox"):
        for path in sorted((HOUSE / f"packages/skifteportal-{name}/src").rglob("*.py")):
            for node in ast.walk(ast.parse(_text(path))):
                docstring = ast.get_docstring(node) if isinstance(node, DOCUMENTED) else None
                for number, block in enumerate(INDENTED_BLOCK.findall(docstring or "")):
                    text = textwrap.dedent(block).strip() + "\n"
                    if CODE.search(text):
                        place = f"{path.relative_to(HOUSE)} {getattr(node, 'name', '')} {number}"
                        found[place] = text
    return found


def is_python(block: Block) -> bool:
    """Whether a block is Python, or is not said to be and looks so."""
    if block.language == INDENTED:
        return any(LOOKS_LIKE_PYTHON.match(line) for line in block.text.splitlines())
    return block.language in {"python", "py", "python3", "pycon"}


@cache
def home_of(text: str) -> Path | None:
    """The program whose text it is, or the first that holds it as a passage; None if there is none."""
    for path in (*PROGRAMS, *TESTS):
        if _text(path).strip() == text.strip():
            return path
    for path in (*PROGRAMS, *TESTS):
        if any(f"\n{textwrap.indent(text, level)}" in f"\n{_text(path)}" for level in LEVELS):
            return path
    return None


@cache
def _text(path: Path) -> str:
    return path.read_text("utf-8")


def strangers(shown: Mapping[str, Shown]) -> list[str]:
    """Name the Python on pages that is no program which runs.

    Args:
        shown: The pages.
    """
    return [
        f"{page}: {block.text.splitlines()[0]}"
        for page, code in shown.items()
        for block in code.blocks
        if is_python(block) and home_of(block.text) is None
    ]
