"""skifteportal token."""

import base64
import json

import pytest
from canaries import canary

from skifteportal.auth._clock import Clock
from skifteportal.auth.cli._system import System

NOW = 1.8e9


def jwt(**claims):
    parts = ({"alg": "RS256"}, claims)
    return (
        ".".join(
            base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
            for part in parts
        )
        + ".signature"
    )


TOKEN = canary(
    jwt(exp=NOW + 300, iat=int(NOW), nbf=1e300, sub="30808460", aud=["a", "b"]), "a token"
)
DELEGATED = canary(jwt(sub="personen"), "a delegated token")


@pytest.fixture
def setup(setup):
    setup.portal.login_answers = [(200, {"access_token": TOKEN, "expires_in": 300})]
    setup.portal.exchange_override = (200, {"access_token": DELEGATED, "expires_in": 300})
    return setup


@pytest.fixture
def token(run, setup):
    def token(*arguments):
        # The certificate is judged by this clock too: it is good for three years.
        system = System(clock=Clock(wall=lambda: NOW))
        return run("token", "--env-file", setup.env_file(), *arguments, system=system)

    return token


def test_claims_and_lifetime_but_not_the_token(token):
    ran = token()
    assert ran.exit_code == 0
    lines = ran.stdout.splitlines()
    assert lines[1:3] == ["Kind                   direct", "Lifetime               300 s from now"]
    assert "  sub                  30808460" in lines
    assert '  aud                  ["a", "b"]' in lines
    assert "  iat                  1800000000 (2027-01-15 08:00:00 UTC)" in lines
    assert "  nbf                  1e+300 (no time)" in lines


def test_as_json(token):
    told = token("--format", "json").json
    assert told["kind"] == "direct"
    assert told["seconds_left"] == 300
    assert told["claims"]["sub"] == "30808460"


def test_a_profile_s_token_that_does_not_say_when_it_ends(token):
    ran = token("--profile", "5f0c2a1e-6a43-4e58-9d3e-0f6a3f1d2c4b")
    assert "Kind                   delegated" in ran.stdout
    assert "Lifetime               not said in it" in ran.stdout


def test_the_token_itself_if_asked_for(run, setup):
    secret = "opaque-made-up"  # not a canary: it is meant to be printed
    setup.portal.login_answers = [(200, {"access_token": secret, "expires_in": 300})]
    assert run("token", "--env-file", setup.env_file(), "--show-token").stdout == f"{secret}\n"


@pytest.mark.parametrize("opaque", ["opaque-made-up", "e30.W10.x", "e30.????.x"])
def test_a_token_that_is_no_jwt(run, setup, opaque):
    setup.portal.login_answers = [(200, {"access_token": opaque, "expires_in": 300})]
    ran = run("token", "--env-file", setup.env_file())
    assert "Claims                 none: it is no JWT" in ran.stdout
    told = run("token", "--env-file", setup.env_file(), "--format", "json").json
    assert told["claims"] is None


def test_variant_b(run, setup, password):
    env_file = setup.env_file(
        AUTH_SIGNER_CERT=setup.settings["AUTH_CERT"], AUTH_SIGNER_PASSWORD=password
    )
    assert run("token", "--env-file", env_file, "--variant", "b").exit_code == 0
    assert "client_assertion" in setup.portal.forms[0]


def test_a_refusal_is_an_error_of_one_line(run, setup):
    setup.portal.login_answers = [(401, {"error": "invalid_client"})]
    ran = run("token", "--env-file", setup.env_file())
    assert ran.exit_code == 1
    assert ran.stdout == ""
    assert ran.stderr.startswith("Error: https://127.0.0.1:")
