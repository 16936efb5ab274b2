"""What a kept token costs on each call beside a fixed header: ``python benchmarks/auth_call.py``.

Both sides send the same request over a mock transport; one has the Authorization header as a client
header, the other our auth, which looks at the clocks, checks the origin and is ready for a 401.
Rounds are interleaved in pairs, since the machine's speed drifts; the ratio of each pair is taken
and the median printed. The target is 1.03 at most.
"""

import asyncio
import statistics
import time

from skifteportal.auth._auth import DirectTokenAuth
from skifteportal.auth._clock import Clock
from skifteportal.auth._token import Token
from skifteportal.auth._token_source import TokenSource
from skifteportal.core import TEST, _http

ROUNDS = 101
CALLS = 300
URL = f"{TEST.api_url}/doedsbojournaler"
TRANSPORT = _http.MockTransport(lambda _: _http.Response(200))
HEADERS = {"Authorization": "Bearer token"}


def fetch():
    return Token.living(
        "token",
        life=86400,
        asked_at=time.monotonic(),
        asked_at_wall=time.time(),
        jitter=0,
    )


AUTH = DirectTokenAuth(
    TEST,
    tokens=TokenSource(fetch, endpoint=TEST.token_endpoint, clock=Clock()),
    rate_limit_key="benchmark",
)


def calls(client):
    start = time.perf_counter()
    for _ in range(CALLS):
        client.get(URL)
    return time.perf_counter() - start


async def calls_async(client):
    start = time.perf_counter()
    for _ in range(CALLS):
        await client.get(URL)
    return time.perf_counter() - start


def report(name, pairs):
    fixed = statistics.median(pair[0] for pair in pairs) / CALLS * 1e6
    ours = statistics.median(pair[1] for pair in pairs) / CALLS * 1e6
    ratio = statistics.median(ours / fixed for fixed, ours in pairs)
    print(f"{name}: fixed header {fixed:.1f} us, our auth {ours:.1f} us, ratio {ratio:.3f}")


def main():
    with (
        _http.Client(transport=TRANSPORT, headers=HEADERS) as fixed,
        _http.Client(transport=TRANSPORT, auth=AUTH) as ours,
    ):
        calls(fixed), calls(ours)
        report("sync ", [(calls(fixed), calls(ours)) for _ in range(ROUNDS)])
    asyncio.run(main_async())


async def main_async():
    async with (
        _http.AsyncClient(transport=TRANSPORT, headers=HEADERS) as fixed,
        _http.AsyncClient(transport=TRANSPORT, auth=AUTH) as ours,
    ):
        await calls_async(fixed)
        await calls_async(ours)
        pairs = [(await calls_async(fixed), await calls_async(ours)) for _ in range(ROUNDS)]
        report("async", pairs)


if __name__ == "__main__":
    main()
