"""What a fork does to what the test has made, in this process: nothing else that lives here becomes a child."""

import weakref

import pytest

from skifteportal.core import forks

__all__ = ["forked"]


@pytest.fixture
def forked(monkeypatch):
    """Be the child of a fork, when called."""
    monkeypatch.setattr(forks, "_watched", weakref.WeakSet())
    return forks._after_fork_in_child
