"""What the doctor prints, and the report for the portal's support."""

import re

import pytest
from canaries import canary

from skifteportal.auth._clock import Clock
from skifteportal.auth.cli._system import System

WRONG_SECRET = canary("kage-uden-rosiner-9c2e", "a wrong client secret")
PROFILE = canary("5f0c2a1e-6a43-4e58-9d3e-0f6a3f1d2c4b", "a liquidator's profile")


def test_text_says_what_failed_why_and_what_to_do(run, setup):
    ran = run("doctor", "--env-file", setup.env_file(AUTH_CLIENT_SECRET=WRONG_SECRET))
    assert ran.exit_code == 1
    lines = ran.stdout.splitlines()
    assert lines[0].split() == ["Settings", "ok"]
    at = lines.index("Token                          FAILED")
    assert lines[at + 1] == "    The login refused the client secret."
    assert lines[at + 2].startswith("    Why: It answered 401 unauthorized_client.")
    assert lines[at + 3].startswith("    Do: Compare it with what Domstolsstyrelsen sent")
    assert lines[at + 4].startswith("    Details: https://127.0.0.1:")
    assert lines[at + 5].split() == ["Exchange", "for", "the", "profile", "skipped"]
    assert lines[at + 6] == "    It needs the step Token."
    assert "Mend this first: Token." in lines
    assert lines[-1] == "Send it to: whoever runs this environment"


def test_danish(run, setup):
    ran = run(
        "doctor", "--lang", "da", "--env-file", setup.env_file(AUTH_CLIENT_SECRET=WRONG_SECRET)
    )
    assert "    Login afviste client secret." in ran.stdout
    assert "    Hvorfor: Svaret var 401 unauthorized_client." in ran.stdout
    assert "    Gør: Sammenlign med det, Domstolsstyrelsen har sendt" in ran.stdout
    assert "    Det kræver trinnet Token." in ran.stdout
    assert "Ret dette først: Token." in ran.stdout


def test_all_is_well(run, setup):
    ran = run("doctor", "--env-file", setup.env_file())
    assert ran.exit_code == 0
    assert "\nAll is well.\n" in ran.stdout


def test_what_has_no_details_shows_none(run, setup):
    setup.portal.get = lambda path, authorization: (403 if authorization else 200, {})
    ran = run("doctor", "--env-file", setup.env_file())
    at = ran.stdout.splitlines().index("API call with token            FAILED")
    assert ran.stdout.splitlines()[at + 4] == ""


def test_a_portal_that_does_not_say_what_time_it_is(run, start):
    ran = run("doctor", "--env-file", start(ahead=None).env_file())
    assert ran.exit_code == 0
    assert "skipped\n    Its answers have no Date header.\n" in ran.stdout


def test_the_portal_s_id_of_the_call_is_reported(doctor, start):
    setup = start(headers=[("X-Request-Id", "af3-77")])
    assert doctor("--env-file", setup.env_file()).json["report"]["request_id"] == "af3-77"


def test_the_clock_is_not_judged_without_an_answer(doctor, setup):
    env_file = setup.env_file(API_URL="https://127.0.0.1:1")
    steps = {step["id"]: step for step in doctor("--env-file", env_file).json["steps"]}
    assert steps["clock"]["finding"] == "needs"
    assert steps["clock"]["why"] == "It needs the step TLS."


@pytest.mark.parametrize(
    ("environment", "where"),
    [("test", "ssp-api@domstolsstyrelsen.dk"), ("production", "contact form")],
)
def test_where_to_send_it(run, p12, password, environment, where):
    ran = run(
        *("doctor", "--environment", environment, "--client-id", "x", "--cert", p12),
        answers=f"{password}\n",
    )
    assert ran.exit_code == 1
    assert where in ran.stdout.splitlines()[-1]


def test_the_report_names_the_company_and_nobody_else(doctor, setup, password):
    def get(path, authorization):
        return 403 if authorization else 200, {}

    setup.portal.get = get
    ran = doctor("--env-file", setup.env_file(), "--profile", PROFILE)
    report = ran.json["report"]
    assert set(report) == {
        *("made", "software", "environment", "hosts", "variant", "profile", "certificates"),
        *("clock_ahead_seconds", "steps", "first_failure"),
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", report["made"])
    assert report["profile"] == "yes"
    (certificate,) = report["certificates"]
    assert certificate["cvr"] == "30808460"
    assert certificate["serialnumber"].startswith("UI:DK-O:G:")
    assert certificate["issued_for"] == "test"
    assert certificate["chain"] == 3
    assert report["steps"]["api_call"] == "failed no_access status=403"
    for secret in (
        password,
        PROFILE,
        setup.settings["AUTH_CLIENT_ID"],
        str(setup.folder),
        "Kreditor",
    ):
        assert secret not in str(report)


def test_the_report_goes_by_the_given_clock(doctor, setup):
    system = System(clock=Clock(wall=lambda: 1.8e9), resolve=lambda host, port: None)
    assert doctor("--env-file", setup.env_file(), system=system).json["report"]["made"] == (
        "2027-01-15T08:00:00Z"
    )
