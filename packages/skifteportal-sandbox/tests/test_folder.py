import errno
import json
import os
import stat
import sys
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs12

from skifteportal.core.env_file import read_env_file
from skifteportal.core.environments import Environment
from skifteportal.sandbox import FolderError
from skifteportal.sandbox import folder as module
from skifteportal.sandbox.errors import FolderInUse
from skifteportal.sandbox.folder import open_folder
from skifteportal.sandbox.folder_lock import FolderLock
from skifteportal.sandbox.pdf_page import INVOICE, one_page_pdf

NOW = time.time_ns()
DAY = 86_400 * 10**9
COMPANIES = {
    "anmelder": "11111111",
    "anden_anmelder": "90000001",
    "advokatfirma": "90000005",
    "andet_advokatfirma": "90000006",
    "kreditor": "90000051",
    "gaeldsstyrelsen": "19552101",
    "likvidatorsystem": "90000007",
    "uregistreret": "90000009",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return open_folder(tmp_path_factory.mktemp("made") / "folder", now_ns=NOW)


@pytest.fixture
def copy(made, tmp_path):
    """A copy that a test may spoil."""
    path = tmp_path / "copy"
    path.mkdir()
    for file in made.path.iterdir():
        (path / file.name).write_bytes(file.read_bytes())
    return path


def test_the_first_start_makes_everything(made):
    assert {file.name for file in made.path.iterdir()} == {
        ".gitignore",
        "README.md",
        "advokatfirma.p12",
        "anden_anmelder.p12",
        "andet_advokatfirma.p12",
        "anmelder.p12",
        "ca.pem",
        "crl.pem",
        "faktura.pdf",
        "fremmed_ca.p12",
        "gaeldsstyrelsen.p12",
        "issuing-ca.pem",
        "issuing.pem",
        "kreditor.p12",
        "likvidatorsystem.p12",
        "produktion.p12",
        "sandbox.json",
        "server.pem",
        "tilbagekaldt.p12",
        "token-key.pem",
        "udloebet.p12",
        "uregistreret.p12",
    }


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_only_the_owner_may_look(made):
    made.write_env(
        auth_url="https://a", exchange_url="https://b", api_url="https://c", control_url="http://d"
    )
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in made.path.iterdir()} == {0o600}


def test_the_certificates_are_what_their_names_say(made):
    def subject(name):
        read = pkcs12.load_pkcs12((made.path / f"{name}.p12").read_bytes(), made.password.encode())
        return read.cert.certificate

    def cvr(name):
        return (
            subject(name)
            .subject.get_attributes_for_oid(x509.NameOID.ORGANIZATION_IDENTIFIER)[0]
            .value
        )

    assert {name: cvr(name).removeprefix("NTRDK-") for name in COMPANIES} == COMPANIES
    assert subject("udloebet").not_valid_after_utc.timestamp() < NOW / 1e9
    revoked = x509.load_pem_x509_crl(made.revoked_file.read_bytes())
    assert revoked.get_revoked_certificate_by_serial_number(subject("tilbagekaldt").serial_number)
    assert not revoked.get_revoked_certificate_by_serial_number(subject("anmelder").serial_number)
    root = x509.load_pem_x509_certificate(made.ca_file.read_bytes())
    assert subject("fremmed_ca").issuer != root.subject
    issuing = x509.load_pem_x509_certificate((made.path / "issuing-ca.pem").read_bytes())
    issuing.verify_directly_issued_by(root)
    subject("kreditor").verify_directly_issued_by(issuing)
    units = [
        [
            unit.value
            for unit in issuer.get_attributes_for_oid(x509.NameOID.ORGANIZATIONAL_UNIT_NAME)
        ]
        for issuer in (subject("anmelder").issuer, subject("produktion").issuer)
    ]
    assert units == [["Test - cti"], []]


def test_an_invoice_lies_there_to_be_uploaded_and_may_be_changed(copy):
    assert (copy / "faktura.pdf").read_bytes() == one_page_pdf(*INVOICE)
    (copy / "faktura.pdf").write_bytes(b"another")
    assert open_folder(copy, now_ns=NOW).path == copy


