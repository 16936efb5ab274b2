"""Two processes, 10,000 calls, one limit of 500 a second: ``python benchmarks/rate_limit.py``.

Both share a real Redis. A call is what a client does: reserve, wait as told, send; its sending is
noted by the monotonic clock, which is one for both processes. Printed are the fullest window of a
second, wherever it begins, and the whole time. Targets: 500 at most, and 21 s.
"""

import bisect
import multiprocessing
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests/support"))

from redis_server import RedisServer

from skifteportal.auth.rate_limit import PortalRateLimiter

PROCESSES, THREADS, CALLS, LIMIT = 2, 16, 10_000, 500


def worker(url, barrier, results):
    limiter = PortalRateLimiter(f"{LIMIT}/second", redis=url)
    limiter.reserve("client", "anotherOperation")  # connects
    sent = []
    share = iter(range(CALLS // PROCESSES))
    lock = threading.Lock()

    def calls():
        while True:
            with lock:
                if next(share, None) is None:
                    return
            if seconds := limiter.reserve("client", "searchBo"):
                time.sleep(seconds)
            sent.append(time.monotonic())

    threads = [threading.Thread(target=calls) for _ in range(THREADS)]
    barrier.wait()
    start = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.put((start, sent))


def fullest(moments):
    """The most moments in any second."""
    return max(bisect.bisect_left(moments, at + 1.0) - i for i, at in enumerate(moments))


def main():
    spawn = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder, RedisServer(Path(folder)) as server:
        barrier, results = spawn.Barrier(PROCESSES), spawn.Queue()
        processes = [
            spawn.Process(target=worker, args=(server.url, barrier, results))
            for _ in range(PROCESSES)
        ]
        for process in processes:
            process.start()
        noted = [results.get(timeout=120) for _ in processes]
        for process in processes:
            process.join()
    moments = sorted(moment for _, sent in noted for moment in sent)
    seconds = moments[-1] - min(start for start, _ in noted)
    print(
        f"{len(moments):,} calls, {PROCESSES} processes with {THREADS} threads each: {seconds:.2f} s"
    )
    print(f"the fullest window of 1 s held {fullest(moments)}, the limit is {LIMIT}")


if __name__ == "__main__":
    main()
