import pytest
from portal_in_memory import EXAMPLE_CASE, GUIDE_ESTATE, LIQUIDATOR

from skifteportal.core import DelegatedAuth, DirectAuth
from skifteportal.core._http import AsyncClient, Client
from skifteportal.core.environments import PRODUCTION, TEST
from skifteportal.sandbox import InProcessPortal, ManualClock, Settings

KRAV = {"beloeb": 1, "endeligt": True}


@pytest.fixture(scope="module")
def in_process():
    return InProcessPortal()


@pytest.fixture
def client(in_process):
    in_process.reset()
    with Client(transport=in_process.transport, base_url=in_process.environment.api_url) as client:
        yield client


def test_what_a_company_files_is_its_own_and_forgotten_by_a_reset(in_process, client):
    path = f"/doedsbojournaler/{GUIDE_ESTATE}/krav"
    mine, another = in_process.direct(), in_process.direct("90000001")
    assert client.post(path, json=KRAV, auth=mine).status_code == 201
    assert len(client.get(path, auth=mine).json()) == 1
    assert client.get(path, auth=another).json() == []
    in_process.reset()
    assert client.get(path, auth=mine).json() == []


def test_the_same_rules_hold(in_process, client):
    answer = client.post("/doedsbojournaler", json={}, auth=in_process.direct())
    assert (answer.status_code, answer.json()["fejlkode"]) == (400, "doedsbo.f2")


def test_a_liquidator_acts_with_a_delegated_token(in_process, client):
    path = f"/likvidator/tvangsoploesningssager/{EXAMPLE_CASE}/likvidatorer"
    assert client.get(path, auth=in_process.for_profile(LIQUIDATOR)).status_code == 200
    assert client.get(path, auth=in_process.direct()).status_code == 403


@pytest.mark.anyio
async def test_async_clients_too(in_process):
    async with AsyncClient(transport=in_process.transport, auth=in_process.direct()) as client:
        answer = await client.get(f"{TEST.api_url}/doedsbojournaler/{GUIDE_ESTATE}")
    assert answer.json()["afdoede"]["foedselsdato"] == "1923-06-10"


def test_credentials_are_of_the_kinds_that_clients_take(in_process):
    direct, delegated = in_process.direct("90000001"), in_process.for_profile(LIQUIDATOR)
    assert isinstance(direct, DirectAuth)
    assert isinstance(delegated, DelegatedAuth)
    assert direct.environment is delegated.environment is TEST
    assert (direct.rate_limit_key, delegated.rate_limit_key) == ("90000001", "11111111")


def test_time_assumptions_and_addresses_may_be_ones_own():
    clock, settings = ManualClock(), Settings(created_status=200)
    in_process = InProcessPortal(clock=clock, settings=settings, environment=PRODUCTION)
    clock.moment = clock.moment.replace(year=2031)
    with Client(transport=in_process.transport, auth=in_process.direct()) as client:
        made = client.post(f"{PRODUCTION.api_url}/doedsbojournaler/{GUIDE_ESTATE}/krav", json=KRAV)
    assert made.status_code == 200
    assert made.json()["oprettelsestidspunkt"].startswith("2031-")
