"""The portal's integration guide against the sandbox, with a client that we did not write: curl.

Runs the guide's own commands (Examples 1 and 5, and the upload and download of section 4.3.4) with host, CA file
and real values filled in, and compares each answer with what the guide prints (Examples 3 and 6, section 4.3.3),
field for field: ids, tokens and times aside. Section 4.3.4 is misprinted (an en dash before ``k``, ``-X`` without a
method, a missing ``\\``, ``-d`` where ``--data-binary`` is needed) and is mended here; ``-k`` gives way to ``--cacert``.

Ends with 0 if everything is as printed, with 1 and the differences if not. Run it with ``nox -s peers``.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, TypeAlias

from skifteportal.core import read_env_file
from skifteportal.sandbox import Sandbox

EXAMPLE_1 = r"""
curl -s -X POST \
"$AUTH_URL/realms/sts/protocol/openid-connect/token" \
--cacert "$AUTH_CA" \
--cert-type p12 \
--cert "$AUTH_CERT:$AUTH_CERT_PASSWORD" \
-H "Content-Type: application/x-www-form-urlencoded" \
-d "client_id=$AUTH_CLIENT_ID" \
-d "client_secret=$AUTH_CLIENT_SECRET" \
-d "grant_type=client_credentials" \
-d "scope=openid"
"""
EXAMPLE_5 = r"""
curl -s --cacert "$AUTH_CA" -H "Authorization: Bearer $AUTH_TOKEN" -X POST \
-H "Content-Type:application/json" -d \
'{"cprNummer":"4634875520"}' \
$API_URL/doedsbojournaler
"""
ADD_KRAV = r"""
curl -s --cacert "$AUTH_CA" -H "Authorization: Bearer $AUTH_TOKEN" -X POST \
-H "Content-Type:application/json" -d \
'{"beloeb":123,"endeligt":false,"opgjortdato":"2022-04-29"}' \
$API_URL/doedsbojournaler/$BO/krav
"""
UPLOAD = r"""
curl -s --cacert "$AUTH_CA" -X POST $API_URL/doedsbojournaler/$BO/krav/$KRAV/bilag \
-H "Authorization: Bearer $AUTH_TOKEN" \
-H "Content-Type: application/pdf" \
-H "Content-Disposition: filename=\"test.pdf\"" \
--data-binary @test.pdf
"""
LIST = r"""
curl -s --cacert "$AUTH_CA" $API_URL/doedsbojournaler/$BO/krav/$KRAV/bilag \
-H "Authorization: Bearer $AUTH_TOKEN"
"""
DOWNLOAD = r"""
curl -s --cacert "$AUTH_CA" -D headers.txt -o back.pdf \
$API_URL/doedsbojournaler/$BO/krav/$KRAV/bilag/$BILAG \
-H "Authorization: Bearer $AUTH_TOKEN"
"""

# What the guide prints, word for word: data, as its readers have it.
EXAMPLE_3 = {
    "access_token": "…",
    "expires_in": 300,
    "refresh_expires_in": 0,
    "token_type": "Bearer",
    "id_token": "…",
    "not-before-policy": 0,
    "scope": "openid",
}
EXAMPLE_6 = [
    {
        "id": "e25d84d3-7aec-4361-84da-93125cb83f08",
        "oprettelsestidspunkt": "2022-06-15T07:14:50.6432001Z",
        "redigeringstidspunkt": "2022-06-15T07:14:50.7475822Z",
        "afdoede": {
            "personId": "6dc24b2e-0097-4ec4-b7f5-d75edb7547ea",
            "navn": "Erlinda Hills",
            "foedselsdato": "1923-06-10",
            "adresse": {
                "id": "5d7a5811-d837-4eeb-88f1-71d22bc11153",
                "adresselinje": "Ved Ringen 1",
                "postnummer": "4000",
                "by": "Roskilde",
            },
            "erNavnAdresseBeskyttet": False,
        },
        "retskredsId": "1183",
        "skifteform": {"skifteform": "USKIFTET_BO", "udleveringsdato": "2022-06-15"},
        "kontaktperson": {
            "part": {
                "type": "PERSON",
                "person": {"personId": "e37eef41-5493-4ccf-b16d-33f7a80a78e2"},
            }
        },
        "vigtigeDatoer": {"doedsdato": "2014-12-11", "boUdleveret": "2022-06-15"},
    }
]
SECTION_4_3_3 = {
    "id": "4b97d591-1b88-4b70-81bc-7a4c4a227627",
    "oprettelsestidspunkt": "2022-09-09T13:08:25.98834636Z",
    "redigeringstidspunkt": "2022-09-09T13:08:25.988362763Z",
    "indberetter": {"type": "VIRKSOMHED", "virksomhed": {"cvrNummer": "11111111"}},
    "beloeb": 123,
    "endeligt": False,
    "opgjortdato": "2022-04-29",
    "rettidigt": True,
    "harBilag": False,
    "kvittering": {
        "kode": "K1",
        "overskrift": "Dit krav er nu anmeldt ",
        "indhold": "Du har anmeldt et krav i boet efter Ione Koss.\nNår boet udleveres, vil boets kontaktperson få "
        "besked om dit krav.\nDu vil modtage en meddelelse via digital post, når boet udleveres.",
    },
    "slettet": False,
}
ASIDE = {"id", "access_token", "id_token", "oprettelsestidspunkt", "redigeringstidspunkt"}


Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"


def differences(guide: Json, answer: Json, place: str = "") -> list[str]:
    """Name every place where an answer is not what the guide prints."""
    if isinstance(guide, dict) and isinstance(answer, dict):
        found = [f"{place}/{name}: missing" for name in guide.keys() - answer.keys()]
        found += [f"{place}/{name}: not in the guide" for name in answer.keys() - guide.keys()]
        for name in guide.keys() & answer.keys():
            if name not in ASIDE:
                found += differences(guide[name], answer[name], f"{place}/{name}")
        return found
    if isinstance(guide, list) and isinstance(answer, list) and len(guide) == len(answer):
        pairs = enumerate(zip(guide, answer, strict=True))
        return [d for n, pair in pairs for d in differences(*pair, f"{place}/{n}")]
    same = guide == answer and isinstance(guide, bool) == isinstance(answer, bool)
    return [] if same else [f"{place}: {answer!r}, in the guide {guide!r}"]


class Shell:
    """Runs the guide's commands in bash, in a folder, with the variables of the sandbox's env file."""

    def __init__(self, env_file: Path, folder: Path) -> None:
        settings = read_env_file(env_file)
        for key in ("AUTH_CA", "AUTH_CERT"):
            settings[key] = str(env_file.parent / settings[key])
        self.variables = settings
        self.folder = folder

    def run(self, command: str) -> Any:
        done = subprocess.run(
            ["bash", "-euc", command],
            env={"PATH": os.environ["PATH"], **self.variables},
            cwd=self.folder,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            timeout=60,
        )
        return json.loads(done.stdout) if done.stdout else None


def compare(sandbox: Sandbox, folder: Path) -> list[str]:
    """Run every command and collect what differs."""
    shell = Shell(sandbox.env_file, folder)
    found: list[str] = []

    def check(name: str, guide: Any, answer: Any) -> Any:
        different = differences(guide, answer)
        print(f"{'as printed' if not different else 'DIFFERENT ':10}  {name}")
        found.extend(f"{name}: {difference}" for difference in different)
        return answer

    token = check("Examples 1 and 3: the token", EXAMPLE_3, shell.run(EXAMPLE_1))
    shell.variables["AUTH_TOKEN"] = token["access_token"]
    check("The line that the sandbox prints", EXAMPLE_3, shell.run(sandbox.curl_line))
    check("Examples 5 and 6: the estate", EXAMPLE_6, shell.run(EXAMPLE_5))

    shell.variables["BO"] = shell.run(EXAMPLE_5.replace("4634875520", sandbox.receipt_cpr))[0]["id"]
    krav = check("4.3.3: the claim and its receipt", SECTION_4_3_3, shell.run(ADD_KRAV))
    shell.variables["KRAV"] = krav["id"]

    pdf = (sandbox.env_file.parent / "faktura.pdf").read_bytes()
    (folder / "test.pdf").write_bytes(pdf)
    bilag = shell.run(UPLOAD)
    check("4.3.4: the list of attachments", ["test.pdf"], [b["filnavn"] for b in shell.run(LIST)])
    shell.variables["BILAG"] = bilag["id"]
    shell.run(DOWNLOAD)
    check("4.3.4: its bytes", pdf.hex(), (folder / "back.pdf").read_bytes().hex())
    headers = dict(
        line.lower().split(": ", 1)
        for line in (folder / "headers.txt").read_text().splitlines()
        if ": " in line
    )
    check("4.3.4: its MIME type", "application/pdf", headers.get("content-type"))
    name = "test.pdf" if "test.pdf" in headers.get("content-disposition", "") else None
    check("4.3.4: its file name", "test.pdf", name)
    return found


def main() -> int:
    """Run the guide; print what differs."""
    if shutil.which("curl") is None:
        print("curl is not on this machine: NOT RUN, and not passed.", file=sys.stderr)
        return 2
    print(
        subprocess.run(
            ["curl", "--version"], capture_output=True, text=True, check=True
        ).stdout.splitlines()[0]
    )
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with Sandbox.start(folder=folder / "portal") as sandbox:
            found = compare(sandbox, folder)
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
