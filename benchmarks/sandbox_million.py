"""A million claims in one estate: ``python benchmarks/sandbox_million.py [claims]``.

Each step runs in the sandbox's own process, through the API: searching for the estate, and pages of 100 claims from the
beginning, the middle and the end of the list. Targets: memory at most 1.5 GB in all (the peak, which includes loading),
and the last page at most twice the first one's time. With plain dicts a million claims took 2.9 GB.
"""

import json
import resource
import statistics
import sys
import time

from skifteportal.sandbox import Portal, Request
from skifteportal.sandbox.tokens import Caller

CLAIMS = 1_000_000
SIZE = 100
CALLS = 31
MOST_BYTES = 1_500_000_000
MOST_RATIO = 2.0
FILER = Caller(company="11111111", kind="direct")


def peak():
    """Return the most memory that the process had, bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def seconds(run):
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


class Inside:
    """Calls the portal without sockets."""

    def __init__(self, portal):
        self.portal = portal
        self.headers = (
            ("Authorization", f"Bearer {portal.access_token(FILER)}"),
            ("Content-Type", "application/json"),
        )

    def __call__(self, method, target, body=b""):
        request = Request(role="api", method=method, target=target, headers=self.headers, body=body)
        answer = self.portal.handle(request)
        assert answer.status == 200, answer.body
        return answer


def main(claims):
    portal = None

    def start():
        nonlocal portal
        portal = Portal(clients=[], issuer="https://sysauth.example")

    rows = [("start", seconds(start))]
    rows.append(("load", seconds(lambda: portal.memory.seed(claims=claims))))
    with portal.transaction() as world:
        estate = world.store.estates.all()[-1]
        identifier, cpr = estate.id, estate.cpr
    call = Inside(portal)
    query = json.dumps({"cprNummer": cpr}).encode()
    last = (claims - 1) // SIZE
    steps = {
        "search": lambda: call("POST", "/doedsbojournaler", query),
        **{
            name: lambda number=number: call(
                "GET", f"/doedsbojournaler/{identifier}/krav?size={SIZE}&page={number}"
            )
            for name, number in (
                ("first page", 0),
                ("middle page", last // 2),
                ("last page", last),
            )
        },
    }
    taken = {name: [] for name in steps}
    for _ in range(CALLS):  # interleaved, since the machine's speed drifts
        for name, step in steps.items():
            taken[name].append(seconds(step))
    rows += [(name, statistics.median(times)) for name, times in taken.items()]
    for name, time_taken in rows:
        print(f"{name:12} {time_taken * 1000:12.2f} ms")
    ratio = dict(rows)["last page"] / dict(rows)["first page"]
    print(f"last page / first page  {ratio:.2f}  (target: at most {MOST_RATIO:.2f})")
    print(
        f"peak memory             {peak() / 1e6:,.0f} MB  (target: at most {MOST_BYTES / 1e6:,.0f} MB)"
    )
    return 0 if ratio <= MOST_RATIO and peak() <= MOST_BYTES else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS))
