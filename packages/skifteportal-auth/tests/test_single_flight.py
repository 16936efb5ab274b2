"""One fetch for all: threads, asyncio and trio. Fetches are held until all wait; nothing sleeps."""

import asyncio
import gc
import os
import subprocess
import sys
import threading
import weakref

import anyio
import pytest
from worlds import in_asyncio, in_threads, in_trio, join

from skifteportal.auth import AuthUnreachable, ClientRefused, TokenError
from skifteportal.auth._single_flight import SingleFlight
from skifteportal.core.errors import ConfigurationError

MANY = 200


class Fetch:
    """A fetch that goes on when it is let go; counts its calls and keeps its result."""

    def __init__(self, *outcomes):
        self.outcomes = list(outcomes)
        self.calls = 0
        self.kept = None
        self.go_on = threading.Event()
        self.begun = threading.Event()

    def __call__(self):
        self.calls += 1
        self.begun.set()
        assert self.go_on.wait(30)
        outcome = self.outcomes.pop(0) if self.outcomes else f"result {self.calls}"
        if isinstance(outcome, BaseException):
            raise outcome
        self.kept = outcome
        return outcome

    def flight(self, time, patience=30.0):
        return SingleFlight(
            self,
            current=lambda: self.kept,
            overdue=lambda seconds: AuthUnreachable(f"too long: {seconds:.4f}"),
            clock=time.clock,
            patience=patience,
        )


def let_go(*outcomes):
    fetch = Fetch(*outcomes)
    fetch.go_on.set()
    return fetch


def waiting(flight):
    """How many wait for the flight on its way: threads by its condition, tasks by its callbacks."""
    landed = flight._flight.landed
    return len(landed._condition._waiters) + len(landed._done_callbacks)


def until_waiting(flight, count):
    """Look until all wait; nothing depends on how long that takes."""
    for _ in range(30_000):
        if waiting(flight) == count:
            return
        threading.Event().wait(0.001)
    pytest.fail(f"{waiting(flight)} of {count} wait")


def test_one_caller_gets_the_result(time):
    fetch = let_go()
    assert fetch.flight(time).wait() == "result 1"
    assert fetch.calls == 1


def test_200_threads_make_one_fetch(time):
    fetch = Fetch()
    flight = fetch.flight(time)
    threads, found, begun = in_threads(MANY, flight.wait)
    begun.wait()
    assert fetch.begun.wait(30)
    until_waiting(flight, MANY)
    fetch.go_on.set()
    join(threads)
    assert found == ["result 1"] * MANY
    assert fetch.calls == 1


@pytest.mark.parametrize("run", [in_asyncio, in_trio])
def test_200_tasks_make_one_fetch(time, run):
    fetch = Fetch()
    flight = fetch.flight(time)

    def ready():
        assert waiting(flight) == MANY
        fetch.go_on.set()

    assert run(MANY, flight.wait_async, ready) == ["result 1"] * MANY
    assert fetch.calls == 1


def test_threads_asyncio_and_trio_together_make_one_fetch(time):
    fetch = Fetch()
    flight = fetch.flight(time)
    threads, found, begun = in_threads(50, flight.wait)
    loops, looped, loops_begun = in_threads(1, lambda: in_asyncio(50, flight.wait_async))
    tries, tried, tries_begun = in_threads(1, lambda: in_trio(50, flight.wait_async))
    for latch in (begun, loops_begun, tries_begun):
        latch.wait()
    assert fetch.begun.wait(30)
    until_waiting(flight, 150)
    fetch.go_on.set()
    join([*threads, *loops, *tries])
    assert found == ["result 1"] * 50
    assert looped == tried == [["result 1"] * 50]
    assert fetch.calls == 1


