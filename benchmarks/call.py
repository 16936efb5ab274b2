"""What a call costs beside bare httpx: ``python benchmarks/call.py``.

Both sides send the same request over a mock transport and read the same small JSON answer: bare httpx with a
hand-written header and ``json.loads``, ours with retries, deadlines, typed errors and request ids on the way. Rounds
are interleaved in pairs, since the machine's speed drifts; the ratio of each pair is taken and the median printed.
The target is 1.10 at most. The generated client reads the whole krav of guide 4.3.3 into its models, where bare httpx
has ``json.loads``.
"""

import asyncio
import json
import statistics
import time

from guide_krav import krav

from skifteportal.core import TEST, AsyncClient, Client, DirectAuth, _http
from skifteportal.core.operation import Api, Operation
from skifteportal.core.shapes import ANY
from skifteportal.doedsbojournal import AsyncDoedsbojournalClient, DoedsbojournalClient

ROUNDS = 61
CALLS = 300
ID = "e25d84d3-7aec-4361-84da-93125cb83f08"
SMALL = json.dumps({"id": ID, "beloeb": 123, "endeligt": False, "slettet": False}).encode()
WHOLE = krav(0).encode()
API = Api(
    name="benchmark",
    package="skifteportal-benchmark",
    version="0.1.0",
    spec_version="1.0.0",
    spec_sha256="0" * 64,
    token="direct",
    errors="",
)
GET = Operation(
    id="getKrav", method="GET", path="/doedsbojournaler/{id}", repeatable=True, answer=ANY
)


class FixedToken(DirectAuth):
    environment = TEST
    rate_limit_key = "benchmark"

    def auth_flow(self, request):
        request.headers["Authorization"] = "Bearer token"
        yield request


class Ours(Client[DirectAuth]):
    _api = API

    def get_krav(self, krav_id):  # as the generator writes it
        return self._call(GET, (krav_id,))


class OursAsync(AsyncClient[DirectAuth]):
    _api = API

    async def get_krav(self, krav_id):
        return await self._call(GET, (krav_id,))


class Generated(DoedsbojournalClient):
    def get_krav(self, krav_id):
        return super().get_krav(krav_id, krav_id)


class GeneratedAsync(AsyncDoedsbojournalClient):
    async def get_krav(self, krav_id):
        return await super().get_krav(krav_id, krav_id)


def transport_of(body):
    def answer(_request):
        return _http.Response(
            200, headers={"Content-Type": "application/json"}, stream=_http.ByteStream(body)
        )

    return _http.MockTransport(answer)


def bare_calls(client, url):
    headers = {"Authorization": "Bearer token"}
    start = time.perf_counter()
    for _ in range(CALLS):
        json.loads(client.get(url, headers=headers).content)
    return time.perf_counter() - start


def our_calls(client):
    start = time.perf_counter()
    for _ in range(CALLS):
        client.get_krav(ID)
    return time.perf_counter() - start


async def bare_calls_async(client, url):
    headers = {"Authorization": "Bearer token"}
    start = time.perf_counter()
    for _ in range(CALLS):
        json.loads((await client.get(url, headers=headers)).content)
    return time.perf_counter() - start


async def our_calls_async(client):
    start = time.perf_counter()
    for _ in range(CALLS):
        await client.get_krav(ID)
    return time.perf_counter() - start


def report(name, pairs):
    bare = statistics.median(pair[0] for pair in pairs) / CALLS * 1e6
    ours = statistics.median(pair[1] for pair in pairs) / CALLS * 1e6
    ratio = statistics.median(ours / bare for bare, ours in pairs)
    print(f"{name}: bare httpx {bare:.1f} us, ours {ours:.1f} us, ratio {ratio:.3f}")


def compare(name, cls, path, body):
    transport = transport_of(body)
    url = f"{TEST.api_url}{path}"
    with _http.Client(transport=transport) as bare, cls(FixedToken(), transport=transport) as ours:
        bare_calls(bare, url)
        our_calls(ours)
        report(name, [(bare_calls(bare, url), our_calls(ours)) for _ in range(ROUNDS)])


async def compare_async(name, cls, path, body):
    transport = transport_of(body)
    url = f"{TEST.api_url}{path}"
    async with (
        _http.AsyncClient(transport=transport) as bare,
        cls(FixedToken(), transport=transport) as ours,
    ):
        await bare_calls_async(bare, url)
        await our_calls_async(ours)
        pairs = [
            (await bare_calls_async(bare, url), await our_calls_async(ours)) for _ in range(ROUNDS)
        ]
        report(name, pairs)


def main():
    small = (f"/doedsbojournaler/{ID}", SMALL)
    whole = (f"/doedsbojournaler/{ID}/krav/{ID}", WHOLE)
    compare("core alone, sync      ", Ours, *small)
    compare("DoedsbojournalClient  ", Generated, *whole)
    asyncio.run(compare_async("core alone, async     ", OursAsync, *small))
    asyncio.run(compare_async("AsyncDoedsbojournalClient", GeneratedAsync, *whole))


if __name__ == "__main__":
    main()
