"""Keycloak judges both ways to log in, as far as stock Keycloak goes: it is what the portal's login runs.

What it can't show, since the portal's Keycloak has authenticators of its own: that a secret *and* a registered company's
certificate are needed (variant A), that a signer is known by its x5c, and that an assertion's subject must be the
company on the connection (variant B). The exchange is another service. Run it with ``nox -s peers``.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cases import Cases, main
from certificates import Certificates
from logins import CLIENT, SECRET, THREADS, Logins, Through, at, get, together
from processes import cache, first_line, output, poll, running
from realm import BY_CERTIFICATE, realm
from variant_a import Told, variant_a

from skifteportal.core import Environment

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Generator

    from skifteportal.auth import Certificate
    from skifteportal.core.credentials import PortalAuth

VERSION = "26.7.3"  # runs on Java 17
UNPACK = "org.apache.maven.plugins:maven-dependency-plugin:2.8:unpack"
START_SECONDS = 120.0
LOG_SECONDS = 10.0
ISSUER = "/realms/sts"
USERINFO = f"{ISSUER}/protocol/openid-connect/userinfo"
TOKEN_REQUEST = '"POST /realms/sts/protocol/openid-connect/token HTTP'
REFUSED = "ClientRefused invalid_client"


def installed() -> Path:
    """Fetch the distribution with Maven into the cache and build it for our options, once."""
    final = cache() / f"keycloak-{VERSION}"
    if not final.exists():
        first_line("mvn", "--version")
        with tempfile.TemporaryDirectory(dir=cache()) as folder:
            artifact = f"-Dartifact=org.keycloak:keycloak-quarkus-dist:{VERSION}:zip"
            to = f"-DoutputDirectory={folder}"
            output("mvn", "-q", "-B", UNPACK, artifact, to, folder=Path(folder), seconds=400)
            home = Path(folder) / final.name
            built = ("build", "--db=dev-mem", "--https-client-auth=required")
            output("bash", str(home / "bin/kc.sh"), *built, seconds=180)
            home.rename(final)
    return final


@contextmanager
def copied(home: Path) -> Generator[Path]:
    """Give a home of hard links, for this run's realm and data only."""
    with tempfile.TemporaryDirectory(dir=home.parent) as folder:
        yield Path(shutil.copytree(home, Path(folder) / "keycloak", copy_function=os.link))


class Peer:
    """The running peer, seen by a user of our library."""

    def __init__(self, logins: Logins, process: subprocess.Popen[bytes], log: Path) -> None:
        self.logins = logins
        self._process = process
        self._log = log
        self._url = logins.environment.auth_url

    def whose(self, auth: PortalAuth, certificate: Certificate | None = None) -> str:
        """Get a token, and let Keycloak tell whose it is: it checks signature, time, and binding."""
        context = self.logins.shown(certificate or self.logins.certificates.own)
        answer = get(auth, USERINFO, base=self._url, context=context)
        if answer.status_code != 200:
            return str(answer.status_code)
        return str(answer.json()["preferred_username"]).removeprefix("service-account-")

    def counted(self, auth: PortalAuth) -> str:
        """Call from many threads; tell how many token requests Keycloak saw."""
        before = self._token_requests("before")
        context = self.logins.shown(self.logins.certificates.own)
        statuses = together(auth, USERINFO, base=self._url, context=context)
        return f"{statuses}, login {self._token_requests('after') - before}"

    def _token_requests(self, mark: str) -> int:
        """Count them in its access log, up to a request of ours that is the last."""
        last = f"{ISSUER}?{mark}={datetime.now(UTC).timestamp()}"
        context = self.logins.shown(self.logins.certificates.own)
        get(None, last, base=self._url, context=context)

        def lines() -> str | None:
            said = self._log.read_text(errors="replace")
            return said if last in said else None

        return poll(lines, seconds=LOG_SECONDS, process=self._process).count(TOKEN_REQUEST)


