"""What is idle beyond a keyring's bound is let go at once, not at some later collection."""

import gc
import weakref

import pytest
from canaries import canary
from law_office import COMPANIES, landed, used

PROFILE = canary("2f1c9a7e-0d8b-4c55-9f6e-8a1b2c3d4e5f", "a profile's id")


@pytest.fixture(autouse=True)
def uncollected():
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_an_idle_identity_goes_with_its_certificate_context_and_tokens(open_office):
    office = open_office(2)
    credential = office.keyring.credential(COMPANIES[0])
    used(credential.direct())
    used(credential.for_profile(PROFILE))
    gone = [
        weakref.ref(thing)
        for thing in (
            credential,
            credential.certificate,
            credential.certificate.ssl_context(),
            credential.direct()._tokens._kept,
            credential.for_profile(PROFILE)._tokens._kept,
        )
    ]
    del credential
    landed()
    used(office.keyring.direct(COMPANIES[1]))
    assert all(thing() is not None for thing in gone[:2])
    used(office.keyring.direct(COMPANIES[2]))
    assert [thing() for thing in gone] == [None] * 5


def test_no_more_than_the_bound_and_what_is_held(open_office):
    office, alive = open_office(3), []
    held = office.keyring.direct(COMPANIES[0])
    for cvr in COMPANIES * 3:
        used(office.keyring.direct(cvr))
        alive.append(len(office.keyring._open._alive))
    assert max(alive) == 4
    assert office.keyring.direct(COMPANIES[0]) is held
    assert office.opened.count(COMPANIES[0]) == 1


def test_an_identity_that_was_let_go_is_opened_again(open_office):
    office = open_office(0)
    assert used(office.keyring.direct(COMPANIES[0])) == [f"direct.{COMPANIES[0]}.1"]
    assert used(office.keyring.direct(COMPANIES[0])) == [f"direct.{COMPANIES[0]}.2"]


def test_who_holds_a_delegated_auth_holds_its_credential(open_office):
    office = open_office(0)
    auth = office.keyring.for_profile(COMPANIES[0], PROFILE)
    office.keyring.direct(COMPANIES[1])
    assert office.keyring.for_profile(COMPANIES[0], PROFILE) is auth
