"""A lock over a fork."""

import threading

from skifteportal.auth._forks import ForkLock


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


def test_a_lock_that_the_parent_held_is_free_in_the_child(forked):
    lock = ForkLock()
    lock.__enter__()
    forked()
    with lock:
        pass
