"""npm's oidc-provider judges both ways to log in, and the exchange.

Its certified token endpoint checks secret, signature, times, replay and audience; Node checks the certificates. Our
part of it, in ``oidc/server.mjs``, is the check of x5c and the exchange's grant, which it has not got. Run it with
``nox -s peers``.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cases import Cases, main
from certificates import Certificates, leaf_pem, thumbprint
from logins import CLIENT, SECRET, THREADS, Logins, Through, at, get, together
from processes import first_line, npm_installed, poll, running
from variant_a import Told, variant_a

from skifteportal.core import Environment

if TYPE_CHECKING:
    from skifteportal.core import _http
    from skifteportal.core.credentials import PortalAuth

HERE = Path(__file__).parent / "oidc"
PROFILE = "0d3e3b9e-2f86-4c4e-8d57-6d3f5f1c7a10"
START_SECONDS = 30.0
EACH = f"{THREADS} x 200"


def installed() -> Path:
    """Install the locked packages into the cache, with our part beside them."""
    folder = npm_installed(HERE)
    shutil.copy(HERE / "server.mjs", folder)
    return folder


def configuration(certificates: Certificates) -> dict[str, Any]:
    """Say who may log in: one client with a secret, and two by an assertion that the reporter signs."""
    signed = {"token_endpoint_auth_method": "private_key_jwt", "signer": leaf_pem(certificates.own)}
    return {
        "ca": certificates.ca.read_text(),
        "certificate": certificates.server.read_text(),
        "key": certificates.server_key.read_text(),
        "profile": PROFILE,
        "clients": [
            {
                "client_id": CLIENT,
                "client_secret": SECRET,
                "token_endpoint_auth_method": "client_secret_post",
                "tls_client_certificate_bound_access_tokens": True,
            },
            {"client_id": certificates.own.cvr, **signed},
            {"client_id": certificates.other.cvr, **signed},
        ],
    }


class Peer:
    """The running peer, seen by a user of our library."""

    def __init__(self, logins: Logins) -> None:
        self.logins = logins
        self._url = logins.environment.api_url
        self._context = logins.environment.ssl_context()

    def call(self, auth: PortalAuth | None, path: str = "/whose") -> _http.Response:
        return get(auth, path, base=self._url, context=self._context)

    def whose(self, auth: PortalAuth) -> str:
        """Get a token, and ask the peer whose it is."""
        told = self.call(auth).json()
        return " ".join(str(told[name]) for name in ("client", "scope") if name in told)

    def bound(self, auth: PortalAuth) -> str:
        """Get a token, and ask the peer which certificate was shown for it."""
        shown = thumbprint(self.logins.certificates.own)
        return "it" if self.call(auth).json()["certificate"] == shown else "another"

    def counted(self, auth: PortalAuth) -> str:
        """Call from many threads; tell what the login and the exchange had to do."""
        before = self.call(None, "/counts").json()
        statuses = together(auth, "/whose", base=self._url, context=self._context)
        after = self.call(None, "/counts").json()
        asked = {name: after[name] - before[name] for name in ("login", "exchange")}
        return f"{statuses}, login {asked['login']}, exchange {asked['exchange']}"

    def forget(self) -> None:
        """Let it forget every token."""
        self.call(None, "/forget")


def secret_and_certificate(peer: Peer, cases: Cases) -> None:
    """Variant A, and what the TLS handshake refuses."""
    told = Told(
        token=f"{CLIENT} openid",
        no_certificate="CertificateRefused certificate_required",
        # Of these two Node closes the connection, without the TLS alert that would say why.
        unknown="CertificateRefused",
        expired="CertificateRefused",
        wrong_secret="ClientRefused invalid_client",
        nobody="ClientRefused invalid_client",
        threads=f"{EACH}, login 1, exchange 0",
    )
    variant_a(peer, cases, told)
    logins, case = peer.logins, cases.check
    bound = "A: certificate that the token is bound to"
    case(bound, "it", lambda: peer.bound(logins.secret().direct()))
    form = f"client_id={CLIENT}&client_secret={SECRET}" + 2 * "&grant_type=client_credentials"
    case("the guide's grant_type, given twice", "400 invalid_request", lambda: logins.post(form))


def signed_assertion(peer: Peer, cases: Cases) -> None:
    """Variant B."""
    logins, parties = peer.logins, peer.logins.certificates
    assertion, case = logins.assertion, cases.check
    own, other = parties.own.cvr, parties.other.cvr
    keeping = Through(logins.shown(parties.own))
    refused = "ClientRefused invalid_client"
    case("B: token", f"{own} openid", lambda: peer.whose(assertion(transport=keeping).direct()))
    case("B: the same assertion again", "401 invalid_client", lambda: logins.post(keeping.sent))
    case(
        "B: with x5t#S256",
        f"{own} openid",
        lambda: peer.whose(assertion(include_thumbprint=True).direct()),
    )
    case(
        "B: two companies, iss = sub",
        f"{other} openid",
        lambda: peer.whose(assertion(certificate=parties.other, issuer=other).direct()),
    )
    case(
        "B: two companies, iss the signer's as in the guide (OpenID Connect wants iss = sub)",
        refused,
        lambda: peer.whose(assertion(certificate=parties.other).direct()),
    )
    case(
        "B: expired, our clock an hour behind",
        refused,
        lambda: peer.whose(assertion(clock=at(offset=-3600)).direct()),
    )
    case(
        "B: signed by another company",
        refused,
        lambda: peer.whose(assertion(signer=parties.other, issuer=own).direct()),
    )
    case(
        "B: another company's certificate on the connection",
        refused,
        lambda: peer.whose(assertion(transport=Through(logins.shown(parties.other))).direct()),
    )
    case(
        "B: for another audience",
        refused,
        lambda: peer.whose(assertion(audience="https://elsewhere.invalid").direct()),
    )
    case(
        "B: 200 threads", f"{EACH}, login 1, exchange 0", lambda: peer.counted(assertion().direct())
    )


def exchange(peer: Peer, cases: Cases) -> None:
    """The exchange for a liquidator's profile, on top of either variant."""
    case, secret = cases.check, peer.logins.secret
    profile = secret().for_profile(PROFILE)
    case("exchange: token, on A", "exchange", lambda: peer.whose(profile))
    delegated = peer.logins.assertion().for_profile(PROFILE)
    case("exchange: token, on B", "exchange", lambda: peer.whose(delegated))
    case(
        "exchange: unknown profile",
        "UnknownProfile invalid_target",
        lambda: peer.whose(secret().for_profile("0d3e3b9e-0000-4000-8000-000000000000")),
    )
    case(
        "exchange: 200 threads",
        f"{EACH}, login 1, exchange 1",
        lambda: peer.counted(secret().for_profile(PROFILE)),
    )
    peer.forget()
    # The old token is tried at the exchange, is not taken there, and both are got anew, once.
    case(
        "exchange: 200 threads, every token forgotten",
        f"{EACH}, login 1, exchange 2",
        lambda: peer.counted(profile),
    )


