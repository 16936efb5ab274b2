"""One ruff run formats everything; a source that does not parse is a template's fault."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from generator_shop import answers, one_operation, ref
from ruff import find_ruff_bin

from portalgen.formatting import format_python


def test_sources_are_formatted_by_path():
    assert format_python({"a/b.py": "x=1", "c.py": "y = [ 'æ' ]"}) == {
        "a/b.py": "x = 1\n",
        "c.py": 'y = ["æ"]\n',
    }


def test_nothing_is_formatted_without_a_run(monkeypatch):
    monkeypatch.setattr("portalgen.formatting.find_ruff_bin", None)
    assert format_python({}) == {}


@pytest.mark.parametrize("api", ["aaa", "zzz"])  # before and after skifteportal.core
@pytest.mark.parametrize(("token", "files"), [("open", []), ("direct", ["tiny"])])
def test_generated_packages_keep_the_house_rules(shop, api, token, files):
    krav = {"type": "object", "properties": {"beloeb": {"type": "number"}, "krav": ref("krav")}}
    shop.codes()
    shop.spec(
        api,
        token=token,
        errors=files,
        schemas={"krav": krav, "art": {"type": "string", "enum": ["A"]}},
        paths=one_operation(responses=answers(ref("krav"))),
    )
    shop.spec()
    shop.generate()
    rules = Path(__file__).parents[2] / "pyproject.toml"
    result = subprocess.run(
        [find_ruff_bin(), "check", "--no-cache", "--config", rules, shop.root / "packages"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout


def test_broken_source_is_named():
    with pytest.raises(RuntimeError, match=r"a\.py"):
        format_python({"a.py": "def"})
