import anyio

from skifteportal.core import _http
from skifteportal.core.body import ContentBody
from skifteportal.core.credentials import can_be_sent_again


async def taken(body):
    return [chunk async for chunk in aiter(body)]


def test_a_body_gives_its_bytes_in_both_worlds_and_again():
    body = ContentBody(b"abc")
    assert (list(body), list(body)) == ([b"abc"], [b"abc"])
    assert (anyio.run(taken, body), anyio.run(taken, body)) == ([b"abc"], [b"abc"])
    assert body.size == 3


def test_it_knows_whether_it_may_have_arrived():
    body = ContentBody(b"abc")
    assert not body.may_have_arrived
    iter(body)
    assert body.may_have_arrived
    body.begun = False
    anyio.run(taken, body)
    assert body.may_have_arrived


def test_a_request_without_a_body_may_always_have_arrived():
    assert ContentBody(b"").may_have_arrived


def test_it_can_be_sent_again():
    body = ContentBody(b"abc")
    request = _http.Request("POST", TEST_URL, stream=body)
    assert can_be_sent_again(request)
    assert can_be_sent_again(_http.Request("POST", TEST_URL, content=b"abc"))


TEST_URL = "https://api.test-minskiftesag.net/"
