import json

import pytest
from click.testing import CliRunner

from skifteportal.sandbox import provocations
from skifteportal.sandbox.provocations import PROVOCATIONS, Provocation
from skifteportal.sandbox.provocations.cli import codes


@pytest.fixture
def two(monkeypatch):
    """Only two entries: one that works, and one that does not."""
    good = PROVOCATIONS["doedsbo.f1"]
    bad = Provocation(
        code="doedsbo.f2", side="api", operation="searchBo", how="Nothing.", provoke=lambda _: None
    )
    monkeypatch.setattr(provocations, "PROVOCATIONS", {one.code: one for one in (good, bad)})


def run(*arguments):
    return CliRunner().invoke(codes, arguments)


def test_every_code_has_a_row():
    result = run()
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == list(PROVOCATIONS)
    first = PROVOCATIONS["doedsbo.f1"]
    assert result.stdout.splitlines()[0].split()[1:3] == ["api", "searchBo"]
    assert result.stdout.splitlines()[0].endswith(first.how)


def test_the_rows_may_be_json():
    rows = json.loads(run("--format", "json").stdout)
    assert [row["code"] for row in rows] == list(PROVOCATIONS)
    assert set(rows[0]) == {"code", "side", "operation", "how", "note"}


def test_all_come_back_when_checked():
    result = run("--check")
    count = len(PROVOCATIONS)
    assert (result.exit_code, result.stdout.count("passed  ")) == (0, count)
    assert result.stdout.endswith(f"{count} of {count} codes came back as they should.\n")


def test_one_that_does_not_come_back_fails_the_command(two):
    result = run("--check")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0].startswith("passed  doedsbo.f1")
    assert result.stdout.splitlines()[1] == (
        "FAILED  doedsbo.f2  api  searchBo  Nothing. (nothing was done)"
    )
    assert result.stdout.endswith("1 of 2 codes came back as they should.\n")


def test_a_failure_is_in_the_json_too(two):
    result = run("--check", "--format", "json")
    assert result.exit_code == 1
    assert [(row["passed"], row["problem"]) for row in json.loads(result.stdout)] == [
        (True, ""),
        (False, "nothing was done"),
    ]