def test_a_synchronous_call_in_a_running_loop_waits_for_the_same_fetch(time):
    fetch = Fetch()
    flight = fetch.flight(time)

    async def run():
        task = asyncio.create_task(flight.wait_async())
        await asyncio.sleep(0)
        fetch.go_on.set()
        return flight.wait(), await task

    assert asyncio.run(run()) == ("result 1", "result 1")
    assert fetch.calls == 1


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_cancelled_waiter_disturbs_nobody(time, backend):
    fetch = Fetch()
    flight = fetch.flight(time)
    found = []

    async def run():
        async def keep():
            found.append(await flight.wait_async())

        async with anyio.create_task_group() as group:
            group.start_soon(keep)
            await anyio.wait_all_tasks_blocked()
            with anyio.CancelScope() as scope:
                scope.cancel()
                await flight.wait_async()
            fetch.go_on.set()

    anyio.run(run, backend=backend)
    assert found == ["result 1"]
    assert fetch.calls == 1


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_loop_that_is_gone_when_the_fetch_lands_disturbs_nobody(time, backend):
    fetch = Fetch()
    flight = fetch.flight(time)

    async def give_up():
        with anyio.CancelScope() as scope:
            scope.cancel()
            await flight.wait_async()

    anyio.run(give_up, backend=backend)
    fetch.go_on.set()
    assert flight.wait() == "result 1"


def test_a_kept_result_needs_no_fetch(time):
    fetch = let_go()
    fetch.kept = "kept"
    flight = fetch.flight(time)
    assert flight.wait() == "kept"
    assert in_asyncio(1, flight.wait_async) == ["kept"]
    assert fetch.calls == 0


def test_a_start_in_the_background_waits_for_nothing(time):
    fetch = Fetch()
    flight = fetch.flight(time)
    flight.start(pause=5.0)
    flight.start(pause=5.0)
    assert fetch.begun.wait(30)
    fetch.go_on.set()
    assert flight.wait() == "result 1"
    assert fetch.calls == 1


def test_each_waiter_gets_an_error_of_its_own(time):
    fetch = Fetch(ClientRefused("no", endpoint="https://x", status=401, code="invalid_client"))
    flight = fetch.flight(time)
    threads, found, begun = in_threads(MANY, flight.wait)
    begun.wait()
    assert fetch.begun.wait(30)
    until_waiting(flight, MANY)
    fetch.go_on.set()
    join(threads)
    assert fetch.calls == 1
    assert len({id(error) for error in found}) == MANY
    for error in found:
        assert (type(error), str(error), error.code) == (ClientRefused, "no", "invalid_client")
        depth, trace = 0, error.__traceback__
        while trace:
            depth, trace = depth + 1, trace.tb_next
        assert depth < 10


@pytest.mark.parametrize("run", [in_asyncio, in_trio])
def test_tasks_get_errors_of_their_own_too(time, run):
    flight = let_go(ConfigurationError("no CA file")).flight(time)
    (error,) = run(1, flight.wait_async)
    assert (type(error), str(error)) == (ConfigurationError, "no CA file")


def test_an_error_keeps_no_frames_of_the_request(time):
    error = ClientRefused("no")
    with pytest.raises(ClientRefused):
        let_go(error).flight(time).wait()
    assert error.__traceback__ is None


def test_what_was_not_foreseen_is_an_error_of_ours_with_its_cause(time):
    flight = let_go(ZeroDivisionError("whatever")).flight(time)
    with pytest.raises(TokenError, match="ZeroDivisionError, which was not foreseen") as caught:
        flight.wait()
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_after_a_refusal_nothing_is_asked_until_the_pause_is_over(time):
    fetch = let_go(ClientRefused("no", retry_after=5.0))
    flight = fetch.flight(time)
    for seconds in (0, 4.9):
        time.pass_(seconds)
        with pytest.raises(ClientRefused):
            flight.wait()
    assert fetch.calls == 1
    time.pass_(0.2)
    assert flight.wait() == "result 2"


def test_after_a_failure_without_a_pause_the_next_caller_asks_again(time):
    fetch = let_go(AuthUnreachable("down"))
    flight = fetch.flight(time)
    with pytest.raises(AuthUnreachable):
        flight.wait()
    assert flight.wait() == "result 2"


def test_the_background_leaves_a_failure_alone_for_longer(time):
    fetch = let_go(AuthUnreachable("down"))
    flight = fetch.flight(time)
    with pytest.raises(AuthUnreachable):
        flight.wait()
    flight.start(pause=5.0)
    assert fetch.calls == 1
    time.pass_(5.1)
    flight.start(pause=5.0)
    assert flight.wait() == "result 2"


def test_a_success_ends_the_pause(time):
    fetch = let_go(ClientRefused("no", retry_after=5.0))
    flight = fetch.flight(time)
    with pytest.raises(ClientRefused):
        flight.wait()
    time.pass_(6)
    flight.wait()
    fetch.kept = None
    assert flight.wait() == "result 3"