def test_the_env_file_is_what_core_reads(made):
    made.write_env(
        auth_url="https://a:1",
        exchange_url="https://b:2",
        api_url="https://c:3",
        control_url="http://d:4",
    )
    values = read_env_file(made.env_file)
    assert list(values) == [
        "AUTH_CA",
        "AUTH_URL",
        "AUTH_CLIENT_ID",
        "AUTH_CLIENT_SECRET",
        "AUTH_CERT",
        "AUTH_CERT_PASSWORD",
        "AUTH_SIGNER_CERT",
        "AUTH_SIGNER_PASSWORD",
        "EXCHANGE_URL",
        "API_URL",
        "CONTROL_URL",
        "EXAMPLE_CPR",
        "EXAMPLE_SAG",
        "EXAMPLE_CVR",
        "EXAMPLE_PROFILE",
        "EXAMPLE_PERSON",
        "EXAMPLE_DAR",
        "DOEDSBO_CLIENT_ID",
        "DOEDSBO_CLIENT_SECRET",
        "TVANGSOPLOESNING_CLIENT_ID",
        "TVANGSOPLOESNING_CLIENT_SECRET",
    ]
    both, estates, dissolutions = made.clients
    assert [both.areas, estates.areas, dissolutions.areas] == [
        (),
        ("doedsbo",),
        ("tvangsoploesning",),
    ]
    assert len({client.secret for client in made.clients}) == 3
    for key, client in (("AUTH", both), ("DOEDSBO", estates), ("TVANGSOPLOESNING", dissolutions)):
        assert values[f"{key}_CLIENT_ID"] == client.id
        assert values[f"{key}_CLIENT_SECRET"] == client.secret
    assert values["AUTH_CERT_PASSWORD"] == made.password
    environment = Environment.from_env_file(made.env_file)
    assert (environment.auth_url, environment.exchange_url, environment.api_url) == (
        "https://a:1",
        "https://b:2",
        "https://c:3",
    )
    assert environment.ssl_context().get_ca_certs()


def test_a_second_start_finds_the_same(made):
    again = open_folder(made.path, now_ns=NOW + DAY)
    assert (again.clients, again.password) == (made.clients, made.password)


def test_no_repr_shows_a_secret(made):
    assert made.password not in repr(made)
    assert not any(client.secret in repr(made) for client in made.clients)


def test_certificates_that_run_out_are_renewed_and_other_files_kept(copy, made):
    (copy / "notes.txt").write_text("mine", encoding="utf-8")
    renewed = open_folder(copy, now_ns=NOW + 800 * DAY)
    assert renewed.clients[0].secret != made.clients[0].secret
    assert (copy / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert open_folder(copy, now_ns=NOW + 801 * DAY).clients == renewed.clients


def test_an_older_sandboxs_or_an_unfinished_folder_is_made_anew(copy, made):
    manifest = json.loads((copy / "sandbox.json").read_text(encoding="utf-8"))
    (copy / "sandbox.json").write_text(json.dumps({**manifest, "format": 0}), encoding="utf-8")
    (copy / "anmelder.p12").unlink()
    (copy / "ca.pem.new").write_bytes(b"left behind")
    renewed = open_folder(copy, now_ns=NOW)
    assert renewed.clients[0].secret != made.clients[0].secret
    assert (copy / "anmelder.p12").exists()


@pytest.mark.parametrize("name", ["anmelder.p12", "ca.pem", "token-key.pem"])
@pytest.mark.parametrize("spoil", ["remove", "change"])
def test_a_damaged_folder_is_told_of(copy, name, spoil):
    if spoil == "remove":
        (copy / name).unlink()
    else:
        (copy / name).write_bytes(b"x")
    with pytest.raises(
        FolderError, match=rf"{name} is missing or damaged. Delete the folder"
    ) as caught:
        open_folder(copy, now_ns=NOW)
    assert caught.value.folder == copy


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"{}", b'{"format":"x"}', b'{"format":4,"files":[1]}']
)
def test_a_damaged_manifest_is_told_of(copy, content):
    (copy / "sandbox.json").write_bytes(content)
    with pytest.raises(FolderError, match=r"sandbox.json is damaged"):
        open_folder(copy, now_ns=NOW)


