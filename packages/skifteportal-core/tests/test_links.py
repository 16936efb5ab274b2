"""Addresses in answers: followed within the portal only."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skifteportal.core import InvalidArgument, Model, NotFound, _http
from skifteportal.core.links import follow

API = "https://api.example.test"
PATH = "/doedsbojournaler/e25d84d3/krav/k1/bilag/b1"


def fetched(world, url, **more):
    return world.use("_download_url", url, then=lambda download: download.read(), **more)


@pytest.mark.parametrize(
    "url",
    [
        PATH,
        PATH[1:],
        f"https://api.test-minskiftesag.net{PATH}",
        f"HTTPS://API.test-minskiftesag.net{PATH}",
    ],
)
def test_an_address_within_the_portal_is_followed(world, portal, url):
    portal.answers((200, b"%PDF"))
    assert fetched(world, url) == b"%PDF"
    assert str(portal.request.url) == f"https://api.test-minskiftesag.net{PATH}"
    assert portal.request.headers["Accept"] == "*/*"
    assert portal.request.headers["Authorization"] == "Bearer token"


def test_a_query_is_kept():
    assert follow(f"{PATH}?version=2", API) == f"{API}{PATH}?version=2"


def test_errors_name_no_id(world, portal):
    portal.answers(404)
    with pytest.raises(NotFound, match=r"download \(GET /\{url\}\)") as caught:
        fetched(world, PATH)
    assert "e25d84d3" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.test/x",
        "//evil.test/x",
        "///evil.test/x",
        "/\\evil.test/x",
        "\\\\evil.test\\x",
        "http://api.test-minskiftesag.net/x",
        "https://api.test-minskiftesag.net",
        "https://api.test-minskiftesag.net//evil.test/x",
        "https://api.test-minskiftesag.net.evil.test/x",
        "https://api.test-minskiftesag.net@evil.test/x",
        "https://api.test-minskiftesag.net:444/x",
        "javascript:alert(1)",
        "data:text/plain,x",
        "/../x",
        "/a/%2e%2E/x",
        "/a%2f..%2fx",
        "/a b",
        "/a\n",
        "/a#b",
        "/æ",
        "",
        None,
        7,
    ],
)
def test_any_other_is_refused_before_anything_is_sent(world, portal, url):
    with pytest.raises(InvalidArgument) as caught:
        fetched(world, url)
    assert caught.value.argument == "url"
    assert portal.requests == []


@given(st.text() | st.from_regex(r"[a-z:/\\@.%?#0-9]{1,20}", fullmatch=True))
def test_whatever_it_is_it_leads_nowhere_else(url):
    try:
        address = follow(url, API)
    except InvalidArgument:
        return
    found = _http.URL(address)
    assert (found.scheme, found.host, found.port, found.userinfo) == (
        "https",
        "api.example.test",
        None,
        b"",
    )


@pytest.mark.parametrize("wrong", [None, 5, b"/x", {"url": "/x"}])
def test_a_file_is_fetched_by_its_metadata(world, portal, wrong):
    with pytest.raises(InvalidArgument, match="fetched by its metadata") as caught:
        fetched(world, wrong)
    assert caught.value.argument == "url"
    assert portal.requests == []


@attrs.define(kw_only=True)
class Metadata(Model):
    url: str | None = None


def test_metadata_has_the_address(world, portal):
    portal.answers((200, b"%PDF"))
    assert fetched(world, Metadata(url=PATH)) == b"%PDF"
    assert portal.request.url.path == PATH
    with pytest.raises(InvalidArgument, match="gave no url"):
        fetched(world, Metadata())
