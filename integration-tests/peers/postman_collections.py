"""Postman's own programs judge our collections.

openapi-to-postmanv2 converts the same specifications: the set of methods and paths must be the same. newman sends the
collections to a sandbox, with the environment as it is downloaded: both logins, the exchange, and then **every request
of every collection**, as it is written. Each must be done, but for those that the portal's rules refuse to the data of
a fresh sandbox; these are named here with their codes. Run it with ``nox -s peers``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cases import Cases, main
from newman import Newman, read_json
from processes import npm_installed, output

from portalgen.checkout import Checkout
from skifteportal.auth import Certificate
from skifteportal.core import read_env_file
from skifteportal.sandbox import PortTaken, Sandbox
from skifteportal.sandbox.defaults import PORTS

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "docs"))  # the writer that the site's build uses

from sitepages import postman  # noqa: E402
from sitepages.house import House  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portalgen.registry import ApiEntry

HERE = Path(__file__).parent / "postman"
VARIANT_A = "Token, variant A (client secret)"
VARIANT_B = "Token, variant B (signed assertion)"
EXCHANGE = "Token for a liquidator's profile (exchange)"
STORE = "dokument-lager-ekstern"
SECONDS = 120
# What the rules refuse to a fresh sandbox, which has no such request, task or part; the rest is done.
OF_ANOTHER_TASK = {
    "getFristudsaettelseForOpgave": "400 sag.fristudsaettelse.opgave.ikke.tilknyttet",
    "getKaeremaalForOpgave": "400 sag.kaeremaal.opgave.ikke.tilknyttet",
    "getMedlikvidatoranmodningForOpgave": "400 sag.medlikvidatoranmodning.opgave.ikke.tilknyttet",
    "getRedegoerelseForOpgave": "400 sag.redegoerelse.opgave.ikke.tilknyttet",
    "getKonkursbegaeringForOpgave": "400 handling.konkursbegaering.ukendt.opgave.relation",
    "getRevisoranmodningForOpgave": "400 handling.revisor.ukendt.opgave.relation",
}
REFUSED = {
    "tvangsoploesning-dirigent": {
        "udfyldErklaering": "400 handling.erklaering.udfyld.autorisering.intern",
        "getErklaering": "400",  # there is none to get
    },
    "tvangsoploesning-dirigent-likvidator": {
        "getBilagForKrav": "404",  # the first claim has no document
        "addRedegoerelse": "400 handling.redegoerelse.aktiv.frist",
        "getRedegoerelse": "400",
        "anmodErklaering": "400 handling.part.ikke.en.del.af.sagen",
        **OF_ANOTHER_TASK,
    },
}


def judge(folder: Path, cases: Cases) -> None:
    """Let both programs judge."""
    modules = npm_installed(HERE) / "node_modules"
    versions = [read_json(modules / name / "package.json")["version"] for name in ("newman", "openapi-to-postmanv2")]  # fmt: skip
    print(f"newman {versions[0]}, openapi-to-postmanv2 {versions[1]}", flush=True)
    house = House(Checkout(ROOT))
    for name, text in postman.pages(house):
        (folder / Path(name).name).write_text(text, "utf-8")
    for entry in house.apis:
        cases.check(f"{entry.api}: the same methods and paths", "True", lambda entry=entry: str(_same(modules, folder, entry)))  # fmt: skip
    with _start(folder / "portal") as sandbox:
        newman = Newman(modules, folder, _arguments(sandbox, folder))
        cases.check("the login, variant B", "200 200", lambda: _said(newman, sandbox, "sagslager", (VARIANT_B, "hentSager")))  # fmt: skip
        total = sum(_run_all(newman, sandbox, entry, folder, cases) for entry in house.apis)
    refused = sum(len(codes) for codes in REFUSED.values())
    print(f"{total} requests were sent, of which {refused} are refused by a rule, as expected")


def _same(modules: Path, folder: Path, entry: ApiEntry) -> bool:
    theirs = folder / f"{entry.api}.theirs.json"
    output("node", str(modules / "openapi-to-postmanv2/bin/openapi2postmanv2.js"), "-s", str(ROOT / entry.spec), "-o", str(theirs), "-O", "folderStrategy=Tags", seconds=SECONDS)  # fmt: skip
    ours = folder / f"{entry.api}.postman_collection.json"
    return sorted(_requests(read_json(ours))) == sorted(_requests(read_json(theirs)))


def _requests(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield method and path of each request but those of the login."""
    for one in item["item"]:
        if "request" in one:
            yield one["request"]["method"], "/".join(one["request"]["url"]["path"])
        elif one["name"] != "Login":
            yield from _requests(one)


def _start(folder: Path) -> Sandbox:
    """Start a sandbox on the ports that the environment names; on others if these are taken."""
    try:
        return Sandbox.start(
            folder=folder,
            ports={"sysauth": PORTS["sysauth"], "auth": PORTS["auth"], "api": PORTS["api"]},
        )
    except PortTaken as error:
        print(f"the environment's addresses are replaced: {error}", flush=True)
        return Sandbox.start(folder=folder)


def _said(newman: Newman, sandbox: Sandbox, api: str, names: tuple[str, ...]) -> str:
    return " ".join(str(one) for one in newman.send(api, names, files=sandbox.folder))


def _run_all(newman: Newman, sandbox: Sandbox, entry: ApiEntry, folder: Path, cases: Cases) -> int:
    """Log in, upload a document to refer to, find a deadline, and send all of a collection; how many that was."""
    sandbox.reset()
    login = {"open": (), "delegated": (VARIANT_A, EXCHANGE)}.get(entry.token, (VARIANT_A,))
    if login:
        newman.send(STORE, (*login, "addV2"), files=sandbox.folder)
        newman.send("tvangsoploesning-dirigent", (*login, "getAllFrist"), files=sandbox.folder)
    parts = read_json(folder / f"{entry.api}.postman_collection.json")["item"]
    names = [part["name"] for part in parts if part["name"] != "Login"]
    sent = newman.send(entry.api, (*login, *names), files=sandbox.folder)
    refused = {one.name: str(one) for one in sent if not 200 <= one.status < 300}
    expected = len([one for part in parts for one in part["item"]]) - (len(parts[0]["item"]) if login else 0)  # fmt: skip
    done = f"{len(sent) - len(login)} requests, refused: {refused}"
    wanted = f"{expected} requests, refused: {REFUSED.get(entry.api, {})}"
    cases.check(f"{entry.api}: all of it", wanted, lambda: done)
    return len(sent) - len(login)


def _arguments(sandbox: Sandbox, folder: Path) -> list[str]:
    """Give newman what a user types in: the secret, the certificate, an assertion; addresses only if they differ."""
    env = read_env_file(sandbox.env_file)
    certificate = {
        "name": "sandbox",
        "matches": [f"{env['AUTH_URL']}/*"],
        "pfx": {"src": str(sandbox.folder / env["AUTH_CERT"])},
        "passphrase": env["AUTH_CERT_PASSWORD"],
    }
    certificates = folder / "certificates.json"  # as the page of downloads shows it
    certificates.write_text(json.dumps([certificate]))
    values = {
        "client_secret": env["AUTH_CLIENT_SECRET"],
        "client_assertion": _assertion(sandbox, env),
    }
    if not env["API_URL"].endswith(f":{PORTS['api']}"):
        values |= {name: env[name.upper()] for name in ("auth_url", "exchange_url", "api_url")}
    return [
        *("--ssl-client-cert-list", str(certificates)),
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


if __name__ == "__main__":
    sys.exit(main("Postman", judge))
