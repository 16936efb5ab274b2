from urllib.parse import urlencode

import jwt
import pytest
from portal_in_memory import CLIENT, Reply

from skifteportal.sandbox import Request, Settings
from skifteportal.sandbox.pki.leaf import Company
from skifteportal.sandbox.seed import companies
from skifteportal.sandbox.seed_dissolutions import EXAMPLE_CASE, EXAMPLE_PROFILE
from skifteportal.sandbox.tokens import Caller

ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"
GRANT = "urn:ietf:params:oauth:grant-type:token-exchange"
SERIALS = {one.company.cvr: one.company.serial_number for one in companies()}
KEYS = "/realms/sts/protocol/openid-connect/certs"
OTHER_PROFILE = "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f3002"


@pytest.fixture
def actor_token(portal):
    def make(cvr="11111111", *, kind="direct"):
        return portal.access_token(
            Caller(company=cvr, kind=kind, certificate=SERIALS.get(cvr, ""), client=CLIENT.id)
        )

    return make


def post(portal, form, **options):
    return Reply(
        portal.handle(
            Request(
                role="auth",
                method=options.get("method", "POST"),
                target=options.get("path", "/token"),
                headers=(("Content-Type", "application/x-www-form-urlencoded"),),
                body=form if isinstance(form, bytes) else urlencode(form).encode(),
            )
        )
    )


@pytest.fixture
def exchange(portal, actor_token):
    """Send the form of the guide's table, changed; None leaves a field out."""

    def exchange(**changes):
        form = {
            "actor_token": actor_token(),
            "actor_token_type": ACCESS_TOKEN,
            "grant_type": GRANT,
            "requested_token_type": ACCESS_TOKEN,
            "subject_token": EXAMPLE_PROFILE,
            "subject_token_type": "urn:dk:domstol:token-type:adgangsprofil-id",
            **changes,
        }
        return post(portal, {name: value for name, value in form.items() if value is not None})

    return exchange


def test_the_answer_is_like_the_logins_and_names_what_it_issued(exchange):
    reply = exchange()
    assert reply.status == 200
    assert list(reply.json) == [
        "access_token",
        "expires_in",
        "refresh_expires_in",
        "token_type",
        "id_token",
        "not-before-policy",
        "scope",
        "issued_token_type",
    ]
    assert (reply.json["expires_in"], reply.json["token_type"]) == (300, "Bearer")
    assert reply.json["issued_token_type"] == ACCESS_TOKEN


def test_the_token_stands_for_the_profile_and_opens_what_a_liquidator_may(exchange, api):
    token = exchange().json["access_token"]
    claims = jwt.decode(token, options={"verify_signature": False})
    assert (claims["tokentype"], claims["adgangsprofil"]) == ("delegated", EXAMPLE_PROFILE)
    path = f"/likvidator/tvangsoploesningssager/{EXAMPLE_CASE}/krav"
    assert api("GET", path, token=token).status == 200
    assert api("GET", path).status == 403
    assert (
        api("GET", f"/kreditor/tvangsoploesningssager/{EXAMPLE_CASE}/krav", token=token).status
        == 403
    )


def test_the_guides_example_is_taken_as_printed(portal, actor_token):
    body = (
        f"actor_token={actor_token()}&actor_token_type={ACCESS_TOKEN}&grant_type={GRANT}"
        f"&subject_token={EXAMPLE_PROFILE}"
        "&subject_token_type=urn:dk:domstol:token-type:adgangsprofil-id"
        f"&grant_type={GRANT} "
    )
    assert post(portal, body.encode()).status == 200


def test_one_certificate_may_serve_several_profiles_and_one_profile_several_certificates(
    exchange, actor_token
):
    assert exchange(subject_token=OTHER_PROFILE).status == 200
    assert exchange(subject_token=OTHER_PROFILE, actor_token=actor_token("90000001")).status == 200
    assert exchange(subject_token=EXAMPLE_PROFILE.upper()).status == 200


def test_who_takes_no_part_in_the_profile_is_refused(exchange, actor_token, make_portal):
    reply = exchange(actor_token=actor_token("90000001"))
    assert (reply.status, reply.json["error"]) == (403, "access_denied")
    assert "participant" in reply.json["error_description"]


@pytest.mark.parametrize("profile", [EXAMPLE_CASE, "x"])
def test_a_profile_that_is_not_there_is_refused(exchange, profile):
    reply = exchange(subject_token=profile)
    assert (reply.status, reply.json["error"]) == (400, "invalid_request")
    assert reply.json["error_description"].startswith("subject_token: there is no such profile")


def test_the_statuses_of_refusals_are_settings(make_portal):
    portal = make_portal(settings=Settings(unknown_profile_status=404, not_participant_status=400))
    caller = Caller(company="90000001", kind="direct", certificate=SERIALS["90000001"])
    form = {
        "actor_token": portal.access_token(caller),
        "actor_token_type": ACCESS_TOKEN,
        "grant_type": GRANT,
        "subject_token_type": "urn:dk:domstol:token-type:adgangsprofil-id",
    }
    assert post(portal, {**form, "subject_token": EXAMPLE_CASE}).status == 404
    assert post(portal, {**form, "subject_token": EXAMPLE_PROFILE}).status == 400


@pytest.mark.parametrize(
    ("changes", "status", "error", "word"),
    [
        ({"actor_token": None}, 400, "invalid_request", "actor_token"),
        ({"actor_token": "a.b.c"}, 401, "invalid_token", "actor_token"),
        ({"actor_token_type": None}, 400, "invalid_request", "actor_token_type"),
        ({"subject_token": None}, 400, "invalid_request", "subject_token"),
        ({"subject_token_type": ACCESS_TOKEN}, 400, "invalid_request", "subject_token_type"),
        ({"requested_token_type": "x"}, 400, "invalid_request", "requested_token_type"),
        ({"grant_type": None}, 400, "unsupported_grant_type", "grant_type"),
        ({"grant_type": "client_credentials"}, 400, "unsupported_grant_type", "grant_type"),
    ],
)
def test_what_is_wrong_is_said(exchange, changes, status, error, word):
    reply = exchange(**changes)
    assert (reply.status, reply.json["error"]) == (status, error)
    assert word in reply.json["error_description"]


def test_the_type_that_is_wished_for_may_be_left_out(exchange):
    assert exchange(requested_token_type=None).status == 200


def test_an_expired_and_a_delegated_token_are_not_exchanged(exchange, clock, actor_token):
    delegated = exchange().json["access_token"]
    reply = exchange(actor_token=delegated)
    assert (reply.status, reply.json["error"]) == (400, "invalid_request")
    login = actor_token()
    clock.advance(seconds=300)
    assert exchange(actor_token=login).status == 401
    assert exchange().status == 200


def test_other_addresses_and_methods(portal, login):
    assert post(portal, b"", path="/").status == 404
    reply = post(portal, b"", method="GET")
    assert (reply.status, reply["Allow"]) == (405, "POST")
    assert (
        post(portal, b"", path="/certs", method="GET").json == login(method="GET", path=KEYS).json
    )
    assert post(portal, b"", path="/certs")["Allow"] == "GET"


def test_profiles_go_by_the_serial_number_in_the_subject():
    company = Company(cvr="1", name="A", certificate_name="A", uuid="46e7")
    assert company.serial_number == "UI:DK-O:G:46e7"
