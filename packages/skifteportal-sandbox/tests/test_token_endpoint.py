import base64
import json

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from portal_in_memory import CLIENT, ISSUER, Login

from skifteportal.sandbox import Portal
from skifteportal.sandbox.settings import Settings

BAD = "Invalid client or Invalid client credentials"


def test_the_answer_has_the_guides_members_and_no_other(login):
    reply = login()
    assert reply.status == 200
    assert list(reply.json) == [
        "access_token",
        "expires_in",
        "refresh_expires_in",
        "token_type",
        "id_token",
        "not-before-policy",
        "scope",
    ]
    fixed = {name: value for name, value in reply.json.items() if not name.endswith("_token")}
    assert fixed == {
        "expires_in": 300,
        "refresh_expires_in": 0,
        "token_type": "Bearer",
        "not-before-policy": 0,
        "scope": "openid",
    }
    assert (reply["Content-Type"], reply["Cache-Control"]) == ("application/json", "no-store")


def test_the_token_opens_the_apis(login, api):
    body = {"cprNummer": "4634875520"}
    assert api("POST", "/doedsbojournaler", body, token=login().json["access_token"]).status == 200
    assert api("POST", "/doedsbojournaler", body, token=login().json["id_token"]).status == 401


def test_both_of_the_guides_spellings_of_the_scope_are_taken(login):
    assert login(scope="Openid").json["scope"] == "openid"
    assert login(scope="openid openid").status == 200


