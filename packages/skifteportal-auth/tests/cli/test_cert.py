"""skifteportal cert show."""

import oces
import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
)

from skifteportal.auth.cli._peek import peek

DATA = bytes.fromhex("06092a864886f70d010701")
KEY_BAG = bytes.fromhex("060b2a864886f70d010c0a0102")
CERTIFICATE_BAG = bytes.fromhex("060b2a864886f70d010c0a0103")
X509 = bytes.fromhex("060a2a864886f70d01091601")
SERIAL = "UI:DK-O:G:46e74e1d-3b04-4d1e-9c52-0d6b8a7a1c11"


def der(tag, *parts):
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    width = (size.bit_length() + 7) // 8
    return bytes([tag, 0x80 + width]) + size.to_bytes(width, "big") + content


def as_mitid_erhverv(issued, password):
    """A .p12 file with its certificates unencrypted and its key encrypted (RFC 7292; without MAC)."""

    def data(content):
        return der(0x30, DATA, der(0xA0, der(0x04, content)))

    def bag(kind, content):
        return der(0x30, kind, der(0xA0, content))

    def certificate(each):
        inside = der(0x04, each.public_bytes(Encoding.DER))
        return bag(CERTIFICATE_BAG, der(0x30, X509, der(0xA0, inside)))

    encryption = BestAvailableEncryption(password.encode())
    key = issued.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, encryption)
    certificates = [certificate(each) for each in (issued.leaf, *issued.above)]
    safes = data(der(0x30, *certificates)), data(der(0x30, bag(KEY_BAG, key)))
    return der(0x30, b"\x02\x01\x03", data(der(0x30, *safes)))


@pytest.fixture
def open_p12(tmp_path, issued, password):
    """As MitID Erhverv gives it: the certificates unencrypted, the key encrypted."""
    path = tmp_path / "åben.p12"
    path.write_bytes(as_mitid_erhverv(issued, password))
    return path


def test_without_the_password(run, open_p12):
    ran = run("cert", "show", open_p12)
    assert ran.exit_code == 0
    lines = dict(line.split("  ", 1) for line in ran.stdout.splitlines() if "  " in line)
    told = {name: value.strip() for name, value in lines.items()}
    assert told["CVR number"] == "30808460"
    assert told["SERIALNUMBER"] == SERIAL
    assert told["Issued for"] == "test"
    assert told["Certificates in file"] == "3"
    assert told["Chain to its root"] == "yes"
    assert told["Private key"] == "not known without the password"
    assert "not by the X.509 serial number" in ran.stdout


def test_in_danish(run, open_p12):
    ran = run("cert", "show", open_p12, "--lang", "da")
    assert "Privat nøgle           vides ikke uden adgangskoden" in ran.stdout
    assert "Ejeren af en adgangsprofil inviterer jer med SERIALNUMBER" in ran.stdout


def test_as_json_with_the_password_from_a_file(run, p12, password, tmp_path, issued):
    file = tmp_path / "password.txt"
    file.write_text(f"{password}\n")
    told = run("cert", "show", p12, "--format", "json", "--password-file", file).json
    assert told["private_key"] is True
    assert told["subject_serial_number"] == SERIAL
    assert told["number"] == f"{issued.leaf.serial_number:x}"
    assert told["days_left"] > 1000


def test_the_password_is_asked_for_and_not_shown(run, p12, password):
    ran = run("cert", "show", p12, "--ask-password", answers=f"{password}\n")
    assert ran.exit_code == 0
    assert "Private key            yes" in ran.stdout
    assert ran.stderr == "Password of anmelder.p12: \n"


def test_the_wrong_password(run, p12, wrong):
    ran = run("cert", "show", p12, "--ask-password", answers=f"{wrong}\n")
    assert ran.exit_code == 1
    assert "Error: The password does not open" in ran.stderr


def test_a_file_that_hides_its_certificates(run, p12):
    ran = run("cert", "show", p12)
    assert ran.exit_code == 1
    assert "are encrypted too: give the password" in ran.stderr


@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER])
def test_a_certificate_without_its_key(run, tmp_path, encoding):
    path = tmp_path / "x.cer"
    path.write_bytes(oces.authority("unknown").issue().leaf.public_bytes(encoding))
    told = run("cert", "show", path, "--format", "json").json
    assert told["private_key"] is False
    assert told["chain"] == 1
    assert told["chain_complete"] is False
    assert told["environment"] == "unknown"


def test_the_order_in_the_file_does_not_matter(run, tmp_path, issued):
    path = tmp_path / "chain.pem"
    turned = (*reversed(issued.above), issued.leaf)
    path.write_bytes(b"".join(each.public_bytes(Encoding.PEM) for each in turned))
    told = run("cert", "show", path, "--format", "json").json
    assert told["cvr"] == "30808460"
    assert told["chain"] == 3


def test_no_file(run, tmp_path):
    ran = run("cert", "show", tmp_path / "gone.p12")
    assert ran.exit_code == 1
    assert "does not exist" in ran.stderr


def test_something_else(run, tmp_path):
    (tmp_path / "x.p12").write_text("hej")
    ran = run("cert", "show", tmp_path / "x.p12")
    assert ran.exit_code == 1
    assert "There is no PEM certificate" in ran.stderr


def test_the_open_file_opens_with_its_password_too(run, open_p12, password):
    ran = run("cert", "show", open_p12, "--ask-password", answers=f"{password}\n")
    assert "Private key            yes" in ran.stdout


@pytest.mark.parametrize(
    "after",
    [
        b"",
        b"\xa0",
        b"\x30\x00",
        b"\xa0\x03\x30\x01\x00",
        b"\xa0\x89" + bytes(9),
        b"\xa0\x04\x04\x02\x30\x00",
    ],
)
def test_what_only_looks_like_a_certificate_is_passed_over(issued, after, password):
    data = as_mitid_erhverv(issued, password) + X509 + after
    assert peek(data, source="x").chain == (issued.leaf, *issued.above)
