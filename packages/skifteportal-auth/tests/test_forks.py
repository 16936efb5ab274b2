"""What a fork leaves behind."""

import threading

from skifteportal.auth._forks import ForkLock, _after_fork_in_child, _watch_forks


def test_a_lock_keeps_others_out():
    lock, order = ForkLock(), []

    def other():
        with lock:
            order.append("other")

    with lock:
        thread = threading.Thread(target=other)
        thread.start()
        order.append("first")
    thread.join(30)
    assert order == ["first", "other"]


def test_a_lock_that_the_parent_held_is_free_in_the_child():
    lock = ForkLock()
    lock.__enter__()
    _after_fork_in_child()
    with lock:
        pass


def test_where_there_is_no_fork_nothing_is_watched():
    _watch_forks(None)  # as on Windows, which can't run here
