"""The doctor of variant B: two certificates, and an assertion in place of the secret."""

import oces
import pytest


@pytest.fixture
def signed(setup, tmp_path, password):
    """A set-up of variant B; the signer's file may be another."""

    def signed(**more):
        issued = oces.authority().issue(
            cvr="12345674",
            key=oces.key_of("signer"),
            serial_number="UI:DK-O:G:b7e0c1de-52c7-4c3c-8a53-1a2b3c4d5e6f",
        )
        (tmp_path / "signer.p12").write_bytes(issued.p12(password, **more))
        return setup.env_file(
            AUTH_CLIENT_ID=None,
            AUTH_CLIENT_SECRET=None,
            AUTH_SIGNER_CERT="signer.p12",
            AUTH_SIGNER_PASSWORD=password,
        )

    return signed


def test_all_is_well(doctor, setup, signed):
    ran = doctor("--env-file", signed())
    assert ran.first is None
    (form,) = setup.portal.forms
    assert form["client_assertion"].count(".") == 2
    report = ran.json["report"]
    assert report["variant"] == "B"
    assert [certificate["cvr"] for certificate in report["certificates"]] == [
        "30808460",
        "12345674",
    ]


def test_the_signer_s_root_is_missing(doctor, signed):
    ran = doctor("--env-file", signed(above=[oces.authority().issuing]))
    assert ran.first is None
    (warning,) = [step for step in ran.json["steps"] if step["outcome"] == "warning"]
    assert (warning["id"], warning["finding"]) == ("chain", "root_missing")


def test_the_login_refuses(doctor, setup, signed):
    setup.portal.login_answers = [(401, {"error": "invalid_client"})]
    assert doctor("--env-file", signed()).first == ("token", "client_refused")
    assert len(setup.portal.forms) == 1


def test_the_participant_is_the_signer(doctor, setup, signed):
    setup.portal.exchange_override = (403, {"error": "access_denied"})
    ran = doctor("--env-file", signed(), "--profile", "5f0c2a1e-6a43-4e58-9d3e-0f6a3f1d2c4b")
    assert ran.first == ("exchange", "not_participant")
    (step,) = [step for step in ran.json["steps"] if step["id"] == "exchange"]
    assert "UI:DK-O:G:b7e0c1de-52c7-4c3c-8a53-1a2b3c4d5e6f" in step["todo"]


def test_both_passwords_are_asked_for(doctor, setup, signed, password):
    folder = setup.folder
    signed()
    env_file = setup.env_file(AUTH_CERT_PASSWORD=None)
    ran = doctor(
        "--env-file", env_file, "--signer", folder / "signer.p12", answers=f"{password}\n" * 2
    )
    assert ran.first is None
    assert ran.stderr == "Password of anmelder.p12: \nPassword of signer.p12: \n"
