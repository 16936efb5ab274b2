"""The doctor against the sandbox: what is wrong there is named, over real sockets and real TLS."""

from __future__ import annotations

import json
import shutil

import pytest
from canaries import canary, search
from click.testing import CliRunner

from skifteportal.auth.cli import command
from skifteportal.core import read_env_file
from skifteportal.sandbox import Sandbox

WRONG = canary("not-the-right-secret", "a wrong secret")


@pytest.fixture
def doctor(env_file, tmp_path, monkeypatch):
    """Run it on a copy of the sandbox's folder with some settings changed; None leaves one out."""
    for variable in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(variable, raising=False)

    def doctor(*options, **changed):
        folder = tmp_path / "changed"
        shutil.copytree(env_file.parent, folder)
        merged = {**read_env_file(env_file), **changed}
        lines = [f"{key}={value}\n" for key, value in merged.items() if value is not None]
        (folder / ".env").write_text("".join(lines))
        arguments = ["doctor", "--format", "json", "--env-file", str(folder / ".env"), *options]
        ran = CliRunner().invoke(command(), arguments)
        search(ran.output, "the doctor's output")
        steps = json.loads(ran.stdout)["steps"]
        failed = [(step["id"], step["finding"]) for step in steps if step["outcome"] == "failed"]
        assert ran.exit_code == (1 if failed else 0)
        return failed[0] if failed else None

    return doctor


@pytest.fixture
def profile(env_file):
    return read_env_file(env_file)["EXAMPLE_PROFILE"]


def test_all_is_well(doctor):
    assert doctor() is None


def test_all_is_well_for_a_liquidator(doctor, profile):
    assert doctor("--profile", profile) is None


def test_all_is_well_with_variant_b(doctor):
    assert doctor("--variant", "b") is None


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("udloebet.p12", ("validity", "expired")),
        ("tilbagekaldt.p12", ("handshake", "revoked")),
        ("fremmed_ca.p12", ("handshake", "issuer_unknown")),
        ("produktion.p12", ("handshake", "issuer_unknown")),
        ("uregistreret.p12", ("token", "not_registered")),
        ("faktura.pdf", ("file", "not_p12")),
        ("ca.pem", ("file", "not_p12")),
    ],
)
def test_the_sandbox_s_bad_certificates(doctor, file, expected):
    assert doctor(AUTH_CERT=file) == expected


def test_wrong_secret(doctor):
    assert doctor(AUTH_CLIENT_SECRET=WRONG) == ("token", "wrong_secret")


def test_unknown_client_id(doctor):
    assert doctor(AUTH_CLIENT_ID="of-another-environment") == ("token", "unknown_client")


def test_wrong_password(doctor):
    assert doctor(AUTH_CERT_PASSWORD=WRONG) == ("password", "wrong_password")


def test_participant_not_on_the_profile(doctor, profile):
    expected = ("exchange", "not_participant")
    assert doctor("--profile", profile, AUTH_CERT="anden_anmelder.p12") == expected


def test_unknown_profile(doctor):
    expected = ("exchange", "unknown_profile")
    assert doctor("--profile", "5f0c2a1e-6a43-4e58-9d3e-0f6a3f1d2c4b") == expected


def test_the_system_s_roots_do_not_know_the_sandbox(doctor):
    assert doctor(AUTH_CA=None) == ("tls", "server_not_trusted")


def test_the_sandbox_is_not_running(doctor, tmp_path):
    with Sandbox.start(folder=tmp_path / "stopped") as stopped:
        urls = stopped.urls
    assert doctor(AUTH_URL=urls["sysauth"]) == ("tls", "unreachable")