def test_a_newer_sandboxs_folder_is_told_of(copy):
    manifest = json.loads((copy / "sandbox.json").read_text(encoding="utf-8"))
    (copy / "sandbox.json").write_text(json.dumps({**manifest, "format": 5}), encoding="utf-8")
    with pytest.raises(FolderError, match=r"a newer sandbox made it"):
        open_folder(copy, now_ns=NOW)


def test_a_folder_of_other_things_is_left_alone(tmp_path):
    (tmp_path / "thesis.docx").write_bytes(b"x")
    mode = stat.S_IMODE(tmp_path.stat().st_mode)
    with pytest.raises(FolderError, match=r"it holds files, but no sandbox.json"):
        open_folder(tmp_path, now_ns=NOW)
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.docx"]
    assert stat.S_IMODE(tmp_path.stat().st_mode) == mode


def test_a_folder_that_another_sandbox_runs_in_is_left_alone(copy):
    before = {file.name: file.read_bytes() for file in copy.iterdir()}

    def enter():
        raise FolderInUse(copy)

    for now in (NOW, NOW + 900 * DAY):  # it would be made anew
        with pytest.raises(FolderInUse):
            open_folder(copy, now_ns=now, enter=enter)
    assert {file.name: file.read_bytes() for file in copy.iterdir()} == before


def test_a_folder_that_holds_but_the_lock_is_empty(tmp_path):
    FolderLock(tmp_path).take()
    assert open_folder(tmp_path, now_ns=NOW).clients


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.EACCES, r"Permission denied \(README.md\). Change the permissions, or name another"),
        (errno.ENOSPC, r"No space left on device \(README.md\). Mend that, or name another"),
        (errno.ENOENT, r"No such file or directory \(README.md\). Mend that, or name another"),
    ],
)
def test_what_the_machine_refuses_is_told_with_what_to_do(tmp_path, monkeypatch, number, advice):
    write = module._write

    def failing(path, content):
        if path.name == "README.md":
            raise OSError(number, os.strerror(number), str(path))
        write(path, content)

    monkeypatch.setattr(module, "_write", failing)
    with pytest.raises(FolderError, match=advice):
        open_folder(tmp_path / "folder", now_ns=NOW)


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(FolderError, match=r"it is a file"):
        open_folder(tmp_path / "file", now_ns=NOW)


def test_a_folder_that_cannot_be_made_is_told_of(tmp_path):
    with pytest.raises(
        FolderError, match=r"missing is not there. Make that folder first, or name another."
    ):
        open_folder(tmp_path / "missing" / "folder", now_ns=NOW)


def test_a_start_that_is_cut_off_leaves_a_folder_that_the_next_makes_anew(tmp_path, monkeypatch):
    write = module._write
    written = []

    def failing(path, content):
        if len(written) == 3:
            raise OSError(28, "No space left on device", str(path))
        written.append(path)
        write(path, content)

    monkeypatch.setattr(module, "_write", failing)
    with pytest.raises(FolderError, match=r"No space left on device"):
        open_folder(tmp_path / "folder", now_ns=NOW)
    monkeypatch.undo()
    assert open_folder(tmp_path / "folder", now_ns=NOW).clients[0].secret


def test_the_readme_tells_of_every_certificate_and_has_a_line_to_paste(made):
    text = (made.path / "README.md").read_text(encoding="utf-8")
    for file in (*made.path.glob("*.p12"), *made.path.glob("*.pdf")):
        assert f"`{file.name}`" in text
    assert made.curl_line.partition(" && ")[2] in text
    assert os.fspath(made.path) in made.curl_line
