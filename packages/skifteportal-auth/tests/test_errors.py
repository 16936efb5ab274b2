"""Errors as values: they can be copied and sent between processes, and have one root."""

import copy
import pickle
from datetime import UTC, datetime

import pytest

from skifteportal import auth
from skifteportal.core.errors import CredentialError

MADE = [
    auth.CertificateError("a", source="x.p12"),
    auth.WrongPassword("a", source="x.p12"),
    auth.CertificateExpired("a", source="x.p12", not_after=datetime(2026, 1, 1, tzinfo=UTC)),
    auth.CertificateNotYetValid("a", not_before=datetime(2026, 1, 1, tzinfo=UTC)),
    auth.TokenError("a", endpoint="https://x", retryable=True, retry_after=2.0),
    auth.ClientRefused("a", status=401, code="invalid_client"),
    auth.NotAParticipant("a", status=403, retry_after=5.0),
    auth.SignerFailed("a", retry_after=5.0),
    auth.CertificateRefused("a", alert="unknown_ca"),
    auth.UnexpectedTokenAnswer("a", status=500),
]


@pytest.mark.parametrize("error", MADE, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("duplicate", [copy.copy, lambda e: pickle.loads(pickle.dumps(e))])
def test_they_survive_copying_and_pickling(error, duplicate):
    other = duplicate(error)
    assert other is not error
    assert (type(other), str(other), vars(other)) == (type(error), "a", vars(error))


def test_all_are_credential_errors_of_two_families():
    errors = [getattr(auth, name) for name in auth.__all__]
    errors = [e for e in errors if isinstance(e, type) and issubclass(e, Exception)]
    errors.remove(auth.CertificateExpiresSoon)
    assert len(errors) == 24
    for error in errors:
        assert issubclass(error, CredentialError)
        assert issubclass(error, (auth.CertificateError, auth.TokenError))


def test_a_certificate_that_can_not_be_used_is_not_worth_trying_again():
    assert not auth.WrongPassword("a").retryable
