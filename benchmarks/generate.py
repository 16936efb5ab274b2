"""How long all twelve packages take to generate, beside openapi-python-client's command line.

    python benchmarks/generate.py [rounds]

Ours is one run of ``portalgen generate`` in an empty checkout, then one when nothing has changed.
Theirs is a run of its command for each spec, with its own settings and post hooks (ruff, as ours).
All are processes of their own; they take turns, and the median of the rounds' ratios is printed, of
processor time and of wall time. Targets: 0.20 with changes, 0.05 without. A first round, which is not
counted, writes the bytecode of both.
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
CHANGED_TARGET, UNCHANGED_TARGET = 0.20, 0.05


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


def theirs(folder: Path) -> tuple[float, float]:
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
            for number, spec in enumerate(SPECS)
        )
    )


def one_round() -> tuple[tuple[float, float], ...]:
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as other:
        generate = ["portalgen", "--root", str(empty_checkout(Path(folder))), "generate"]
        return measured(generate), measured(generate), theirs(Path(other))


def main() -> None:
    with tempfile.TemporaryDirectory() as bytecode:
        PROGRAMS["PYTHONPYCACHEPREFIX"] = bytecode
        PROGRAMS.pop("PYTHONDONTWRITEBYTECODE", None)
        one_round()
        rounds = [one_round() for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 3)]
    for clock, name in enumerate(("processor", "wall     ")):
        changed, unchanged, tool = (
            statistics.median(times[which][clock] for times in rounds) for which in range(3)
        )
        ratios = [
            statistics.median(times[which][clock] / times[2][clock] for times in rounds)
            for which in range(2)
        ]
        print(
            f"{name}: openapi-python-client {tool:.2f} s; "
            f"ours {changed:.2f} s, ratio {ratios[0]:.3f} (target {CHANGED_TARGET:.2f}); "
            f"unchanged {unchanged:.2f} s, ratio {ratios[1]:.3f} (target {UNCHANGED_TARGET:.2f})"
        )


if __name__ == "__main__":
    main()
