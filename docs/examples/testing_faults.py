"""Tests of what seldom happens: a lost answer, a rate limit, an expired token, an act of the court."""

import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal

import pytest

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import ApiError, CallOptions, OutcomeUnknown, TooManyRequests, read_env_file
from skifteportal.doedsbojournal import DoedsbojournalClient
from skifteportal.doedsbojournal.models import DoedsbojournalQuery, KravInput
from skifteportal.sagslager import SagslagerClient
from skifteportal.sandbox import Sandbox

ERLINDA_HILLS = DoedsbojournalQuery(cpr_nummer="4634875520")
ESTATE = "e25d84d3-7aec-4361-84da-93125cb83f08"
UNASSIGNED_CASE = "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f1002"
KRAV = KravInput(beloeb=Decimal("12345.50"), endeligt=False)


@pytest.fixture
def credential(skifteportal_sandbox: Sandbox) -> ClientSecretCredential:
    """Log in as the example's company."""
    return ClientSecretCredential.from_env_file(skifteportal_sandbox.env_file)


@pytest.fixture
def portal(credential: ClientSecretCredential) -> Iterator[DoedsbojournalClient]:
    """Give each test a client."""
    with DoedsbojournalClient(credential.direct()) as portal:
        yield portal


def test_a_lost_answer(skifteportal_sandbox: Sandbox, portal: DoedsbojournalClient) -> None:
    """The claim was filed, and the connection broke before the receipt came."""
    skifteportal_sandbox.control.fail("addKrav", cut="after")
    before = portal.get_all_krav(ESTATE).total() or 0
    with pytest.raises(OutcomeUnknown):
        portal.add_krav(ESTATE, KRAV)
    assert portal.get_all_krav(ESTATE).total() == before + 1


def test_a_code_of_the_portal(skifteportal_sandbox: Sandbox, portal: DoedsbojournalClient) -> None:
    """Any of the portal's codes can be planned, without the state that leads to it."""
    skifteportal_sandbox.control.fail("addKrav", code="doedsbo.f17")
    with pytest.raises(ApiError) as refused:
        portal.add_krav(ESTATE, KRAV)
    assert refused.value.code == "doedsbo.f17"


def test_too_many_calls(skifteportal_sandbox: Sandbox, portal: DoedsbojournalClient) -> None:
    """A 429 comes through once its repetitions are used up, or are turned off."""
    skifteportal_sandbox.control.fail("searchBo", status=429, retry_after=30)
    with pytest.raises(TooManyRequests):
        portal.search_bo(ERLINDA_HILLS, options=CallOptions(max_retries=0)).first()


def test_an_expired_token(skifteportal_sandbox: Sandbox, portal: DoedsbojournalClient) -> None:
    """The portal's clock moves on ten minutes: the old token is refused, and a new one is got."""
    assert portal.search_bo(ERLINDA_HILLS).first()
    skifteportal_sandbox.control.advance("10min")
    assert portal.search_bo(ERLINDA_HILLS).first()


def test_an_appointment(skifteportal_sandbox: Sandbox, credential: ClientSecretCredential) -> None:
    """The court appoints a liquidator, who then finds the case."""
    profile = read_env_file(skifteportal_sandbox.env_file)["EXAMPLE_PROFILE"]
    skifteportal_sandbox.control.court(
        "udpegLikvidator", {"likvidatorId": profile}, sagId=UNASSIGNED_CASE
    )
    with SagslagerClient(credential.for_profile(profile)) as portal:
        assert UNASSIGNED_CASE in [str(sag.sag_id) for sag in portal.hent_sager()]


if __name__ == "__main__":
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__]
    sys.exit(subprocess.call(command))
