"""How many token requests a program makes, beside other logins: ``python benchmarks/token_requests.py``.

The token endpoint is a server on loopback; tokens live for 300 s, as the portal's. For each login are
counted:

* 200 threads, and 200 asyncio tasks, that all need a token in the moment when theirs is over; the
  endpoint takes 50 ms;
* an hour of one call a second. The hour is simulated: each library's clock is set ahead by a second
  between calls.

Each is used as its documents say for client credentials. What has no way to do so is "-": msal and
google-auth have no such login for asyncio; msal answers from its cache only if more than 300 s are
left; httpx-auth's one request for 200 tasks blocks their event loop. azure-core keeps and renews tokens but fetches none: its policy is given a credential that
does. The portal counts token requests too (guide 2.2). Ours has the target 1, 1, and at most 14.
"""

import asyncio
import datetime as dt
import http.server
import sys
import threading
import time
import types
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parents[1] / "tests/support"))

import google.auth.transport.requests
import msal
import oces
import requests
from authlib.integrations.httpx_client import AsyncOAuth2Client, OAuth2Client
from azure.core.credentials import AccessToken
from azure.core.pipeline import PipelineContext, PipelineRequest
from azure.core.pipeline.policies import (
    AsyncBearerTokenCredentialPolicy,
    BearerTokenCredentialPolicy,
)
from azure.core.rest import HttpRequest
from cryptography.hazmat.primitives import serialization
from google.auth import _helpers
from google.oauth2 import service_account
from httpx_auth import OAuth2ClientCredentials
from httpx_auth._oauth2 import tokens as httpx_auth_tokens

from skifteportal.auth import Certificate, ClientSecretCredential
from skifteportal.auth._clock import Clock
from skifteportal.core import Environment, _http

CALLERS, LIFE, DELAY = 200, 300, 0.05
API = "https://api.example/x"
real_time, real_monotonic = time.time, time.monotonic


class SetAhead:
    """Every library's clock, set ahead by some seconds."""

    seconds = 0.0

    def install(self):
        class Later(dt.datetime):
            @classmethod
            def now(cls, tz=None):
                return dt.datetime.fromtimestamp(time.time(), tz)

        time.time = lambda: real_time() + self.seconds
        _helpers.utcnow = lambda: Later.now(dt.UTC).replace(tzinfo=None)
        httpx_auth_tokens.datetime = types.SimpleNamespace(
            datetime=Later, timezone=dt.timezone, timedelta=dt.timedelta
        )

    @property
    def clock(self):
        return Clock(monotonic=lambda: real_monotonic() + self.seconds, wall=time.time)


AHEAD = SetAhead()


