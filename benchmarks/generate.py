"""How long generating and taking in take, beside openapi-python-client's command line.

    python benchmarks/generate.py [rounds]

Ours is one run of ``portalgen generate`` in an empty checkout, then one when nothing has changed.
Theirs is a run of its command for each spec, with its own settings and post hooks (ruff, as ours).
Then ours is one run of ``portalgen intake`` with a changed file of one API: examined, compared, registered, and
its packages made anew; theirs is a run of its command for that file.
All are processes of their own; they take turns, and the median of the rounds' ratios is printed, of
processor time and of wall time. Targets: 0.20 with changes, 0.05 without, 1.40 for what is taken in. A first
round, which is not counted, writes the bytecode of both.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
APIS = tomllib.loads((ROOT / "specs/portal.toml").read_text(encoding="utf-8"))["apis"]
SPECS = [ROOT / f"specs/{api}/{e['version']}-{e['provenance']}.yaml" for api, e in APIS.items()]
PROGRAMS = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
CHANGED_TARGET, UNCHANGED_TARGET, INTAKE_TARGET = 0.20, 0.05, 1.40
UPDATED = ROOT / "specs/doedsbojournal/1.4.0-reconstructed.yaml"


def measured(*commands: list[str]) -> tuple[float, float]:
    """Run commands one after the other; give their seconds of processor and of wall time."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    for command in commands:
        subprocess.run(
            [sys.executable, "-m", *command], check=True, capture_output=True, env=PROGRAMS
        )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return processor, time.perf_counter() - start


def empty_checkout(folder: Path) -> Path:
    shutil.copytree(ROOT / "specs", folder / "specs")
    shutil.copy(ROOT / "LICENSE", folder)
    return folder


def update(folder: Path) -> Path:
    """Write what the portal could send next: another version of the largest spec, with an operation renamed."""
    text = UPDATED.read_text(encoding="utf-8").replace("version: 1.4.0", "version: 1.5.0")
    path = folder / "doedsbojournal-dist-oas-version-150.yaml"
    path.write_text(text.replace("operationId: getKrav\n", "operationId: hentKrav\n"), "utf-8")
    return path


def theirs(folder: Path, specs: list[Path]) -> tuple[float, float]:
    config = folder / "config.yaml"
    # Without this it leaves uploads and downloads of PDFs out.
    config.write_text("content_type_overrides: {application/pdf: application/octet-stream}\n")
    return measured(
        *(
            [
                *("openapi_python_client", "generate", "--path", str(spec)),
                *("--config", str(config), "--meta", "none"),
                *("--output-path", str(folder / f"client_{number}")),
            ]
            for number, spec in enumerate(specs)
        )
    )


def one_round() -> tuple[tuple[float, float], ...]:
    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryDirectory() as all_of_theirs,
        tempfile.TemporaryDirectory() as one_of_theirs,
    ):
        command = ["portalgen", "--root", str(empty_checkout(Path(folder)))]
        generate, new = [*command, "generate"], update(Path(one_of_theirs))
        return (
            measured(generate),
            measured(generate),
            theirs(Path(all_of_theirs), SPECS),
            measured([*command, "intake", str(new)]),
            theirs(Path(one_of_theirs), [new]),
        )


def compared(
    rounds: list[tuple[tuple[float, float], ...]], ours: int, other: int, clock: int
) -> str:
    """Say how long ours took, and the median of its ratios to another measurement of the same round."""
    seconds = statistics.median(times[ours][clock] for times in rounds)
    ratio = statistics.median(times[ours][clock] / times[other][clock] for times in rounds)
    return f"{seconds:.2f} s, ratio {ratio:.3f}"


def main() -> None:
    with tempfile.TemporaryDirectory() as bytecode:
        PROGRAMS["PYTHONPYCACHEPREFIX"] = bytecode
        PROGRAMS.pop("PYTHONDONTWRITEBYTECODE", None)
        one_round()
        rounds = [one_round() for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 3)]
    for clock, name in enumerate(("processor", "wall     ")):
        every, one = (
            statistics.median(times[which][clock] for times in rounds) for which in (2, 4)
        )
        print(
            f"{name}: openapi-python-client {every:.2f} s; "
            f"ours {compared(rounds, 0, 2, clock)} (target {CHANGED_TARGET:.2f}); "
            f"unchanged {compared(rounds, 1, 2, clock)} (target {UNCHANGED_TARGET:.2f})"
        )
        print(
            f"{name}: openapi-python-client for one API {one:.2f} s; "
            f"our intake {compared(rounds, 3, 4, clock)} (target {INTAKE_TARGET:.2f})"
        )


if __name__ == "__main__":
    main()
