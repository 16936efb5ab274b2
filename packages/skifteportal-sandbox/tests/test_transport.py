import json

import pytest
from portal_in_memory import CLIENT, GUIDE_ESTATE, PDF

from skifteportal.core._http import (
    AsyncClient,
    Client,
    ConnectError,
    ReadError,
    ReadTimeout,
    RemoteProtocolError,
)
from skifteportal.core.environments import PRODUCTION, TEST
from skifteportal.sandbox import SandboxTransport
from skifteportal.sandbox.callers import caller_for
from skifteportal.sandbox.failures import Failure

FORM = {
    "client_id": CLIENT.id,
    "client_secret": CLIENT.secret,
    "grant_type": "client_credentials",
    "scope": "openid",
}
SEARCH = {"cprNummer": "4634875520"}


@pytest.fixture
def transport(portal, certificate_of):
    return SandboxTransport(portal, certificate=certificate_of("11111111"))


def test_the_whole_journey_goes_without_sockets(transport):
    with Client(transport=transport) as client:
        token = client.post(TEST.token_endpoint, data=FORM).json()["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        found = client.post(f"{TEST.api_url}/doedsbojournaler", json=SEARCH, headers=headers)
        assert (found.status_code, found.json()[0]["id"]) == (200, GUIDE_ESTATE)
        krav = f"{TEST.api_url}/doedsbojournaler/{GUIDE_ESTATE}/krav"
        made = client.post(krav, json={"beloeb": 1, "endeligt": True}, headers=headers).json()
        upload = {
            **headers,
            "Content-Type": "application/pdf",
            "Content-Disposition": 'filename="a.pdf"',
        }
        bilag = client.post(
            f"{krav}/{made['id']}/bilag", content=iter([PDF]), headers=upload
        ).json()
        got = client.get(TEST.api_url + bilag["url"], headers=headers)
        assert (got.content, got.headers["Content-Length"]) == (PDF, str(len(PDF)))
        assert client.get(krav, params={"size": 1}, headers=headers).headers["X-Total-Count"] == "1"


def test_what_has_no_body_has_none(transport, portal):
    token = portal.access_token(caller_for(portal))
    krav = f"{TEST.api_url}/doedsbojournaler/{GUIDE_ESTATE}/krav"
    with Client(transport=transport, headers={"Authorization": f"Bearer {token}"}) as client:
        made = client.post(krav, json={"beloeb": 1, "endeligt": True}).json()
        gone = client.delete(f"{krav}/{made['id']}")
        assert (gone.status_code, "Content-Length" in gone.headers) == (204, False)
        head = client.head(krav)
        assert (head.content, int(head.headers["Content-Length"]) > 0) == (b"", True)


@pytest.mark.anyio
async def test_async_clients_are_answered_too(transport):
    async with AsyncClient(transport=transport) as client:
        answer = await client.post(TEST.token_endpoint, data=FORM)
        assert json.loads(answer.content)["token_type"] == "Bearer"


def test_the_login_hangs_up_without_a_certificate(portal):
    with Client(transport=SandboxTransport(portal)) as client:
        with pytest.raises(ReadError, match="TLSV13_ALERT_CERTIFICATE_REQUIRED"):
            client.post(TEST.token_endpoint, data=FORM)
        assert client.get(f"{TEST.exchange_url}/certs").status_code == 200


def test_there_are_no_other_hosts(transport):
    with Client(transport=transport) as client, pytest.raises(ConnectError, match="no such host"):
        client.get(PRODUCTION.api_url)


def test_any_environments_addresses_may_be_answered(portal):
    with Client(transport=SandboxTransport(portal, environment=PRODUCTION)) as client:
        assert client.get(PRODUCTION.api_url).status_code == 404


def planned(portal, **given):
    portal.failures.plan(Failure(operation="login", **given))


@pytest.mark.parametrize("cut", ["before", "after"])
def test_a_cut_connection_ends_without_an_answer(transport, portal, cut):
    planned(portal, cut=cut)
    with Client(transport=transport) as client:
        with pytest.raises(RemoteProtocolError, match="without sending a response"):
            client.post(TEST.token_endpoint, data=FORM)
        assert client.post(TEST.token_endpoint, data=FORM).status_code == 200


def test_a_body_may_end_half_way(transport, portal):
    planned(portal, cut="body")
    with (
        Client(transport=transport) as client,
        pytest.raises(RemoteProtocolError, match="peer closed connection without sending complete"),
    ):
        client.post(TEST.token_endpoint, data=FORM)


@pytest.mark.anyio
async def test_a_body_may_end_half_way_async_too(transport, portal):
    planned(portal, cut="body")
    async with AsyncClient(transport=transport) as client:
        with pytest.raises(RemoteProtocolError, match=r"received [0-9]+ bytes, expected [0-9]+"):
            await client.post(TEST.token_endpoint, data=FORM)


def test_a_late_answer_is_waited_for_or_times_out_at_once(transport, portal):
    planned(portal, delay=0.001)
    planned(portal, delay=3600, times=2)
    with Client(transport=transport, timeout=5) as client:
        assert client.post(TEST.token_endpoint, data=FORM).status_code == 200
        with pytest.raises(ReadTimeout):
            client.post(TEST.token_endpoint, data=FORM)


@pytest.mark.anyio
async def test_a_late_answer_is_waited_for_async_too(transport, portal):
    planned(portal, delay=0.001)
    planned(portal, delay=3600)
    async with AsyncClient(transport=transport, timeout=5) as client:
        assert (await client.post(TEST.token_endpoint, data=FORM)).status_code == 200
        with pytest.raises(ReadTimeout):
            await client.post(TEST.token_endpoint, data=FORM)
