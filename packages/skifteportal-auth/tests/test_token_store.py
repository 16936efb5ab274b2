"""Sharing tokens through a real Redis."""

import base64
import multiprocessing
import pickle
import secrets

import pytest
import redis
from canaries import canary
from redis_server import RedisServer

from skifteportal.auth import (
    Certificate,
    ClientRefused,
    ClientSecretCredential,
    NotAParticipant,
    ReadyAssertions,
    SignedAssertionCredential,
)
from skifteportal.auth.token_store import RedisTokenStore, StoredRefusal, StoredToken
from skifteportal.core import ConfigurationError, Environment, _http

KEY = canary(secrets.token_urlsafe(32), "the store's key")
NEW_KEY = canary(secrets.token_urlsafe(32), "the store's new key")
TOKEN = canary("made-up-stored-access-token", "the access token")
CLIENT_ID, CLIENT_SECRET = "klient-7", canary("made-up-client-secret", "the client secret")
OLD_SECRET = canary("made-up-old-client-secret", "the client secret before it was changed")
WHOSE, OTHER = '["prøve", "30808460"]', '["prøve", "12345674"]'
STORED = StoredToken(access_token=TOKEN, good_for=285.0, renew_in=262.0)


@pytest.fixture
def server(redis_server):
    with redis.Redis.from_url(redis_server.url) as client:
        client.flushall()
        yield client


@pytest.fixture(params=[False, True], ids=["bytes", "text"])
def store(server, redis_server, request):
    """A store whose client gives bytes, or text, as users have both."""
    with redis.Redis.from_url(redis_server.url, decode_responses=request.param) as client:
        yield RedisTokenStore(client, key=lambda: KEY)


def warnings(caplog):
    return [r.getMessage() for r in caplog.records if r.levelname == "WARNING"]


def entry(server):
    (name,) = server.keys("*")
    return name


def test_a_token_is_read_as_it_was_written(store):
    assert store.read(WHOSE) is None
    store.write(WHOSE, STORED)
    read = store.read(WHOSE)
    assert read.access_token == TOKEN
    assert 255 < read.good_for <= 285
    assert read.good_for - read.renew_in == pytest.approx(23)


def test_an_entry_ends_with_its_token(store, server):
    store.write(WHOSE, STORED)
    assert 255_000 < server.pttl(entry(server)) <= 285_000
    server.pexpire(entry(server), 1000)
    read = store.read(WHOSE)
    assert 0 < read.good_for <= 1
    assert read.renew_in < 0


def test_whoever_can_write_there_can_not_lengthen_a_life(store, server):
    store.write(WHOSE, STORED)
    server.pexpire(entry(server), 1_000_000_000)
    assert store.read(WHOSE).good_for == 285
    server.persist(entry(server))
    assert store.read(WHOSE).good_for < 0


def test_a_token_is_its_identitys_even_under_another_ones_name(store, server, caplog):
    store.write(WHOSE, STORED)
    mine = entry(server)
    assert store.read(OTHER) is None
    store.write(OTHER, STORED)
    (others,) = set(server.keys("*")) - {mine}
    server.copy(mine, others, replace=True)
    assert not warnings(caplog)
    assert store.read(OTHER) is None
    assert warnings(caplog) == [
        "a token in Redis is damaged or was not sealed for this use: it is ignored"
    ]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{}", base64.b64encode(b"x" * 99)])
def test_a_damaged_entry_is_ignored(server, redis_server, content):
    store = RedisTokenStore(redis_server.url, key=lambda: KEY)
    store.write(WHOSE, STORED)
    server.set(entry(server), content, px=1000)
    assert store.read(WHOSE) is None
    assert store.read_refusal(WHOSE) is None


def test_a_refusal_is_read_as_it_was_written_and_ends_with_its_pause(store, server):
    refusal = StoredRefusal(
        kind="ClientRefused", text="nej tak", seconds=5.0, status=401, code="invalid_client"
    )
    assert store.read_refusal(WHOSE) is None
    store.write_refusal(WHOSE, refusal)
    assert 0 < server.pttl(entry(server)) <= 5000
    assert b"nej tak" not in server.get(entry(server))
    read = store.read_refusal(WHOSE)
    assert 0 < read.seconds <= 5
    assert (read.kind, read.text, read.status, read.code) == (
        "ClientRefused",
        "nej tak",
        401,
        "invalid_client",
    )
    server.pexpire(entry(server), 1_000_000)
    assert store.read_refusal(WHOSE).seconds == 5


def test_redis_holds_no_token_no_identity_and_no_key(store, server):
    store.write(WHOSE, STORED)
    store.lock(WHOSE, 8)
    for name in server.keys("*"):
        shown = name + server.get(name)
        shown += base64.b64decode(server.get(name))
        for secret in (TOKEN, "30808460", "prøve", KEY):
            assert secret.encode() not in shown