class Endpoint(http.server.ThreadingHTTPServer):
    """Issues tokens, and counts."""

    daemon_threads = True
    request_queue_size = 2 * CALLERS

    def __init__(self):
        self.requests, self.delay, self.lock = 0, 0.0, threading.Lock()
        super().__init__(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Answer(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        with self.server.lock:
            self.server.requests += 1
            number = self.server.requests
        time.sleep(self.server.delay)
        self.say(f'{{"access_token":"token-{number}","token_type":"Bearer","expires_in":{LIFE}}}')

    def do_GET(self):  # what msal asks first
        at = "https://login.example/tenant"
        self.say(
            f'{{"authorization_endpoint":"{at}","token_endpoint":"{at}","issuer":"{at}","tenant_discovery_endpoint":"{at}"}}'
        )

    def say(self, text):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


class ToLoopback(_http.BaseTransport):
    """Carries what goes to https://login.example to the endpoint, whose TLS is not the topic."""

    def __init__(self, url):
        self.client, self.url = _http.Client(), url

    def handle_request(self, request):
        told = self.client.post(self.url, content=request.read())
        return _http.Response(told.status_code, content=told.content)


def answer(_):
    return _http.Response(200)


def over_httpx(auth):
    """What calls the API with an httpx auth: from threads, and from tasks."""
    client = _http.Client(transport=_http.MockTransport(answer), auth=auth)
    tasks = _http.AsyncClient(transport=_http.MockTransport(answer), auth=auth)
    return lambda: client.get(API), lambda: tasks.get(API)


def ours(url):
    environment = Environment(
        name="benchmark",
        auth_url="https://login.example",
        exchange_url="https://login.example",
        api_url="https://api.example",
    )
    credential = ClientSecretCredential(
        environment,
        client_id="id",
        client_secret="secret",
        certificate=Certificate.from_p12(oces.authority().issue().p12("x"), password="x"),
        transport=ToLoopback(url),
        clock=AHEAD.clock,
    )
    return over_httpx(credential.direct())


def authlib(url):
    named = {
        "client_id": "id",
        "client_secret": "secret",
        "token_endpoint": url,
        "grant_type": "client_credentials",
        "token_endpoint_auth_method": "client_secret_post",
    }
    old = {"access_token": "old", "token_type": "Bearer", "expires_at": 1}
    client = OAuth2Client(**named, token=dict(old))
    tasks = AsyncOAuth2Client(**named, token=dict(old))
    return (
        lambda: client.ensure_active_token(client.token),
        lambda: tasks.ensure_active_token(tasks.token),
    )


def msal_(url):
    class Http(requests.Session):
        def request(self, method, address, **named):
            return super().request(method, url + urlsplit(address).path, **named)

    application = msal.ConfidentialClientApplication(
        "id",
        client_credential="secret",
        authority="https://login.example/tenant",
        validate_authority=False,
        instance_discovery=False,
        http_client=Http(),
    )
    return lambda: application.acquire_token_for_client(["scope"]), None


def google_auth(url):
    key = oces.key_of("signer").private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    credentials = service_account.Credentials.from_service_account_info(
        {"client_email": "id", "token_uri": url, "private_key": key.decode()}, scopes=["scope"]
    )
    request = google.auth.transport.requests.Request()
    return lambda: credentials.before_request(request, "GET", API, {}), None


def httpx_auth_(url):
    return over_httpx(OAuth2ClientCredentials(url, "id", "secret"))


def azure_core(url):
    class Credential:
        def get_token(self, *_, **__):
            told = requests.post(url, data={"grant_type": "client_credentials"}).json()
            return AccessToken(told["access_token"], int(time.time()) + told["expires_in"])

    class AsyncCredential:
        async def get_token(self, *_, **__):
            return await asyncio.to_thread(Credential().get_token)

    def request():
        return PipelineRequest(HttpRequest("GET", API), PipelineContext(None))

    policy = BearerTokenCredentialPolicy(Credential(), "scope")
    tasks = AsyncBearerTokenCredentialPolicy(AsyncCredential(), "scope")
    return lambda: policy.on_request(request()), lambda: tasks.on_request(request())


def threads(call):
    barrier = threading.Barrier(CALLERS)

    def one():
        barrier.wait()
        call()

    callers = [threading.Thread(target=one) for _ in range(CALLERS)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()


def hour(call):
    for _ in range(3600):
        call()
        renewing = [t for t in threading.enumerate() if t.name == "skifteportal-token"]
        for thread in renewing:  # it would end within the second that is skipped now
            thread.join()
        AHEAD.seconds += 1


def counted(endpoint, delay, run, *told):
    """Requests and seconds."""
    AHEAD.seconds += 2 * LIFE
    before, endpoint.delay, start = endpoint.requests, delay, time.perf_counter()
    run(*told)
    return endpoint.requests - before, time.perf_counter() - start


def burst(requests_and_seconds):
    return "{:5} ({:5.2f} s)".format(*requests_and_seconds)


def main():
    AHEAD.install()
    endpoint = Endpoint()
    print(f"{'':12} {CALLERS} threads {CALLERS:>13} tasks {'an hour of calls':>24}")
    for name, login in {
        "ours": ours, "msal": msal_, "google-auth": google_auth, "authlib": authlib,
        "httpx-auth": httpx_auth_, "azure-core": azure_core,
    }.items():  # fmt: skip
        call, task = login(endpoint.url)
        call()
        in_threads = burst(counted(endpoint, DELAY, threads, call))
        in_tasks = burst(counted(endpoint, DELAY, tasks, task)) if task else "-"
        hourly, _ = counted(endpoint, 0.0, hour, call)
        print(f"{name:12} {in_threads:>15} {in_tasks:>15} {hourly:>15} requests", flush=True)


def tasks(call):
    async def all_of_them():
        await asyncio.gather(*(call() for _ in range(CALLERS)))

    asyncio.run(all_of_them())


if __name__ == "__main__":
    main()
