"""Postman's own programs judge our collections.

newman sends them to a sandbox: both logins, the exchange, and what each token is good for. openapi-to-postmanv2
converts the same specifications: the set of methods and paths must be the same. Run it with ``nox -s peers``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cases import Cases, main
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    pkcs12,
)
from processes import NotRun, npm_installed, output

from portalgen.checkout import Checkout
from skifteportal.auth import Certificate
from skifteportal.core import read_env_file
from skifteportal.sandbox import Sandbox

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "docs"))  # the writer that the site's build uses

from sitepages import postman  # noqa: E402
from sitepages.house import House  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent / "postman"
VARIANT_A = "Token, variant A (client secret)"
VARIANT_B = "Token, variant B (signed assertion)"
EXCHANGE = "Token for a liquidator's profile (exchange)"
SECONDS = 120
# What newman sends of each collection, in order.
RUNS = (
    ("doedsbojournal", (VARIANT_A, "searchBo")),
    ("doedsbojournal", (VARIANT_B, "searchBo")),
    ("tvangsoploesning-dirigent", (VARIANT_A, "getSag")),
    ("sagslager", (VARIANT_A, "soegSager")),
    ("virksomhed", (VARIANT_A, "getVirksomhed")),
    ("henvendelse", (VARIANT_A, EXCHANGE, "getAllHenvendelseTraad")),
    ("tvangsoploesning-dirigent-likvidator", (VARIANT_A, EXCHANGE, "getAllOpgave")),
    ("retskreds", ("getAllRetskreds",)),
)


def judge(folder: Path, cases: Cases) -> None:
    """Let both programs judge."""
    modules = npm_installed(HERE) / "node_modules"
    versions = [json.loads((modules / name / "package.json").read_bytes())["version"] for name in ("newman", "openapi-to-postmanv2")]  # fmt: skip
    print(f"newman {versions[0]}, openapi-to-postmanv2 {versions[1]}", flush=True)
    house = House(Checkout(ROOT))
    for name, text in postman.pages(house):
        (folder / Path(name).name).write_text(text, "utf-8")
    for entry in house.apis:
        theirs = folder / f"{entry.api}.theirs.json"
        output("node", str(modules / "openapi-to-postmanv2/bin/openapi2postmanv2.js"), "-s", str(ROOT / entry.spec), "-o", str(theirs), "-O", "folderStrategy=Tags", seconds=SECONDS)  # fmt: skip
        ours = folder / f"{entry.api}.postman_collection.json"
        same = sorted(_requests(_read(ours))) == sorted(_requests(_read(theirs)))
        cases.check(f"{entry.api}: the same methods and paths", "True", lambda same=same: str(same))
    with Sandbox.start(folder=folder / "portal") as sandbox:
        arguments = _arguments(sandbox, folder)
        for api, names in RUNS:
            label = f"{api}: {', '.join(name.split(':')[0] for name in names)}"
            wanted = " ".join("200" for _ in names)
            cases.check(
                label, wanted, lambda api=api, names=names: _newman(modules, folder, api, names, arguments)
            )  # fmt: skip


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def _requests(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield method and path of each request but those of the login."""
    for one in item["item"]:
        if "request" in one:
            yield one["request"]["method"], "/".join(one["request"]["url"]["path"])
        elif one["name"] != "Login":
            yield from _requests(one)


def _arguments(sandbox: Sandbox, folder: Path) -> list[str]:
    """Give newman what a user types in: hosts, client, certificate, an assertion."""
    env = read_env_file(sandbox.env_file)
    key, leaf, chain = pkcs12.load_key_and_certificates(
        (sandbox.folder / env["AUTH_CERT"]).read_bytes(), env["AUTH_CERT_PASSWORD"].encode()
    )
    if key is None or leaf is None:
        raise NotRun("the sandbox's certificate has no key")
    password = env["AUTH_CERT_PASSWORD"]
    certificate, private = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(b"".join(one.public_bytes(Encoding.PEM) for one in (leaf, *chain)))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(password.encode())))  # fmt: skip
    values = {
        "auth_url": env["AUTH_URL"],
        "exchange_url": env["EXCHANGE_URL"],
        "api_url": env["API_URL"],
        "client_id": env["AUTH_CLIENT_ID"],
        "client_secret": env["AUTH_CLIENT_SECRET"],
        "client_assertion": _assertion(sandbox, env),
        "profile_id": env["EXAMPLE_PROFILE"],
    }
    return [
        *("--ssl-client-cert", str(certificate), "--ssl-client-key", str(private)),
        *("--ssl-client-passphrase", password),
        *("--ssl-extra-ca-certs", str(sandbox.folder / env["AUTH_CA"])),
        *(part for key, value in values.items() for part in ("--env-var", f"{key}={value}")),
    ]


def _assertion(sandbox: Sandbox, env: dict[str, str]) -> str:
    """Make one as the documentation says: with the command."""
    shown = sandbox.folder / env["AUTH_CERT"]
    subject = Certificate.from_p12(shown, password=env["AUTH_CERT_PASSWORD"]).cvr
    command = [
        *(str(Path(sys.executable).with_name("skifteportal")), "assertion", "--show-assertion"),
        *("--signer", str(sandbox.folder / env["AUTH_SIGNER_CERT"])),
        *("--password-env", "SIGNER_PASSWORD", "--subject", subject, "--audience", env["AUTH_URL"]),
    ]
    done = subprocess.run(
        command,
        env={**os.environ, "SIGNER_PASSWORD": env["AUTH_SIGNER_PASSWORD"]},
        capture_output=True,
        text=True,
        check=True,
        timeout=SECONDS,
    )
    return done.stdout.strip()


def _newman(
    modules: Path, folder: Path, api: str, names: tuple[str, ...], arguments: list[str]
) -> str:
    """Send some requests of a collection; give the statuses, in order."""
    collection = folder / f"{api}.postman_collection.json"
    titles = {
        one["name"].split(":")[0]: one["name"]
        for part in _read(collection)["item"]
        for one in part["item"]
    }
    chosen = [part for name in names for part in ("--folder", titles.get(name, name))]
    result = folder / "result.json"
    result.unlink(missing_ok=True)
    command = [
        *("node", str(modules / "newman/bin/newman.js"), "run", str(collection)),
        *("-e", str(folder / "sandbox.postman_environment.json"), *arguments, *chosen),
        *("--reporters", "json", "--reporter-json-export", str(result)),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)
    if not result.exists():
        return f"newman ended with {done.returncode}"
    run = _read(result)["run"]
    statuses = [str(one.get("response", {}).get("code")) for one in run["executions"]]
    return " ".join(statuses) if not run["failures"] else f"{statuses} {_failures(run)}"


def _failures(run: dict[str, Any]) -> str:
    return "; ".join(one["error"]["message"] for one in run["failures"])


if __name__ == "__main__":
    sys.exit(main("Postman", judge))
