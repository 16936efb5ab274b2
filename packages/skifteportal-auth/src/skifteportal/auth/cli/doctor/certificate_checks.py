"""The checks of the files on this machine."""

from datetime import UTC, datetime

from skifteportal.auth._certificate_file import read
from skifteportal.auth._sniff import not_pkcs12
from skifteportal.auth.certificate import Certificate
from skifteportal.auth.cli.doctor.examination import Examination
from skifteportal.auth.cli.doctor.finding import Finding
from skifteportal.auth.errors import (
    CertificateFileUnreadable,
    NotACertificateFile,
    WrongKindOfCertificate,
)

__all__ = [
    "check_chain",
    "check_environment",
    "check_file",
    "check_kind",
    "check_password",
    "check_settings",
    "check_validity",
]

_SOON_DAYS = 30
_WITH_ISSUER = 2


def check_settings(examination: Examination) -> None:
    """Put options and env file together."""
    examination.found_settings = examination.options.settings()


def check_file(examination: Examination) -> Finding | None:
    """Read each file, and look whether it is a .p12 file."""
    for file in examination.settings.files:
        facts = {**examination.facts, "file": str(file.path)}
        try:
            data, source = read(file.path)
        except CertificateFileUnreadable as error:
            missing = not file.path.exists()
            return Finding(
                id="no_file" if missing else "file_unreadable", facts=facts, detail=str(error)
            )
        if problem := not_pkcs12(data):
            return Finding(id="not_p12", facts=facts, detail=f"{source} {problem}")
    return None


def check_password(examination: Examination) -> Finding | None:
    """Open each file."""
    for file in examination.settings.files:
        try:
            examination.opened.append(file.open())
        except WrongKindOfCertificate as error:  # it was opened: the next step's business
            examination.wrong_kind = error
            return None
        except NotACertificateFile as error:
            facts = {**examination.facts, "file": str(file.path)}
            return Finding(id="damaged", facts=facts, detail=str(error))
    return None


def check_kind(examination: Examination) -> None:
    """Pass on why it is no OCES3 organisation certificate."""
    if examination.wrong_kind is not None:
        raise examination.wrong_kind


def check_validity(examination: Examination) -> Finding | None:
    """Look at the dates, by this machine's clock."""
    now = datetime.fromtimestamp(examination.system.clock.wall(), UTC)
    for certificate in examination.opened:
        certificate.check(now=now)
    first = min(examination.opened, key=lambda certificate: certificate.not_after)
    days = first.days_left(now=now)
    if days < _SOON_DAYS:
        facts = {**examination.facts, "days": str(days), "date": f"{first.not_after:%Y-%m-%d}"}
        return Finding(id="expires_soon", facts=facts, outcome="warning")
    return None


def check_chain(examination: Examination) -> Finding | None:
    """Look whether the certificates above it are there."""
    for certificate in examination.opened:
        if len(certificate.chain) < _WITH_ISSUER:
            facts = {**examination.facts, "issuer": _issuer(certificate)}
            return Finding(id="chain_incomplete", facts=facts)
    signer = examination.opened[-1]
    root = signer.chain[-1]
    if examination.settings.signer and root.issuer != root.subject:
        return Finding(id="root_missing", facts=examination.facts, outcome="warning")
    return None


def check_environment(examination: Examination) -> None:
    """Look whether they are for the environment."""
    for certificate in examination.opened:
        # at a moment at which it is valid: its dates are another step's business
        certificate.check(examination.settings.environment, now=certificate.not_before)


def _issuer(certificate: Certificate) -> str:
    return certificate.chain[0].issuer.rfc4514_string()