def test_a_key_can_be_changed_while_processes_run(server, redis_server):
    def store(*keys):
        return RedisTokenStore(redis_server.url, key=lambda: keys)

    store(KEY).write(WHOSE, STORED)
    assert store(NEW_KEY).read(WHOSE) is None
    assert store(KEY, NEW_KEY).read(WHOSE).access_token == TOKEN
    rotated = store(NEW_KEY, KEY)
    assert rotated.read(WHOSE).access_token == TOKEN
    server.flushall()
    rotated.write(WHOSE, STORED)
    assert store(KEY, NEW_KEY).read(WHOSE).access_token == TOKEN
    assert store(KEY).read(WHOSE) is None


def test_the_key_is_asked_for_each_time(server, redis_server):
    keys = [KEY]
    store = RedisTokenStore(redis_server.url, key=lambda: keys[0])
    store.write(WHOSE, STORED)
    keys[0] = NEW_KEY
    assert store.read(WHOSE) is None


def test_one_has_the_lock_until_it_is_given_back_or_over(store, server):
    unlock = store.lock(WHOSE, 8)
    assert store.lock(WHOSE, 8) is None
    assert 0 < server.pttl(entry(server)) <= 8000
    assert store.lock(OTHER, 8)
    unlock()
    assert store.lock(WHOSE, 8)


def test_a_lock_that_is_over_takes_nobody_elses_away(store, server):
    unlock = store.lock(WHOSE, 8)
    server.flushall()  # as if its time had passed
    assert store.lock(WHOSE, 8)
    unlock()
    assert store.lock(WHOSE, 8) is None


@pytest.mark.parametrize("key", [None, KEY, b"x" * 32], ids=["none", "text", "bytes"])
def test_without_a_function_for_the_key_there_is_no_store(key):
    with pytest.raises(ConfigurationError, match="needs a key"):
        RedisTokenStore("redis://redis.example", key=key)
    with pytest.raises(ConfigurationError, match="needs a key"):
        RedisTokenStore("redis://redis.example")


def test_a_key_that_is_none_is_found_at_once():
    with pytest.raises(ConfigurationError, match="32 random bytes"):
        RedisTokenStore("redis://redis.example", key=lambda: "hemmelig")


def test_it_shows_nothing_and_stays_in_its_process(store):
    assert repr(store) == "<RedisTokenStore>"
    assert TOKEN not in repr(STORED)
    with pytest.raises(TypeError, match="make one in each process"):
        pickle.dumps(store)


# With credentials


@pytest.fixture
def credential(environment, certificate, hosts, time, redis_server, server):  # noqa: PLR0917
    """Make a credential as each process does, with a store of its own."""

    def credential(
        client_id=CLIENT_ID,
        environment=environment,
        key=KEY,
        url=redis_server.url,
        client_secret=CLIENT_SECRET,
    ):
        return ClientSecretCredential(
            environment,
            client_id=client_id,
            client_secret=client_secret,
            certificate=certificate,
            transport=hosts.transport,
            token_store=RedisTokenStore(url, key=lambda: key),
            clock=time.clock,
        )

    return credential


def test_credentials_share_a_token_and_each_profiles(credential, hosts, call):
    for _ in range(3):
        one = credential()
        (direct,) = call(one.direct())
        (delegated,) = call(one.for_profile("profil-1"))
        (other,) = call(one.for_profile("profil-2"))
        assert (direct[-2:], delegated[-2:], other[-2:]) == ("-1", "-1", "-2")
    assert len(hosts.logins) == 1
    assert len(hosts.exchanges) == 2


def test_another_client_id_or_environment_gets_its_own(credential, hosts, call):
    elsewhere = Environment(
        name="prøve",
        auth_url="https://sysauth.example/elsewhere",
        exchange_url="https://auth.example",
        api_url="https://api.example",
    )
    tokens = [
        *call(credential().direct()),
        *call(credential(client_id="klient-8").direct()),
        *call(credential(environment=elsewhere).direct()),
        *call(credential(key=NEW_KEY).direct()),
    ]
    assert len(set(tokens)) == len(hosts.logins) == 4


def test_a_token_that_the_portal_rejects_is_replaced_for_all(credential, hosts, call):
    one, other = credential(), credential()
    call(one.direct()), call(other.direct())
    assert [token[-2:] for token in call(one.direct(), 401)] == ["-1", "-2"]
    assert [token[-2:] for token in call(other.direct(), 401)] == ["-1", "-2"]
    assert len(hosts.logins) == 2


def test_a_fleet_with_a_wrong_secret_asks_once_and_the_right_one_is_not_held_up(
    credential, hosts, call, time
):
    hosts.login = lambda form: (
        None
        if form["client_secret"] == CLIENT_SECRET
        else _http.Response(401, json={"error": "invalid_client"})
    )
    for _ in range(5):
        with pytest.raises(ClientRefused, match="401 invalid_client"):
            call(credential(client_secret=OLD_SECRET).direct())
        with pytest.raises(ClientRefused):
            call(credential(client_secret=OLD_SECRET).for_profile("profil-1"))
    assert len(hosts.logins) == 1
    assert call(credential().direct())
    assert len(hosts.logins) == 2


