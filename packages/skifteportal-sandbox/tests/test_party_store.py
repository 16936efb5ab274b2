import pytest

from skifteportal.sandbox.party_store import Client, Clients

ISSUED = [Client(id="a", secret="1"), Client(id="b", secret="2")]


def test_keys_that_were_taken_back_are_noted_and_given_back():
    clients = Clients(ISSUED)
    assert (list(clients), clients.noted, clients.restore("a")) == (["a", "b"], "", False)
    del clients["a"]
    assert (clients.noted, clients.restore("none"), clients.restore("a")) == ('["a"]', False, True)
    assert clients["a"].secret == "1"
    assert clients.noted == ""


def test_the_same_keys_are_gone_after_a_restart():
    clients = Clients(ISSUED)
    del clients["b"]
    restarted = Clients(ISSUED)
    restarted.prepared(clients.noted)()
    assert list(restarted) == ["a"]
    restarted.prepared('["unknown"]')()
    assert sorted(restarted) == ["a", "b"]
    restarted.prepared("")()
    assert sorted(restarted) == ["a", "b"]
    for note in ("a", "[1]"):
        with pytest.raises(ValueError, match="no list of client ids"):
            restarted.prepared(note)
