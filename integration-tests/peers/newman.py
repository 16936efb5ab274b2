"""Postman's own runner: sends requests of our collections, and keeps the environment that their scripts fill."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["Newman", "Sent", "read_json"]

SECONDS = 120


class Sent(NamedTuple):
    """A request that was sent.

    Attributes:
        name: The operation, or what the login's request is called.
        status: The answer's status; 0 if none came.
        code: The portal's code in it; empty if there is none.
    """

    name: str
    status: int
    code: str

    def __str__(self) -> str:
        return " ".join(part for part in (str(self.status), self.code) if part)


class Newman:
    """Newman, with what a user types in.

    Args:
        modules: Where npm has installed it.
        folder: Where the collections and the environment are.
        arguments: Certificate, roots, and the environment's values that are secret.
    """

    def __init__(self, modules: Path, folder: Path, arguments: Sequence[str]) -> None:
        self._program = modules / "newman/bin/newman.js"
        self._folder = folder
        self._arguments = arguments

    def send(self, api: str, names: Sequence[str], *, files: Path) -> list[Sent]:
        """Send some requests of a collection, in its order.

        Args:
            api: The API whose collection it is.
            names: Requests by their operations or names, or folders.
            files: The folder with the files that are uploaded.

        Raises:
            RuntimeError: Newman ended without a result.
        """
        collection = self._folder / f"{api}.postman_collection.json"
        environment = self._folder / "sandbox.postman_environment.json"
        titles = {
            one["name"].split(":")[0]: one["name"]
            for part in read_json(collection)["item"]
            for one in part["item"]
        }
        result = self._folder / "result.json"
        result.unlink(missing_ok=True)
        command = [
            *("node", str(self._program), "run", str(collection), "-e", str(environment)),
            *("--export-environment", str(environment), "--working-dir", str(files)),
            *self._arguments,
            *(part for name in names for part in ("--folder", titles.get(name, name))),
            *("--reporters", "json", "--reporter-json-export", str(result)),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)
        if not result.exists():
            raise RuntimeError(f"newman ended with {done.returncode}: {done.stderr}")
        return [_sent(one) for one in read_json(result)["run"]["executions"]]


def _sent(execution: dict[str, Any]) -> Sent:
    answer = execution.get("response", {})
    body = bytes(answer.get("stream", {}).get("data", ()))
    refused = answer.get("code", 0) >= 400
    code = json.loads(body).get("fejlkode", "") if refused and body.startswith(b"{") else ""
    return Sent(execution["item"]["name"].split(":")[0], answer.get("code", 0), code)


def read_json(path: Path) -> dict[str, Any]:
    """Read a JSON file that holds an object."""
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found
