"""``skifteportal cert show``: whom a certificate is for, and when it is good."""

from datetime import UTC, datetime
from pathlib import Path

import click

from skifteportal.auth._certificate_file import read
from skifteportal.auth._public_certificate import PublicCertificate
from skifteportal.auth._subject import read_subject
from skifteportal.auth.certificate import Certificate
from skifteportal.auth.cli._output import (
    echo_fields,
    echo_json,
    failures_exit_with_1,
    format_option,
    lang_option,
)
from skifteportal.auth.cli._peek import peek
from skifteportal.auth.cli._secrets import Secret, ask, given, source_options
from skifteportal.auth.cli._system import system

__all__ = ["cert"]

_PASSWORD_FILE, _PASSWORD_ENV = source_options("password", "the file's password")
_EPILOG = """\b
Examples:
  skifteportal cert show anmelder.p12
  skifteportal cert show anmelder.p12 --ask-password --lang da

The files of MitID Erhverv show their certificates without the password; others may not.
Exit code 1 if the certificate can't be shown, or isn't one for the portal.
"""
_LABELS = {
    "en": {
        "cvr": "CVR number",
        "organization": "Company",
        "name": "Certificate's name",
        "subject_serial_number": "SERIALNUMBER",
        "environment": "Issued for",
        "not_before": "Valid from",
        "not_after": "Valid until",
        "days_left": "Days left",
        "issuer": "Issuer",
        "chain": "Certificates in file",
        "chain_complete": "Chain to its root",
        "private_key": "Private key",
        "number": "X.509 serial number",
    },
    "da": {
        "cvr": "CVR-nummer",
        "organization": "Virksomhed",
        "name": "Certifikatets navn",
        "subject_serial_number": "SERIALNUMBER",
        "environment": "Udstedt til",
        "not_before": "Gyldigt fra",
        "not_after": "Gyldigt til",
        "days_left": "Dage tilbage",
        "issuer": "Udsteder",
        "chain": "Certifikater i filen",
        "chain_complete": "Kæde til roden",
        "private_key": "Privat nøgle",
        "number": "X.509-serienummer",
    },
}
_WORDS = {
    "en": {
        "True": "yes",
        "False": "no",
        "None": "not known without the password",
        "test": "test",
        "production": "production",
        "unknown": "unknown issuer",
    },
    "da": {
        "True": "ja",
        "False": "nej",
        "None": "vides ikke uden adgangskoden",
        "test": "test",
        "production": "produktion",
        "unknown": "ukendt udsteder",
    },
}
_NOTE = {
    "en": (
        "The owner of an adgangsprofil invites you by the SERIALNUMBER (guide 3.2.1), not by the "
        "X.509 serial number."
    ),
    "da": (
        "Ejeren af en adgangsprofil inviterer jer med SERIALNUMBER (vejledningen, afsnit 3.2.1), "
        "ikke med X.509-serienummeret."
    ),
}


@click.group()
def cert() -> None:
    """Look at a certificate."""


@cert.command(epilog=_EPILOG)
@click.argument("file", type=click.Path(path_type=Path))
@_PASSWORD_FILE
@_PASSWORD_ENV
@click.option("--ask-password", is_flag=True, help="Ask for the password, to see all.")
@format_option
@lang_option
def show(
    *,
    file: Path,
    password_file: Path | None,
    password_env: str | None,
    ask_password: bool,
    form: str,
    lang: str,
) -> None:
    """Show whom a certificate is for and when it is good: a .p12 file, PEM or DER.

    Works without the password as far as the file allows.
    """
    password = given("password", password_file, password_env)
    if password is None and ask_password:
        password = ask(f"Password of {file.name}")
    with failures_exit_with_1():
        certificate, has_key = _opened(file, password)
    values = _values(
        certificate, has_key=has_key, now=datetime.fromtimestamp(system().clock.wall(), UTC)
    )
    if form == "json":
        echo_json(values)
        return
    labels, words = _LABELS[lang], _WORDS[lang]
    shown = {labels[name]: words.get(f"{value}", value) for name, value in values.items()}
    echo_fields(shown)
    click.echo(f"\n{_NOTE[lang]}")


def _opened(file: Path, password: Secret | None) -> tuple[PublicCertificate, bool | None]:
    data, name = read(file)
    seen = peek(data, source=name)
    if seen.kind == "PKCS#12" and password is not None:
        return Certificate.from_p12(file, password=password), True
    if not seen.chain:
        raise click.ClickException(
            f"The certificates in {name} are encrypted too: give the password, by --ask-password, "
            "--password-file or --password-env."
        )
    subject = read_subject(seen.chain[0], source=name)
    has_key = None if seen.kind == "PKCS#12" else False
    return PublicCertificate(chain=seen.chain, source=name, subject=subject), has_key


def _values(
    certificate: PublicCertificate, *, has_key: bool | None, now: datetime
) -> dict[str, object]:
    leaf, root = certificate.chain[0], certificate.chain[-1]
    return {
        "cvr": certificate.cvr,
        "organization": certificate.organization,
        "name": certificate.subject_name,
        "subject_serial_number": certificate.subject_serial_number,
        "environment": certificate.environment or "unknown",
        "not_before": certificate.not_before.isoformat(),
        "not_after": certificate.not_after.isoformat(),
        "days_left": certificate.days_left(now=now),
        "issuer": leaf.issuer.rfc4514_string(),
        "chain": len(certificate.chain),
        "chain_complete": root.issuer == root.subject,
        "private_key": has_key,
        "number": f"{leaf.serial_number:x}",
    }
