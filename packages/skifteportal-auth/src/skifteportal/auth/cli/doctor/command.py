"""The command ``skifteportal doctor``."""

import sys

import click

from skifteportal.auth.cli._login import LoginOptions, login_options
from skifteportal.auth.cli._output import format_option, lang_option
from skifteportal.auth.cli._system import system

__all__ = ["doctor"]

_EPILOG = """\b
Examples:
  skifteportal doctor --env-file .skifteportal-sandbox/.env
  skifteportal doctor --environment test --client-id ID --cert anmelder.p12 --lang da
  skifteportal doctor --environment test --cert api-anvender.p12 --signer anmelder.p12
  skifteportal doctor --env-file .env --profile 5f0c2a1e-…   (for liquidators)

It makes one token request (two if the first is refused), one exchange, and a few GETs whose
answers are not read. It changes nothing at the portal.

Exit codes: 0 all is well (there may be warnings), 1 a check failed, 2 wrong usage.
"""


@click.command(epilog=_EPILOG)
@login_options
@click.option("--profile", metavar="ID", help="Also exchange the token for this adgangsprofil.")
@click.option(
    "--api-check",
    metavar="PATH",
    default="/sager",
    show_default=True,
    help="What to GET with the token: a path of an API that you use.",
)
@format_option
@lang_option
def doctor(
    *, login: LoginOptions, profile: str | None, api_check: str, form: str, lang: str
) -> None:
    """Find out why the login does not work: step by step, from the file to a call.

    Each step says what failed, why, and what to do. At the end stands a report that may be sent to
    the portal's support: it has no secret, no token and no personal data.
    """
    from skifteportal.auth.cli.doctor.telling import tell  # noqa: PLC0415 - of use here only

    if not api_check.startswith("/"):
        raise click.UsageError("--api-check must be a path that begins with /.")
    sys.exit(tell(login, system(), profile=profile, api_check=api_check, form=form, lang=lang))
