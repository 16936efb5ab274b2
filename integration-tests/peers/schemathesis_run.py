"""All twelve specs against a running sandbox, judged by schemathesis, which we did not write.

Every operation gets made-up requests over TLS, those that keep to its spec and those that break it, and calls that
follow from one another. Nothing may end in a server error or in an answer that breaks the spec; what the spec allows is
taken. The only exclusions are refusals by a business rule, and of what is not there or not the caller's (401, 403, 404, 409):
each is printed by operation and code, and a code must be one that the catalogue (specs/errors) gives the operation.

Usage: ``schemathesis_run.py [--examples N] [--seed N] [API…]``; the requests are the same each time unless a seed is given.
0: as it should be, 1: not, 2: NOT RUN, schemathesis is not here.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from skifteportal import specs
from skifteportal.sandbox import Sandbox, Settings
from skifteportal.sandbox.callers import caller_for
from skifteportal.sandbox.seed_dissolutions import EXAMPLE_PROFILE

HERE = Path(__file__).parent
FULL = 300
NOT_RUN = 2
A_DAY = 24 * 3600
# What schemathesis' own check of valid data cannot know, business rules, is in ours.
LEFT_OUT = ("positive_data_acceptance",)
GENERATED = re.compile(r"^ +([\d,]+) generated", re.MULTILINE)


class Result(NamedTuple):
    """What came of an API."""

    api: str
    cases: int
    seconds: float
    refused: Counter[tuple[str, str]]
    problems: list[str]

    @property
    def says(self) -> str:
        """The verdict in a word."""
        return "NOT passed" if self.problems else "passed"


def allowed(api: str) -> set[tuple[str, str]]:
    """The codes that the catalogue gives each operation."""
    return {
        (operation, code)
        for code, entry in specs.error_codes().items()
        if api in entry["apis"]
        for operation in entry["operations"]
    }


def uploaded(sandbox: Sandbox, token: str) -> str:
    """Put a document into the store, for calls to refer to."""
    trusted = ssl.create_default_context(cafile=sandbox.folder / "ca.pem")
    request = urllib.request.Request(
        f"{sandbox.urls['api']}/v2/dokumenter",
        data=(sandbox.folder / "faktura.pdf").read_bytes(),
        headers={
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/octet-stream",
            "Content-Disposition": 'filename="faktura.pdf"',
        },
    )
    with urllib.request.urlopen(request, context=trusted) as answer:
        return str(json.load(answer)["id"])


def judge(api: str, sandbox: Sandbox, folder: Path, *, examples: int, seed: int | None) -> Result:
    """Run schemathesis over an API."""
    sandbox.reset()
    described, refusals = folder / f"{api}.json", folder / f"{api}.refusals"
    described.write_text(json.dumps(specs.spec(api), default=str), "utf-8")
    refusals.touch()
    delegated = specs.registry()["apis"][api]["token"] == "delegated"
    caller = caller_for(sandbox.portal, profile=EXAMPLE_PROFILE if delegated else "")
    token = sandbox.portal.access_token(caller)
    document = uploaded(sandbox, token)
    started = time.perf_counter()
    done = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "run", str(described)),
            *("--url", sandbox.urls["api"], "--tls-verify", str(sandbox.folder / "ca.pem")),
            *("--header", f"Authorization: Bearer {token}"),
            *("--max-examples", str(examples)),
            *(("--generation-deterministic",) if seed is None else ("--seed", str(seed))),
            *("--continue-on-failure", "--exclude-checks", ",".join(LEFT_OUT)),
            *("--warnings", "off", "--no-color"),
        ],
        cwd=folder,
        env={
            **os.environ,
            "SCHEMATHESIS_HOOKS": "schemathesis_hooks",
            "JUDGES_REFUSALS": str(refusals),
            "JUDGES_DOCUMENT": document,
            "PYTHONPATH": str(HERE),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - started
    refused = Counter[tuple[str, str]]()
    for line in refusals.read_text("utf-8").splitlines():
        operation, code = json.loads(line)
        refused[operation, code] += 1
    problems = [] if done.returncode == 0 else [done.stdout + done.stderr]
    known = allowed(api)
    problems += [
        f"{api} {operation} answers with {code}, which the catalogue does not give it"
        for operation, code in sorted(refused)
        if (operation, code) not in known and not code.startswith("no code")
    ]
    cases = GENERATED.search(done.stdout)
    if cases is None:
        problems.append(f"{api}: schemathesis does not say how many cases it made")
    number = int(cases[1].replace(",", "")) if cases else 0
    return Result(api, number, seconds, refused, problems)


def main(arguments: list[str]) -> int:
    """Judge the APIs; print cases, exclusions and what is wrong."""
    parser = argparse.ArgumentParser(description="All specs against the sandbox.")
    parser.add_argument("--examples", type=int, default=FULL, help="cases per operation and phase")
    parser.add_argument("--seed", type=int, help="other requests for each number")
    parser.add_argument("apis", nargs="*", help="all twelve unless given")
    options = parser.parse_args(arguments)
    if find_spec("schemathesis") is None:
        print("schemathesis is not on this machine: NOT RUN, and not passed.", file=sys.stderr)
        return NOT_RUN
    results: list[Result] = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        lasting = Settings(token_seconds=A_DAY)
        with Sandbox.start(folder=folder / "portal", settings=lasting) as sandbox:
            for api in options.apis or specs.apis():
                result = judge(api, sandbox, folder, examples=options.examples, seed=options.seed)
                print(f"{result.says:10} {api:38} {result.cases:6} cases {result.seconds:6.1f} s")
                results.append(result)
    print(f"{sum(result.cases for result in results)} cases in all\n")
    print("Refused by a business rule though the spec allows it:")
    for result in results:
        for (operation, code), times in sorted(result.refused.items()):
            print(f"  {result.api:38} {operation:28} {code:58} {times:5} times")
    problems = [problem for result in results for problem in result.problems]
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
