"""One ruff run formats everything; a source that does not parse is a template's fault."""

from __future__ import annotations

import pytest

from portalgen.formatting import format_python


def test_sources_are_formatted_by_path():
    assert format_python({"a/b.py": "x=1", "c.py": "y = [ 'æ' ]"}) == {
        "a/b.py": "x = 1\n",
        "c.py": 'y = ["æ"]\n',
    }


def test_nothing_is_formatted_without_a_run(monkeypatch):
    monkeypatch.setattr("portalgen.formatting.find_ruff_bin", None)
    assert format_python({}) == {}


def test_broken_source_is_named():
    with pytest.raises(RuntimeError, match=r"a\.py"):
        format_python({"a.py": "def"})
