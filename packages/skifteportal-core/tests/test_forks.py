"""What a fork leaves behind; calls in parent and child are in test_connections.py."""

from skifteportal.core.forks import _watch_forks, watch


class Thing:
    forgot = False

    def forget_parent(self):
        self.forgot = True


def test_what_is_watched_is_told_in_the_child(forked):
    thing = Thing()
    watch(thing)
    forked()
    assert thing.forgot


def test_where_there_is_no_fork_nothing_is_watched():
    _watch_forks(None)  # as on Windows, which can't run here