@pytest.mark.parametrize("run", [in_asyncio, in_trio])
def test_nobody_waits_for_longer_than_their_patience(time, run):
    fetch = Fetch()
    flight = fetch.flight(time, patience=30.0)
    flight.start(pause=0)
    running = flight._flight
    time.pass_(29.9999)
    with pytest.raises(AuthUnreachable, match=r"too long: 0\.0001"):
        flight.wait()
    (error,) = run(1, flight.wait_async)
    assert (type(error), str(error)) == (AuthUnreachable, "too long: 0.0001")
    assert flight._flight is running
    fetch.go_on.set()


@pytest.mark.parametrize("run", [in_asyncio, in_trio])
def test_a_caller_in_a_hurry_gives_up_alone(time, run):
    fetch = Fetch()
    flight = fetch.flight(time)
    with pytest.raises(AuthUnreachable, match=r"too long: 0\.0000"):
        flight.wait(within=0)
    (error,) = run(1, lambda: flight.wait_async(within=0))
    assert type(error) is AuthUnreachable
    fetch.go_on.set()
    assert flight.wait(within=30) == "result 1"
    assert fetch.calls == 1


def test_a_stuck_fetch_is_replaced_and_its_late_result_changes_nothing(time):
    stuck, fetch = Fetch("late"), let_go("result")
    turns = [stuck, fetch]

    def take_turns():
        return turns.pop(0)()

    flight = SingleFlight(
        take_turns,
        current=lambda: None,
        overdue=lambda seconds: AuthUnreachable(f"too long: {seconds:.4f}"),
        clock=time.clock,
        patience=30.0,
    )
    flight.start(pause=0)
    assert stuck.begun.wait(30)
    old = flight._flight
    time.pass_(31)
    assert flight.wait() == "result"
    stuck.go_on.set()
    assert old.landed.result(30) == "late"
    assert flight._flight is None


def test_without_a_thread_to_be_had_the_caller_fetches_itself(time, monkeypatch):
    def refuse(self):
        raise RuntimeError("can't start new thread at interpreter shutdown")

    fetch = let_go()
    monkeypatch.setattr(threading.Thread, "start", refuse)
    assert fetch.flight(time).wait() == "result 1"


def test_a_flight_that_nobody_has_any_more_is_forgotten(time):
    flight = Fetch().flight(time)
    gone = weakref.ref(flight)
    del flight
    gc.collect()
    assert gone() is None


def test_what_a_child_does_after_a_fork(time, forked):
    # The same as below, where it can be measured: a thread and a lock that will never come back.
    fetch = Fetch()
    flight = fetch.flight(time)
    flight.start(pause=0)
    assert fetch.begun.wait(30)
    parents = flight._flight
    with flight._lock:
        forked()
        fetch.go_on.set()
        assert flight.wait() in {"result 1", "result 2"}
    assert parents.landed.result(30) in {"result 1", "result 2"}
    assert fetch.calls == 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_fork_in_the_middle_of_a_fetch_leaves_the_child_able_to_fetch():
    # In a process of its own: forking this one, with its threads, is what Python warns about.
    script = """
import os, threading, time
from skifteportal.auth._single_flight import SingleFlight
from skifteportal.auth._clock import Clock

begun, go_on = threading.Event(), threading.Event()
def fetch():
    begun.set()
    assert go_on.wait(30)
    return os.getpid()
flight = SingleFlight(fetch, current=lambda: None, overdue=TimeoutError, clock=Clock(), patience=30)
flight.start(pause=0)
begun.wait(30)
with flight._lock:        # as a thread in the middle of joining would hold it
    child = os.fork()
    if child == 0:
        go_on.set()
        os._exit(0 if flight.wait() == os.getpid() else 1)
go_on.set()
assert os.waitpid(child, 0)[1] == 0
assert flight.wait() == os.getpid()
"""
    subprocess.run([sys.executable, "-W", "ignore", "-c", script], check=True, timeout=60)


def test_the_program_ends_at_once_with_a_fetch_on_its_way():
    script = """
import threading
from skifteportal.auth._single_flight import SingleFlight
from skifteportal.auth._clock import Clock
flight = SingleFlight(
    threading.Event().wait, current=lambda: None, overdue=TimeoutError, clock=Clock(), patience=30
)
flight.start(pause=0)
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=20)
