"""Each client's wheel, installed alone into an empty environment, as a user installs it.

Usage: ``installed_alone.py WHEELS API…``, where WHEELS is a folder with the wheels of all packages. For each API it
makes a virtual environment, installs the client and what it depends on, checks metadata and import, then adds the
login and the sandbox and runs the package's example against it. Run it with ``nox -s packages``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).parent
CHECK = """
import importlib.metadata as metadata, importlib.util, sys
api = sys.argv[1]
distribution = f"skifteportal-{api}"
__import__(f"skifteportal.{api.replace('-', '_')}")
assert importlib.util.find_spec("cryptography") is None, "cryptography is installed"
loaded = [name for name in sys.modules if ".models." in name]
assert not loaded, f"models were loaded: {loaded}"
about = metadata.metadata(distribution)
assert about["Name"] == distribution and about["License-Expression"] == "MIT", about
assert about["Description"] and about["Requires-Python"] == ">=3.11", about
files = {str(file) for file in metadata.files(distribution)}
assert any(file.endswith("py.typed") for file in files), files
assert any(file.endswith("licenses/LICENSE") for file in files), files
print(f"{distribution} {about['Version']}: installed alone, imported, no cryptography, no model loaded")
"""


def main(wheels: Path, apis: list[str]) -> None:
    """Try each client."""
    for api in apis:
        with tempfile.TemporaryDirectory() as temporary:
            home = Path(temporary)
            venv.create(home / "venv", with_pip=True)
            python = home / "venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"

            def pip(*arguments: str | Path, python: Path = python) -> None:
                command = [python, "-m", "pip", "install", "--quiet", *map(str, arguments)]
                subprocess.run(command, check=True)

            def wheel(name: str) -> Path:
                (found,) = wheels.glob(f"skifteportal_{name.replace('-', '_')}-[0-9]*.whl")
                return found

            pip(wheel("core"), wheel(api))
            subprocess.run([python, "-c", CHECK, api], check=True, cwd=home)
            pip(wheel("auth"), wheel("specs"), wheel("sandbox"))
            example = HERE.parent / "specs" / api / "example.py"
            runner = HERE / "run_example.py"
            subprocess.run([python, runner, example], check=True, cwd=home)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), sys.argv[2:])
