"""The report that may be sent to the portal's support.

It names the company by CVR number and SERIALNUMBER, the environment, the steps and what the portal
answered. No client id (swapped with the secret, it would be the secret), no profile, no path, no
name, no secret, no token, and nothing that a server wrote but status, code and request id.
"""

import platform
import ssl
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from skifteportal.auth.cli.doctor.examination import Examination
from skifteportal.auth.cli.doctor.run import Result, first_failure

__all__ = ["report"]

_FACTS = ("status", "code", "alert", "seconds", "days")


def report(examination: Examination, results: Sequence[Result]) -> dict[str, Any]:
    """Put the report together.

    Args:
        examination: The examination, when it is over.
        results: How its steps went.
    """
    now = datetime.fromtimestamp(examination.system.clock.wall(), UTC)
    failure = first_failure(results)
    content: dict[str, Any] = {
        "made": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "software": _software(),
    }
    if settings := examination.found_settings:
        environment = settings.environment
        content["environment"] = environment.name
        content["hosts"] = [environment.auth_url, environment.exchange_url, environment.api_url]
        content["variant"] = "B" if settings.signer else "A"
        content["profile"] = "yes" if examination.profile else "no"
    content["certificates"] = [
        {
            "cvr": certificate.cvr,
            "serialnumber": certificate.subject_serial_number,
            "issued_for": certificate.environment or "unknown",
            "valid": f"{certificate.not_before:%Y-%m-%d} to {certificate.not_after:%Y-%m-%d}",
            "chain": len(certificate.chain),
        }
        for certificate in examination.opened
    ]
    if examination.ahead is not None:
        content["clock_ahead_seconds"] = round(examination.ahead)
    if examination.request_id:
        content["request_id"] = examination.request_id
    content["steps"] = {result.step: _told(result) for result in results}
    content["first_failure"] = failure.step if failure else None
    return content


def _told(result: Result) -> str:
    finding = result.finding
    if finding is None:
        return result.outcome
    facts = [
        f"{name}={finding.facts[name]}" for name in _FACTS if finding.facts.get(name, "-") != "-"
    ]
    return " ".join([result.outcome, finding.id, *facts])


def _software() -> str:
    packages = [f"{name}/{version(name)}" for name in ("skifteportal-auth", "skifteportal-core")]
    machine = [f"Python/{platform.python_version()}", ssl.OPENSSL_VERSION, platform.system()]
    return ", ".join([*packages, *machine])
