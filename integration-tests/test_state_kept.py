"""What was acknowledged is never lost: a sandbox with a state file is killed while it is being written to."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import PortalError
from skifteportal.doedsbojournal import DoedsbojournalClient
from skifteportal.doedsbojournal.models import DoedsbojournalQuery, KravInput

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITERS = 4
ENOUGH = 40
COMMAND = (sys.executable, "-c", "from skifteportal.sandbox.cli import main; main()", "up")
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


def test_a_second_sandbox_is_turned_away(places: tuple[Path, Path]) -> None:
    with started(*places):
        options = ["--folder", str(places[0]), "--state", str(places[1]), *PORTS]
        second = subprocess.run(
            [*COMMAND, *options], check=False, capture_output=True, text=True, timeout=60
        )
    assert second.returncode == 2
    assert "another sandbox has it open" in second.stderr