def test_a_fleet_that_is_no_participant_asks_the_exchange_once(credential, hosts, call):
    hosts.exchange = lambda form: _http.Response(403, json={"error": "access_denied"})
    for _ in range(5):
        with pytest.raises(NotAParticipant):
            call(credential().for_profile("profil-1"))
    assert len(hosts.exchanges) == len(hosts.logins) == 1


def test_while_redis_is_down_each_process_asks_for_itself(  # noqa: PLR0917
    credential, hosts, call, tmp_path, time, caplog
):
    server = RedisServer(tmp_path)
    one, other = credential(url=server.url), credential(url=server.url)
    server.stop()
    call(one.direct()), call(other.direct())
    assert len(hosts.logins) == 2
    assert (
        warnings(caplog)
        == ["the token store failed (ConnectionError): for 30 s tokens are not shared"] * 2
    )


def test_without_a_store_nothing_is_stored(environment, certificate, hosts, call, server):
    credential = ClientSecretCredential(
        environment,
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        certificate=certificate,
        transport=hosts.transport,
    )
    call(credential.direct()), call(credential.for_profile("profil-1"))
    assert server.keys("*") == []


def test_signed_assertions_share_by_signer_issuer_and_audience(  # noqa: PLR0917
    environment, certificate, signer, hosts, time, redis_server, server, call
):
    def made(signer, **named):
        return SignedAssertionCredential(
            environment,
            certificate=certificate,
            signer=signer,
            transport=hosts.transport,
            token_store=RedisTokenStore(redis_server.url, key=lambda: KEY),
            clock=time.clock,
            **named,
        )

    def tokens():
        return [
            *call(made(signer).direct()),
            *call(made(certificate).direct()),
            *call(made(signer, issuer="system-2").direct()),
            *call(made(signer, audience="https://elsewhere.example").direct()),
        ]

    assert tokens() == tokens()
    assert len(hosts.logins) == len(set(tokens())) == 4


def test_ready_assertions_are_whose_nobody_knows_before(environment, certificate, redis_server):
    with pytest.raises(ConfigurationError, match="can't be shared by a token_store"):
        SignedAssertionCredential(
            environment,
            certificate=certificate,
            signer=ReadyAssertions(lambda: ""),
            token_store=RedisTokenStore(redis_server.url, key=lambda: KEY),
        )


def test_a_store_can_be_given_with_an_env_file(tmp_path, p12, password, redis_server, signer):
    (tmp_path / ".env").write_text(
        "AUTH_URL=https://sysauth.example\nEXCHANGE_URL=https://auth.example\n"
        f"API_URL=https://api.example\nAUTH_CLIENT_ID={CLIENT_ID}\n"
        f"AUTH_CLIENT_SECRET={CLIENT_SECRET}\nAUTH_CERT={p12}\nAUTH_CERT_PASSWORD={password}\n"
        f"AUTH_SIGNER_CERT={p12}\nAUTH_SIGNER_PASSWORD={password}\n"
    )
    store = RedisTokenStore(redis_server.url, key=lambda: KEY)
    for kind in (ClientSecretCredential, SignedAssertionCredential):
        assert kind.from_env_file(tmp_path / ".env", token_store=store)._token_store is store


def log_in(settings, start, results):
    """What each process does: make its own credential, and ask for the token when told."""
    credential = ClientSecretCredential(
        Environment(
            name="prøve",
            auth_url=settings["url"],
            exchange_url=settings["url"],
            api_url=settings["url"],
            ca_file=settings["ca_file"],
        ),
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        certificate=Certificate.from_p12(settings["p12"], password=settings["password"]),
        token_store=RedisTokenStore(settings["redis"], key=lambda: settings["key"]),
    )
    results.send("ready")
    start.recv()
    results.send(credential.direct()._tokens.get().access_token)


def test_of_many_processes_that_need_a_token_at_once_one_asks(
    serve, p12, password, redis_server, server
):
    url, ca_file, login = serve()
    settings = {
        "url": url, "ca_file": ca_file, "p12": p12, "password": password,
        "redis": redis_server.url, "key": KEY,
    }  # fmt: skip
    spawn = multiprocessing.get_context("spawn")
    running = []
    for _ in range(3):
        (their_start, my_start), (my_results, their_results) = (
            spawn.Pipe(duplex=False),
            spawn.Pipe(duplex=False),
        )
        process = spawn.Process(target=log_in, args=(settings, their_start, their_results))
        process.start()
        running.append((process, my_start, my_results))
    for _, _, results in running:
        assert results.poll(60)
        assert results.recv() == "ready"
    for _, start, _ in running:
        start.send("go")
    tokens = set()
    for process, _, results in running:
        assert results.poll(60)
        tokens.add(results.recv())
        process.join(60)
    assert len(tokens) == len(login.forms) == 1
