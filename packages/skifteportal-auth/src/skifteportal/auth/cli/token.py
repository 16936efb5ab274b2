"""``skifteportal token``: get a token, and show what it says."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import click

from skifteportal.auth.cli._jwt import read_parts
from skifteportal.auth.cli._login import LoginOptions, login_options
from skifteportal.auth.cli._output import (
    echo_fields,
    echo_json,
    failures_exit_with_1,
    format_option,
)
from skifteportal.auth.cli._shown_token import shown_token
from skifteportal.auth.cli._system import system

__all__ = ["token"]

_EPILOG = """\b
Examples:
  skifteportal token --env-file .env
  skifteportal token --env-file .env --profile 5f0c2a1e-…
  curl -H "Authorization: Bearer $(skifteportal token --env-file .env --show-token)" …
"""


@click.command(epilog=_EPILOG)
@login_options
@click.option("--profile", metavar="ID", help="Exchange it for a token of this adgangsprofil.")
@click.option(
    "--show-token", is_flag=True, help="Print the token, and nothing else: it is a secret."
)
@format_option
def token(*, login: LoginOptions, profile: str | None, show_token: bool, form: str) -> None:
    """Get a token and show its claims and its lifetime; not the token itself.

    The claims are read, not checked: that is the portal's part.
    """
    machine = system()
    with failures_exit_with_1():
        settings = login.settings()
        certificate = settings.certificate.open()
        signer = settings.signer.open() if settings.signer else None
        credential = settings.credential(certificate, signer, clock=machine.clock)
        auth = credential.for_profile(profile) if profile else credential.direct()
        text = shown_token(auth)
    if show_token:
        click.echo(text)
        return
    parts = read_parts(text)
    claims = parts[1] if parts else None
    seconds = _seconds_left(claims or {}, now=machine.clock.wall())
    kind = "delegated" if profile else "direct"
    if form == "json":
        echo_json(
            {
                "environment": settings.environment.name,
                "kind": kind,
                "seconds_left": seconds,
                "claims": claims,
            }
        )
        return
    echo_fields(
        {
            "Environment": settings.environment.name,
            "Kind": kind,
            "Lifetime": "not said in it" if seconds is None else f"{seconds} s from now",
            **(_lines(claims) if claims else {"Claims": "none: it is no JWT"}),
        }
    )


def _lines(claims: Mapping[str, Any]) -> dict[str, object]:
    lines: dict[str, object] = {}
    for name, value in claims.items():
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        if name in {"exp", "iat", "nbf"} and isinstance(value, int | float):
            text = f"{text} ({_moment(value)})"
        lines[f"  {name}"] = text
    return lines


def _moment(seconds: float) -> str:
    try:
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (ValueError, OverflowError, OSError):
        return "no time"


def _seconds_left(claims: Mapping[str, object], *, now: float) -> int | None:
    ends = claims.get("exp")
    return int(ends - now) if isinstance(ends, int | float) else None
