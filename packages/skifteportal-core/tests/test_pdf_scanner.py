"""The guarded scanner: the same answers, and a process that stays up whatever it is given."""

import asyncio
import gc
import os
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from pdf_files import BAD, GOOD, bombs, packed

from skifteportal.core import ConfigurationError, InvalidArgument
from skifteportal.core.pdf import PdfRule, PdfRules, PdfScanner, _worker, check_pdf

PLAIN = GOOD[0].data
HANG = "import sys; o = sys.stdout.buffer; o.write(bytes(7) + b'\\1.'); o.flush(); sys.stdin.read()"


@pytest.fixture(scope="session")
def scanner():
    with PdfScanner() as scanner:
        yield scanner


@pytest.fixture
def child_runs(monkeypatch):
    """Let a script be the child."""

    def use(script):
        real = _worker.subprocess.Popen
        monkeypatch.setattr(
            _worker.subprocess,
            "Popen",
            lambda _, **pipes: real([sys.executable, "-c", script], **pipes),
        )

    return use


@pytest.mark.parametrize("case", [*BAD, *GOOD], ids=lambda case: case.name)
def test_it_says_what_the_check_in_process_says(scanner, case):
    assert scanner.check(case.data) == check_pdf(case.data)


def test_it_takes_files_and_settings(scanner, tmp_path):
    path = tmp_path / "faktura.pdf"
    path.write_bytes(PLAIN)
    assert scanner.check(path) == ()
    (problem,) = scanner.check(path, settings=PdfRules(max_objects=3))
    assert problem.rule is PdfRule.TOO_COMPLEX
    with pytest.raises(InvalidArgument):
        scanner.check("faktura.pdf")


def test_the_child_is_kept_between_scans(scanner):
    scanner.check(PLAIN)
    child = scanner._worker
    scanner.check(PLAIN)
    assert scanner._worker is child


@pytest.mark.parametrize("case", bombs(), ids=lambda case: case.name)
def test_a_bomb_is_refused_and_the_next_document_is_scanned(scanner, case):
    (problem,) = scanner.check(case.data)
    assert problem.rule is case.rule
    assert scanner.check(PLAIN) == ()


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the limit is said to hold on Linux only"
)
def test_memory_is_limited_on_linux(scanner):
    scanner.check(PLAIN)
    assert scanner.memory_limited is True


def test_threads_wait_for_their_turn(scanner):
    script = next(case.data for case in BAD if case.rule is PdfRule.JAVASCRIPT)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(scanner.check, [PLAIN, script] * 20))
    assert [bool(problems) for problems in answers] == [False, True] * 20


def test_it_serves_asyncio(scanner):
    async def scan():
        return await asyncio.gather(*(asyncio.to_thread(scanner.check, PLAIN) for _ in range(5)))

    assert asyncio.run(scan()) == [()] * 5


def test_what_takes_too_long_is_refused(child_runs):
    child_runs(HANG)
    with PdfScanner(seconds=0.05) as scanner:
        (problem,) = scanner.check(PLAIN)
        assert problem.rule is PdfRule.TOO_COMPLEX
        assert (
            problem.place == "not looked through within 0.05 seconds and 838860800 bytes of memory"
        )
        assert scanner.memory_limited is False


def test_a_document_that_nobody_takes_is_refused(child_runs):
    child_runs(HANG.replace("sys.stdin.read()", "import time; time.sleep(99)"))
    with PdfScanner(seconds=0.05) as scanner:
        assert scanner.check(packed(os.urandom(300_000)))[0].rule is PdfRule.TOO_COMPLEX


@pytest.mark.parametrize("answer", ["", "o.write(b'\\xff' * 8)", "o.write(bytes(7) + b'\\2.')"])
def test_an_answer_that_is_none_is_a_refusal(child_runs, answer):
    child_runs(f"{HANG.replace('sys.stdin.read()', 'sys.stdin.buffer.read(9)')}; {answer}")
    with PdfScanner() as scanner:
        assert scanner.check(PLAIN)[0].rule is PdfRule.TOO_COMPLEX


def test_an_answer_in_the_last_moment_is_too_late(child_runs, monkeypatch):
    """The child was ended already: the answer counts as none, so that nobody asks a child that is gone."""
    child_runs(HANG)

    class Late(_worker.Timer):
        def cancel(self):
            self.function()
            super().cancel()

    with PdfScanner() as scanner:
        scanner._worker = worker = _worker.Worker(1, seconds=60)
        monkeypatch.setattr(_worker, "Timer", Late)
        monkeypatch.setattr(_worker, "read_frame", lambda *_, **__: b"[]")
        assert scanner.check(PLAIN)[0].rule is PdfRule.TOO_COMPLEX
        assert not worker.alive


def test_an_interrupted_scan_leaves_no_answer_behind(scanner, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(_worker, "read_frame", interrupt)
        with pytest.raises(KeyboardInterrupt):
            scanner.check(BAD[0].data)
    assert scanner.check(PLAIN) == ()


def test_a_child_that_was_ended_between_scans_is_replaced(scanner):
    scanner.check(PLAIN)
    scanner._worker._child.kill()
    scanner._worker._child.wait()
    assert scanner.check(PLAIN) == ()


def test_a_fork_starts_a_child_of_its_own(monkeypatch):
    with PdfScanner() as scanner:
        scanner.check(PLAIN)
        parents = scanner._worker._child
        here = os.getpid()
        with monkeypatch.context() as patch:
            patch.setattr(_worker.os, "getpid", lambda: here + 1)
            assert scanner.check(PLAIN) == ()
            assert scanner._worker._child is not parents
            assert parents.poll() is None or parents.returncode == 0  # it was let go, not killed
            scanner.close()
        parents.wait()


def test_a_closed_scanner_scans_no_more():
    scanner = PdfScanner()
    scanner.close()
    with pytest.raises(ConfigurationError, match="closed"):
        scanner.check(PLAIN)


def test_a_forgotten_scanner_ends_its_child():
    scanner = PdfScanner()
    scanner.check(PLAIN)
    child = scanner._worker._child
    del scanner
    gc.collect()
    assert child.returncode is not None


def test_a_child_that_does_not_get_ready_is_a_matter_of_set_up(child_runs):
    child_runs("")
    with PdfScanner(memory=1000) as scanner, pytest.raises(ConfigurationError, match="1000 bytes"):
        scanner.check(PLAIN)


def test_a_python_that_does_not_start_is_a_matter_of_set_up(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with PdfScanner() as scanner, pytest.raises(ConfigurationError, match=r"sys\.executable"):
        scanner.check(PLAIN)


def test_without_pikepdf_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    with (
        PdfScanner() as scanner,
        pytest.raises(ConfigurationError, match=r"skifteportal-core\[pdf\]"),
    ):
        scanner.check(PLAIN)


@pytest.mark.parametrize("options", [{"memory": 0}, {"seconds": 0}, {"start_seconds": -1}])
def test_nonsense_is_refused(options):
    with pytest.raises(InvalidArgument, match="more than 0"):
        PdfScanner(**options)


def test_the_scanner_shows_its_limits():
    assert repr(PdfScanner()) == (
        "PdfScanner(memory=838860800, seconds=10.0, start_seconds=60.0, memory_limited=None)"
    )
