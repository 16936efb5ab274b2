"""The command `skifteportal-sandbox up`: a portal until Ctrl-C."""

import json
import signal
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Final

import click

from skifteportal.sandbox import defaults

if TYPE_CHECKING:
    from skifteportal.sandbox.sandbox import Sandbox

__all__ = ["up"]

_PORT: Final = click.IntRange(0, 65535)

_EPILOG: Final = """\b
Examples:
  skifteportal-sandbox
  skifteportal-sandbox --folder /tmp/portal --port-api 0
  skifteportal-sandbox --state portal.db
  skifteportal-sandbox --format json

The folder is made at the first start, with certificates good and bad, an .env file that
clients read (ClientSecretCredential.from_env_file) and a README. What is filed is gone when
the sandbox stops, unless --state names a file to keep it in, with the clock as it was moved
and whatever was revoked. Stop it with Ctrl-C.
"""


@click.command(context_settings={"max_content_width": 100, "show_default": True}, epilog=_EPILOG)
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=defaults.FOLDER,
    help="Where certificates and .env are, or are to be made.",
)
@click.option(
    "--host", default="127.0.0.1", help="Loopback host to listen on: 127.0.0.1, ::1 or localhost."
)
@click.option(
    "--in-container",
    is_flag=True,
    help="Listen on all addresses of the container; publish its ports on loopback only.",
)
@click.option(
    "--port-sysauth",
    type=_PORT,
    default=defaults.PORTS["sysauth"],
    help="Port of the login (mutual TLS); 0: any free one.",
)
@click.option(
    "--port-auth",
    type=_PORT,
    default=defaults.PORTS["auth"],
    help="Port of the token exchange; 0: any free one.",
)
@click.option(
    "--port-api",
    type=_PORT,
    default=defaults.PORTS["api"],
    help="Port of the APIs; 0: any free one.",
)
@click.option(
    "--port-control",
    type=_PORT,
    default=defaults.PORTS["control"],
    help="Port of the inspector's page and the controls (plain HTTP); 0: any free one.",
)
@click.option(
    "--settings",
    "settings_file",
    type=click.Path(path_type=Path),
    help="TOML file with what to assume where the guide is silent (skifteportal-sandbox settings).",
)
@click.option(
    "--state",
    type=click.Path(path_type=Path),
    help="File to keep what is filed in over restarts; made if there is none.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How the addresses are printed.",
)
def up(
    *,
    folder: Path,
    host: str,
    in_container: bool,
    port_sysauth: int,
    port_auth: int,
    port_api: int,
    port_control: int,
    settings_file: Path | None,
    state: Path | None,
    form: str,
) -> None:
    """Run a Skifteportal of your own on this machine, until Ctrl-C.

    It behaves as the courts' test environment is described to: a login with OCES3-shaped certificates over mutual
    TLS, by client secret or signed assertion, an exchange for liquidators' tokens, and all twelve APIs.
    """
    from skifteportal.sandbox.errors import SandboxError  # noqa: PLC0415 - --help is quick without
    from skifteportal.sandbox.sandbox import Sandbox  # noqa: PLC0415
    from skifteportal.sandbox.settings_file import read_settings  # noqa: PLC0415

    stop = threading.Event()

    def asked_to_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, asked_to_stop)
    try:
        sandbox = Sandbox.start(
            folder=folder,
            host=host,
            in_container=in_container,
            ports={
                "sysauth": port_sysauth,
                "auth": port_auth,
                "api": port_api,
                "control": port_control,
            },
            settings=None if settings_file is None else read_settings(settings_file),
            state=state,
        )
    except SandboxError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
    with sandbox:
        click.echo(_as_json(sandbox) if form == "json" else _as_text(sandbox))
        stop.wait()


def _as_json(sandbox: "Sandbox") -> str:
    return json.dumps(
        {
            **sandbox.urls,
            "env_file": str(sandbox.env_file),
            "folder": str(sandbox.folder),
            **sandbox.control.time(),
        }
    )


def _clock(sandbox: "Sandbox") -> str:
    """Return a line about the clock if the state file has it moved, so that nobody wonders at the dates."""
    if not sandbox.portal.clock.moved:
        return ""
    shown = sandbox.control.time()
    return f"""\
Clock            {shown["time"]}{", standing still" if shown["frozen"] else ""}, as the state file has it
                 (skifteportal-sandbox clock release: the machine's time)
"""


def _as_text(sandbox: "Sandbox") -> str:
    urls = sandbox.urls
    return f"""\
Login (sysauth)  {urls["sysauth"]}
Exchange (auth)  {urls["auth"]}
APIs             {urls["api"]}
Control          {urls["control"]}
Settings         {sandbox.env_file}
{_clock(sandbox)}
Get a token:
  {sandbox.curl_line}

Stop with Ctrl-C."""
