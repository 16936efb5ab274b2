"""The command `skifteportal-sandbox court`: a subcommand for each of the court's acts, made from the table of acts."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import click
from typing_extensions import override

from skifteportal.sandbox.control.options import Asked, running_sandbox

if TYPE_CHECKING:
    from skifteportal.sandbox.court import Act

__all__ = ["court"]

_HOLE: Final = re.compile(r"\{(\w+)\}", re.ASCII)


class _Acts(click.Group):
    """The acts, read when they are asked for."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        from skifteportal.sandbox.court import COURT  # noqa: PLC0415 - other commands need it not

        return list(COURT)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        from skifteportal.sandbox.court import COURT  # noqa: PLC0415 - other commands need it not

        return _command(COURT[cmd_name]) if cmd_name in COURT else None


@click.group(cls=_Acts)
def court() -> None:
    """Play the court: everything that no API offers, as one act each.

    What an act's path names are its arguments. The body is given as name=value, where a value that is JSON is read as
    such (name:=text takes it as text), or whole with --body.

    \b
    Examples:
      skifteportal-sandbox court opretBo --help
      skifteportal-sandbox court udpegLikvidator SAGID likvidatorId=5b0e4f6e-…
      skifteportal-sandbox court opretSag --body @sag.json
    """  # noqa: D301 - click's \b


def _command(act: "Act") -> click.Command:
    holes = _HOLE.findall(act.path)

    @running_sandbox
    def run(*, asked: Asked, body: str | None, values: tuple[str, ...], **path: str) -> None:
        filled = act.path.format(**{name: quote(path[name.lower()], safe="") for name in holes})
        asked.do(act.method, filled, _body(act, body, values), text=_pretty)

    arguments = [click.Argument([name], metavar=name) for name in holes]
    values = click.Argument(["values"], nargs=-1, metavar="[NAME=VALUE]...")
    whole = click.Option(["--body"], help="The body as JSON, or @FILE.")
    options: list[click.Parameter] = getattr(run, "__click_params__", [])
    return click.Command(
        act.name,
        params=[*arguments, values, whole, *reversed(options)],
        callback=run,
        help=f"{act.summary}\n\n\b\n{_fields(act)}",
        short_help=act.summary,
    )


def _fields(act: "Act") -> str:
    """List what the body holds, for --help."""
    properties: dict[str, Any] = dict(act.schema.get("properties", {}))
    required = set(act.schema.get("required", ()))
    lines = [
        f"  {name}{' (needed)' if name in required else ''}{_kind(schema)}"
        for name, schema in properties.items()
    ]
    return "\n".join(["The body:", *lines]) if lines else "It has no body."


def _kind(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return ": " + " | ".join(str(value) for value in schema["enum"])
    words = [str(schema[name]) for name in ("type", "format") if name in schema]
    return f": {' '.join(words)}" if words else ""


def _body(act: "Act", whole: str | None, values: tuple[str, ...]) -> dict[str, Any]:
    if whole is not None and values:
        raise click.UsageError("Give the body by --body, or by name=value, not by both.")
    if whole is None:
        return dict(_value(act, given) for given in values)
    from skifteportal.sandbox.answers import json_object, read_json  # noqa: PLC0415 - for --help

    try:
        text = Path(whole[1:]).read_text("utf-8") if whole.startswith("@") else whole
        body = json_object(read_json(text.encode()))
    except (OSError, ValueError):
        raise click.UsageError("--body is no JSON, or no file that can be read.") from None
    if body is None:
        raise click.UsageError("--body must be a JSON object.")
    return body


def _value(act: "Act", given: str) -> tuple[str, Any]:
    name, equals, value = given.partition("=")
    if not equals or not name.rstrip(":"):
        raise click.UsageError("Write the body as name=value.")
    described = act.schema.get("properties", {}).get(name, {})
    if name.endswith(":") or described.get("type") == "string":  # a CVR number is no number
        return name.removesuffix(":"), value
    from skifteportal.sandbox.answers import read_json  # noqa: PLC0415 - for --help

    try:
        return name, read_json(value.encode())
    except ValueError:
        return name, value


def _pretty(said: dict[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, indent=2)
