"""What both variants of the login share: delegated tokens over one direct token."""

import gc
import threading
import uuid
import weakref

import anyio
import pytest
from canaries import canary

from skifteportal.auth import (
    ActorTokenRefused,
    ClientRefused,
    ClientSecretCredential,
    Credential,
    NotAParticipant,
    SignedAssertionCredential,
    UnknownProfile,
)
from skifteportal.core import _http
from skifteportal.core.credentials import DelegatedAuth, DirectAuth
from skifteportal.core.errors import InvalidArgument

PROFILE = canary("2f1c9a7e-0d8b-4c55-9f6e-8a1b2c3d4e5f", "a profile's id")
OTHER = canary("7d3f2b10-5a4c-4e6d-8b9a-0c1d2e3f4a5b", "another profile's id")
SECRET = canary("0f1e2d3c-not-a-real-secret", "the client secret")


@pytest.fixture
def told(certificate, hosts, time):
    return {"certificate": certificate, "transport": hosts.transport, "clock": time.clock}


@pytest.fixture(params=["A", "B"])
def credential(request, environment, signer, told):
    if request.param == "A":
        return ClientSecretCredential(
            environment, client_id="anmelder", client_secret=SECRET, **told
        )
    return SignedAssertionCredential(environment, signer=signer, **told)


def numbers(tokens):
    return [token.rpartition("-")[2] for token in tokens]


def test_both_are_credentials(credential):
    assert isinstance(credential, Credential)


def test_the_exchange_of_the_guide(credential, call, hosts):
    (token,) = call(credential.for_profile(PROFILE))
    assert "made-up-delegated-1" in token
    (request,) = hosts.exchanges
    assert (request.method, str(request.url)) == ("POST", "https://auth.example/token")
    assert "authorization" not in request.headers
    actor = call(credential.direct())[0]
    assert request.content.decode().count("grant_type") == 1
    assert hosts.forms([request]) == [
        {
            "actor_token": actor,
            "actor_token_type": "urn:ietf:params:oauth:token-type:access_token",
            "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
            "requested_token_type": "urn:ietf:params:oauth:token-type:access_token",
            "subject_token": PROFILE,
            "subject_token_type": "urn:dk:domstol:token-type:adgangsprofil-id",
        }
    ]


def test_one_direct_token_under_all_profiles(credential, call, hosts):
    profiles = [str(uuid.uuid4()) for _ in range(30)]
    tokens = [call(credential.for_profile(profile))[0] for profile in profiles]
    assert len(set(tokens)) == 30
    assert len(hosts.logins) == 1
    assert [form["subject_token"] for form in hosts.forms(hosts.exchanges)] == profiles


def test_nothing_is_sent_before_it_is_needed(credential, hosts):
    credential.for_profile(PROFILE)
    assert not hosts.logins
    assert not hosts.exchanges


def test_the_same_object_for_the_same_profile(credential, environment):
    auth = credential.for_profile(PROFILE)
    assert auth is credential.for_profile(uuid.UUID(PROFILE))
    assert auth is not credential.for_profile(OTHER)
    assert isinstance(auth, DelegatedAuth)
    assert not isinstance(auth, DirectAuth)
    assert auth.environment is environment
    assert auth.rate_limit_key == credential.direct().rate_limit_key
    assert repr(auth) == "<DelegatedTokenAuth prøve>"


def test_idle_profiles_are_bounded_and_held_ones_stay(credential, monkeypatch):
    held = credential.for_profile(PROFILE)
    idle = weakref.ref(credential.for_profile(OTHER))
    for _ in range(1000):
        credential.for_profile(uuid.uuid4())
    gc.collect()
    assert idle() is None
    assert credential.for_profile(PROFILE) is held


@pytest.mark.parametrize(
    ("profile_id", "said"),
    [
        ("", "must be the id of an adgangsprofil: a UUID"),
        (PROFILE + "\n", "without space around it"),
        (" " + PROFILE, "without space around it"),
        ("blåbær", "must be the id"),
        (None, "must be the id"),
        (17, "must be the id"),
        ("UI:DK-O:G:46e74e1d-3b04-4d1e-9c52-0d6b8a7a1c11", "is a certificate's SERIALNUMBER"),
    ],
)
def test_what_can_be_no_profile(credential, profile_id, said):
    with pytest.raises(InvalidArgument, match=f"^profile_id .*{said}") as caught:
        credential.for_profile(profile_id)
    assert caught.value.argument == "profile_id"


def test_both_tokens_are_renewed(credential, call, hosts, time):
    auth = credential.for_profile(PROFILE)
    assert numbers(call(auth)) == ["1"]
    time.pass_(290)
    assert numbers(call(auth)) == ["2"]
    assert len(hosts.logins) == len(hosts.exchanges) == 2


