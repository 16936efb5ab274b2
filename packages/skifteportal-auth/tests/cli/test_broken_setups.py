"""Every broken set-up that we know is named rightly in the first step that fails."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from ssl import TLSVersion

import oces
import pytest
from canaries import canary
from cryptography.hazmat.primitives.serialization import Encoding

RC2 = Path(__file__).parents[1] / "data/rc2-40.p12"
RC2_PASSWORD = canary("pæssørd Å", "the password of rc2-40.p12")
SECRET = canary("kage-med-rosiner-3b1f", "the client secret")
WRONG_SECRET = canary("kage-uden-rosiner-9c2e", "a wrong client secret")
PROFILE = canary("5f0c2a1e-6a43-4e58-9d3e-0f6a3f1d2c4b", "a liquidator's profile")


@pytest.fixture
def file(tmp_path, password):
    """Write a certificate's .p12 file."""

    def file(issued, **more):
        path = tmp_path / "given.p12"
        path.write_bytes(issued.p12(password, **more))
        return path

    return file


def around_now(before, after):
    now = datetime.now(UTC)
    return {"not_before": now + timedelta(days=before), "not_after": now + timedelta(days=after)}


def test_all_is_well(doctor, setup):
    ran = doctor("--env-file", setup.env_file())
    assert ran.first is None
    outcomes = {step["id"]: step["outcome"] for step in ran.json["steps"]}
    assert outcomes.pop("exchange") == "skipped"
    assert set(outcomes.values()) == {"ok"}
    assert [path for path, token in setup.portal.gets if token] == ["/sager"]
    assert len(setup.portal.forms) == 1


def test_all_is_well_for_a_liquidator(doctor, setup):
    ran = doctor("--env-file", setup.env_file(), "--profile", PROFILE, "--api-check", "/sager/x")
    assert ran.first is None
    assert {step["outcome"] for step in ran.json["steps"]} == {"ok"}
    (path, token), *_ = [get for get in setup.portal.gets if get[1]]
    assert path == "/sager/x"
    assert "delegated" in token


def test_no_file(doctor, setup):
    ran = doctor("--env-file", setup.env_file(AUTH_CERT="gone.p12"))
    assert ran.first == ("file", "no_file")


def test_a_folder(doctor, setup, tmp_path):
    ran = doctor("--env-file", setup.env_file(AUTH_CERT=tmp_path))
    assert ran.first == ("file", "file_unreadable")


def test_not_a_p12(doctor, setup, tmp_path):
    (tmp_path / "page.p12").write_text("<html>Log ind")
    ran = doctor("--env-file", setup.env_file(AUTH_CERT="page.p12"))
    assert ran.first == ("file", "not_p12")


def test_a_damaged_p12(doctor, setup, p12, tmp_path):
    data = bytearray(p12.read_bytes())
    data[20:40] = bytes(20)
    (tmp_path / "damaged.p12").write_bytes(data)
    ran = doctor("--env-file", setup.env_file(AUTH_CERT="damaged.p12"))
    assert ran.first == ("password", "damaged")


def test_wrong_password(doctor, setup, wrong):
    ran = doctor("--env-file", setup.env_file(AUTH_CERT_PASSWORD=wrong))
    assert ran.first == ("password", "wrong_password")


