"""The command as a whole: its help, its version, and what it says without click."""

import subprocess
import sys

import pytest

from skifteportal.auth import cli
from skifteportal.core.errors import ConfigurationError


@pytest.fixture
def without_click(monkeypatch):
    monkeypatch.setitem(sys.modules, "skifteportal.auth.cli._group", None)
    for name in [name for name in sys.modules if name.startswith("skifteportal.auth.cli.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "click", None)


def test_help_says_how_to_begin_and_what_exit_codes_mean(run):
    ran = run("--help")
    assert ran.exit_code == 0
    for words in ("skifteportal doctor --env-file", "Exit codes: 0", "--password-file"):
        assert words in ran.stdout
    for name in ("assertion", "cert", "doctor", "token"):
        assert f"\n  {name} " in ran.stdout


@pytest.mark.parametrize("name", [["doctor"], ["token"], ["assertion"], ["cert", "show"]])
def test_each_command_has_examples_and_takes_no_secret_as_an_argument(run, name):
    ran = run(*name, "--help")
    assert f"skifteportal {' '.join(name)} " in ran.stdout.partition("Examples:")[2]
    assert "--password-file" in ran.stdout
    assert "--password " not in ran.stdout
    assert "--secret " not in ran.stdout


def test_version(run):
    assert run("--version").stdout.startswith("skifteportal, version ")


def test_without_click_it_says_what_to_install(without_click, capsys):
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert caught.value.code == 2
    assert "pip install 'skifteportal-auth[cli]'" in capsys.readouterr().err
    with pytest.raises(ConfigurationError, match="needs click"):
        cli.command()


def test_another_missing_module_is_not_taken_for_click(monkeypatch):
    monkeypatch.setitem(sys.modules, "skifteportal.auth.cli._group", None)
    with pytest.raises(ModuleNotFoundError, match="_group"):
        cli.command()


def test_the_command_runs(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["skifteportal", "--version"])
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert caught.value.code == 0
    assert capsys.readouterr().out.startswith("skifteportal, version ")


def test_the_library_does_not_import_the_command():
    script = (
        "import sys, skifteportal.auth\n"
        "print([name for name in sys.modules if 'auth.cli.' in name + '.'])"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
