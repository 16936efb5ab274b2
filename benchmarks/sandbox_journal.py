"""What the sandbox's journal costs on each call, and how long a reset takes: ``python benchmarks/sandbox_journal.py``.

The same portal in memory answers the same read, with its journal and with one that notes nothing. Rounds are interleaved
in pairs, since the machine's speed drifts; the ratio of each pair is taken and the median printed. The target is 1.02 at
most. A reset, through `Control` with the default data, takes 5 ms at most.
"""

import statistics
import time

from skifteportal.sandbox import Control, Journal, Portal, Request
from skifteportal.sandbox.tokens import Caller

ROUNDS = 101
CALLS = 100
RESETS = 50
PATH = "/doedsbojournaler/e25d84d3-7aec-4361-84da-93125cb83f08"


class NoJournal(Journal):
    def add(self, entry, request, answer):
        pass


def main():
    portal = Portal(clients=[], issuer="https://sysauth.sandbox.test")
    token = portal.access_token(Caller(company="11111111", kind="direct"))
    headers = (("Authorization", f"Bearer {token}"),)
    request = Request(role="api", method="GET", target=PATH, headers=headers)

    def seconds(journal):
        portal.journal = journal
        started = time.perf_counter()
        for _ in range(CALLS):
            assert portal.handle(request).status == 200
        return time.perf_counter() - started

    kept, none = Journal(), NoJournal()
    seconds(none)
    ratios = [seconds(kept) / seconds(none) for _ in range(ROUNDS)]
    print(f"a call with the journal / without: {statistics.median(ratios):.3f} (target 1.02)")

    control, times = Control(portal), []
    for _ in range(RESETS):
        started = time.perf_counter()
        control.reset()
        times.append((time.perf_counter() - started) * 1000)
    print(f"a reset: {statistics.median(times):.2f} ms (target 5), slowest {max(times):.2f} ms")


if __name__ == "__main__":
    main()
