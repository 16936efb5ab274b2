import pytest
from portal_in_memory import CLIENT, LIQUIDATOR

from skifteportal.sandbox import Request, Settings
from skifteportal.sandbox.control import Control
from skifteportal.sandbox.errors import Refused
from skifteportal.sandbox.seed_dissolutions import EXAMPLE_PROFILE
from skifteportal.sandbox.tokens import Caller

EXAMPLE_CASE = "ddf07fc5-d4af-43b0-9d55-44637c1fb2a8"
OTHER_CASE = "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f1004"
SERIAL = "UI:DK-O:G:46e7b1ab-6f3a-4a3b-9c55-000000000001"


@pytest.fixture
def access(portal):
    return Control(portal).access


def test_an_unregistered_companys_logins_are_refused_until_it_is_registered(access, login):
    assert access.unregister("11111111") == "11111111"
    assert (login().status, login().json["error"]) == (401, "unauthorized_client")
    assert access.register("11111111") == "11111111"
    assert login().status == 200
    with pytest.raises(
        Refused, match="company: 12345678 is not registered: skifteportal-sandbox register lists"
    ):
        access.unregister("12345678")
    with pytest.raises(Refused, match="company: name the company by its CVR number"):
        access.unregister("anmelder.p12")


def test_a_company_of_no_certificate_is_told_what_there_is(running):
    with pytest.raises(Refused, match=r"eight digits, or by a certificate: there is no .*anmelder"):
        running.control.access.unregister("12")


def test_a_revoked_client_is_unknown_until_it_is_registered_again(access, login):
    access.revoke_client(CLIENT.id)
    assert (login().status, login().json["error"]) == (401, "invalid_client")
    access.register_client(CLIENT.id)
    assert login().status == 200
    access.register_client(CLIENT.id)  # it is there
    with pytest.raises(Refused, match="client: there is no such client"):
        access.revoke_client("nobody")
    with pytest.raises(Refused, match="client: no such client was revoked"):
        access.register_client("nobody")


def test_a_companys_right_to_log_in_by_assertion_is_taken_and_given(access):
    assert "11111111" in access.clients()
    access.revoke_client("11111111")
    assert "11111111" not in access.clients()
    access.register_client("11111111")
    assert "11111111" in access.clients()


def test_a_portal_in_memory_has_no_certificates_to_revoke(access):
    assert access.certificates() == []
    with pytest.raises(Refused, match="speaks no TLS"):
        access.revoke("anmelder.p12")
    with pytest.raises(Refused, match=r"not the serial number of X\.509"):
        access.invite(EXAMPLE_PROFILE, "anmelder.p12")


def delegated(portal, certificate):
    """Exchange a direct token of the certificate's company for one of the example profile."""
    token = portal.access_token(Caller(company="90000001", kind="direct", certificate=certificate))
    body = (
        f"actor_token={token}&actor_token_type=urn:ietf:params:oauth:token-type:access_token"
        "&grant_type=urn:ietf:params:oauth:grant-type:token-exchange"
        f"&subject_token={EXAMPLE_PROFILE}"
        "&subject_token_type=urn:dk:domstol:token-type:adgangsprofil-id"
    )
    request = Request(
        role="auth",
        method="POST",
        target="/token",
        headers=(("Content-Type", "application/x-www-form-urlencoded"),),
        body=body.encode(),
    )
    return portal.handle(request)


def test_a_profile_owner_invites_an_api_user_and_sends_it_away(access, portal):
    assert delegated(portal, SERIAL).status == 403
    shown = access.invite(EXAMPLE_PROFILE, SERIAL)
    assert {"certificate": SERIAL} in shown["participants"]
    assert shown in access.profiles()
    assert delegated(portal, SERIAL).status == 200
    assert [entry.profile for entry in portal.journal.calls("exchange", status=200)] == [
        EXAMPLE_PROFILE
    ]
    shown = access.remove(EXAMPLE_PROFILE, SERIAL)
    assert {"certificate": SERIAL} not in shown["participants"]
    assert delegated(portal, SERIAL).status == 403


def test_invitations_that_make_no_sense_are_refused(access):
    with pytest.raises(Refused, match="profile: there is no such profile"):
        access.invite("nothing", SERIAL)
    with pytest.raises(Refused, match="cases: there is no case 'nothing': name it by its sagId"):
        access.invite(EXAMPLE_PROFILE, SERIAL, cases=["nothing"])
    with pytest.raises(Refused, match="certificate: the profile has no such participant"):
        access.remove(EXAMPLE_PROFILE, SERIAL)


