"""The portal's integration guide against the sandbox, with a client that we did not write: curl.

Runs the guide's own commands (Examples 1, 2, 4 and 5, sections 4.3.3, 4.3.4, 4.5.3 and 4.5.7) with host, CA file and
real values filled in, and compares each answer with what the guide prints (Examples 3 and 6, section 4.3.3, figure 9),
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

from guide_assertion import assertion
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
EXAMPLE_2 = r"""
curl -s -X POST "$AUTH_URL/realms/sts/protocol/openid-connect/token" \
--cacert "$AUTH_CA" \
--cert-type p12 \
--cert "$AUTH_CERT:$AUTH_CERT_PASSWORD" \
-H "Content-Type: application/x-www-form-urlencoded" \
-d "client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer" \
-d "client_assertion=$TEST_ASSERTION" \
-d "grant_type=client_credentials" \
-d "scope=openid"
"""
# With grant_type twice, the second with a space behind it, as printed.
EXAMPLE_4 = r"""
curl -s -X POST \
"$EXCHANGE_URL/token" \
--cacert "$AUTH_CA" \
-H "Content-Type: application/x-www-form-urlencoded" \
-d "actor_token=$AUTH_TOKEN" \
-d "actor_token_type=urn:ietf:params:oauth:token-type:access_token" \
-d "grant_type=urn:ietf:params:oauth:grant-type:token-exchange" \
-d "subject_token=$EXAMPLE_PROFILE" \
-d "subject_token_type=urn:dk:domstol:token-type:adgangsprofil-id" \
-d "grant_type=urn:ietf:params:oauth:grant-type:token-exchange "
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

# Section 4.5.7 has no command; its words are followed.
UPLOAD_TO_STORE = r"""
curl -s --cacert "$AUTH_CA" -X POST $API_URL/v2/dokumenter \
-H "Authorization: Bearer $AUTH_TOKEN" \
-H "Content-Type: application/octet-stream" \
-H "Content-Disposition: filename=\"Faktura129874.pdf\"" \
--data-binary @test.pdf
"""
GET_FILE = r"""
curl -s --cacert "$AUTH_CA" -D headers.txt -o back.pdf $API_URL/v2/dokumenter/$DOKUMENT/fil \
-H "Authorization: Bearer $AUTH_TOKEN"
"""
# The body of section 4.5.3; "vedrø-rende" is one word there, cut at the end of a line.
THREAD = r"""
curl -s --cacert "$AUTH_CA" -X POST $API_URL/henvendelseTraade \
-H "Authorization: Bearer $AUTH_TOKEN" \
-H "Content-Type: application/json" \
--data-binary @henvendelse.json
"""
GUIDES_DOCUMENT = "124b3aef-5d05-48da-9db7-4664a3d59e89"
SECTION_4_5_3: dict[str, Any] = {
    "sagId": "ddf07fc5-d4af-43b0-9d55-44637c1fb2a8",
    "emneord": "Ring venligst",
    "henvendelser": [
        {
            "tekst": "Jeg vil gerne snarest kontaktes på +45 12345678 vedrørende nyt i denne sag.\n\n"
            "Med venlig hilsen\nLikvidator",
            "dokumenter": [
                {
                    "dokumentId": GUIDES_DOCUMENT,
                    "filnavn": "Henvendelsesbilag.pdf",
                    "navn": "Min henvendelse vedrørende sag 147",
                }
            ],
        }
    ],
}

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
FIGURE_9: dict[str, Any] = {
    "id": "52cd5ed9-41b5-4cbf-a68e-2da142ad05ad",
    "navn": "Faktura129874.pdf",
    "oprettet": "2024-03-24T13:42:22.572260213Z",
    "stoerelse": 42525,
    "type": "application/pdf",
    "metadata": {"oprettet_af_part_type": "virksomhed", "oprettet_af_part_id": "21659509"},
}
# The exchange's answer "corresponds to" the login's (3.2.4); RFC 8693, section 2.2.1, demands one member more.
EXAMPLE_4_ANSWER = {
    **EXAMPLE_3,
    "issued_token_type": "urn:ietf:params:oauth:token-type:access_token",
}
ASIDE = {
    *("id", "dokumentId", "oprettet_af_part_id", "access_token", "id_token"),
    *("oprettet", "oprettelsestidspunkt", "redigeringstidspunkt"),
}


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


