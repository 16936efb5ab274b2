"""The control port's commands about who may log in and act."""

from collections.abc import Mapping
from typing import Any, Final

from skifteportal.sandbox.control.command import Command
from skifteportal.sandbox.control.control import Control
from skifteportal.sandbox.control.schemas import NOTHING, TEXT, members
from skifteportal.sandbox.revocations import Known

__all__ = ["ACCESS"]

_CERTIFICATE: Final = {**TEXT, "description": "anmelder.p12, or the SERIALNUMBER in its subject"}
_COMPANY: Final = {**TEXT, "description": "CVR number, or a certificate of the company"}
_CLIENT: Final = {**TEXT, "description": "client id; for login variant B the CVR number"}


def _known(known: Known) -> dict[str, Any]:
    return {
        "name": known.name,
        "certificate": known.serial_number,
        "company": known.company,
        "revoked": known.revoked,
    }


def _forget_tokens(control: Control, _path: Mapping[str, str], _body: Mapping[str, Any]) -> Any:
    control.forget_tokens()
    return {}


def _revoke_client(control: Control, _path: Mapping[str, str], body: Mapping[str, Any]) -> Any:
    control.access.revoke_client(body["client"])
    return {"clients": control.access.clients()}


def _register_client(control: Control, _path: Mapping[str, str], body: Mapping[str, Any]) -> Any:
    control.access.register_client(body["client"])
    return {"clients": control.access.clients()}


ACCESS: Final[tuple[Command, ...]] = (
    Command(
        name="forget_tokens",
        method="POST",
        path="/_sandbox/tokens/forget",
        summary="Refuse every token that was issued so far.",
        schema=NOTHING,
        run=_forget_tokens,
    ),
    Command(
        name="certificates",
        method="GET",
        path="/_sandbox/certificates",
        summary="The certificates of the sandbox's folder, and which are revoked.",
        schema=NOTHING,
        run=lambda control, _path, _body: {
            "certificates": [_known(known) for known in control.access.certificates()]
        },
    ),
    Command(
        name="revoke",
        method="POST",
        path="/_sandbox/certificates/revoke",
        summary="Revoke a certificate: its next handshake ends with the alert certificate_revoked, until a reset.",
        schema=members(("certificate",), certificate=_CERTIFICATE),
        run=lambda control, _path, body: _known(control.access.revoke(body["certificate"])),
    ),
    Command(
        name="companies",
        method="GET",
        path="/_sandbox/companies",
        summary="The companies whose certificates are registered with the portal.",
        schema=NOTHING,
        run=lambda control, _path, _body: {"companies": control.access.companies()},
    ),
    Command(
        name="unregister",
        method="POST",
        path="/_sandbox/companies/unregister",
        summary="Take a company's certificates off the register: its logins are refused.",
        schema=members(("company",), company=_COMPANY),
        run=lambda control, _path, body: {"company": control.access.unregister(body["company"])},
    ),
    Command(
        name="register",
        method="POST",
        path="/_sandbox/companies/register",
        summary="Put a company's certificates on the register.",
        schema=members(("company",), company=_COMPANY),
        run=lambda control, _path, body: {"company": control.access.register(body["company"])},
    ),
    Command(
        name="clients",
        method="GET",
        path="/_sandbox/clients",
        summary="The client ids that may ask for tokens.",
        schema=NOTHING,
        run=lambda control, _path, _body: {"clients": control.access.clients()},
    ),
    Command(
        name="revoke_client",
        method="POST",
        path="/_sandbox/clients/revoke",
        summary="Take back an API key: the login knows the client id no more.",
        schema=members(("client",), client=_CLIENT),
        run=_revoke_client,
    ),
    Command(
        name="register_client",
        method="POST",
        path="/_sandbox/clients/register",
        summary="Give back an API key, with its old secret, or let a company log in by assertion.",
        schema=members(("client",), client=_CLIENT),
        run=_register_client,
    ),
    Command(
        name="profiles",
        method="GET",
        path="/_sandbox/profiles",
        summary="The liquidators' profiles, and who may act for them.",
        schema=NOTHING,
        run=lambda control, _path, _body: {"profiles": control.access.profiles()},
    ),
    Command(
        name="invite",
        method="POST",
        path="/_sandbox/profiles/{profile}/participants",
        summary="Let an API user act for a liquidator, in all of the profile's cases or in some (guide 3.2.1).",
        schema=members(
            ("certificate",), certificate=_CERTIFICATE, cases={"type": "array", "items": TEXT}
        ),
        run=lambda control, path, body: control.access.invite(
            path["profile"], body["certificate"], cases=body.get("cases")
        ),
    ),
    Command(
        name="remove",
        method="DELETE",
        path="/_sandbox/profiles/{profile}/participants/{certificate}",
        summary="Let an API user act for a liquidator no longer.",
        schema=NOTHING,
        run=lambda control, path, _body: control.access.remove(
            path["profile"], path["certificate"]
        ),
    ),
)
"""The commands, in the order of the documentation."""
