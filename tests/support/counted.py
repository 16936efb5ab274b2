"""A pytest plugin that adds up what tests record under ``counted: …``, and says it at the end of a run.

    record_property("counted: example programs that ran", "synchronous")

Each value is counted; a pair of a value and a number adds the number. Workers of pytest-xdist hand in theirs with their reports.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

HEAD = "counted: "


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print a line for each thing that was counted."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties if report.when == "call" else ():
            if name.startswith(HEAD):
                kind, number = value if isinstance(value, (tuple, list)) else (value, 1)
                found[name.removeprefix(HEAD)][kind] += number
    for what, kinds in found.items():
        counts = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        terminalreporter.write_line(f"{what}: {counts}")
