"""The table of cases that a peer judges: what was expected of each, and what came."""

from __future__ import annotations

import logging
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from processes import NotRun

from skifteportal.auth import CertificateExpiresSoon
from skifteportal.core.errors import CredentialError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Cases", "main"]


class Cases:
    """Runs cases and prints one line for each."""

    def __init__(self) -> None:
        self.passed = 0
        self.failed = 0

    def check(self, name: str, expected: str, run: Callable[[], str]) -> None:
        """Run a case.

        Args:
            name: What it shows.
            expected: What is to come out: what ``run`` returns, or the name of the login's error and
                its TLS alert or OAuth code.
            run: Does it.
        """
        try:
            outcome = run()
        except CredentialError as error:
            told = getattr(error, "alert", None) or getattr(error, "code", None)
            outcome = f"{type(error).__name__} {told}" if told else type(error).__name__
        if outcome == expected:
            self.passed += 1
            print(f"  as expected  {name}: {outcome}", flush=True)
        else:
            self.failed += 1
            print(f"  DIFFERENT    {name}: {outcome!r}, expected {expected!r}", flush=True)


def main(peer: str, judge: Callable[[Path, Cases], None]) -> int:
    """Let a peer judge, in a folder that is gone afterwards.

    Args:
        peer: Its name.
        judge: Starts it and runs the cases.

    Returns:
        0 if all came as expected; 1 if not; 2 if the peer can't be had on this machine.
    """
    logging.getLogger("skifteportal").setLevel(logging.ERROR)  # each refusal is warned of
    # The expired certificate is used, under a clock that goes wrong: that it ends soon is the point.
    warnings.simplefilter("ignore", CertificateExpiresSoon)
    started, cases = time.monotonic(), Cases()
    try:
        with tempfile.TemporaryDirectory() as folder:
            judge(Path(folder), cases)
    except NotRun as error:
        print(f"{peer}: NOT RUN, and not passed: {error}", file=sys.stderr)
        return 2
    took = time.monotonic() - started
    print(f"{peer}: {cases.passed} passed, {cases.failed} failed, {took:.0f} s", flush=True)
    return 1 if cases.failed or not cases.passed else 0
