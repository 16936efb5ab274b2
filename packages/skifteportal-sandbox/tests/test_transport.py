import json

import pytest
from portal_in_memory import CLIENT, GUIDE_ESTATE, PDF

from skifteportal.core._http import AsyncClient, Client, ConnectError, ReadError
from skifteportal.core.environments import PRODUCTION, TEST
from skifteportal.sandbox import SandboxTransport

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
