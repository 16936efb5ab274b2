"""What a refusal of the exchange means."""

import json

import pytest
from canaries import canary

from skifteportal.auth import (
    ActorTokenRefused,
    ExchangeRefused,
    NotAParticipant,
    UnexpectedTokenAnswer,
    UnknownProfile,
)
from skifteportal.auth._exchange import exchange_refused
from skifteportal.auth._token_answer import Answer, read_answer

URL = "https://auth.example/token"
SERIAL_NUMBER = "UI:DK-O:G:46e74e1d-3b04-4d1e-9c52-0d6b8a7a1c11"


def refused(kind, status, content, headers=None):
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    with pytest.raises(kind) as caught:
        read_answer(
            Answer(status, headers or {}, body),
            endpoint=URL,
            setting="exchange_url",
            refused=exchange_refused(SERIAL_NUMBER),
            now=0.0,
        )
    assert type(caught.value) is kind
    assert caught.value.endpoint == URL
    assert caught.value.status == status
    return caught.value


@pytest.mark.parametrize(
    ("status", "content", "kind"),
    [
        (401, b"", ActorTokenRefused),
        (401, b"<html>", ActorTokenRefused),
        (401, {"error": "invalid_token"}, ActorTokenRefused),
        (400, {"error": "invalid_token"}, ActorTokenRefused),
        (400, {"error": "invalid_client"}, ActorTokenRefused),
        (
            400,
            {"error": "invalid_request", "error_description": "Bad ACTOR_token"},
            ActorTokenRefused,
        ),
        (403, b"", NotAParticipant),
        (403, {}, NotAParticipant),
        (403, {"error": "access_denied"}, NotAParticipant),
        (400, {"error": "unauthorized_client"}, NotAParticipant),
        (400, {"error": "invalid_grant", "error_description": "Ikke deltager"}, NotAParticipant),
        (404, {"fejlkode": "x"}, UnknownProfile),
        (400, {"error": "invalid_target"}, UnknownProfile),
        (400, {"error": "invalid_request", "error_description": "subject_token"}, UnknownProfile),
        (400, {"error": "invalid_grant", "error_description": "Ukendt profil"}, UnknownProfile),
        (400, {"error": "invalid_request"}, ExchangeRefused),
        (400, {"error": "invalid_grant", "error_description": ["x"]}, ExchangeRefused),
        (400, b"", ExchangeRefused),
        (403, b"<html>blocked</html>", UnexpectedTokenAnswer),
        (400, b"<html>blocked</html>", UnexpectedTokenAnswer),
        (404, b"<html>nothing here</html>", UnexpectedTokenAnswer),
        (404, b"", UnexpectedTokenAnswer),
        (500, {"error": "access_denied"}, UnexpectedTokenAnswer),
    ],
)
def test_a_refusal_is_read_by_its_code_or_its_status(status, content, kind):
    refused(kind, status, content)


def test_a_company_that_is_no_participant_is_told_what_the_owner_must_do():
    error = refused(NotAParticipant, 403, {"error": "access_denied"})
    assert str(error) == (
        f"{URL} refused the exchange (403 access_denied): your company is no participant of the "
        "profile. The profile's owner must invite it on minskiftesag.dk (Profil, Inviter deltager, "
        "role API-bruger) by the SERIALNUMBER in the certificate's subject: "
        f"{SERIAL_NUMBER} (guide 3.2.1)."
    )
    assert (error.code, error.retry_after, error.retryable) == ("access_denied", 5, False)


def test_an_unknown_profile_is_to_be_checked_with_its_owner():
    text = str(refused(UnknownProfile, 400, {"error": "invalid_target"}))
    assert "it does not know the profile. Check the id with the profile's owner" in text


def test_a_direct_token_that_is_not_taken():
    assert "auth_url and exchange_url belong together" in str(refused(ActorTokenRefused, 401, b""))


def test_an_unclear_refusal_names_both_causes():
    text = str(refused(ExchangeRefused, 400, {"error": "invalid_request"}))
    assert "(400 invalid_request): the profile is not known to it, or your company is no" in text
    assert SERIAL_NUMBER in text


def test_what_is_written_there_stays_there():
    description = canary("Advokat Ærlig Hansens profil", "the exchange's description")
    error = refused(UnknownProfile, 400, {"error": "x", "error_description": description})
    assert vars(error) == {
        "endpoint": URL,
        "retryable": False,
        "retry_after": 5,
        "status": 400,
        "code": "x",
    }


def test_a_wrong_address_is_named_by_its_setting():
    text = str(refused(UnexpectedTokenAnswer, 404, b""))
    assert "Check the environment's exchange_url" in text


def test_a_longer_pause_is_kept():
    assert refused(NotAParticipant, 403, b"", {"retry-after": "60"}).retry_after == 60
