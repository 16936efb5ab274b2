"""A package's public surface changes only with its snapshot: who reads the diff sees what users will."""

from __future__ import annotations

import difflib

import pytest
from surface import PACKAGES, SURFACES, surface_of

HOUSE = SURFACES.parent


@pytest.mark.parametrize("package", PACKAGES)
def test_the_surface_is_the_one_that_was_reviewed(package):
    snapshot = SURFACES / f"{package}.txt"
    reviewed = snapshot.read_text("utf-8") if snapshot.exists() else ""
    found = surface_of(package, HOUSE / "packages" / package / "src")
    difference = "\n".join(
        difflib.unified_diff(
            reviewed.splitlines(), found.splitlines(), "reviewed", "in the code", "", "", 2, ""
        )
    )
    assert found == reviewed, (
        f"the public surface of {package} changed:\n\n{difference}\n\n"
        "If that is meant: `nox -s surface`, commit surfaces/ with the change, and say it in changes/."
    )


def test_every_snapshot_is_of_a_package():
    assert {path.stem for path in SURFACES.iterdir()} == set(PACKAGES)


def written(tmp_path, **modules):
    """The lines of a made-up package's surface, by module."""
    folder = tmp_path / "skifteportal/made_up"
    folder.mkdir(parents=True)
    for name, text in modules.items():
        (folder / f"{name}.py").write_text(text, "utf-8")
    surface = surface_of("skifteportal-made-up", tmp_path)
    assert str(tmp_path) not in surface
    parts = (part.rstrip().split("\n") for part in surface.split("\n\n")[1:])
    return {module: lines for module, *lines in parts}


def test_only_what_is_exported_counts(tmp_path):
    text = "__all__ = ['seen']\ndef seen() -> None: ...\ndef unseen() -> None: ...\n"
    (lines,) = written(tmp_path, __init__=text).values()
    assert lines == ["    def seen() -> None"]


def test_signatures_are_written_as_in_python(tmp_path):
    text = """
from typing import overload
__all__ = ["f", "g", "h"]
def f(a, /, b: int = 1, *rest: str, c, **more: object) -> str: ...
async def g(a: int, /) -> None: ...
@overload
def h(a: int) -> int: ...
@overload
def h(a: str, *, b=2) -> str: ...
def h(a, *, b=2): ...
"""
    (lines,) = written(tmp_path, __init__=text).values()
    assert lines == [
        "    def f(a, /, b: int = 1, *rest: str, c, **more: object) -> str",
        "    async def g(a: int, /) -> None",
        "    @overload",
        "    def h(a: int) -> int",
        "    @overload",
        "    def h(a: str, *, b=2) -> str",
        "    def h(a, *, b=2)",
    ]


def test_a_class_shows_its_public_members_and_those_of_hidden_bases(tmp_path):
    base = """
class Hidden:
    def given(self) -> int: ...
    def overridden(self) -> int: ...
"""
    text = """
import attrs
from typing_extensions import override
from skifteportal.made_up.base import Hidden
__all__ = ["FROZEN", "Name", "Shown"]
Name = str | None
FROZEN = "a value may change"
@attrs.frozen
class Shown(Hidden):
    a: int
    b: int = 3
    c: list[int] = attrs.field(factory=list)
    d: str = attrs.field(default="x", repr=False)
    e: str = attrs.field(repr=False)
    _private: int = 1
    def __enter__(self) -> None: ...
    def __repr__(self) -> str: ...
    @override
    def overridden(self) -> bool: ...
    @property
    def p(self) -> int: ...
"""
    (lines,) = written(tmp_path, __init__=text, base=base).values()
    assert lines == [
        "    FROZEN",
        "    Name = str | None",
        "    @attrs.frozen",
        "    class Shown(Hidden)",
        "        def __enter__(self) -> None",
        "        a: int",
        "        b: int = 3",
        "        c: list[int] = …",
        "        d: str = 'x'",
        "        e: str",
        "        def given(self) -> int",
        "        def overridden(self) -> bool",
        "        p: int (property)",
    ]


def test_what_a_constructor_sets_is_named_without_the_how(tmp_path):
    text = "__all__ = ['A']\nclass A:\n    def __init__(self, a: int) -> None:\n        self.a = a + 1\n"
    (lines,) = written(tmp_path, __init__=text).values()
    assert lines == ["    class A", "        def __init__(self, a: int) -> None", "        a"]


def test_models_follow_the_face_and_nothing_is_shown_twice(tmp_path):
    models = "__all__ = ['A', 'B']\nclass A: ...\nclass B:\n    x: int\n"
    face = "from skifteportal.made_up import models\nfrom skifteportal.made_up.models import A\n__all__ = ['A', 'models']\n"
    assert written(
        tmp_path, __init__=face, models=models, other="__all__ = ['C']\nclass C: ..."
    ) == {
        "module skifteportal.made_up": ["    class A"],
        "module skifteportal.made_up.models": ["    class B", "        x: int"],
    }
