"""A token that is always good."""

import threading

import anyio
import pytest
from canaries import canary

from skifteportal.auth import AuthUnreachable, ClientRefused
from skifteportal.auth._token import Token
from skifteportal.auth._token_source import TokenSource

SECRET = canary("made-up-access-token", "the access token")


class Issuer:
    """Issues numbered tokens; fails where told to."""

    def __init__(self, time, life=300.0):
        self.time, self.life, self.issued, self.failures = time, life, 0, []
        self.go_on = threading.Event()
        self.go_on.set()

    def __call__(self):
        asked_at, asked_at_wall = self.time.monotonic, self.time.wall
        assert self.go_on.wait(30)
        self.issued += 1
        if self.failures:
            raise self.failures.pop(0)
        return Token.living(
            f"{SECRET}-{self.issued}",
            life=self.life,
            asked_at=asked_at,
            asked_at_wall=asked_at_wall,
            jitter=self.time.jitter,
        )

    def source(self, **told):
        return TokenSource(
            self, endpoint="https://sysauth.example/token", clock=self.time.clock, **told
        )


@pytest.fixture
def issuer(time):
    return Issuer(time)


@pytest.fixture
def source(issuer):
    return issuer.source()


def landed(source):
    """Wait for a renewal in the background."""
    if flight := source._flight._flight:
        flight.landed.exception(30)


def test_a_token_is_asked_for_once_and_kept(source, issuer):
    assert source.cached() is None
    token = source.get()
    assert source.get() is token
    assert source.cached() is token
    assert issuer.issued == 1


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_asynchronous_callers_share_it(source, issuer, backend):
    token = anyio.run(source.get_async, backend=backend)
    assert source.get() is token
    assert anyio.run(source.get_async, backend=backend) is token
    assert issuer.issued == 1


def test_near_its_end_it_is_renewed_in_the_background_while_the_old_one_serves(
    source, issuer, time
):
    old = source.get()
    issuer.go_on.clear()
    time.pass_(263)
    assert source.get() is old
    assert source.get() is old
    issuer.go_on.set()
    landed(source)
    new = source.get()
    assert new is not old
    assert issuer.issued == 2


def test_before_that_it_is_left_alone(source, issuer, time):
    source.get()
    time.pass_(262)
    source.get()
    landed(source)
    assert issuer.issued == 1


def test_after_its_time_callers_wait_for_a_new_one(source, issuer, time):
    old = source.get()
    time.pass_(285)
    assert source.cached() is None
    assert source.get() is not old


def test_a_machine_that_slept_does_not_trust_its_standing_clock(source, issuer, time):
    old = source.get()
    time.wall += 3600
    assert source.get() is not old
    assert issuer.issued == 2


def test_a_wall_clock_set_back_does_not_lengthen_a_life(source, time):
    old = source.get()
    time.monotonic += 285
    time.wall -= 3600
    assert source.get() is not old


def test_a_failing_renewal_in_the_background_bothers_nobody_while_the_old_one_is_good(
    source, issuer, time
):
    old = source.get()
    issuer.failures = [AuthUnreachable("down")]
    time.pass_(265)
    assert source.get() is old
    landed(source)
    assert issuer.issued == 2
    assert source.get() is old  # and isn't tried again at once
    landed(source)
    assert issuer.issued == 2
    time.pass_(5.1)
    source.get()
    landed(source)
    assert issuer.issued == 3
    assert source.get() is not old


def test_a_refusal_once_the_old_one_is_over_is_raised(source, issuer, time):
    source.get()
    issuer.failures = [ClientRefused("no")]
    time.pass_(300)
    with pytest.raises(ClientRefused):
        source.get()


def test_a_token_without_a_life_is_used_by_those_who_wait_and_not_kept(time):
    issuer = Issuer(time, life=0.0)
    source = issuer.source()
    assert source.get() is not source.get()
    assert issuer.issued == 2


@pytest.mark.parametrize("jitter", [-1, 0, 1])
def test_an_hour_of_calls_each_second_takes_14_requests(source, issuer, time, jitter):
    time.jitter = jitter
    for _ in range(3600):
        source.get()
        landed(source)
        time.pass_(1)
    assert issuer.issued == 14


def test_a_rejected_token_is_renewed_once_however_many_report_it(source, issuer):
    old = source.get()
    assert source.reject(old)
    assert source.cached() is None
    new = source.get()
    for _ in range(10):
        assert source.reject(old)
        assert source.get() is new
    assert issuer.issued == 2


def test_after_a_useless_renewal_rejections_are_ignored_for_30_seconds(source, issuer, time):
    source.get()
    source.renewal_was_useless()
    token = source.get()
    assert not source.reject(token)
    assert source.get() is token
    time.pass_(30.1)
    assert source.reject(token)
    assert source.get() is not token


def test_a_late_answer_of_a_stuck_fetch_does_not_replace_a_newer_token(source, issuer, time):
    issuer.go_on.clear()
    source._flight.start(pause=0)
    stuck = source._flight._flight
    time.pass_(31)
    issuer.go_on.set()
    stuck.landed.result(30)
    late = source.get()
    newer = Token.living(
        SECRET, life=300, asked_at=time.monotonic, asked_at_wall=time.wall, jitter=0
    )
    source._kept.token = newer
    source._kept.fetch = lambda: late
    assert source._kept.renew() is late
    assert source.get() is newer


def test_a_look_up_that_hangs_is_reported(time):
    issuer = Issuer(time)
    issuer.go_on.clear()
    source = issuer.source(patience=0.0)
    with pytest.raises(
        AuthUnreachable, match=r"No token from https://sysauth\.example/token within"
    ):
        source.get()
    issuer.go_on.set()