class Comparison:
    """Runs every command and collects what differs.

    Args:
        sandbox: The sandbox.
        folder: Where curl runs, and leaves its files.
    """

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self.sandbox = sandbox
        self.folder = folder
        self.shell = Shell(sandbox.env_file, folder)
        self.found: list[str] = []

    def check(self, name: str, guide: Any, answer: Any) -> Any:
        """Compare an answer with what is printed, and return it."""
        different = differences(guide, answer)
        print(f"{'as printed' if not different else 'DIFFERENT ':10}  {name}")
        self.found.extend(f"{name}: {difference}" for difference in different)
        return answer

    def direct(self) -> None:
        """Examples 1 to 3: a direct token, by both variants of the login."""
        shell = self.shell
        shell.variables["TEST_ASSERTION"] = assertion(
            self.sandbox.folder / shell.variables["AUTH_SIGNER_CERT"],
            shell.variables["AUTH_SIGNER_PASSWORD"],
            audience=shell.variables["AUTH_URL"],
            subject="11111111",
        )
        self.check("Examples 2 and 3: the token, variant B", EXAMPLE_3, shell.run(EXAMPLE_2))
        token = self.check("Examples 1 and 3: the token", EXAMPLE_3, shell.run(EXAMPLE_1))
        shell.variables["AUTH_TOKEN"] = token["access_token"]
        line = shell.run(self.sandbox.curl_line)
        self.check("The line that the sandbox prints", EXAMPLE_3, line)

    def estates(self) -> None:
        """Examples 5 and 6, sections 4.3.3 and 4.3.4: an estate, a claim, its attachment."""
        shell = self.shell
        self.check("Examples 5 and 6: the estate", EXAMPLE_6, shell.run(EXAMPLE_5))
        search = EXAMPLE_5.replace("4634875520", self.sandbox.receipt_cpr)
        shell.variables["BO"] = shell.run(search)[0]["id"]
        krav = self.check("4.3.3: the claim and its receipt", SECTION_4_3_3, shell.run(ADD_KRAV))
        shell.variables["KRAV"] = krav["id"]

        pdf = (self.sandbox.folder / "faktura.pdf").read_bytes()
        (self.folder / "test.pdf").write_bytes(pdf)
        bilag = shell.run(UPLOAD)
        listed = [entry["filnavn"] for entry in shell.run(LIST)]
        self.check("4.3.4: the list of attachments", ["test.pdf"], listed)
        shell.variables["BILAG"] = bilag["id"]
        shell.run(DOWNLOAD)
        self.came_back("4.3.4", pdf, name="test.pdf", kind="application/pdf")

    def documents(self) -> None:
        """Section 4.5.7: a document of the size that figure 9 prints, and its file."""
        pdf = of_size((self.sandbox.folder / "faktura.pdf").read_bytes(), FIGURE_9["stoerelse"])
        (self.folder / "test.pdf").write_bytes(pdf)
        stored = self.shell.run(UPLOAD_TO_STORE)
        self.check("4.5.7: the document, figure 9", FIGURE_9, stored)
        self.shell.variables["DOKUMENT"] = stored["id"]
        self.shell.run(GET_FILE)
        self.came_back("4.5.7", pdf, name="Faktura129874.pdf")

    def messages(self) -> None:
        """Example 4 and section 4.5.3: a delegated token, and a message with a document to the court."""
        token = self.check("Example 4: the exchange", EXAMPLE_4_ANSWER, self.shell.run(EXAMPLE_4))
        self.shell.variables["AUTH_TOKEN"] = token["access_token"]
        stored = self.shell.run(UPLOAD_TO_STORE)  # a document is its token's
        body = json.dumps(SECTION_4_5_3).replace(GUIDES_DOCUMENT, stored["id"])
        (self.folder / "henvendelse.json").write_text(body, "utf-8")
        made = self.shell.run(THREAD)
        sent = {name: made.get(name) for name in SECTION_4_5_3}
        first = SECTION_4_5_3["henvendelser"][0]
        sent["henvendelser"] = [
            {name: message.get(name) for name in first} for message in made["henvendelser"]
        ]
        self.check("4.5.3: the thread, as it was sent", SECTION_4_5_3, sent)

    def came_back(self, section: str, pdf: bytes, *, name: str, kind: str | None = None) -> None:
        """Compare a download with what was sent."""
        back = (self.folder / "back.pdf").read_bytes()
        self.check(f"{section}: its bytes", pdf.hex(), back.hex())
        headers = dict(
            line.split(": ", 1)
            for line in (self.folder / "headers.txt").read_text().splitlines()
            if ": " in line
        )
        lower = {key.lower(): value for key, value in headers.items()}
        if kind is not None:
            self.check(f"{section}: its MIME type", kind, lower.get("content-type"))
        told = name if name in lower.get("content-disposition", "") else None
        self.check(f"{section}: its file name", name, told)


def of_size(pdf: bytes, size: int) -> bytes:
    """Put a comment into a PDF file, so that it has a size."""
    end = pdf[pdf.rindex(b"startxref") :]
    return pdf + b"%" + b" " * (size - len(pdf) - len(end) - 2) + b"\n" + end


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
            comparison = Comparison(sandbox, folder)
            comparison.direct()
            comparison.estates()
            comparison.documents()
            comparison.messages()
    found = comparison.found
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
