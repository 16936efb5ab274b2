import http.client
import shutil
import ssl
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)

from skifteportal.core.env_file import read_env_file
from skifteportal.sandbox import Sandbox
from skifteportal.sandbox.errors import Refused

CERTS = "/realms/sts/protocol/openid-connect/certs"


@pytest.fixture(scope="module")
def sandbox(sandbox_folder, running, tmp_path_factory):
    folder = tmp_path_factory.mktemp("revoking") / "folder"
    shutil.copytree(sandbox_folder, folder)
    with Sandbox.start(folder=folder) as started:
        yield started


@pytest.fixture
def connect(sandbox, tmp_path):
    """Open a connection to the login with one of the folder's certificates."""
    opened = []

    def open_one(name):
        password = read_env_file(sandbox.env_file)["AUTH_CERT_PASSWORD"].encode()
        read = pkcs12.load_pkcs12((sandbox.folder / f"{name}.p12").read_bytes(), password)
        chain = [read.cert.certificate, *(one.certificate for one in read.additional_certs)]
        key = read.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file = tmp_path / "client.pem"
        file.write_bytes(key + b"".join(one.public_bytes(Encoding.PEM) for one in chain))
        context = ssl.create_default_context(cafile=sandbox.folder / "ca.pem")
        context.load_cert_chain(file)
        address = urlsplit(sandbox.urls["sysauth"])
        connection = http.client.HTTPSConnection(
            address.hostname, address.port, context=context, timeout=10
        )
        opened.append(connection)
        return connection

    yield open_one
    sandbox.reset()
    for connection in opened:
        connection.close()


def ask(connection):
    connection.request("GET", CERTS)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def test_a_certificate_revoked_while_it_runs_is_refused_with_the_right_alert(sandbox, connect):
    before, other = connect("anden_anmelder"), connect("anmelder")
    assert (ask(before), ask(other)) == (200, 200)
    known = sandbox.control.access.revoke("anden_anmelder")
    assert (known.name, known.revoked, known.company) == ("anden_anmelder.p12", True, "90000001")
    with pytest.raises((http.client.RemoteDisconnected, ssl.SSLError, ConnectionError)):
        ask(before)  # its open connection is gone
    with pytest.raises(ssl.SSLError, match="CERTIFICATE_REVOKED"):
        ask(connect("anden_anmelder"))
    assert ask(other) == 200
    with pytest.raises(ssl.SSLError, match="CERTIFICATE_REVOKED"):
        ask(connect("tilbagekaldt"))
    sandbox.reset()
    assert ask(connect("anden_anmelder")) == 200
    with pytest.raises(ssl.SSLError, match="CERTIFICATE_REVOKED"):
        ask(connect("tilbagekaldt"))


def test_the_signer_of_an_assertion_is_judged_by_the_same_list(sandbox):
    access = sandbox.control.access
    first = access.revoke("anmelder.p12")
    serials = {entry.serial_number for entry in access._revocations._trust.revoked}
    assert first.certificate.serial_number in serials
    access.revoke("anden_anmelder")
    revoked = {known.name for known in access.certificates() if known.revoked}
    assert revoked == {"anmelder.p12", "anden_anmelder.p12", "tilbagekaldt.p12"}
    assert access.revoke("tilbagekaldt.p12").revoked
    assert len(access._revocations._trust.revoked) == 3  # it was in the list already
    sandbox.reset()
    sandbox.reset()  # a second time does nothing
    assert {known.name for known in access.certificates() if known.revoked} == {"tilbagekaldt.p12"}


def test_certificates_go_by_file_and_by_the_serial_number_in_the_subject(sandbox):
    access = sandbox.control.access
    known = {one.name: one for one in access.certificates()}["anden_anmelder.p12"]
    assert access.company(known.serial_number) == access.company("anden_anmelder") == "90000001"
    profile = access.profiles()[0]["id"]
    shown = access.invite(profile, "anden_anmelder.p12")
    assert {"certificate": known.serial_number} in shown["participants"]
    with pytest.raises(Refused, match=r"name one of advokatfirma\.p12, anden_anmelder\.p12"):
        access.revoke("nothing")
    with pytest.raises(Refused, match=r"serial number of X\.509"):
        access.invite(profile, "UI:DK")


def test_what_was_revoked_is_revoked_again_after_a_restart_with_a_state_file(
    sandbox_folder, running, tmp_path
):
    folder, state = tmp_path / "folder", tmp_path / "portal.db"
    shutil.copytree(sandbox_folder, folder)

    def revoked(sandbox):
        return {known.name for known in sandbox.control.access.certificates() if known.revoked}

    with Sandbox.start(folder=folder, state=state) as sandbox:
        sandbox.control.access.revoke("anmelder")
        sandbox.control.access.revoke("anden_anmelder")
    with Sandbox.start(folder=folder, state=state) as sandbox:
        assert revoked(sandbox) == {"anmelder.p12", "anden_anmelder.p12", "tilbagekaldt.p12"}
        with sandbox.portal.transaction() as world:
            world.store.meta["certificates revoked"] += " 12345"  # of a folder that is no more
    with Sandbox.start(folder=folder, state=state) as sandbox:
        assert revoked(sandbox) == {"anmelder.p12", "anden_anmelder.p12", "tilbagekaldt.p12"}
        dump = b"".join(sandbox.control.dump())
        assert b"12345" not in dump
        sandbox.reset()
        assert revoked(sandbox) == {"tilbagekaldt.p12"}
        sandbox.control.load(dump)
        assert revoked(sandbox) == {"anmelder.p12", "anden_anmelder.p12", "tilbagekaldt.p12"}
        sandbox.reset()
    with Sandbox.start(folder=folder, state=state) as sandbox:
        assert revoked(sandbox) == {"tilbagekaldt.p12"}
