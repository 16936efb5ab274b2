"""Things by name, of which the idle ones are let go."""

import gc

from hypothesis import given
from hypothesis import strategies as st

from skifteportal.auth._recent import Recent


class Thing:
    pass


def test_what_was_kept_is_found():
    recent, thing = Recent(2), Thing()
    assert recent.find("a") is None
    assert recent.keep("a", thing) is thing
    assert recent.find("a") is thing


def test_the_first_to_be_kept_stays():
    recent, thing = Recent(2), Thing()
    recent.keep("a", thing)
    assert recent.keep("a", Thing()) is thing


def test_what_is_dropped_is_forgotten_though_somebody_holds_it():
    recent, thing = Recent(2), Thing()
    recent.keep("a", thing)
    recent.drop("a")
    recent.drop("a")
    assert recent.find("a") is None


def test_the_idle_one_that_was_used_longest_ago_is_let_go():
    recent = Recent(2)
    recent.keep("a", Thing())
    recent.keep("b", Thing())
    recent.find("a")
    recent.keep("c", Thing())
    gc.collect()
    assert [recent.find(name) is None for name in "abc"] == [False, True, False]


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), max_size=60))
def test_what_somebody_holds_is_never_made_twice_and_idle_ones_are_few(uses):
    recent, held = Recent(3), {}
    for name, hold in uses:
        thing = recent.find(name) or recent.keep(name, Thing())
        assert held.get(name, thing) is thing
        if hold:
            held[name] = thing
        else:
            held.pop(name, None)
    del uses
    thing = None
    assert len(recent._alive) <= 3 + len(held)
