"""Both logins and the token exchange, over real TLS: who a token stands for, and what it opens."""

from __future__ import annotations

import pytest

from skifteportal.auth import NotAParticipant, SignedAssertionCredential, UnknownProfile
from skifteportal.core import read_env_file
from skifteportal.sagslager import SagslagerClient
from skifteportal.tvangsoploesning_dirigent_likvidator import (
    TvangsoploesningDirigentLikvidatorClient,
)

OTHER_PROFILE = "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f3002"  # the sandbox's README names it


@pytest.fixture
def settings(env_file):
    return read_env_file(env_file)


@pytest.fixture
def by_assertion(env_file):
    return SignedAssertionCredential.from_env_file(env_file)


def roles(auth):
    with SagslagerClient(auth) as portal:
        return sorted(role for sag in portal.hent_sager() for role in sag.roller or [])


def test_by_secret_the_token_is_that_of_the_certificate_in_the_handshake(credential):
    assert roles(credential.direct()) == ["KREDITOR"]


def test_by_assertion_the_token_is_its_signer_s(by_assertion):
    assert roles(by_assertion.direct()) == ["KREDITOR"]
    assert by_assertion.certificate.cvr == "11111111"


def test_a_profile_s_token_opens_the_liquidator_s_cases(credential, settings):
    profile = credential.for_profile(settings["EXAMPLE_PROFILE"])
    assert roles(profile) == ["LIKVIDATOR", "LIKVIDATOR", "TIDLIGERE_LIKVIDATOR"]
    with TvangsoploesningDirigentLikvidatorClient(profile) as portal:
        assert [krav.titel for krav in portal.get_all_krav(settings["EXAMPLE_SAG"])] == [
            "Varmeforbrug",
            "Kopipapir",
        ]


def test_a_profile_is_reached_by_assertion_too(by_assertion):
    assert roles(by_assertion.for_profile(OTHER_PROFILE)) == ["LIKVIDATOR"]


def test_a_certificate_that_takes_no_part_in_the_profile_is_told_so(by_assertion, settings):
    with pytest.raises(NotAParticipant, match="SERIALNUMBER"):
        roles(by_assertion.for_profile(settings["EXAMPLE_PROFILE"]))


def test_a_profile_that_is_not_there(credential, settings):
    with pytest.raises(UnknownProfile):
        roles(credential.for_profile(settings["EXAMPLE_SAG"]))


def test_forgotten_tokens_are_renewed_under_a_profile_too(credential, settings, sandbox):
    profile = credential.for_profile(settings["EXAMPLE_PROFILE"])
    assert roles(profile)
    sandbox.forget_tokens()
    assert roles(profile)
