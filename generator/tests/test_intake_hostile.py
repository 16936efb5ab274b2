"""Hostile and broken files are refused with the reason; nothing changes, runs, opens a socket or is opened."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hostile_specs import CANARY, good, hostile
from made_up_updates import small_house

SUPPORT = Path(__file__).parents[2] / "tests/support"
FILES = hostile()
_HANGS = 1200

# Takes each file in, in one process that watches itself.
WATCHED = """
import encodings.cp437, json, sys
from pathlib import Path
from click.testing import CliRunner
from portalgen.cli import main

house, inbox = Path(sys.argv[1]), Path(sys.argv[2])
def run(path, *more):
    return CliRunner().invoke(main, ["--root", str(house), "intake", str(path), *more])

# What is loaded lazily is loaded by a good file, before anything is forbidden.
control = run(inbox / "good" / "person-oas.yaml", "--dry-run")
assert control.exit_code == 0, control.output

FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "ctypes.", "urllib.",
             "compile", "exec", "import", "os.remove", "os.rename", "os.mkdir", "shutil.")
events = []
def watch(event, arguments):
    if event == "open":
        path = str(arguments[0])
        if not path.startswith((str(house), str(inbox))):
            events.append(f"open {path}")
        elif isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
            events.append(f"write {path}")
    elif event.startswith(FORBIDDEN):
        events.append(f"{event} {arguments!r:.200}")
sys.addaudithook(watch)
found = {}
for path in sorted((inbox / "hostile").iterdir()):
    events.clear()
    result = run(path)
    found[path.name] = [result.exit_code, result.output, list(events), repr(result.exception)]
print(json.dumps(found))
"""


def tree(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    root = tmp_path_factory.mktemp("hostile")
    house, inbox = root / "house", root / "inbox"
    house.mkdir()
    small_house(house, ("person", "virksomhed"))
    for folder in ("good", "hostile"):
        (inbox / folder).mkdir(parents=True)
    (inbox / "good/person-oas.yaml").write_bytes(good())
    for one in FILES:
        one.write(inbox / "hostile")
    before = tree(house)
    command = [sys.executable, "-c", WATCHED, str(house), str(inbox)]
    # A file that would keep it busy for ever is the only thing that this ends: the work itself is bounded.
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=root, timeout=_HANGS
    )
    assert done.returncode == 0, done.stderr
    assert tree(house) == before
    assert not list(root.rglob(CANARY))
    return json.loads(done.stdout)


def test_there_are_enough_of_them():
    assert len(FILES) >= 50
    assert len({one.kind for one in FILES}) >= 10
    assert len({one.file for one in FILES}) == len(FILES)


@pytest.mark.parametrize("one", FILES, ids=lambda one: f"{one.kind}: {one.name}")
def test_it_is_refused_and_touches_nothing(told, one):
    code, output, events, error = told[one.file]
    assert code in {1, 2}, (output, error)
    assert error.startswith("SystemExit"), error
    assert any(word in output for word in one.says.split("|")), output
    assert events == []
    # What it says is safe to print, and no flood.
    assert "\x1b" not in output
    assert len(output) < 20_000