@pytest.fixture
def tied(api, portal):
    """Call as a participant of the example profile."""

    def call(method, path, *arguments):
        with portal.transaction() as world:
            person = world.store.profiles[LIQUIDATOR].person
        caller = Caller(
            company="90000001",
            kind="delegated",
            certificate=SERIAL,
            profile=LIQUIDATOR,
            person=person,
        )
        return api(method, path, *arguments, token=portal.access_token(caller))

    return call


def case_of(case):
    return f"/likvidator/tvangsoploesningssager/{case}/opgaver"


def test_a_participant_that_is_tied_to_cases_acts_in_these_alone(access, tied):
    access.invite(LIQUIDATOR, SERIAL)
    assert tied("GET", case_of(EXAMPLE_CASE)).json
    shown = access.invite(LIQUIDATOR, SERIAL, cases=[OTHER_CASE])
    assert {"certificate": SERIAL, "cases": [OTHER_CASE]} in shown["participants"]
    assert tied("GET", case_of(EXAMPLE_CASE)).json == []
    assert [one["sagId"] for one in tied("GET", "/sager").json] == [OTHER_CASE]
    access.invite(LIQUIDATOR, SERIAL, cases=[EXAMPLE_CASE])
    assert tied("GET", case_of(EXAMPLE_CASE)).json
    access.remove(LIQUIDATOR, SERIAL)
    access.invite(LIQUIDATOR, SERIAL)
    assert len(tied("GET", "/sager").json) > 1


def test_who_was_sent_away_acts_nowhere_though_its_token_is_good(access, tied):
    access.invite(LIQUIDATOR, SERIAL, cases=[OTHER_CASE])
    assert tied("GET", "/sager").json
    access.remove(LIQUIDATOR, SERIAL)
    for path in ("/sager", case_of(EXAMPLE_CASE), case_of(OTHER_CASE), "/henvendelseTraade"):
        reply = tied("GET", path)
        assert (reply.status, reply.json) == (200, [])
    remark = {"tekst": "x", "fremhaevet": False}
    path = f"/likvidator/tvangsoploesningssager/{EXAMPLE_CASE}/bemaerkninger"
    assert tied("POST", path, remark).status == 403


def test_threads_of_messages_are_those_of_the_cases_that_a_participant_is_tied_to(
    access, tied, liquidator
):
    (thread,) = liquidator("GET", f"/henvendelseTraade?sagId={EXAMPLE_CASE}").json
    one, in_case = f"/henvendelseTraade/{thread['id']}", f"?sagId={EXAMPLE_CASE}"
    access.invite(LIQUIDATOR, SERIAL, cases=[OTHER_CASE])
    assert tied("GET", "/henvendelseTraade").json == []
    assert tied("GET", f"/henvendelseTraade{in_case}").json == []
    assert tied("GET", one).status == 404
    assert tied("POST", f"{one}/henvendelser", {"tekst": "x"}).status == 404
    access.invite(LIQUIDATOR, SERIAL, cases=[EXAMPLE_CASE])
    assert tied("GET", "/henvendelseTraade").json == [thread]
    assert tied("GET", f"/henvendelseTraade{in_case}").json == [thread]
    assert tied("GET", one).json == thread


def test_ids_are_taken_in_upper_case_as_everywhere(access, tied):
    shown = access.invite(LIQUIDATOR.upper(), SERIAL, cases=[OTHER_CASE.upper()])
    assert shown["id"] == LIQUIDATOR
    assert {"certificate": SERIAL, "cases": [OTHER_CASE]} in shown["participants"]
    assert [one["sagId"] for one in tied("GET", "/sager").json] == [OTHER_CASE]
    assert access.remove(LIQUIDATOR.upper(), SERIAL)["id"] == LIQUIDATOR
    assert [one["id"] for one in access.profiles()].count(LIQUIDATOR) == 1


def test_whether_a_tie_is_needed_is_a_setting(make_portal):
    from portal_in_memory import Api

    api = Api(make_portal(settings=Settings(ties_needed=True))).acting_for(LIQUIDATOR)
    assert api("GET", "/sager").json == []


def test_a_profile_that_is_gone_ties_nobody(api, portal):
    caller = Caller(company="90000001", kind="delegated", profile="gone", person="gone")
    reply = api("GET", "/sager", token=portal.access_token(caller))
    assert (reply.status, reply.json) == (200, [])
