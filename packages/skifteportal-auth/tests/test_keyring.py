"""Many identities in one program, and none that gets another's token."""

import copy
import pickle
import threading

import pytest
from canaries import canary
from hypothesis import given
from hypothesis import strategies as st
from law_office import COMPANIES, Office, used
from worlds import in_threads, join

from skifteportal.auth import (
    ClientRefused,
    Keyring,
    SignedAssertionCredential,
    WrongPassword,
)
from skifteportal.core.credentials import DelegatedAuth, DirectAuth
from skifteportal.core.errors import ConfigurationError, InvalidArgument

PROFILE = canary("2f1c9a7e-0d8b-4c55-9f6e-8a1b2c3d4e5f", "a profile's id")


@pytest.fixture
def office(open_office):
    return open_office(100)


def test_each_identity_has_its_own_token(office):
    for cvr in COMPANIES:
        assert used(office.keyring.direct(cvr)) == [f"direct.{cvr}.1"]
    assert sorted(office.opened) == COMPANIES


def test_nothing_is_opened_before_it_is_needed(office):
    assert len(office.keyring) == 8
    assert list(office.keyring) == COMPANIES
    assert COMPANIES[0] in office.keyring
    assert "other" not in office.keyring
    assert office.opened == []


def test_an_identity_is_opened_once(office):
    auth = office.keyring.direct(COMPANIES[0])
    assert office.keyring.direct(COMPANIES[0]) is auth
    assert office.keyring.credential(COMPANIES[0]).direct() is auth
    assert isinstance(auth, DirectAuth)
    assert office.opened == COMPANIES[:1]


def test_one_direct_token_under_the_profiles_of_an_identity(office):
    name = COMPANIES[0]
    auth = office.keyring.for_profile(name, PROFILE)
    assert isinstance(auth, DelegatedAuth)
    assert used(auth) == [f"delegated.{name}.{PROFILE}"]
    assert used(office.keyring.for_profile(name, "another")) == [f"delegated.{name}.another"]
    assert office.portals[name].logins == 1


def test_each_identity_has_its_own_tls_context(office):
    contexts = {
        id(office.keyring.credential(cvr).certificate.ssl_context()) for cvr in COMPANIES[:3]
    }
    assert len(contexts) == 3
    again = office.keyring.credential(COMPANIES[0]).certificate
    assert again.ssl_context() is again.ssl_context()


def test_both_variants_side_by_side(office, certificate, signer, hosts):
    office.keyring.add(
        "vendor",
        lambda: SignedAssertionCredential(
            office.environment, certificate=certificate, signer=signer, transport=hosts.transport
        ),
    )
    (token,) = used(office.keyring.direct("vendor"))
    assert "made-up-token" in token
    assertion = hosts.forms(hosts.logins)[0]["client_assertion"]
    canary(assertion, "an assertion")


STEPS = st.lists(
    st.tuples(
        st.sampled_from(COMPANIES),
        st.sampled_from(["direct", "profile 1", "profile 2"]),
        st.sampled_from(["hold", "let go"]),
        st.sampled_from([200, 401]),
    ),
    max_size=25,
)


@given(STEPS, st.integers(0, 4))
def test_no_token_of_one_is_ever_used_for_another(small_roots, steps, max_idle):
    """However identities are opened, held, let go, refused and opened again."""
    office, held = Office(small_roots, max_idle), {}
    for cvr, kind, fate, status in steps:
        if kind == "direct":
            auth, whose = office.keyring.direct(cvr), f"direct.{cvr}."
        else:
            profile = kind.replace(" ", "-")
            auth, whose = office.keyring.for_profile(cvr, profile), f"delegated.{cvr}.{profile}"
        assert held.get((cvr, kind), auth) is auth
        tokens = used(auth, status)
        assert tokens
        assert all(token.startswith(whose) for token in tokens)
        if fate == "hold":
            held[cvr, kind] = auth
        else:
            held.pop((cvr, kind), None)
    last = 1  # of the loop, whose variables still hold it
    alive = len(office.keyring._open._alive)
    assert alive <= max_idle + len({cvr for cvr, _ in held}) + last


def test_many_threads_mix_nothing_up(open_office):
    office, wrong = open_office(2), []

    def run(cvr):
        for number in range(10):
            (token,) = used(office.keyring.for_profile(cvr, f"profile-{number}"))
            if token != f"delegated.{cvr}.profile-{number}":
                wrong.append(token)

    threads = [threading.Thread(target=run, args=(cvr,)) for cvr in COMPANIES * 3]
    for thread in threads:
        thread.start()
    join(threads)
    assert not wrong


