"""Options and env files: how a command is told to log in, and where secrets come from."""

import pytest


def usage(ran):
    assert ran.exit_code == 2
    assert ran.stdout == ""
    return ran.stderr.splitlines()[-1]


def test_nothing_given(run):
    assert usage(run("doctor")) == (
        "Error: Give --env-file, or --environment and --cert and --client-id."
    )


@pytest.mark.parametrize(
    ("options", "lacking"),
    [
        (["--environment", "test"], "--cert and --client-id"),
        (["--environment", "test", "--cert", "x.p12"], "--client-id"),
        (["--environment", "test", "--variant", "b"], "--cert and --signer"),
        (["--environment", "test", "--signer", "x.p12"], "--cert"),
    ],
)
def test_something_is_lacking(run, options, lacking):
    assert usage(run("doctor", *options)) == f"Error: Give --env-file, or {lacking}."


def test_an_env_file_that_is_not_there(run):
    assert "does not exist" in usage(run("doctor", "--env-file", "gone.env"))


def test_both_env_file_and_environment(run, setup):
    ran = run("doctor", "--env-file", setup.env_file(), "--environment", "test")
    assert usage(ran) == "Error: Give --env-file or --environment, not both."


def test_a_path_that_is_none(run, setup):
    ran = run("doctor", "--env-file", setup.env_file(), "--api-check", "sager")
    assert usage(ran) == "Error: --api-check must be a path that begins with /."


def test_a_password_from_two_places(run, setup, tmp_path):
    (tmp_path / "pw").write_text("x")
    options = ("--password-file", tmp_path / "pw", "--password-env", "PW")
    ran = run("doctor", "--env-file", setup.env_file(), *options)
    assert usage(ran) == "Error: Give --password-file or --password-env, not both."


def test_a_variable_that_is_not_there(run, setup, monkeypatch):
    monkeypatch.delenv("GONE", raising=False)
    ran = run("doctor", "--env-file", setup.env_file(), "--secret-env", "GONE")
    assert usage(ran) == "Error: There is no environment variable GONE (--secret-env)."


def test_a_password_file_that_is_no_text(run, setup, tmp_path):
    (tmp_path / "pw").write_bytes(b"\xff\xfe\xff")
    ran = run("doctor", "--env-file", setup.env_file(), "--password-file", tmp_path / "pw")
    assert usage(ran).endswith("(--password-file) isn't a text file in UTF-8.")


def test_options_win_over_the_env_file(doctor, setup, p12, password, monkeypatch):
    monkeypatch.setenv("PW", password)
    monkeypatch.setenv("SECRET", setup.settings["AUTH_CLIENT_SECRET"])
    client_id = setup.settings["AUTH_CLIENT_ID"]
    env_file = setup.env_file(
        AUTH_CLIENT_ID="another", AUTH_CLIENT_SECRET="another", AUTH_CERT="another.p12"
    )
    ran = doctor(
        *("--env-file", env_file, "--cert", p12, "--password-env", "PW"),
        *("--client-id", client_id, "--secret-env", "SECRET"),
    )
    assert ran.first is None


def test_what_the_env_file_does_not_say_is_asked_for_once(doctor, setup, password):
    secret = setup.settings["AUTH_CLIENT_SECRET"]
    setup.portal.registered = False  # the secret is needed twice, then
    env_file = setup.env_file(AUTH_CERT_PASSWORD=None, AUTH_CLIENT_SECRET=None)
    ran = doctor("--env-file", env_file, answers=f"{password}\n{secret}\n")
    assert ran.first == ("token", "not_registered")
    assert ran.stderr == "Password of anmelder.p12: \nClient Secret: \n"


@pytest.mark.parametrize("key", ["AUTH_CERT", "AUTH_CLIENT_ID"])
def test_the_env_file_lacks_something(run, setup, key):
    ran = run("token", "--env-file", setup.env_file(**{key: None}))
    assert ran.exit_code == 1
    assert f"lacks {key}" in ran.stderr


def test_variant_b_without_a_signer(run, setup):
    ran = run("token", "--env-file", setup.env_file(), "--variant", "b")
    assert ran.exit_code == 1
    assert "lacks AUTH_SIGNER_CERT" in ran.stderr
