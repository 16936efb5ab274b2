import json

import attrs
import pytest
from portal_in_memory import CLIENT, EXAMPLE_CASE, GUIDE_ESTATE, ISSUER, LIQUIDATOR, Login

from skifteportal import specs
from skifteportal.sandbox import Client, Portal, Request, Settings
from skifteportal.sandbox.callers import caller_for
from skifteportal.sandbox.case_areas import AREA_OF

ESTATE = f"/doedsbojournaler/{GUIDE_ESTATE}"
CASES = "/sager"
COMPANIES = "/virksomheder/11111111"
KEYS = [
    Client(id=area, secret=CLIENT.secret, areas=(area,)) for area in ("doedsbo", "tvangsoploesning")
]


@pytest.fixture
def with_keys(signing_key, clock):
    """Make a portal with a key for each area, and the sandbox's own."""

    def make(**options):
        return Portal(
            clients=[CLIENT, *KEYS],
            issuer=ISSUER,
            signing_key=signing_key,
            clock=clock,
            settings=Settings(**options),
        )

    return make


def ask(portal, path, *, client, profile=""):
    caller = attrs.evolve(caller_for(portal, profile=profile), client=client)
    headers = (("Authorization", f"Bearer {portal.access_token(caller)}"),)
    request = Request(role="api", method="GET", target=path, headers=headers, body=b"")
    return portal.handle(request)


@pytest.mark.parametrize(
    ("client", "estate", "cases"),
    [
        (CLIENT.id, 200, 200),
        ("doedsbo", 200, 403),
        ("tvangsoploesning", 403, 200),
        ("11111111", 200, 200),  # login variant B: the API user's CVR number, no key
    ],
)
def test_a_key_opens_its_own_area_and_what_serves_both(with_keys, client, estate, cases):
    portal = with_keys()
    assert ask(portal, ESTATE, client=client).status == estate
    assert ask(portal, CASES, client=client).status == cases
    assert ask(portal, COMPANIES, client=client).status == 200


def test_the_refusal_says_what_the_key_is_for(with_keys):
    said = json.loads(ask(with_keys(), CASES, client="doedsbo").body)
    assert said["besked"] == (
        "sagslager takes API keys for the case area tvangsoploesning; this one is for doedsbo"
    )


def test_status_and_the_areas_of_keys_without_any_are_settings(with_keys):
    portal = with_keys(key_areas=("tvangsoploesning",), area_status=401)
    assert ask(portal, ESTATE, client=CLIENT.id).status == 401
    assert ask(portal, ESTATE, client="doedsbo").status == 200


def test_a_delegated_token_keeps_its_keys_area(with_keys):
    portal = with_keys()
    path = f"/likvidator/tvangsoploesningssager/{EXAMPLE_CASE}/likvidatorer"
    assert ask(portal, path, client="tvangsoploesning", profile=LIQUIDATOR).status == 200
    assert ask(portal, path, client="doedsbo", profile=LIQUIDATOR).status == 403


def test_the_area_comes_from_the_login(with_keys, certificate_of):
    portal = with_keys()
    login = Login(portal, certificate_of("11111111"))
    token = login(client_id="doedsbo").json["access_token"]
    headers = (("Authorization", f"Bearer {token}"),)
    statuses = [
        portal.handle(
            Request(role="api", method="GET", target=path, headers=headers, body=b"")
        ).status
        for path in (ESTATE, CASES)
    ]
    assert statuses == [200, 403]


def test_every_api_that_has_an_area_is_an_api():
    assert set(AREA_OF) < set(specs.apis())
