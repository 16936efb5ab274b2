"""What a state file keeps over restarts, and what it does not; and that nothing acknowledged is lost by a kill."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import PortalError
from skifteportal.doedsbojournal import DoedsbojournalClient
from skifteportal.doedsbojournal.models import DoedsbojournalQuery, KravInput
from skifteportal.sandbox.control.client import ControlClient

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITERS = 4
ENOUGH = 40
PROGRAM = (sys.executable, "-c", "from skifteportal.sandbox.cli import main; main()")
COMMAND = (*PROGRAM, "up")
SERIAL = "UI:DK-O:G:46e7b1ab-6f3a-4a3b-9c55-000000000009"
CASE = "ddf07fc5-d4af-43b0-9d55-44637c1fb2a8"
PROFILE = "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f3001"
PORTS = [word for role in ("sysauth", "auth", "api", "control") for word in (f"--port-{role}", "0")]


@contextlib.contextmanager
def started(folder: Path, state: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Run a sandbox in a process of its own until the block ends."""
    options = ["--folder", str(folder), "--state", str(state), "--format", "json"]
    process = subprocess.Popen([*COMMAND, *options, *PORTS], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process, Path(json.loads(process.stdout.readline())["env_file"])
    finally:
        process.kill()
        process.wait(10)
        process.stdout.close()


def told(env_file: Path, *command: str) -> Any:
    """Give the running sandbox a command, and return what it says."""
    arguments = [*PROGRAM, *command, "--folder", str(env_file.parent), "--format", "json"]
    done = subprocess.run(arguments, check=True, capture_output=True, text=True, timeout=60)
    return json.loads(done.stdout)


def shown(env_file: Path) -> dict[str, Any]:
    """What the running sandbox says of everything that was decided by commands."""
    ask = ControlClient(env_file.parent).call
    info = ask("GET", "/_sandbox/info")
    certificates = ask("GET", "/_sandbox/certificates")["certificates"]
    return {
        "time": info["time"][:10],
        "frozen": info["frozen"],
        "limit": info["limit"],
        "failures": info["failures"],
        "keep_bodies": info["keep_bodies"],
        "journal": [one["operation"] for one in ask("GET", "/_sandbox/journal")["entries"]],
        "revoked": [one["name"] for one in certificates if one["revoked"]],
        "companies": "90000001" in ask("GET", "/_sandbox/companies")["companies"],
        "clients": ask("GET", "/_sandbox/clients")["clients"],
        "profiles": {
            one["id"]: [each for each in one["participants"] if each["certificate"] == SERIAL]
            for one in ask("GET", "/_sandbox/profiles")["profiles"]
        },
    }


def client(env_file: Path) -> DoedsbojournalClient:
    return DoedsbojournalClient(
        ClientSecretCredential.from_env_file(env_file).direct(), max_retries=0
    )


def query(env_file: Path) -> DoedsbojournalQuery:
    lines = env_file.read_text().splitlines()
    return DoedsbojournalQuery(
        cpr_nummer=next(one for one in lines if one.startswith("EXAMPLE_CPR=")).split("=")[1]
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept") / "folder"


@pytest.fixture
def places(folder: Path, tmp_path: Path) -> tuple[Path, Path]:
    return folder, tmp_path / "portal.db"


def test_nothing_acknowledged_is_lost_by_a_kill_in_the_middle_of_writing(
    places: tuple[Path, Path],
) -> None:
    acknowledged: dict[str, Decimal] = {}
    enough = threading.Event()
    with started(*places) as (process, env_file), client(env_file) as portal:
        estate = portal.search_bo(query(env_file)).first()
        assert estate is not None

        def write(number: int) -> None:
            with client(env_file) as own, contextlib.suppress(PortalError):
                for step in range(10_000):
                    amount = Decimal(number * 10_000 + step + 1)
                    made = own.add_krav(estate.id, KravInput(beloeb=amount, endeligt=True))
                    acknowledged[made.id] = amount
                    if len(acknowledged) >= ENOUGH:
                        enough.set()

        writers = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
        for writer in writers:
            writer.start()
        assert enough.wait(60)
        process.kill()  # SIGKILL, while the writers write
        for writer in writers:
            writer.join(60)
    with started(*places) as (_, env_file), client(env_file) as portal:
        kept = {krav.id: krav.beloeb for krav in portal.get_all_krav(estate.id)}
    assert len(acknowledged) >= ENOUGH
    assert {name: kept.get(name) for name in acknowledged} == acknowledged
    assert len(kept) - len(acknowledged) <= WRITERS  # what was kept, and nobody was told any more


@pytest.mark.parametrize(
    ("shared", "problem"),
    [("folder", "another sandbox runs in it"), ("state", "another sandbox has it open")],
)
def test_a_second_sandbox_is_turned_away(
    places: tuple[Path, Path], tmp_path: Path, shared: str, problem: str
) -> None:
    other = tmp_path / "other"
    with started(*places):
        env = (places[0] / ".env").read_text()
        folder = places[0] if shared == "folder" else other
        options = ["--folder", str(folder), "--state", str(places[1]), *PORTS]
        second = subprocess.run(
            [*COMMAND, *options], check=False, capture_output=True, text=True, timeout=60
        )
        assert (places[0] / ".env").read_text() == env
    assert second.returncode == 2
    assert problem in second.stderr


def test_what_was_decided_is_kept_and_what_was_planned_for_this_run_is_not(
    places: tuple[Path, Path],
) -> None:
    with started(*places) as (_, env_file):
        first = shown(env_file)
        token = ClientSecretCredential.from_env_file(env_file).direct()
        with DoedsbojournalClient(token, max_retries=0) as portal:
            assert portal.search_bo(query(env_file)).first() is not None
            told(env_file, "forget-tokens")
            told(env_file, "clock", "freeze", "2026-03-01")
            told(env_file, "revoke", "anden_anmelder.p12")
            told(env_file, "unregister", "90000001")
            told(env_file, "client", "revoke", "skifteportal-sandbox")
            told(env_file, "profile", "invite", PROFILE, SERIAL, "--case", CASE)
        told(env_file, "limit", "5/s")
        told(env_file, "fail", "addKrav", "--status", "503")
        told(env_file, "journal", "--keep-bodies")
        before = shown(env_file)
    decided = {
        "time": "2026-03-01",
        "frozen": True,
        "revoked": ["anden_anmelder.p12", "tilbagekaldt.p12"],
        "companies": False,
        "clients": [one for one in first["clients"] if one != "skifteportal-sandbox"],
        "profiles": {
            **first["profiles"],
            PROFILE: [{"certificate": SERIAL, "cases": [CASE]}],
        },
    }
    planned = {"limit", "failures", "keep_bodies", "journal"}
    assert {name: before[name] for name in decided} == decided
    assert all(before[name] != first[name] for name in {*decided, *planned})
    with started(*places) as (_, env_file):  # it was killed
        after = shown(env_file)
        assert {name: after[name] for name in decided} == decided
        assert {name: after[name] for name in planned} == {name: first[name] for name in planned}
        told(env_file, "reset")
        assert shown(env_file) == first
    with started(*places) as (_, env_file):
        assert shown(env_file) == first


def test_a_clock_that_runs_ahead_goes_on_running_ahead(places: tuple[Path, Path]) -> None:
    with started(*places) as (_, env_file):
        now = datetime.fromisoformat(told(env_file, "clock", "show")["time"][:19])
        told(env_file, "clock", "advance", "8w")
    with started(*places) as (_, env_file):
        later = told(env_file, "clock", "show")
        assert datetime.fromisoformat(later["time"][:19]) - now >= timedelta(weeks=8)
        assert not later["frozen"]
        told(env_file, "clock", "release")
    with started(*places) as (_, env_file):
        released = datetime.fromisoformat(told(env_file, "clock", "show")["time"][:19])
        assert released - now < timedelta(weeks=1)