def test_many_who_ask_at_once_open_it_once(office):
    threads, found, begun = in_threads(50, lambda: office.keyring.direct(COMPANIES[0]))
    begun.wait()
    join(threads)
    assert len(set(found)) == 1
    assert office.opened == COMPANIES[:1]


def test_one_that_another_thread_has_opened_meanwhile_is_not_opened_again(office, monkeypatch):
    name, recent, asked, found = COMPANIES[0], office.keyring._open, threading.Event(), []
    find = recent.find

    def noted(name):
        thing = find(name)
        asked.set()
        return thing

    monkeypatch.setattr(recent, "find", noted)
    thread = threading.Thread(target=lambda: found.append(office.keyring.credential(name)))
    with office.keyring._identities[name].opening:
        thread.start()
        assert asked.wait(30)
        opened = recent.keep(name, office.open(name))
    join([thread])
    assert found == [opened]
    assert office.opened == [name]


def test_one_that_is_being_opened_keeps_no_other_waiting(office):
    begun, go_on = threading.Event(), threading.Event()

    def slowly():
        begun.set()
        assert go_on.wait(30)
        return office.open(COMPANIES[0])

    office.keyring.add("slow", slowly)
    thread = threading.Thread(target=office.keyring.credential, args=("slow",))
    thread.start()
    assert begun.wait(30)
    office.keyring.credential(COMPANIES[1])
    go_on.set()
    join([thread])


def test_one_that_fails_fails_alone_and_is_tried_again(office):
    turns = [WrongPassword("no"), office.open(COMPANIES[0])]

    def opener():
        turn = turns.pop(0)
        if isinstance(turn, Exception):
            raise turn
        return turn

    office.keyring.add("a", opener)
    with pytest.raises(WrongPassword):
        office.keyring.direct("a")
    assert office.keyring.direct("a")


def test_a_refusal_of_one_is_no_refusal_of_another(office):
    office.portals[COMPANIES[0]].refused = True
    with pytest.raises(ClientRefused):
        used(office.keyring.direct(COMPANIES[0]))
    assert used(office.keyring.direct(COMPANIES[1]))


def test_a_renewed_certificate_takes_the_place_of_the_old_one(office):
    old = office.keyring.direct(COMPANIES[0])
    office.keyring.remove(COMPANIES[0])
    assert COMPANIES[0] not in office.keyring
    office.keyring.add(COMPANIES[0], lambda: office.open(COMPANIES[0]))
    assert office.keyring.direct(COMPANIES[0]) is not old
    assert used(old)


def test_one_that_is_removed_while_it_is_opened_is_not_kept(office):
    def opener():
        office.keyring.remove("a")
        office.keyring.add("a", lambda: office.open(COMPANIES[1]))
        return office.open(COMPANIES[0])

    office.keyring.add("a", opener)
    assert office.keyring.credential("a").certificate.cvr == COMPANIES[0]
    assert office.keyring.credential("a").certificate.cvr == COMPANIES[1]


def test_an_unknown_name_is_not_repeated(office):
    name = canary("Advokatfirmaet Ærlig", "an identity's name")
    for ask in (office.keyring.direct, office.keyring.credential, office.keyring.remove):
        with pytest.raises(InvalidArgument, match="no identity of that name; it has 8 others"):
            ask(name)


def test_a_name_that_is_taken(office):
    with pytest.raises(InvalidArgument, match="remove it first"):
        office.keyring.add(COMPANIES[0], lambda: office.open(COMPANIES[0]))


@pytest.mark.parametrize("name", ["", None, 17])
def test_what_is_no_name(office, name):
    with pytest.raises(InvalidArgument, match="name must be a text"):
        office.keyring.add(name, lambda: office.open(COMPANIES[0]))


def test_a_credential_instead_of_a_function(office):
    with pytest.raises(InvalidArgument, match="must be a function that makes a credential"):
        office.keyring.add("a", office.open(COMPANIES[0]))


def test_a_function_that_makes_something_else(office):
    office.keyring.add("a", lambda: None)
    with pytest.raises(ConfigurationError, match="gave NoneType instead of a credential"):
        office.keyring.direct("a")


@pytest.mark.parametrize("max_idle", [-1, "100", None])
def test_a_bound_that_is_none(max_idle):
    with pytest.raises(ConfigurationError, match="max_idle must be a number"):
        Keyring(max_idle=max_idle)


def test_repr_shows_no_name(office):
    assert repr(office.keyring) == "<Keyring of 8>"


@pytest.mark.parametrize("duplicate", [pickle.dumps, copy.copy, copy.deepcopy])
def test_it_can_not_be_pickled_or_copied(office, duplicate):
    with pytest.raises(TypeError, match="in each process"):
        duplicate(office.keyring)
