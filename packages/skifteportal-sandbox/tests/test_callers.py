import pytest
from portal_in_memory import LIQUIDATOR

from skifteportal.sandbox import SandboxError, UnknownProfile
from skifteportal.sandbox.callers import caller_for


def test_a_company_calls_directly(portal):
    caller = caller_for(portal, company="90000001")
    assert (caller.kind, caller.company, caller.holder) == ("direct", "90000001", "90000001")


def test_whoever_acts_for_a_liquidator_has_the_profile_and_its_owner(portal):
    caller = caller_for(portal, profile=LIQUIDATOR)
    assert (caller.kind, caller.company, caller.holder) == ("delegated", "11111111", LIQUIDATOR)
    assert caller.party["type"] == "PERSON"
    assert caller.party["person"]["personId"]


def test_a_profile_that_is_not_there_is_told_of_with_what_to_do(portal):
    with pytest.raises(UnknownProfile, match=r"no profile 'nope'.*appoints a liquidator") as caught:
        caller_for(portal, profile="nope")
    assert isinstance(caught.value, SandboxError)