def secret_and_certificate(peer: Peer, cases: Cases) -> None:
    """Variant A, what the TLS handshake refuses, and the two things that a stock client can't ask for at once."""
    # Java's words: bad_certificate for none, certificate_unknown for whatever is wrong with one.
    told = Told(
        token=CLIENT,
        no_certificate="CertificateRefused bad_certificate",
        unknown="CertificateRefused certificate_unknown",
        expired="CertificateRefused certificate_unknown",
        wrong_secret="ClientRefused unauthorized_client",
        nobody=REFUSED,
        threads=f"{THREADS} x 200, login 1",
    )
    variant_a(peer, cases, told)
    parties, secret, case = peer.logins.certificates, peer.logins.secret, cases.check
    case(
        "A: its token, with another certificate than it was got with (RFC 8705)",
        "401",
        lambda: peer.whose(secret().direct(), certificate=parties.other),
    )
    case(
        "A, a client known by its certificate's subject: token",
        BY_CERTIFICATE,
        lambda: peer.whose(secret(client=BY_CERTIFICATE).direct()),
    )
    case(
        "A, a client known by its certificate's subject: another company's",
        REFUSED,
        lambda: peer.whose(secret(client=BY_CERTIFICATE, certificate=parties.other).direct()),
    )
    form = f"client_id={CLIENT}&client_secret={SECRET}" + 2 * "&grant_type=client_credentials"
    case(
        "the guide's grant_type, given twice", "400 invalid_request", lambda: peer.logins.post(form)
    )


def signed_assertion(peer: Peer, cases: Cases) -> None:
    """Variant B, with the realm as audience: stock Keycloak wants no bare host."""
    logins, parties = peer.logins, peer.logins.certificates
    assertion, case = logins.assertion, cases.check
    own, other = parties.own.cvr, parties.other.cvr
    keeping = Through(logins.shown(parties.own))
    case("B: token", own, lambda: peer.whose(assertion(transport=keeping).direct()))
    case("B: the same assertion again", "400 invalid_client", lambda: logins.post(keeping.sent))
    case("B: with x5t#S256", own, lambda: peer.whose(assertion(include_thumbprint=True).direct()))
    case(
        "B: two companies, iss = sub",
        other,
        lambda: peer.whose(assertion(certificate=parties.other, issuer=other).direct()),
    )
    case(
        "B: expired, our clock an hour behind",
        REFUSED,
        lambda: peer.whose(assertion(clock=at(offset=-3600)).direct()),
    )
    case(
        "B: issued in the future, our clock two minutes ahead",
        REFUSED,
        lambda: peer.whose(assertion(clock=at(offset=120)).direct()),
    )
    case(
        "B: signed by another company",
        REFUSED,
        lambda: peer.whose(assertion(signer=parties.other, issuer=own).direct()),
    )
    case("B: 200 threads", f"{THREADS} x 200, login 1", lambda: peer.counted(assertion().direct()))
    case(
        "B, unlike the portal: the guide's audience, the bare host",
        REFUSED,
        lambda: peer.whose(assertion(audience=logins.environment.assertion_audience).direct()),
    )
    case(
        "B, unlike the portal: two companies, iss the signer's as in the guide",
        REFUSED,
        lambda: peer.whose(assertion(certificate=parties.other).direct()),
    )
    case(
        "B, unlike the portal: another company's certificate on the connection",
        own,
        lambda: peer.whose(assertion(transport=Through(logins.shown(parties.other))).direct()),
    )


def judge(folder: Path, cases: Cases) -> None:
    """Start it and run the cases."""
    java = first_line("java", "-version")
    with copied(installed()) as home:
        said = first_line("bash", str(home / "bin/kc.sh"), "--version")
        print(f"{said}, {java}", flush=True)
        certificates = Certificates.make(folder)
        imported = home / "data/import/sts-realm.json"
        imported.parent.mkdir(parents=True)
        imported.write_text(json.dumps(realm(certificates)))
        log = folder / "log"
        command = (
            "bash", str(home / "bin/kc.sh"), "start", "--optimized", "--import-realm",
            "--cache=local", "--http-host=127.0.0.1", "--https-port=0", "--hostname-strict=false",
            f"--https-certificate-file={certificates.server}",
            f"--https-certificate-key-file={certificates.server_key}",
            f"--https-trust-store-file={certificates.ca}",
            "--http-access-log-enabled=true",
        )  # fmt: skip
        with running(*command, log=log) as process:

            def address() -> str | None:
                said = log.read_text(errors="replace")
                found = re.search(r"Listening on: (https://127\.0\.0\.1:\d+)", said)
                return found and found[1]

            url = poll(address, seconds=START_SECONDS, process=process)
            environment = Environment(
                name="keycloak",
                auth_url=url,
                exchange_url=url,
                api_url=url,
                ca_file=certificates.ca,
            )
            logins = Logins(
                environment=environment, certificates=certificates, audience=url + ISSUER
            )
            peer = Peer(logins, process, log)
            secret_and_certificate(peer, cases)
            signed_assertion(peer, cases)


if __name__ == "__main__":
    sys.exit(main("Keycloak", judge))
