"""skifteportal assertion."""

import jwt
import pytest

from skifteportal.auth.cli._jwt import read_parts


@pytest.fixture
def assertion(run, p12, password, tmp_path):
    file = tmp_path / "password.txt"
    file.write_text(password)

    def assertion(*arguments):
        options = ("--signer", p12, "--subject", "12345674", "--password-file", file)
        return run("assertion", *options, *arguments)

    return assertion


def test_header_and_claims_but_not_the_assertion(assertion):
    ran = assertion()
    assert ran.exit_code == 0
    lines = {line[:22].strip(): line[22:].strip() for line in ran.stdout.splitlines()}
    assert lines["alg"] == "RS256"
    assert lines["x5c 1"] == "CVR 30808460"
    assert "udstedende-CA 1" in lines["x5c 2"]
    assert lines["sub"] == "12345674"
    assert lines["iss"] == "30808460"
    assert lines["aud"] == "https://sysauth.test-minskiftesag.net"
    assert int(lines["exp"]) - int(lines["iat"]) == 60
    assert int(lines["Bytes"]) > 3000


def test_as_json_with_other_claims(assertion):
    told = assertion(
        *("--format", "json", "--issuer", "https://test.local", "--thumbprint", "--no-root"),
        *("--audience", "https://login.example"),
    ).json
    assert told["claims"]["iss"] == "https://test.local"
    assert told["claims"]["aud"] == "https://login.example"
    assert "x5t#S256" in told["header"]


def test_the_assertion_itself_if_asked_for(assertion, certificate):
    text = assertion("--show-assertion").stdout.strip()
    claims = jwt.decode(
        text,
        certificate.rsa_public_key(),
        algorithms=["RS256"],
        audience="https://sysauth.test-minskiftesag.net",
    )
    assert claims["sub"] == "12345674"
    header, _ = read_parts(text)
    assert len(header["x5c"]) == 3


def test_a_test_certificate_does_not_sign_for_production(assertion):
    ran = assertion("--environment", "production")
    assert ran.exit_code == 1
    assert "is a test certificate" in ran.stderr


def test_the_password_is_asked_for(run, p12, password):
    ran = run("assertion", "--signer", p12, "--subject", "12345674", answers=f"{password}\n")
    assert ran.exit_code == 0
    assert ran.stderr == "Password of anmelder.p12: \n"


@pytest.mark.parametrize("subject", ["abc", "1234567", "123456789", "12345674 ", "\uff11" * 8])
def test_the_subject_is_a_cvr_number(run, p12, password, tmp_path, subject):
    (tmp_path / "password.txt").write_text(password)
    options = ("--signer", p12, "--password-file", tmp_path / "password.txt")
    ran = run("assertion", *options, "--subject", subject)
    assert ran.exit_code == 1
    assert "subject must be a CVR number, 8 digits" in ran.output
