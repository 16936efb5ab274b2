import pytest

from skifteportal.sandbox.messages import Answer, Request


def test_headers_are_found_whatever_their_case():
    request = Request(
        role="api", method="GET", target="/a?b=1", headers=(("X-One", "1"), ("x-one", "2"))
    )
    assert request.header("x-ONE") == "1"
    assert request.header("X-Two") is None
    assert Answer(status=200, headers=(("A", "b"),)).header("a") == "b"


def test_the_target_is_parted_into_path_and_query():
    request = Request(role="api", method="GET", target="/a%20b?c=d&e")
    assert (request.path, request.query) == ("/a%20b", "c=d&e")


def test_a_repr_shows_nothing_personal():
    request = Request(
        role="api", method="POST", target="/secret-path", headers=(("A", "secret"),), body=b"secret"
    )
    assert repr(request) == "Request(role='api', method='POST')"
    assert repr(Answer(status=200, body=b"secret")) == "Answer(status=200)"


@pytest.mark.parametrize(
    ("target", "path", "query"),
    [
        ("https://127.0.0.1:8745/retskredse/1183?a=b", "/retskredse/1183", "a=b"),
        ("http://x", "/", ""),
        ("http://x?a=/b", "/", "a=/b"),
        ("*", "*", ""),
    ],
)
def test_a_target_may_name_the_host(target, path, query):
    request = Request(role="api", method="GET", target=target)
    assert (request.path, request.query) == (path, query)