def test_a_direct_token_that_is_still_good_is_used_again(credential, call, hosts, time):
    time.pass_(0)
    call(credential.for_profile(PROFILE))
    time.pass_(100)
    call(credential.for_profile(OTHER))
    assert len(hosts.logins) == 1


def test_a_401_exchanges_anew_and_repeats_the_call(credential, call, hosts):
    auth = credential.for_profile(PROFILE)
    assert numbers(call(auth, 401)) == ["1", "2"]
    assert len(hosts.logins) == 1


def test_a_direct_token_that_the_exchange_refuses_is_renewed_once(credential, call, hosts):
    def refuse_the_first(form):
        if form["actor_token"].endswith("-1"):
            return _http.Response(401, json={"error": "invalid_token"})
        return None

    hosts.exchange = refuse_the_first
    call(credential.for_profile(PROFILE))
    assert (len(hosts.logins), len(hosts.exchanges)) == (2, 2)
    call(credential.for_profile(OTHER))
    assert (len(hosts.logins), len(hosts.exchanges)) == (2, 3)


def test_an_exchange_that_refuses_every_direct_token_costs_one_login_for_all_profiles(
    credential, call, hosts
):
    hosts.exchange = lambda form: _http.Response(401)
    for profile in [PROFILE, OTHER, str(uuid.uuid4())]:
        with pytest.raises(ActorTokenRefused):
            call(credential.for_profile(profile))
    assert len(hosts.logins) == 2
    assert len(hosts.exchanges) == 4


def test_a_missing_invitation_names_the_certificate_that_the_token_stands_for(
    credential, call, hosts, certificate, signer
):
    hosts.exchange = lambda form: _http.Response(403, json={"error": "access_denied"})
    with pytest.raises(NotAParticipant, match="must invite it on minskiftesag") as caught:
        call(credential.for_profile(PROFILE))
    is_a = isinstance(credential, ClientSecretCredential)
    represented = certificate if is_a else signer
    assert represented.subject_serial_number in str(caught.value)
    assert len(hosts.logins) == len(hosts.exchanges) == 1


def test_after_a_refusal_a_profile_is_left_alone_for_a_while_and_others_are_not(
    credential, call, hosts, time
):
    hosts.exchange = lambda form: (
        _http.Response(404, json={}) if form["subject_token"] == PROFILE else None
    )
    for _ in range(3):
        with pytest.raises(UnknownProfile):
            call(credential.for_profile(PROFILE))
    assert len(hosts.exchanges) == 1
    call(credential.for_profile(OTHER))
    time.pass_(6)
    with pytest.raises(UnknownProfile):
        call(credential.for_profile(PROFILE))
    assert len(hosts.exchanges) == 3


def test_a_login_that_is_refused_is_told_to_the_delegated_call_too(credential, call, hosts):
    hosts.login = lambda form: _http.Response(401, json={"error": "invalid_client"})
    for profile in [PROFILE, OTHER]:
        with pytest.raises(ClientRefused):
            call(credential.for_profile(profile))
    assert len(hosts.logins) == 1
    assert not hosts.exchanges


def test_a_redirect_of_the_exchange_is_not_followed(credential, call, hosts):
    location = {"Location": "https://evil.example/token"}
    hosts.exchange = lambda form: _http.Response(307, headers=location)
    with pytest.raises(Exception, match=r"not followed.* Check the environment's exchange_url"):
        call(credential.for_profile(PROFILE))
    assert len(hosts.exchanges) == 1


def test_200_threads_and_200_tasks_exchange_once(credential, call, hosts, environment):
    go_on, begun, found = threading.Event(), threading.Barrier(201), []

    def hold(form):
        assert go_on.wait(30)

    hosts.exchange = hold

    def run():
        begun.wait()
        found.extend(call(credential.for_profile(PROFILE)))

    threads = [threading.Thread(target=run) for _ in range(200)]
    for thread in threads:
        thread.start()
    begun.wait()

    async def one():
        def answer(request):
            found.append(request.headers["authorization"].removeprefix("Bearer "))
            return _http.Response(200)

        auth, transport = credential.for_profile(PROFILE), _http.MockTransport(answer)
        async with _http.AsyncClient(transport=transport, auth=auth) as client:
            await client.get(environment.api_url)

    async def tasks():
        async with anyio.create_task_group() as group:
            for _ in range(200):
                group.start_soon(one)
            await anyio.wait_all_tasks_blocked()
            go_on.set()

    anyio.run(tasks)
    for thread in threads:
        thread.join()
    assert len(found) == 400
    assert len(set(found)) == 1
    assert len(hosts.logins) == len(hosts.exchanges) == 1
