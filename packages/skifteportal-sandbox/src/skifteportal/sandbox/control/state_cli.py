"""The commands that put the whole portal into a state: info, reset, seed, dump and load."""

import contextlib
import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, Final

import click

from skifteportal.sandbox.control.options import Asked, running_sandbox
from skifteportal.sandbox.defaults import MOST

__all__ = ["dump", "info", "load", "reset", "seed"]

_CHUNK: Final = 1024 * 1024
_UNFINISHED: Final = ".new"


@click.command()
@running_sandbox
def info(*, asked: Asked) -> None:
    """Say what the running sandbox is, and list every path of its control port."""
    asked.do("GET", "/_sandbox/info", text=_described)


def _described(answer: dict[str, Any]) -> str:
    facts = [f"{name}: {answer[name]}" for name in ("version", "time", "frozen", "limit")]
    apis = [f"{api} {version}" for api, version in answer["apis"].items()]
    lines = [f"{one['method']:6} {one['path']}\n       {one['summary']}" for one in answer["paths"]]
    return "\n".join([*facts, f"apis: {', '.join(apis)}", *lines])


@click.command()
@running_sandbox
def reset(*, asked: Asked) -> None:
    """Put the running sandbox back to how it was started, without a restart.

    What was filed, planned, noted and revoked is forgotten, the clock shows the machine's time. Tokens stay good.
    """
    asked.do("POST", "/_sandbox/reset", text="The sandbox is as it was started.")


@click.command()
@click.option("--estates", type=click.IntRange(0, MOST), default=0, help="How many estates.")
@click.option("--claims", type=click.IntRange(0, MOST), default=0, help="How many claims in them.")
@click.option("--random-seed", type=click.IntRange(0), default=0, help="Others for each number.")
@click.option("--company", help="CVR number of the claims' filer; anmelder.p12's unless given.")
@running_sandbox
def seed(*, asked: Asked, estates: int, claims: int, random_seed: int, company: str | None) -> None:
    """Add made-up estates and claims to what is there: the same for the same numbers and date.

    \b
    Example:
      skifteportal-sandbox seed --estates 100 --claims 10000
    """  # noqa: D301 - click's \b
    body = {"estates": estates, "claims": claims, "random_seed": random_seed, "company": company}
    asked.do("POST", "/_sandbox/seed", body, text=lambda said: f"{said['entered']} entered.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@running_sandbox
def dump(*, asked: Asked, file: Path) -> None:
    """Write everything that the portal remembers to FILE, as JSON: the whole of it, or nothing.

    No secrets are in it, but whatever was filed. Only you may read the file.
    """
    unfinished = file.with_name(f"{file.name}{_UNFINISHED}")

    def write() -> None:
        with asked.client.ask("GET", "/_sandbox/dump") as answer, _private(unfinished) as opened:
            with os.fdopen(opened, "wb") as output:
                while piece := answer.read(_CHUNK):
                    output.write(piece)
            unfinished.replace(file)

    try:
        asked.guarded(write)
    finally:
        unfinished.unlink(missing_ok=True)
    asked.say({"file": str(file)}, text=f"Written: {file}")


@contextlib.contextmanager
def _private(path: Path) -> Generator[int]:
    try:
        path.unlink(missing_ok=True)
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        name = str(path).removesuffix(_UNFINISHED)
        raise click.FileError(name, hint=f"{error.strerror}: name another file") from None
    yield opened


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@running_sandbox
def load(*, asked: Asked, file: Path) -> None:
    """Replace everything that the portal remembers by what `dump` wrote to FILE: all of it, or nothing."""

    def send() -> None:
        with asked.client.ask("POST", "/_sandbox/load", _pieces(file)) as answer:
            answer.read()

    asked.guarded(send)
    asked.say({"file": str(file)}, text=f"Loaded: {file}")


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while piece := opened.read(_CHUNK):
            yield piece
