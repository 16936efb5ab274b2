"""What one process tells the others of a refusal."""

import attrs
import pytest

from skifteportal.auth import (
    ActorTokenRefused,
    AuthUnreachable,
    CertificateRefused,
    ClientRefused,
    ExchangeRefused,
    NotAParticipant,
    ServerNotTrusted,
    TooManyTokenRequests,
    UnexpectedTokenAnswer,
    UnknownProfile,
)
from skifteportal.auth._shared_refusals import refusal_of, told

ENDPOINT = "https://sysauth.example/token"


@pytest.mark.parametrize(
    "kind", [ActorTokenRefused, ClientRefused, ExchangeRefused, NotAParticipant, UnknownProfile]
)
def test_a_refusal_comes_back_as_it_was_for_what_is_left_of_its_pause(kind):
    error = kind("no", endpoint=ENDPOINT, retry_after=5.0, status=403, code="access_denied")
    refusal = refusal_of(error, endpoint=ENDPOINT)
    again = told(attrs.evolve(refusal, seconds=3.0), endpoint=ENDPOINT)
    assert type(again) is kind
    assert str(again) == "no (Another process was told so; nothing was asked.)"
    assert (again.endpoint, again.retry_after) == (ENDPOINT, 3.0)
    assert (again.status, again.code) == (403, "access_denied")
    assert not again.retryable


def test_too_many_requests_are_told_too():
    error = TooManyTokenRequests("429", endpoint=ENDPOINT, retryable=True, retry_after=60.0)
    again = told(refusal_of(error, endpoint=ENDPOINT), endpoint=ENDPOINT)
    assert (type(again), again.retry_after, again.retryable) == (TooManyTokenRequests, 60.0, True)


@pytest.mark.parametrize(
    "kind", [AuthUnreachable, CertificateRefused, ServerNotTrusted, UnexpectedTokenAnswer]
)
def test_what_may_be_one_machines_own_fault_is_told_to_nobody(kind):
    assert refusal_of(kind("x", endpoint=ENDPOINT, retry_after=5.0), endpoint=ENDPOINT) is None


def test_what_came_from_another_endpoint_is_told_there():
    error = ClientRefused("no", endpoint=ENDPOINT, retry_after=5.0)
    assert refusal_of(error, endpoint="https://auth.example/token") is None


def test_a_kind_of_a_later_version_is_no_refusal_here():
    refusal = refusal_of(ClientRefused("no", endpoint=ENDPOINT), endpoint=ENDPOINT)
    assert told(attrs.evolve(refusal, kind="FromTheFuture"), endpoint=ENDPOINT) is None
