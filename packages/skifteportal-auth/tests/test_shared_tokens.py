"""Asking a store before the portal."""

import attrs
import pytest
from canaries import canary

from skifteportal.auth import ClientRefused
from skifteportal.auth._shared_tokens import SharedTokens
from skifteportal.auth._token import Token
from skifteportal.auth.token_store import StoredToken

ENDPOINT = "https://sysauth.example/token"
SECRET = canary("made-up-shared-access-token", "the access token")


class Store:
    """Keeps tokens for processes that are objects here; fails where told to."""

    def __init__(self, time):
        self.time, self.kept, self.locked, self.failing = time, {}, {}, set()
        self.refusals = {}

    def _fail(self, what):
        if what in self.failing:
            raise ConnectionError("down")

    def read(self, identity):
        self._fail("read")
        if identity not in self.kept:
            return None
        token, written = self.kept[identity]
        age = self.time.monotonic - written
        return StoredToken(
            access_token=token.access_token,
            good_for=token.good_for - age,
            renew_in=token.renew_in - age,
        )

    def write(self, identity, token):
        self._fail("write")
        self.kept[identity] = token, self.time.monotonic

    def read_refusal(self, identity):
        self._fail("read refusal")
        if identity not in self.refusals:
            return None
        refusal, written = self.refusals[identity]
        return attrs.evolve(refusal, seconds=refusal.seconds - (self.time.monotonic - written))

    def write_refusal(self, identity, refusal):
        self._fail("write refusal")
        self.refusals[identity] = refusal, self.time.monotonic

    def lock(self, identity, seconds):
        self._fail("lock")
        if self.locked.get(identity, 0) > self.time.monotonic:
            return None
        self.locked[identity] = self.time.monotonic + seconds
        return lambda: self.unlock(identity)

    def unlock(self, identity):
        self._fail("unlock")
        del self.locked[identity]


@pytest.fixture
def store(time):
    return Store(time)


@pytest.fixture
def portal(time):
    """Issues numbered tokens to whoever asks."""

    class Portal:
        asked, life, refuses = 0, 300.0, None

        def ask(self):
            self.asked += 1
            if self.refuses:
                raise self.refuses
            return Token.living(
                f"{SECRET}-{self.asked}",
                life=self.life,
                asked_at=time.monotonic,
                asked_at_wall=time.wall,
                jitter=0,
            )

    return Portal()


@pytest.fixture
def process(store, portal, time):
    def process(*identity, proof="secret 1"):
        return SharedTokens(
            request=portal.ask,
            store=store,
            endpoint=ENDPOINT,
            identity=identity,
            proof=proof,
            clock=time.clock,
        )

    return process


def warnings(caplog):
    return [r.getMessage() for r in caplog.records if r.levelname == "WARNING"]


def test_one_process_asks_and_the_others_take_its_token(process, portal, store, time):
    token = process("a").fetch()
    time.pass_(100)
    taken = process("a").fetch()
    assert taken.header == token.header
    assert taken.good_until == pytest.approx(token.good_until)
    assert taken.good_until_wall == pytest.approx(token.good_until_wall)
    assert taken.renew_from == pytest.approx(token.renew_from)
    assert portal.asked == 1
    assert not store.locked


def test_another_identity_asks_for_its_own(process, portal):
    assert process("a", "b").fetch().header != process("ab").fetch().header
    assert portal.asked == 2


@pytest.mark.parametrize("seconds", [263, 285, 1000])
def test_a_token_that_is_near_its_end_or_over_is_renewed(process, portal, time, seconds):
    one, other = process("a"), process("a")
    old = one.fetch()
    time.pass_(seconds)
    new = one.fetch()
    assert new.header != old.header
    assert other.fetch().header == new.header
    assert portal.asked == 2


def test_a_token_that_the_portal_rejected_is_not_taken_again(process, portal):
    one, other = process("a"), process("a")
    rejected, taken = one.fetch(), other.fetch()
    rejected.rejected = True
    new = one.fetch()
    assert new.header != rejected.header
    taken.rejected = True
    assert other.fetch().header == new.header  # which the first one has got meanwhile
    assert portal.asked == 2


def test_while_one_asks_the_others_wait_for_its_token(process, portal, store, time):
    name = '["a"]'
    assert store.lock(name, 8)
    read = store.read

    def read_when_it_is_there(identity):
        if len(time.slept) == 3:
            store.write(name, StoredToken(access_token=SECRET, good_for=285.0, renew_in=262.0))
        return read(identity)

    store.read = read_when_it_is_there
    assert process("a").fetch().access_token == SECRET
    assert portal.asked == 0
    assert len(time.slept) == 3


