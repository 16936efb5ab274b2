"""The commands that put the whole portal into a state: reset and info."""

import click

from skifteportal.sandbox.control.options import Asked, running_sandbox

__all__ = ["info", "reset"]


@click.command()
@running_sandbox
def reset(*, asked: Asked) -> None:
    """Put the running sandbox back to how it was started, without a restart."""
    asked.do("POST", "/_sandbox/reset", text="The sandbox is as it was started.")


@click.command()
@running_sandbox
def info(*, asked: Asked) -> None:
    """Say what the running sandbox is, and list every path of its control port."""
    asked.do("GET", "/_sandbox/info", text=_described)


def _described(answer: dict[str, object]) -> str:
    facts = [f"{name}: {value}" for name, value in answer.items() if isinstance(value, str)]
    paths = answer["paths"]
    assert isinstance(paths, list)  # noqa: S101 - the server's own answer
    lines = [f"{one['method']:6} {one['path']}\n       {one['summary']}" for one in paths]
    return "\n".join([*facts, *lines])
