"""Each wheel, installed alone into an empty environment, as a user installs it; then each client's example.

Usage: ``installed_alone.py DIST WHEELHOUSE CLIENT…``: DIST holds the wheels of all our packages, WHEELHOUSE those of
everything that they depend on, downloaded once by hash; nothing else is asked, no index either. For each package there
is one virtual environment. A client's gets the login and the sandbox too, and runs
``specs/<client>/example.py`` and ``example_async.py``.
Run it with ``nox -s packages``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).parent
BY_HAND = ("core", "auth", "specs", "sandbox")
TIMEOUT = 300  # seconds for one command; each takes a few
CHECK = """
import importlib.metadata as metadata, importlib.util, sys
name, client = sys.argv[1], sys.argv[2] == "client"
distribution = f"skifteportal-{name}"
__import__(f"skifteportal.{name.replace('-', '_')}")
if client:
    others = sorted(d.name for d in metadata.distributions() if d.name.startswith("skifteportal-"))
    assert others == sorted([distribution, "skifteportal-core"]), f"it brought {others}"
    for absent in ("cryptography", "aiohttp"):
        assert importlib.util.find_spec(absent) is None, f"{absent} is installed"
    loaded = [module for module in sys.modules if ".models." in module]
    assert not loaded, f"models were loaded: {loaded}"
assert sys.modules[f"skifteportal.{name.replace('-', '_')}"].__file__.startswith(sys.prefix)
assert metadata.version(distribution)
"""


class Environment:
    """An empty virtual environment; pip stays outside of it.

    Args:
        home: The folder to make it in.
        links: The folders to take wheels from.
    """

    def __init__(self, home: Path, links: tuple[Path, ...]) -> None:
        self._home = home
        self._links = [f"--find-links={folder}" for folder in links]
        _run(sys.executable, "-m", "venv", "--without-pip", home / "venv", cwd=home)
        scripts = "Scripts" if sys.platform == "win32" else "bin"
        self._python = home / "venv" / scripts / "python"

    def install(self, *names: str) -> None:
        """Install distributions with all that they depend on, and ask pip whether they fit together."""
        pip = (sys.executable, "-m", "pip", "--python", self._python, "--disable-pip-version-check")
        options = ("--quiet", "--no-index", "--no-compile", *self._links)
        _run(*pip, "install", *options, *(f"skifteportal-{name}" for name in names), cwd=self._home)
        _run(*pip, "check", cwd=self._home)

    def run(self, *arguments: str | Path) -> None:
        """Run its Python; the folder is no checkout, so that only what is installed is found."""
        _run(self._python, "-I", *arguments, cwd=self._home)


def _run(*command: str | Path, cwd: Path) -> None:
    done = subprocess.run(
        command, cwd=cwd, check=False, capture_output=True, text=True, timeout=TIMEOUT
    )
    if done.returncode:
        raise RuntimeError(f"exit code {done.returncode}\n{done.stdout}\n{done.stderr}")


def try_alone(name: str, links: tuple[Path, ...], *, client: bool) -> str:
    """Install a package alone and import it; run its example if it is a client's.

    Returns:
        What held, in a few words.

    Raises:
        RuntimeError: Something did not.
    """
    with tempfile.TemporaryDirectory() as temporary:
        environment = Environment(Path(temporary), links)
        environment.install(name)
        environment.run("-c", CHECK, name, "client" if client else "ours")
        if not client:
            return "installed alone, imported"
        environment.install("auth", "sandbox")
        spec = HERE.parent / "specs" / name
        environment.run(HERE / "run_example.py", spec / "example.py", spec / "example_async.py")
        return "installed alone, imported without cryptography and models; both examples ran"


def main(links: tuple[Path, ...], clients: list[str]) -> int:
    """Try every package, two at a time; the exit code."""
    failed = 0
    with ThreadPoolExecutor(2) as pool:
        tries = {
            name: pool.submit(try_alone, name, links, client=name not in BY_HAND)
            for name in (*BY_HAND, *clients)
        }
        for name, result in tries.items():
            try:
                said = result.result()
            except (RuntimeError, subprocess.TimeoutExpired) as error:
                failed, said = failed + 1, f"FAILED: {error}"
            print(f"skifteportal-{name}: {said}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    folders = (Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
    sys.exit(main(folders, sys.argv[3:]))