@pytest.mark.parametrize(
    ("changes", "status", "error", "description"),
    [
        ({"client_secret": "wrong"}, 401, "unauthorized_client", BAD),
        ({"client_secret": None}, 401, "unauthorized_client", BAD),
        ({"client_secret": "æøå"}, 401, "unauthorized_client", BAD),
        ({"client_id": "nobody"}, 401, "invalid_client", BAD),
        ({"client_id": None}, 401, "invalid_client", BAD),
        ({"grant_type": None}, 400, "invalid_request", "Missing form parameter: grant_type"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type", "Unsupported grant_type"),
        ({"scope": None}, 400, "invalid_request", "Missing form parameter: scope"),
        ({"scope": ""}, 400, "invalid_request", "Missing form parameter: scope"),
        ({"scope": "  "}, 400, "invalid_request", "Missing form parameter: scope"),
        ({"scope": "openid admin"}, 400, "invalid_scope", "Invalid scopes: only openid is known"),
        ({"kind": "application/json"}, 415, "HTTP 415 Unsupported Media Type", None),
        ({"content": b"a=%FF"}, 400, "invalid_request", "The form cannot be read"),
        ({"content": b"\xff"}, 400, "invalid_request", "The form cannot be read"),
        ({"content": b"scope=openid&scope=openid"}, 400, "invalid_request", "duplicated parameter"),
    ],
)
def test_refusals_have_keycloaks_shape(login, changes, status, error, description):
    reply = login(**changes)
    assert (reply.status, reply.json["error"]) == (status, error)
    if description is not None:
        assert reply.json["error_description"] == description
    assert CLIENT.secret not in reply.content.decode()


@pytest.mark.parametrize("scope", [None, "", " "])
def test_a_scope_may_be_left_out_if_set_so(make_portal, certificate_of, scope):
    login = Login(make_portal(settings=Settings(scope_required=False)), certificate_of("11111111"))
    assert login(scope=scope).json["scope"] == "openid"


@pytest.mark.parametrize(
    "cvr", ["90000009", "1234567", "1234567x", "\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18"]
)
def test_a_company_that_is_not_registered_gets_no_token(portal, certificate_of, cvr):
    reply = Login(portal, certificate_of(cvr))()
    assert (reply.status, reply.json) == (
        401,
        {"error": "unauthorized_client", "error_description": BAD},
    )


def test_registration_may_be_set_aside(make_portal, certificate_of):
    portal = make_portal(settings=Settings(registered_companies_only=False))
    assert Login(portal, certificate_of("90000009"))().status == 200


@pytest.mark.parametrize("certificate", [None, b"", b"nonsense"])
def test_without_a_readable_certificate_there_is_no_token(portal, certificate):
    assert Login(portal, certificate)().status == 401


def test_a_certificate_without_a_danish_company_gets_no_token(portal, signing_key, clock):
    name = x509.Name([x509.NameAttribute(x509.NameOID.ORGANIZATION_IDENTIFIER, "VATSE-11111111")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(signing_key.public_key())
        .serial_number(1)
        .not_valid_before(clock.moment)
        .not_valid_after(clock.moment)
        .sign(signing_key, hashes.SHA256())
    )
    assert Login(portal, made.public_bytes(Encoding.DER))().status == 401


ASSERTION = {
    "client_id": None,
    "client_secret": None,
    "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
}


def claims_of(reply):
    return jwt.decode(reply.json["access_token"], options={"verify_signature": False})


def test_an_assertion_gives_a_token_of_its_signer_like_any_other(login, sign, api):
    reply = login(client_assertion=sign(), **ASSERTION)
    assert reply.status == 200
    assert list(reply.json) == list(login().json)
    claims = claims_of(reply)
    assert (claims["cvr"], claims["azp"], claims["tokentype"]) == ("90000001", "11111111", "direct")
    token = reply.json["access_token"]
    assert api("POST", "/doedsbojournaler", {"cprNummer": "4634875520"}, token=token).status == 200


def test_both_variants_carry_the_filers_serial_number(login, sign):
    serial = "UI:DK-O:G:46e7b1ab-6f3a-4a3b-9c55-000000000001"
    assert claims_of(login())["certifikat"] == serial
    assert claims_of(login(client_assertion=sign(), **ASSERTION))["certifikat"] == serial


def test_the_client_id_may_be_sent_along_if_it_is_the_cvr_number(login, sign):
    sent = {**ASSERTION, "client_id": "11111111"}
    assert login(client_assertion=sign(), **sent).status == 200
    sent["client_id"] = "anmelder"
    reply = login(client_assertion=sign(jti="2"), **sent)
    assert (reply.status, reply.json["error"]) == (401, "invalid_client")


def test_an_assertion_is_refused_with_the_reason_and_a_second_time(login, sign):
    refused = login(client_assertion=sign(sub="90000001"), **ASSERTION)
    assert (refused.status, refused.json["error"]) == (401, "invalid_client")
    assert "sub must be the CVR number" in refused.json["error_description"]
    text = sign()
    assert login(client_assertion=text, **ASSERTION).status == 200
    again = login(client_assertion=text, **ASSERTION)
    assert again.status == 401
    assert "was used before" in again.json["error_description"]


def test_the_type_of_an_assertion_is_the_guides(login, sign):
    reply = login(client_assertion=sign(), **{**ASSERTION, "client_assertion_type": "x"})
    assert (reply.status, reply.json["error"]) == (400, "invalid_request")


@pytest.mark.parametrize("cvr", ["90000009", None])
def test_only_a_registered_api_user_logs_in_by_assertion(portal, certificate_of, sign, cvr):
    login = Login(portal, None if cvr is None else certificate_of(cvr))
    reply = login(client_assertion=sign(sub=cvr), **ASSERTION)
    assert (reply.status, reply.json["error"]) == (401, "invalid_client")


def test_a_signer_must_be_registered_too(login, sign, issue, signer):
    leaf = base64.b64encode(issue(cvr="90000009").public_bytes(Encoding.DER)).decode()
    reply = login(client_assertion=sign(x5c=[leaf, *signer.x5c[1:]]), **ASSERTION)
    assert (reply.status, reply.json["error"]) == (401, "unauthorized_client")


def test_further_audiences_may_be_set(make_portal, certificate_of, sign):
    settings = Settings(assertion_audiences=("https://sysauth.domstol.dk",))
    login = Login(make_portal(settings=settings), certificate_of("11111111"))
    text = sign(aud="https://sysauth.domstol.dk")
    assert login(client_assertion=text, **ASSERTION).status == 200


def test_an_assertions_time_is_the_machines_unless_told_otherwise(
    signing_key, certificate_of, trust, sign
):
    portal = Portal(clients=[CLIENT], issuer=ISSUER, signing_key=signing_key, trust=trust)
    login = Login(portal, certificate_of("11111111"))
    assert "has expired" in login(client_assertion=sign(), **ASSERTION).json["error_description"]


def test_the_login_describes_itself(login):
    found = login(method="GET", path="/realms/sts/.well-known/openid-configuration").json
    assert found["issuer"] == f"{ISSUER}/realms/sts"
    assert found["token_endpoint"] == ISSUER + Login.path
    (key,) = login(method="GET", path=found["jwks_uri"].removeprefix(ISSUER)).json["keys"]
    token = login().json["access_token"]
    assert jwt.get_unverified_header(token)["kid"] == key["kid"]
    signed = jwt.api_jws.decode(token, jwt.PyJWK(key).key, ["RS256"])
    assert json.loads(signed)["iss"] == found["issuer"]


def test_other_paths_and_methods_are_refused(login):
    assert login(path="/").status == 404
    assert login(path="/realms/other/protocol/openid-connect/token").status == 404
    reply = login(method="GET")
    assert (reply.status, reply["Allow"]) == (405, "POST")
    reply = login(path="/realms/sts/protocol/openid-connect/certs")
    assert (reply.status, reply["Allow"]) == (405, "GET")
