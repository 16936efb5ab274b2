"""The group of commands, and its help."""

import click

from skifteportal.auth.cli.assertion import assertion
from skifteportal.auth.cli.cert import cert
from skifteportal.auth.cli.doctor.command import doctor
from skifteportal.auth.cli.token import token

__all__ = ["group"]

_EPILOG = """\b
Begin with:
  skifteportal cert show anmelder.p12
  skifteportal doctor --env-file .skifteportal-sandbox/.env
  skifteportal doctor --environment test --client-id ID --cert anmelder.p12

Passwords and secrets are asked for, or come from a file (--password-file) or an environment
variable (--password-env). They are never arguments: other users of the machine can read those.

Exit codes: 0 all is well, 1 a check failed, 2 the command can't be run as it was given.
"""


@click.group("skifteportal", context_settings={"max_content_width": 100}, epilog=_EPILOG)
@click.version_option(package_name="skifteportal-auth", prog_name="skifteportal")
def group() -> None:
    """Login to the Danish courts' Skifteportal: certificates, tokens, and why they don't work."""


for _each in (assertion, cert, doctor, token):
    group.add_command(_each)