def test_a_token_that_came_just_before_the_lock_is_taken(process, portal, store):
    lock, unlocked = store.lock, []

    def lock_late(identity, seconds):
        store.write(identity, StoredToken(access_token=SECRET, good_for=285.0, renew_in=262.0))
        unlock = lock(identity, seconds)
        return lambda: (unlock(), unlocked.append(identity))

    store.lock = lock_late
    assert process("a").fetch().access_token == SECRET
    assert unlocked == ['["a"]']
    assert portal.asked == 0


def test_a_process_that_died_does_not_block_the_others(process, portal, store, time):
    assert store.lock('["a"]', 8)
    process("a").fetch()
    assert portal.asked == 1
    assert sum(time.slept) == pytest.approx(8, abs=0.2)


def test_nobody_waits_forever_for_a_process_that_hangs(process, portal, store, time, caplog):
    assert store.lock('["a"]', 1000)
    process("a").fetch()
    assert portal.asked == 1
    assert sum(time.slept) == pytest.approx(10, abs=0.2)
    assert warnings(caplog) == [
        "another process's token request takes long: not waited for any more"
    ]


def test_a_refusal_is_raised_and_the_lock_given_back(process, portal, store):
    portal.refuses = ClientRefused("no")
    with pytest.raises(ClientRefused):
        process("a").fetch()
    assert not store.locked
    assert not store.kept


def test_a_refusal_is_told_to_the_others_for_as_long_as_it_says(process, portal, store, time):
    portal.refuses = ClientRefused(
        "no", endpoint=ENDPOINT, retry_after=5.0, status=401, code="invalid_client"
    )
    with pytest.raises(ClientRefused, match=r"^no$"):
        process("a").fetch()
    time.pass_(2)
    for _ in range(10):
        with pytest.raises(ClientRefused, match="Another process was told so") as caught:
            process("a").fetch()
    error = caught.value
    assert (error.status, error.code, error.endpoint) == (401, "invalid_client", ENDPOINT)
    assert error.retry_after == pytest.approx(3)
    assert portal.asked == 1
    assert not store.locked
    time.pass_(3)
    portal.refuses = None
    assert process("a").fetch()
    assert portal.asked == 2


def test_with_another_secret_or_identity_a_refusal_does_not_count(process, portal):
    portal.refuses = ClientRefused("no", endpoint=ENDPOINT, retry_after=5.0)
    with pytest.raises(ClientRefused):
        process("a").fetch()
    portal.refuses = None
    assert process("b").fetch()
    assert process("a", proof="secret 2").fetch()
    assert process("a").fetch()  # which takes the token that came meanwhile
    assert portal.asked == 3


def test_a_token_wins_over_a_refusal(process, portal):
    token = process("a").fetch()
    portal.refuses = ClientRefused("no", endpoint=ENDPOINT, retry_after=5.0)
    rejected = process("a")
    rejected.fetch().rejected = True
    with pytest.raises(ClientRefused):
        rejected.fetch()
    assert process("a").fetch().header == token.header


@pytest.mark.parametrize("failing", ["read refusal", "write refusal"])
def test_a_store_that_fails_hides_no_refusal(process, portal, store, failing):
    store.failing = {failing}
    portal.refuses = ClientRefused("no", endpoint=ENDPOINT, retry_after=5.0)
    with pytest.raises(ClientRefused, match=r"^no$"):
        process("a").fetch()
    assert not store.refusals


def test_a_token_that_is_good_once_only_is_not_stored(process, portal, store):
    portal.life = 0.0
    process("a").fetch()
    assert not store.kept
    assert process("a").fetch()
    assert portal.asked == 2


@pytest.mark.parametrize("failing", ["read", "lock", "write", "unlock"])
def test_a_store_that_fails_costs_no_call_and_is_left_alone_for_a_while(  # noqa: PLR0917
    process, portal, store, time, caplog, failing
):
    store.failing = {failing}
    shared = process("a")
    assert shared.fetch()
    assert shared.fetch()
    assert portal.asked == 2
    assert warnings(caplog) == [
        "the token store failed (ConnectionError): for 30 s tokens are not shared"
    ]
    store.failing = set()
    time.pass_(30.1)
    assert shared.fetch()
    assert process("a").fetch()
    assert portal.asked == (2 if failing == "unlock" else 3)