def test_old_encryption(setup):
    env_file = setup.env_file(AUTH_CERT=RC2, AUTH_CERT_PASSWORD=RC2_PASSWORD)
    ran = subprocess.run(
        [
            *(sys.executable, "-c", "from skifteportal.auth.cli import main; main()"),
            *("doctor", "--env-file", env_file, "--lang", "da"),
        ],
        env={**os.environ, "CRYPTOGRAPHY_OPENSSL_NO_LEGACY": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1, ran.stderr
    assert "Ret dette først: Adgangskode." in ran.stdout
    assert "er krypteret på en gammel måde (RC2 eller RC4)" in ran.stdout
    assert ran.stderr == ""
    assert RC2_PASSWORD not in ran.stdout


def test_no_key(doctor, setup, file, issued):
    ran = doctor("--env-file", setup.env_file(AUTH_CERT=file(issued, key=False)))
    assert ran.first == ("password", "no_key")


def test_no_certificate(doctor, setup, file, issued):
    ran = doctor("--env-file", setup.env_file(AUTH_CERT=file(issued, cert=False)))
    assert ran.first == ("password", "no_certificate")


def test_an_employee_s_certificate(doctor, setup, file):
    issued = oces.authority().issue(serial_number="UI:DK-E:G:46e74e1d-3b04-4d1e-9c52-0d6b8a7a1c11")
    ran = doctor("--env-file", setup.env_file(AUTH_CERT=file(issued)))
    assert ran.first == ("kind", "wrong_kind")


def test_expired(doctor, setup, file):
    issued = oces.authority().issue(**around_now(-30, -1))
    ran = doctor("--env-file", setup.env_file(AUTH_CERT=file(issued)))
    assert ran.first == ("validity", "expired")


def test_not_yet_valid(doctor, setup, file):
    issued = oces.authority().issue(**around_now(1, 30))
    ran = doctor("--env-file", setup.env_file(AUTH_CERT=file(issued)))
    assert ran.first == ("validity", "not_yet_valid")


def test_expires_soon_is_a_warning(doctor, setup, file):
    issued = oces.authority().issue(**around_now(-1, 10))
    ran = doctor("--env-file", setup.env_file(AUTH_CERT=file(issued)))
    assert ran.first is None
    (warning,) = [step for step in ran.json["steps"] if step["outcome"] == "warning"]
    assert (warning["id"], warning["finding"]) == ("validity", "expires_soon")


def test_a_test_certificate_at_production(doctor, p12, password, monkeypatch):
    monkeypatch.setenv("PW", password)
    options = ("--environment", "production", "--client-id", "x", "--cert", p12)
    ran = doctor(*options, "--password-env", "PW")
    assert ran.first == ("environment", "wrong_environment")


def test_a_test_certificate_at_production_by_its_addresses(doctor, setup):
    env_file = setup.env_file(AUTH_URL="https://sysauth.domstol.dk")
    ran = doctor("--env-file", env_file)
    assert ran.first == ("environment", "wrong_environment")


def test_chain_incomplete(doctor, setup, file, issued):
    ran = doctor("--env-file", setup.env_file(AUTH_CERT=file(issued, above=[])))
    assert ran.first == ("chain", "chain_incomplete")
    failed = [s["finding"] for s in ran.json["steps"] if s["outcome"] == "failed"]
    assert failed == ["chain_incomplete", "issuer_unknown"]


def test_a_name_that_nobody_knows(doctor, setup):
    ran = doctor("--env-file", setup.env_file(API_URL="https://api.domstol.invalid"))
    assert ran.first == ("dns", "dns")


def test_tls_to_the_wrong_ca(doctor, setup, tmp_path):
    (tmp_path / "other.pem").write_bytes(oces.authority().root.public_bytes(Encoding.PEM))
    ran = doctor("--env-file", setup.env_file(AUTH_CA="other.pem"))
    assert ran.first == ("tls", "server_not_trusted")


def test_a_ca_file_that_is_none(doctor, setup):
    ran = doctor("--env-file", setup.env_file(), "--ca-file", setup.settings["AUTH_CERT"])
    assert ran.first == ("tls", "settings")


@pytest.mark.parametrize("key", ["AUTH_URL", "EXCHANGE_URL", "API_URL"])
def test_nobody_listens(doctor, setup, key):
    ran = doctor("--env-file", setup.env_file(**{key: "https://127.0.0.1:1"}))
    assert ran.first == ("tls", "unreachable")


@pytest.mark.parametrize(("ahead", "finding"), [(600, "clock_slow"), (-600, "clock_fast")])
def test_clock_off_by_ten_minutes(doctor, start, ahead, finding):
    setup = start(ahead=ahead)
    ran = doctor("--env-file", setup.env_file())
    assert ran.first == ("clock", finding)
    assert abs(ran.json["report"]["clock_ahead_seconds"] + ahead) <= 2


@pytest.mark.parametrize("version", [TLSVersion.TLSv1_2, TLSVersion.TLSv1_3])
def test_a_certificate_of_another_authority(doctor, start, file, version):
    setup = start(version=version)
    issued = oces.authority("unknown").issue()
    ran = doctor("--env-file", setup.env_file(AUTH_CERT=file(issued)))
    assert ran.first == ("handshake", "issuer_unknown")


def test_wrong_secret(doctor, setup):
    ran = doctor("--env-file", setup.env_file(AUTH_CLIENT_SECRET=WRONG_SECRET))
    assert ran.first == ("token", "wrong_secret")


def test_an_empty_secret(doctor, setup):
    ran = doctor("--env-file", setup.env_file(AUTH_CLIENT_SECRET=""))
    assert ran.first == ("token", "settings")


def test_a_key_of_the_other_environment(doctor, setup):
    ran = doctor("--env-file", setup.env_file(AUTH_CLIENT_ID="of-production"))
    assert ran.first == ("token", "unknown_client")


def test_certificate_not_registered(doctor, setup):
    setup.portal.registered = False
    ran = doctor("--env-file", setup.env_file())
    assert ran.first == ("token", "not_registered")


def test_a_login_that_gives_a_token_when_asked_why_it_gave_none(doctor, setup):
    setup.portal.registered = False
    setup.portal.accepts_any_scope = True
    ran = doctor("--env-file", setup.env_file())
    assert ran.first == ("token", "client_refused")


def test_key_for_the_other_case_area_at_the_login(doctor, setup):
    text = "Client not enabled to retrieve service account"
    setup.portal.login_answers = [
        (401, {"error": "unauthorized_client", "error_description": text})
    ]
    ran = doctor("--env-file", setup.env_file())
    assert ran.first == ("token", "other_case_area")


def test_key_for_the_other_case_area_at_the_api(doctor, setup):
    setup.portal.get = lambda path, authorization: (403 if authorization else 200, {})
    ran = doctor("--env-file", setup.env_file())
    assert ran.first == ("api_call", "no_access")


def test_the_login_is_another_server(doctor, setup):
    setup.portal.login_answers = [(200, b"<html>")]
    ran = doctor("--env-file", setup.env_file())
    assert ran.first == ("token", "unexpected_answer")


def test_the_login_counts_requests(doctor, setup):
    setup.portal.login_answers = [(429, {})]
    ran = doctor("--env-file", setup.env_file())
    assert ran.first == ("token", "too_many")


def test_the_login_changes_its_mind_when_asked_why(doctor, setup):
    setup.portal.login_answers = [(401, {"error": "invalid_client"}), (429, {})]
    ran = doctor("--env-file", setup.env_file())
    assert ran.first == ("token", "client_refused")


@pytest.mark.parametrize(
    ("answer", "finding"),
    [
        ((403, {"error": "access_denied"}), "not_participant"),
        ((404, {"error": "invalid_target"}), "unknown_profile"),
        ((401, {"error": "invalid_token"}), "actor_refused"),
        ((400, {"error": "invalid_request"}), "exchange_refused"),
    ],
)
def test_the_exchange_refuses(doctor, setup, answer, finding):
    setup.portal.exchange_override = answer
    ran = doctor("--env-file", setup.env_file(), "--profile", PROFILE)
    assert ran.first == ("exchange", finding)
    if finding == "not_participant":
        (step,) = [step for step in ran.json["steps"] if step["id"] == "exchange"]
        assert "UI:DK-O:G:46e74e1d-3b04-4d1e-9c52-0d6b8a7a1c11" in step["todo"]


def test_a_profile_that_is_a_serialnumber(doctor, setup):
    ran = doctor("--env-file", setup.env_file(), "--profile", "UI:DK-O:G:x")
    assert ran.first == ("exchange", "bad_profile")


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (401, ("api_call", "token_not_taken")),
        (429, ("api_call", "too_many")),
        (503, ("api_call", "api_down")),
        (500, ("api_call", "api_unexpected")),
        (404, None),
    ],
)
def test_the_api_refuses_the_token(doctor, setup, status, expected):
    setup.portal.get = lambda path, authorization: (status if authorization else 200, {})
    assert doctor("--env-file", setup.env_file()).first == expected


