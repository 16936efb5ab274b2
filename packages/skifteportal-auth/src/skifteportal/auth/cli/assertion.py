"""``skifteportal assertion``: make a signed assertion for variant B, and show what it says."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from skifteportal.auth._assertion import AssertionMaker, header
from skifteportal.auth.certificate import Certificate
from skifteportal.auth.cli._jwt import read_parts
from skifteportal.auth.cli._output import (
    echo_fields,
    echo_json,
    failures_exit_with_1,
    format_option,
)
from skifteportal.auth.cli._secrets import ask, given, source_options
from skifteportal.auth.cli._system import system
from skifteportal.core.environments import PRODUCTION, TEST

__all__ = ["assertion"]

_PASSWORD_FILE, _PASSWORD_ENV = source_options("password", "the .p12 file's password")
_EPILOG = """\b
Examples:
  skifteportal assertion --signer anmelder.p12 --subject 30808460 --environment test
  skifteportal assertion --signer anmelder.p12 --subject 30808460 --show-assertion

An assertion is good for one token request, within a minute (guide 3.1.2).
"""


@click.command(epilog=_EPILOG)
@click.option(
    "--signer", type=click.Path(path_type=Path), required=True, help="The reporter's .p12 file."
)
@_PASSWORD_FILE
@_PASSWORD_ENV
@click.option(
    "--subject",
    metavar="CVR",
    required=True,
    help="CVR number of the API's user: of the certificate that is shown to the login.",
)
@click.option(
    "--environment",
    type=click.Choice(["test", "production"]),
    default="test",
    show_default=True,
    help="Whose login it is for.",
)
@click.option("--audience", metavar="URL", help="Another login that it is for.")
@click.option("--issuer", help="What to call the signer; its CVR number unless given.")
@click.option("--no-root", is_flag=True, help="Leave the root certificate out.")
@click.option("--thumbprint", is_flag=True, help="Add x5t#S256.")
@click.option(
    "--show-assertion", is_flag=True, help="Print the assertion, and nothing else: it is a secret."
)
@format_option
def assertion(
    *,
    signer: Path,
    password_file: Path | None,
    password_env: str | None,
    subject: str,
    environment: str,
    audience: str | None,
    issuer: str | None,
    no_root: bool,
    thumbprint: bool,
    show_assertion: bool,
    form: str,
) -> None:
    """Make a signed assertion (variant B) and show its header and claims; not itself."""
    password = given("password", password_file, password_env) or ask(f"Password of {signer.name}")
    machine = system()
    chosen = PRODUCTION if environment == "production" else TEST
    with failures_exit_with_1():
        certificate = Certificate.from_p12(signer, password=password)
        now = datetime.fromtimestamp(machine.clock.wall(), UTC)
        certificate.check(None if audience else chosen, now=now)
        text = AssertionMaker(
            signer=certificate,
            header=header(
                certificate.chain, include_root=not no_root, include_thumbprint=thumbprint
            ),
            issuer=issuer or certificate.cvr,
            subject=subject,
            audience=audience or chosen.assertion_audience,
            clock=machine.clock,
        ).make()
    if show_assertion:
        click.echo(text)
        return
    members, claims = read_parts(text) or ({}, {})
    chain = [f"CVR {certificate.cvr}", *(c.subject.rfc4514_string() for c in certificate.chain[1:])]
    if form == "json":
        shown = {**members, "x5c": chain}
        echo_json({"header": shown, "claims": claims, "bytes": len(text)})
        return
    echo_fields(
        {
            **{f"  {name}": value for name, value in members.items() if name != "x5c"},
            **{f"  x5c {number}": line for number, line in enumerate(chain, start=1)},
            **{
                f"  {name}": value if isinstance(value, str) else json.dumps(value)
                for name, value in claims.items()
            },
            "Bytes": len(text),
        }
    )
