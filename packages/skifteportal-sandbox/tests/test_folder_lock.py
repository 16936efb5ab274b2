import subprocess
import sys

import pytest

from skifteportal.sandbox.errors import FolderInUse
from skifteportal.sandbox.folder_lock import LOCK, FolderLock


def test_one_has_it_at_a_time(tmp_path):
    first, second = FolderLock(tmp_path), FolderLock(tmp_path)
    first.take()
    assert [file.name for file in tmp_path.iterdir()] == [LOCK]
    with pytest.raises(FolderInUse, match="another sandbox runs in it") as caught:
        second.take()
    assert caught.value.folder == tmp_path
    first.release()
    second.take()
    second.release()
    second.release()
    assert (tmp_path / LOCK).stat().st_size == 0


HOLDER = """
import sys, pathlib
from skifteportal.sandbox.folder_lock import FolderLock
lock = FolderLock(pathlib.Path(sys.argv[1]))
lock.take()
print("taken", flush=True)
sys.stdin.read()
"""


def test_a_process_that_is_killed_has_it_no_longer(tmp_path):
    lock = FolderLock(tmp_path)
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"taken\n"
        with pytest.raises(FolderInUse):
            lock.take()
        process.kill()
        process.wait(10)
        lock.take()
    lock.release()
