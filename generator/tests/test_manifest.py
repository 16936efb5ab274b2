"""The manifest: what a package was made from, and whether it still is what came out."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from portalgen.manifest import MANIFEST, Inputs, is_current, manifest, read_package

INPUTS = Inputs({"spec": "a"})


def put(folder, inputs=INPUTS):
    files = {"README.md": b"x"}
    (folder / "README.md").write_bytes(b"x")
    (folder / MANIFEST).write_bytes(manifest(inputs, files))


def test_it_names_inputs_tools_and_outputs(tmp_path):
    put(tmp_path)
    document = json.loads((tmp_path / MANIFEST).read_bytes())
    assert document["inputs"]["spec"] == "a"
    assert set(document["inputs"]["tools"]) == {"jinja2", "openapi-python-client", "ruff"}
    assert len(document["inputs"]["generator"]) == 64
    assert list(document["outputs"]) == ["README.md"]


def test_a_package_is_current_until_something_changes(tmp_path):
    put(tmp_path)
    assert is_current(tmp_path, INPUTS)
    assert not is_current(tmp_path, Inputs({"spec": "b"}))
    (tmp_path / "README.md").write_bytes(b"y")
    assert not is_current(tmp_path, INPUTS)


@pytest.mark.parametrize("content", [b"{", b"[]", b"{}", b"null"])
def test_a_broken_manifest_is_not_current(tmp_path, content):
    (tmp_path / MANIFEST).write_bytes(content)
    assert not is_current(tmp_path, INPUTS)


def test_what_tools_and_people_leave_is_not_the_generators(tmp_path):
    for name in (
        "src/__pycache__/a.pyc",
        "x.egg-info/b",
        "dist/a.whl",
        "changes/1.md",
        "CHANGELOG.md",
        "c.py",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    assert list(read_package(tmp_path)) == ["c.py"]


def test_the_same_inputs_give_the_same_bytes_under_any_hash_seed(shop):
    shop.spec(
        schemas={
            "krav": {
                "type": "object",
                "properties": {
                    "art": {"type": "string", "enum": ["B", "A", "C"]},
                    "beloeb": {"type": "number"},
                    "dato": {"type": "string", "format": "date"},
                    "tid": {"type": "string", "format": "date-time"},
                    "alt": {},
                },
            }
        }
    )
    trees = []
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-m", "portalgen", "--root", shop.root, "generate"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        )
        trees.append(read_package(shop.package()))
        (shop.package() / MANIFEST).unlink()
    assert trees[0] == trees[1]
