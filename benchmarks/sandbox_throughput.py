"""Claims filed per second, beside Prism: ``python benchmarks/sandbox_throughput.py FOLDER [--install]``.

The same claim is posted over 8 kept connections to three servers, one after the other in interleaved rounds: the sandbox (TLS,
state, tokens, validation of request and answer), the sandbox with validation switched off, and Prism 5 (plain HTTP, no
state) on the same specification. Each server has one CPU and the caller another, where there are two. Targets: at least
6 times Prism, and validation costs at most 20 %.

FOLDER is where Prism's npm package is, or with ``--install`` is to be put (some 200 packages; needs Node). Where Prism
cannot be had the command says so and exits with 2: nothing was compared.
"""

import argparse
import asyncio
import contextlib
import json
import os
import shutil
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PRISM = "@stoplight/prism-cli@5.14.2"
ESTATE = "e25d84d3-7aec-4361-84da-93125cb83f08"
TARGET = f"/doedsbojournaler/{ESTATE}/krav"
BODY = json.dumps(
    {
        "beloeb": 1234.5,
        "endeligt": False,
        "opgjortdato": "2022-04-29",
        "titel": "Varmeregning",
        "beskrivelse": "Forbrug i april 2022 ifølge vedlagte faktura. " * 6,
    }
).encode()
CONNECTIONS = 8
ROUNDS = 5
SECONDS = 4.0
LEAST_RATIO = 6.0
MOST_COST = 0.20


def on_cpu(number):
    if hasattr(os, "sched_setaffinity") and len(os.sched_getaffinity(0)) > 1:
        os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[number]})


def serve(*, validate):
    """Be the sandbox: print address, token and CA, then answer until standard input ends."""
    from skifteportal.sandbox import Sandbox  # noqa: PLC0415 - only the server's process needs it
    from skifteportal.sandbox.tokens import Caller  # noqa: PLC0415
    from skifteportal.sandbox.validation import Judge  # noqa: PLC0415

    on_cpu(0)
    if not validate:
        Judge.check_body = lambda *_: None
        Judge.check_answer = lambda *_: None
    with (
        tempfile.TemporaryDirectory() as place,
        Sandbox.start(folder=Path(place) / "folder") as sandbox,
    ):
        token = sandbox.portal.access_token(Caller(company="11111111", kind="direct"))
        ca = str(sandbox.environment.ca_file)
        print(json.dumps({"url": sandbox.urls["api"], "token": token, "ca": ca}), flush=True)
        sys.stdin.read()


@contextlib.contextmanager
def our_server(mode):
    process = subprocess.Popen(
        [sys.executable, __file__, "--serve", mode],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        facts = json.loads(process.stdout.readline())
        context = ssl.create_default_context(cafile=facts["ca"])
        yield facts["url"], facts["token"], context
    finally:
        process.stdin.close()
        process.wait(30)


def prism_program(folder, *, install):
    """Return Prism's program, or None."""
    program = folder / "node_modules" / "@stoplight" / "prism-cli" / "dist" / "index.js"
    if shutil.which("node") is None:
        return None
    if not program.exists() and install and shutil.which("npm"):
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder), PRISM]
        subprocess.run(command, check=False, stdout=sys.stderr)
    return program if program.exists() else None


@contextlib.contextmanager
def prism_server(program, place):
    from skifteportal import specs  # noqa: PLC0415 - the servers' process imports nothing of it

    file = Path(place) / "doedsbojournal.json"
    file.write_text(json.dumps(specs.spec("doedsbojournal")))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        ["node", str(program), "mock", "-p", str(port), "-h", "127.0.0.1", str(file)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=lambda: on_cpu(0),  # noqa: PLW1509 - no threads yet
    )
    try:
        for line in process.stdout:
            if "is listening" in line:
                break
        drain = subprocess.Popen(["cat"], stdin=process.stdout, stdout=subprocess.DEVNULL)
        yield f"http://127.0.0.1:{port}", "token", None
    finally:
        process.kill()
        process.wait(30)
        drain.kill()
        drain.wait(30)


async def read_answer(reader):
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    status = int(head.split(" ", 2)[1])
    length = None
    for line in head.split("\r\n")[1:]:
        name, _, value = line.partition(":")
        if name.lower() == "content-length":
            length = int(value)
    if length is not None:
        await reader.readexactly(length)
        return status
    while size := int(await reader.readuntil(b"\r\n"), 16):
        await reader.readexactly(size + 2)
    await reader.readuntil(b"\r\n")
    return status


async def post(server, until, counts):
    url, token, context = server
    host, port = url.split("//")[1].split(":")
    reader, writer = await asyncio.open_connection(host, int(port), ssl=context)
    request = (
        f"POST {TARGET} HTTP/1.1\r\nHost: {host}:{port}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nAccept: application/json\r\nContent-Length: {len(BODY)}\r\n\r\n"
    ).encode() + BODY
    while time.perf_counter() < until:
        writer.write(request)
        status = await read_answer(reader)
        counts[status] = counts.get(status, 0) + 1
    writer.close()


async def rate(server):
    """Return how many claims a server took per second."""
    counts = {}
    started = time.perf_counter()
    await asyncio.gather(*(post(server, started + SECONDS, counts) for _ in range(CONNECTIONS)))
    if set(counts) != {201}:
        raise SystemExit(f"{server[0]} answered {counts}: nothing was compared")
    return counts[201] / (time.perf_counter() - started)


def main(folder, *, install):
    program = prism_program(folder, install=install)
    if program is None:
        print(
            f"Prism is not in {folder}, or there is no Node: nothing was compared. --install puts it there."
        )
        return 2
    rates = {"sandbox": [], "unvalidated": [], "prism": []}
    with (
        tempfile.TemporaryDirectory() as place,
        our_server("on") as ours,
        our_server("off") as unvalidated,
        prism_server(program, place) as prism,
    ):
        on_cpu(-1)  # now: the servers would inherit it, and share the caller's
        servers = {"sandbox": ours, "unvalidated": unvalidated, "prism": prism}
        for server in servers.values():
            asyncio.run(rate(server))  # warm
        for _ in range(ROUNDS):
            for name, server in servers.items():
                rates[name].append(asyncio.run(rate(server)))
    for name, found in rates.items():
        print(
            f"{name:12} {statistics.median(found):8,.0f} claims/s  ({min(found):,.0f} to {max(found):,.0f})"
        )
    pairs = list(zip(rates["sandbox"], rates["unvalidated"], rates["prism"], strict=True))
    ratio = statistics.median(ours / prism for ours, _, prism in pairs)
    cost = 1 - statistics.median(ours / bare for ours, bare, _ in pairs)
    print(f"sandbox / prism       {ratio:5.1f}  (target: at least {LEAST_RATIO:.1f})")
    print(f"cost of validation    {cost:5.1%}  (target: at most {MOST_COST:.0%})")
    return 0 if ratio >= LEAST_RATIO and cost <= MOST_COST else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path, nargs="?", default=Path("prism"))
    parser.add_argument("--install", action="store_true")
    parser.add_argument("--serve", choices=["on", "off"], help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        serve(validate=given.serve == "on")
    else:
        sys.exit(main(given.folder, install=given.install))
