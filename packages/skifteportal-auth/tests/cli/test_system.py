"""What the commands ask of the machine."""

from skifteportal.auth.cli._system import System


def test_names_are_looked_up_here():
    assert System().resolve("127.0.0.1", 443)


def test_a_name_that_none_can_have(doctor, setup):
    env_file = setup.env_file(API_URL=f"https://{'a' * 70}.dk", AUTH_URL="https://127.0.0.1:1")
    assert doctor("--env-file", env_file, system=System()).first == ("dns", "dns")