def judge(folder: Path, cases: Cases) -> None:
    """Start it and run the cases."""
    node, npm = first_line("node", "--version"), first_line("npm", "--version")
    modules = installed()
    package = json.loads((modules / "node_modules/oidc-provider/package.json").read_text())
    print(f"npm oidc-provider {package['version']}, Node {node}, npm {npm}", flush=True)
    certificates = Certificates.make(folder)
    settings, log = folder / "config.json", folder / "log"
    settings.write_text(json.dumps(configuration(certificates)))
    with running("node", str(modules / "server.mjs"), str(settings), log=log) as process:

        def ports() -> str | None:
            lines = log.read_text(errors="replace").splitlines()
            return next((line for line in lines if line.startswith('{"login"')), None)

        found = json.loads(poll(ports, seconds=START_SECONDS, process=process))
        environment = Environment(
            name="oidc-provider",
            auth_url=f"https://127.0.0.1:{found['login']}",
            exchange_url=f"https://127.0.0.1:{found['open']}",
            api_url=f"https://127.0.0.1:{found['open']}",
            ca_file=certificates.ca,
        )
        peer = Peer(Logins(environment=environment, certificates=certificates))
        secret_and_certificate(peer, cases)
        signed_assertion(peer, cases)
        exchange(peer, cases)


if __name__ == "__main__":
    sys.exit(main("oidc-provider", judge))