def test_the_api_breaks_the_connection(doctor, setup):
    def get(path, authorization):
        if authorization:
            raise ConnectionError
        return 200, {}

    setup.portal.get = get
    assert doctor("--env-file", setup.env_file()).first == ("api_call", "unreachable")


def test_a_proxy_that_is_not_there(doctor, setup, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "")
    ran = doctor("--env-file", setup.env_file())
    assert ran.first == ("tls", "proxy_unreachable")
    steps = {step["id"]: step for step in ran.json["steps"]}
    assert (steps["dns"]["outcome"], steps["dns"]["finding"]) == ("skipped", "by_proxy")
    assert "through the proxy of HTTPS_PROXY" in steps["tls"]["what"]


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "ALL_PROXY"])
@pytest.mark.parametrize(
    "value", ["socks5://127.0.0.1:1", "gopher://127.0.0.1:1", "http://127.0.0.1:99999"]
)
def test_a_proxy_that_can_be_none(doctor, setup, monkeypatch, variable, value):
    monkeypatch.setenv(variable, value)
    monkeypatch.setenv("NO_PROXY", "")
    ran = doctor("--env-file", setup.env_file())
    assert ran.first == ("tls", "proxy_settings")
    (step,) = [step for step in ran.json["steps"] if step["id"] == "tls"]
    assert variable in step["detail"]


def test_where_to_call_is_said_with_its_port(doctor, setup):
    ran = doctor("--env-file", setup.env_file(AUTH_URL="https://127.0.0.1:1"))
    (step,) = [step for step in ran.json["steps"] if step["id"] == "tls"]
    assert "Let this machine call 127.0.0.1:1;" in step["todo"]


def test_the_api_is_down_for_everybody(doctor, setup):
    setup.portal.get = lambda path, authorization: (503, {})
    assert doctor("--env-file", setup.env_file()).first == ("open_call", "api_down")


def test_an_env_file_that_lacks_a_key(doctor, setup):
    ran = doctor("--env-file", setup.env_file(API_URL=None))
    assert ran.first == ("settings", "settings")
    assert {step["outcome"] for step in ran.json["steps"][1:]} == {"skipped"}
