"""The workflows of the public repository: well-formed, with least permissions, and calling what exists."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
import yaml

HOUSE = Path(__file__).parents[1]
FOLDER = HOUSE / ".github/workflows"
WORKFLOWS = {path.name: yaml.safe_load(path.read_text("utf-8")) for path in FOLDER.iterdir()}
ACTIONS = {
    *("actions/checkout", "actions/setup-python"),
    *("actions/upload-artifact", "actions/download-artifact", "pypa/gh-action-pypi-publish"),
}
JOBS = [(name, job) for name, flow in WORKFLOWS.items() for job in flow["jobs"]]


def steps(name, job):
    return WORKFLOWS[name]["jobs"][job]["steps"]


def scripts():
    return [step["run"] for name, job in JOBS for step in steps(name, job) if "run" in step]


def test_they_are_the_ones_that_we_know():
    assert set(WORKFLOWS) == {"ci.yml", "release.yml", "spec-check.yml"}
    # YAML reads the key `on` as true.
    assert set(WORKFLOWS["ci.yml"][True]) == {"push", "pull_request"}
    assert WORKFLOWS["release.yml"][True] == {"push": {"tags": ["skifteportal-*-v*"]}}
    assert "schedule" in WORKFLOWS["spec-check.yml"][True]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_permissions_are_least(name):
    assert WORKFLOWS[name]["permissions"] == {"contents": "read"}
    beyond = {
        job: about["permissions"]
        for job, about in WORKFLOWS[name]["jobs"].items()
        if "permissions" in about
    }
    publishing = {"publish": {"id-token": "write"}}
    assert beyond == (publishing if name == "release.yml" else {})
    assert "secrets." not in (FOLDER / name).read_text("utf-8")


@pytest.mark.parametrize(("name", "job"), JOBS)
def test_a_job_ends_and_uses_what_we_know(name, job):
    about = WORKFLOWS[name]["jobs"][job]
    assert about["timeout-minutes"] <= 30
    for step in about["steps"]:
        assert ("uses" in step) != ("run" in step)
        if "uses" in step:
            action, _, version = step["uses"].partition("@")
            assert action in ACTIONS
            assert re.fullmatch(r"v\d+|release/v\d+", version)
            if action == "actions/checkout":
                assert step["with"]["persist-credentials"] is False


def test_nothing_from_outside_gets_into_a_script():
    for script in scripts():
        assert "${{" not in script, script


def test_sessions_and_files_that_are_called_exist():
    tree = ast.parse((HOUSE / "noxfile.py").read_text("utf-8"))
    sessions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    called = {name for script in scripts() for name in re.findall(r"nox -s (\w+)", script)}
    assert called <= sessions
    assert {"changelog_check", "packages", "pytest", "httpx2", "specs", "zensical"} <= called
    for file in re.findall(
        r"(?:python |^)((?:\.ci|tests|packages)/\S+)", "\n".join(scripts()), re.MULTILINE
    ):
        assert (HOUSE / file).exists(), file


def test_only_the_canary_may_fail():
    jobs = WORKFLOWS["ci.yml"]["jobs"]
    assert [name for name, job in jobs.items() if "continue-on-error" in job] == ["zensical"]


def test_what_ci_runs_builds_the_site_and_opens_it_in_a_browser():
    sessions = (HOUSE / "noxfile.py").read_text("utf-8").split("@nox.session")
    (tests,) = (session for session in sessions if "\ndef tests(" in session)
    assert 'session.run("python", "docs/build_site.py")' in tests
    script = (HOUSE / ".ci/run").read_text("utf-8")
    assert re.findall(r"^nox -s (\w+)", script, re.MULTILINE) == ["tests", "browser"]


def test_every_python_that_we_promise_is_tried():
    metadata = (HOUSE / "packages/skifteportal-core/pyproject.toml").read_text("utf-8")
    classifiers = tomllib.loads(metadata)["project"]["classifiers"]
    start = "Programming Language :: Python :: 3."
    promised = {c.rsplit(" ", 1)[1] for c in classifiers if c.startswith(start)}
    jobs = WORKFLOWS["ci.yml"]["jobs"]
    (oldest,) = (
        step["with"]["python-version"]
        for step in jobs["everything"]["steps"]
        if step.get("uses", "").startswith("actions/setup-python")
    )
    assert {oldest, *jobs["pythons"]["strategy"]["matrix"]["python"]} == promised
