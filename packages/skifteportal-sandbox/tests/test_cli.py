import json
import os
import shutil
import signal
import subprocess
import sys
import threading

import pytest
from click.testing import CliRunner

from skifteportal.sandbox import Sandbox, cli

PORTS = [
    option for role in ("sysauth", "auth", "api", "control") for option in (f"--port-{role}", "0")
]


@pytest.fixture
def folder(sandbox_folder, running, tmp_path):
    shutil.copytree(sandbox_folder, tmp_path / "folder")
    return tmp_path / "folder"


@pytest.fixture
def run(monkeypatch):
    """Run the command in this process; it is asked to stop as soon as it waits."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def go(*arguments, stop_by=signal.SIGTERM):
        wait = threading.Event.wait

        def stopped(event, timeout=None):
            if (
                timeout is None
                and threading.current_thread() is threading.main_thread()
                and not event.is_set()
            ):
                signal.raise_signal(stop_by)
            return wait(event, 10)

        monkeypatch.setattr(threading.Event, "wait", stopped)
        result = CliRunner().invoke(cli.main, arguments)
        monkeypatch.undo()
        return result

    yield go
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_prints_where_it_is_and_stops_when_asked(run, folder, number):
    result = run("--folder", str(folder), *PORTS, stop_by=number)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "APIs             https://127.0.0.1:" in result.stdout
    assert str(folder / ".env") in result.stdout
    assert f"cd {folder} && . ./.env && curl" in result.stdout


def test_the_addresses_may_be_json(run, folder):
    result = run("--folder", str(folder), "--format", "json", *PORTS)
    printed = json.loads(result.stdout)
    addresses = {"sysauth", "auth", "api", "control", "env_file", "folder"}
    assert set(printed) == addresses | {"time", "frozen"}
    assert printed["env_file"] == str(folder / ".env")


def test_a_clock_that_the_state_file_has_moved_is_told_of(run, folder, tmp_path):
    state = tmp_path / "portal.db"
    options = ("--folder", str(folder), "--state", str(state), *PORTS)
    assert "Clock" not in run(*options).stdout
    with Sandbox.start(folder=folder, state=state) as sandbox:
        sandbox.control.freeze("2026-03-01")
    told = "Clock            2026-03-01T12:00:00.0000000Z, standing still, as the state file has it"
    assert told in run(*options).stdout
    with Sandbox.start(folder=folder, state=state) as sandbox:
        sandbox.control.run()
    shown = run(*options).stdout
    assert ("Clock            2026-03-01T12:" in shown, "still" in shown) == (True, False)


def test_a_taken_port_is_a_clear_error(run, running, folder):
    taken = running.urls["api"].rpartition(":")[2]
    result = run("--folder", str(folder), "--port-sysauth", taken)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"Error: Port {taken} (for sysauth) cannot be used")


def test_settings_may_come_from_a_file(run, folder, tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text("created_status = 200\n")
    result = run("--folder", str(folder), "--settings", str(file), *PORTS)
    assert (result.exit_code, result.stderr) == (0, "")
    file.write_text("created = 200\n")
    result = run("--folder", str(folder), "--settings", str(file), *PORTS)
    assert (result.exit_code, "created_status" in result.stderr) == (2, True)


def test_other_hosts_and_damaged_folders_are_clear_errors(run, folder):
    result = run("--folder", str(folder), "--host", "0.0.0.0")
    assert (result.exit_code, "loopback only" in result.stderr) == (2, True)
    (folder / "ca.pem").unlink()
    result = run("--folder", str(folder), *PORTS)
    assert (result.exit_code, "ca.pem is missing or damaged" in result.stderr) == (2, True)


def test_help_is_worth_reading_and_quick():
    result = CliRunner().invoke(cli.main, ["--help"])
    assert result.exit_code == 0
    for words in ("up", "reset", "codes", "settings", "Exit codes"):
        assert words in result.stdout
    result = CliRunner().invoke(cli.main, ["up", "--help"])
    assert result.exit_code == 0
    for words in ("--port-api", "8745", "Loopback", "Ctrl-C", ".env", "--format json"):
        assert words in result.stdout
    code = "import sys; from skifteportal.sandbox import cli, up_cli; sys.exit('aiohttp' in sys.modules or 'httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_command_that_is_not_there_is_wrong_usage():
    result = CliRunner().invoke(cli.main, ["nothing"])
    assert (result.exit_code, "No such command 'nothing'" in result.stderr) == (2, True)


def test_the_version_is_the_packages():
    result = CliRunner().invoke(cli.main, ["--version"])
    assert "0.1.0" in result.stdout


def test_a_process_of_its_own_stops_cleanly_on_a_signal(folder):
    command = [
        sys.executable,
        "-W",
        "error",
        "-c",
        "from skifteportal.sandbox.cli import main; main()",
    ]
    command += ["--folder", str(folder), "--format", "json", *PORTS]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert json.loads(process.stdout.readline())["api"].startswith("https://127.0.0.1:")
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (0, "")
