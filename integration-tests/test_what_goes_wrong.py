"""Each thing that goes wrong on a first day gives a typed error that says what to do."""

from __future__ import annotations

import shutil
import uuid
from decimal import Decimal

import pytest
from canaries import canary

from skifteportal.auth import (
    AuthUnreachable,
    Certificate,
    CertificateExpired,
    CertificateFileUnreadable,
    CertificateRefused,
    ClientRefused,
    ClientSecretCredential,
    WrongPassword,
)
from skifteportal.core import (
    BadRequest,
    ConfigurationError,
    Environment,
    File,
    InvalidArgument,
    NotFound,
    read_env_file,
)
from skifteportal.doedsbojournal import DoedsbojournalClient
from skifteportal.doedsbojournal.models import DoedsbojournalQuery, KravInput
from skifteportal.sandbox import Sandbox

CPR = canary("4634875520", "the CPR number of the guide's example")
QUERY = DoedsbojournalQuery(cpr_nummer=CPR)
WRONG = canary("not-the-right-password", "a wrong password")
NAVN = canary("Erlinda Hills", "the name of the deceased")


@pytest.fixture
def changed_env(env_file, tmp_path):
    """A copy of the sandbox's folder with some settings changed; None leaves one out."""

    def change(**settings):
        folder = tmp_path / "changed"
        shutil.copytree(env_file.parent, folder)
        merged = {**read_env_file(env_file), **settings}
        lines = [f"{key}={value}\n" for key, value in merged.items() if value is not None]
        (folder / ".env").write_text("".join(lines))
        return folder / ".env"

    return change


def search(env_file):
    credential = ClientSecretCredential.from_env_file(env_file)
    with DoedsbojournalClient(credential.direct()) as portal:
        return portal.search_bo(QUERY).first()


def test_wrong_p12_password(changed_env):
    env_file = changed_env(AUTH_CERT_PASSWORD=WRONG)
    with pytest.raises(WrongPassword, match=r"password does not open .*anmelder\.p12"):
        ClientSecretCredential.from_env_file(env_file)


def test_expired_certificate(changed_env):
    env_file = changed_env(AUTH_CERT="udloebet.p12")
    with pytest.raises(CertificateExpired, match="expired"):
        ClientSecretCredential.from_env_file(env_file)


def test_revoked_certificate_is_refused_in_the_handshake(changed_env):
    with pytest.raises(CertificateRefused, match="revoked"):
        search(changed_env(AUTH_CERT="tilbagekaldt.p12"))


def test_certificate_of_an_unknown_authority(changed_env):
    with pytest.raises(CertificateRefused, match=r"issuer|authority"):
        search(changed_env(AUTH_CERT="fremmed_ca.p12"))


def test_wrong_secret(changed_env):
    with pytest.raises(ClientRefused, match="secret"):
        search(changed_env(AUTH_CLIENT_SECRET=WRONG))


def test_sandbox_not_running(tmp_path):
    with Sandbox.start(folder=tmp_path / "portal") as sandbox:
        env_file = sandbox.env_file
    with pytest.raises(AuthUnreachable, match="sandbox running"):
        search(env_file)


def test_a_key_is_missing_from_the_env_file(changed_env):
    with pytest.raises(ConfigurationError, match="lacks AUTH_CLIENT_SECRET"):
        ClientSecretCredential.from_env_file(changed_env(AUTH_CLIENT_SECRET=None))


def test_plain_http_is_refused(changed_env):
    with pytest.raises(ConfigurationError, match="https"):
        Environment.from_env_file(changed_env(API_URL="http://127.0.0.1:1"))


def test_not_a_pdf(portal):
    bo = portal.search_bo(QUERY).first()
    krav = portal.add_krav(bo.id, KravInput(beloeb=Decimal(5), endeligt=True))
    with pytest.raises(BadRequest) as caught:
        portal.add_bilag_for_krav(bo.id, krav.id, File.from_bytes(b"<html>", name="faktura.pdf"))
    assert caught.value.code == "doedsbo.f24"
    assert caught.value.portal_text == "Filen skal være en PDF-fil"
    assert caught.value.doc_url.endswith("/errors/doedsbo.f24/")
    assert "PDF" in caught.value.action


def test_a_claim_in_an_unknown_estate(portal):
    with pytest.raises(NotFound, match=r"addKrav .*404"):
        portal.add_krav(str(uuid.uuid4()), KravInput(beloeb=Decimal(5), endeligt=True))


def test_a_cpr_number_together_with_a_name(portal):
    query = DoedsbojournalQuery(cpr_nummer=CPR, navn=NAVN)
    with pytest.raises(BadRequest) as caught:
        portal.search_bo(query).first()
    assert caught.value.code == "doedsbo.f1"
    assert caught.value.request_id
    assert "searchBo (POST /doedsbojournaler)" in str(caught.value)
    assert "either cprNummer, or navn and adresse" in str(caught.value)


def test_bytes_without_a_name_are_refused_before_anything_is_sent(portal):
    with pytest.raises(InvalidArgument, match="name"):
        portal.add_bilag_for_krav("a", "b", b"%PDF-1.7")


def test_the_file_is_missing(portal, tmp_path):
    with pytest.raises(InvalidArgument, match="can't be read: No such file") as caught:
        portal.add_bilag_for_krav("a", "b", tmp_path / "faktura.pdf")
    assert caught.value.argument == "file"


def test_the_certificate_file_is_missing(tmp_path):
    with pytest.raises(CertificateFileUnreadable, match="anmelder"):
        Certificate.from_p12(tmp_path / "anmelder.p12", password=WRONG)
