"""Every operation gives each caller that has no business there what the guide gives it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from access_expected import WHO
from access_matrix import Matrix


@pytest.fixture(scope="module")
def rows():
    return list(Matrix().rows())


def test_every_operation_is_in_the_matrix(rows):
    assert len({(row.api, row.operation) for row in rows}) == len(rows) == 152
    assert all(set(row.got) == set(row.expected) == set(WHO) for row in rows)


@pytest.mark.parametrize("who", WHO)
def test_callers_get_what_the_guide_gives_them(rows, who):
    different = [
        f"{row.api} {row.operation}: {row.got[who]}, not {row.expected[who]}"
        for row in rows
        if row.got[who] != row.expected[who]
    ]
    assert different == []
