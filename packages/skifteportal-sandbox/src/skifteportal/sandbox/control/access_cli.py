"""The commands about who may log in and act: revoke, register, client, profile and forget-tokens."""

from typing import Any, Final

import click

from skifteportal.sandbox.control.options import Asked, running_sandbox

__all__ = ["client", "forget_tokens", "profile", "register", "revoke", "unregister"]

_COMPANIES: Final = "/_sandbox/companies"
_CLIENTS: Final = "/_sandbox/clients"
_PROFILES: Final = "/_sandbox/profiles"


@click.command()
@click.argument("certificate", required=False)
@running_sandbox
def revoke(*, asked: Asked, certificate: str | None) -> None:
    """Revoke CERTIFICATE (anmelder.p12, or its SERIALNUMBER): its next handshake is refused, until a reset.

    The portal's login answers with the TLS alert certificate_revoked. Without a certificate it lists those of the folder.
    """
    if certificate is None:
        asked.do("GET", "/_sandbox/certificates", text=_certificates)
    else:
        body = {"certificate": certificate}
        asked.do("POST", "/_sandbox/certificates/revoke", body, text=_certificate)


def _certificate(one: dict[str, Any]) -> str:
    state = "revoked" if one["revoked"] else ""
    return f"{one['name']:24} {one['company']} {one['certificate']} {state}".rstrip()


def _certificates(said: dict[str, Any]) -> str:
    return "\n".join(_certificate(one) for one in said["certificates"])


@click.command()
@click.argument("company")
@running_sandbox
def unregister(*, asked: Asked, company: str) -> None:
    """Take the certificates of COMPANY (CVR number, or one of them) off the portal's register."""

    def text(said: dict[str, Any]) -> str:
        return f"{said['company']} is not registered any more: its logins are refused."

    asked.do("POST", f"{_COMPANIES}/unregister", {"company": company}, text=text)


@click.command()
@click.argument("company", required=False)
@running_sandbox
def register(*, asked: Asked, company: str | None) -> None:
    """Put the certificates of COMPANY (CVR number, or one of them) on the register; without one list it."""
    if company is None:
        asked.do("GET", _COMPANIES, text=lambda said: "\n".join(said["companies"]))
    else:
        body = {"company": company}
        asked.do("POST", f"{_COMPANIES}/register", body, text=_registered)


def _registered(said: dict[str, Any]) -> str:
    return f"{said['company']} is registered."


@click.group()
def client() -> None:
    """List API keys, take one back, or give it back."""


def _client_ids(said: dict[str, Any]) -> str:
    return "\n".join(said["clients"])


@client.command("list")
@running_sandbox
def list_clients(*, asked: Asked) -> None:
    """List the client ids that may ask for tokens."""
    asked.do("GET", _CLIENTS, text=_client_ids)


@client.command("revoke")
@click.argument("client_id")
@running_sandbox
def revoke_client(*, asked: Asked, client_id: str) -> None:
    """Take back the API key CLIENT_ID, or a CVR number's right to log in by assertion."""
    asked.do("POST", f"{_CLIENTS}/revoke", {"client": client_id}, text=_client_ids)


@client.command("register")
@click.argument("client_id")
@running_sandbox
def register_client(*, asked: Asked, client_id: str) -> None:
    """Give CLIENT_ID back with its old secret, or let a CVR number log in by assertion."""
    asked.do("POST", f"{_CLIENTS}/register", {"client": client_id}, text=_client_ids)


@click.command()
@running_sandbox
def forget_tokens(*, asked: Asked) -> None:
    """Refuse every token that was issued so far: callers must log in anew."""
    asked.do("POST", "/_sandbox/tokens/forget", text="All tokens are refused from now on.")


@click.group()
def profile() -> None:
    """Play a liquidator, who owns a profile (adgangsprofil): invite API users to act for it (guide 3.2.1).

    \b
    Examples:
      skifteportal-sandbox profile list
      skifteportal-sandbox profile invite PROFILE anden_anmelder.p12
      skifteportal-sandbox profile invite PROFILE UI:DK-O:G:… --case SAGID
    """  # noqa: D301 - click's \b


def _profile(one: dict[str, Any]) -> str:
    lines = [f"{one['id']}  {one['company']}"]
    for participant in one["participants"]:
        tied = participant.get("cases")
        lines.append(f"  {participant['certificate']}" + (f"  {' '.join(tied)}" if tied else ""))
    return "\n".join(lines)


@profile.command("list")
@running_sandbox
def list_profiles(*, asked: Asked) -> None:
    """List the profiles, and the SERIALNUMBERs of those who may act for them."""

    def text(said: dict[str, Any]) -> str:
        return "\n".join(_profile(one) for one in said["profiles"])

    asked.do("GET", _PROFILES, text=text)


@profile.command()
@click.argument("profile_id")
@click.argument("certificate")
@click.option("--case", "cases", multiple=True, help="Tie it to this case only; may be repeated.")
@running_sandbox
def invite(*, asked: Asked, profile_id: str, certificate: str, cases: tuple[str, ...]) -> None:
    """Let CERTIFICATE (SERIALNUMBER of its subject, or its file) act for the profile PROFILE_ID."""
    body = {"certificate": certificate, "cases": list(cases) or None}
    asked.do("POST", f"{_PROFILES}/{profile_id}/participants", body, text=_profile)


@profile.command()
@click.argument("profile_id")
@click.argument("certificate")
@running_sandbox
def remove(*, asked: Asked, profile_id: str, certificate: str) -> None:
    """Let CERTIFICATE act for the profile PROFILE_ID no longer."""
    asked.do("DELETE", f"{_PROFILES}/{profile_id}/participants/{certificate}", text=_profile)
