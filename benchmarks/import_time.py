"""What importing a client costs beside its libraries alone: ``python benchmarks/import_time.py [pairs]``.

Each import is made in a process of its own, which tells the processor time of the import alone; they
take turns in pairs, since the machine's speed drifts, and the median of the pairs' ratios is printed.
The libraries are what every client stands on: httpx, attrs and msgspec. Target: 1.20 for any client.

httpx imports click and rich for its own command line where they are installed, as they are beside the
generator; so there is a row for each: with them, and without, as in an environment with a client alone.
Bytecode is kept in a folder of its own, and read from there: what counts is not the first import ever.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

PORTAL = Path(__file__).parents[1] / "specs/portal.toml"
APIS = tuple(tomllib.loads(PORTAL.read_text(encoding="utf-8"))["apis"])
LIBRARIES = "import httpx, attrs, msgspec"
ALONE = "sys.modules['click'] = None"
TARGET = 1.20


def client_of(api: str, prefix: str = "") -> str:
    words = api.split("-")
    name = "".join(word.capitalize() for word in words)
    return f"from skifteportal.{'_'.join(words)} import {prefix}{name}Client"


def python(code: str, environment: dict[str, str]) -> str:
    run = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environment
    )
    return run.stdout


def seconds(what: str, environment: dict[str, str], *, before: str) -> float:
    code = (
        f"import sys, time; {before}; begin = time.process_time(); {what}; "
        "print(time.process_time() - begin)"
    )
    return float(python(code, environment))


def ratio(what: str, environment: dict[str, str], pairs: int, *, before: str) -> str:
    seconds(what, environment, before=before)  # writes the bytecode
    found = [
        (seconds(LIBRARIES, environment, before=before), seconds(what, environment, before=before))
        for _ in range(pairs)
    ]
    libraries, ours = (statistics.median(times) * 1e3 for times in zip(*found, strict=True))
    median = statistics.median(ours / libraries for libraries, ours in found)
    return f"libraries {libraries:.0f} ms, client {ours:.0f} ms, ratio {median:.3f} (target {TARGET:.2f})"


def models_loaded(what: str, environment: dict[str, str]) -> str:
    return python(
        f"import sys; {what}; print([m for m in sys.modules if '.models' in m and 'skifte' in m])",
        environment,
    ).strip()


def main() -> None:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    with tempfile.TemporaryDirectory() as bytecode:
        environment = os.environ | {"PYTHONPYCACHEPREFIX": bytecode}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        first = client_of(APIS[0])
        for name, before in (("as installed here", "pass"), ("a client alone   ", ALONE)):
            print(f"{name}: {ratio(first, environment, pairs, before=before)}")
        for api in APIS:
            for prefix in ("", "Async"):
                what = client_of(api, prefix)
                found = ratio(what, environment, pairs // 3 or 1, before=ALONE)
                print(
                    f"{what.split()[-1]}: {found}; models loaded: {models_loaded(what, environment)}"
                )


if __name__ == "__main__":
    main()
