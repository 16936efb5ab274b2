"""The sandbox's certificates, judged by a program that we did not write: openssl.

Checks the chain of each .p12 file against root and revocation list, as strictly as openssl can, and that each file is
in the modern form. Ends with 0 if every file is judged as its name says, with 1 if not. Run it with ``nox -s peers``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from skifteportal.core import read_env_file
from skifteportal.sandbox import Sandbox

VERDICTS = {
    "anmelder.p12": "OK",
    "anden_anmelder.p12": "OK",
    "advokatfirma.p12": "OK",
    "andet_advokatfirma.p12": "OK",
    "kreditor.p12": "OK",
    "gaeldsstyrelsen.p12": "OK",
    "likvidatorsystem.p12": "OK",
    "uregistreret.p12": "OK",
    "udloebet.p12": "certificate has expired",
    "tilbagekaldt.p12": "certificate revoked",
    "produktion.p12": "self-signed certificate in certificate chain",
    "fremmed_ca.p12": "self-signed certificate in certificate chain",
}
MODERN = "AES-256-CBC, Iteration 2000, PRF hmacWithSHA256"


class OpenSsl:
    """Runs openssl in a sandbox's folder; it takes the files' password from its environment."""

    def __init__(self, folder: Path, password: str) -> None:
        self.folder = folder
        self._environment = {"PATH": os.environ["PATH"], "PASSWORD": password}

    def run(self, *command: str) -> str:
        """Return everything that a command says."""
        done = subprocess.run(
            ["openssl", *command],
            cwd=self.folder,
            env=self._environment,
            capture_output=True,
            text=True,
            errors="replace",  # a friendly name with an ø is not written in UTF-8
            check=False,
        )
        return done.stdout + done.stderr

    def judge(self, name: str) -> str:
        """Return the verdict on the certificate in a file, with the chain that comes with it."""
        opened = ["pkcs12", "-in", name, "-passin", "env:PASSWORD", "-nokeys"]
        (self.folder / "leaf.pem").write_text(self.run(*opened, "-clcerts"))
        (self.folder / "above.pem").write_text(self.run(*opened, "-cacerts"))
        said = self.run(
            "verify", "-x509_strict", "-crl_check", "-CRLfile", "crl.pem", "-CAfile", "ca.pem",
            "-untrusted", "above.pem", "leaf.pem",
        )  # fmt: skip
        return next((verdict for verdict in set(VERDICTS.values()) if verdict in said), said)


def compare(openssl: OpenSsl) -> list[str]:
    """Judge every file and collect what differs from its name."""
    found: list[str] = []
    for name, expected in VERDICTS.items():
        verdict = openssl.judge(name)
        info = openssl.run("pkcs12", "-in", name, "-info", "-noout", "-passin", "env:PASSWORD")
        print(f"{name:20} {verdict}")
        if verdict != expected:
            found.append(f"{name}: {verdict!r}, not {expected!r}")
        if info.count(MODERN) < 2:
            found.append(f"{name}: not in the modern form: {info}")
    return found


def main() -> int:
    """Judge a new sandbox's folder; print what differs."""
    if shutil.which("openssl") is None:
        print("openssl is not on this machine: NOT RUN, and not passed.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as temporary:
        with Sandbox.start(folder=Path(temporary) / "portal") as sandbox:
            password = read_env_file(sandbox.env_file)["AUTH_CERT_PASSWORD"]
        found = compare(OpenSsl(sandbox.folder, password))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
