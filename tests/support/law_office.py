"""A law firm's system: many customers' certificates in one keyring, each with a portal that knows it."""

import threading
from urllib.parse import parse_qsl

import oces
from canaries import canary
from worlds import join

from skifteportal.auth import Certificate, ClientSecretCredential, Keyring
from skifteportal.core import _http

__all__ = ["COMPANIES", "Office", "landed", "used"]

SECRET = canary("0f1e2d3c-not-a-real-secret", "the client secret")
COMPANIES = [f"{number:08}" for number in range(30000001, 30000009)]
P12 = {cvr: oces.authority().issue(cvr=cvr, key=oces.ec_key("leaf")).p12() for cvr in COMPANIES}


class Portal:
    """Issues tokens that say for whom they are; refuses the identities that it is told to."""

    def __init__(self, name):
        self.name, self.logins, self.refused = name, 0, False
        for kind in ("direct", "delegated"):
            canary(f"{kind}.{name}.", "the beginning of a token")

    def handle(self, request):
        form = dict(parse_qsl(request.content.decode()))
        if request.url.host == "sysauth.example":
            self.logins += 1
            if self.refused:
                return _http.Response(401, json={"error": "invalid_client"})
            token = f"direct.{self.name}.{self.logins}"
        else:
            kind, name, _ = form["actor_token"].split(".")
            assert (kind, name) == ("direct", self.name)
            token = f"delegated.{self.name}.{form['subject_token']}"
        return _http.Response(200, json={"access_token": token, "expires_in": 300})


class Office:
    """A keyring with each company's credential, and a portal of its own for each."""

    def __init__(self, environment, max_idle=100):
        self.environment = environment
        self.portals = {cvr: Portal(cvr) for cvr in COMPANIES}
        self.opened = []
        self.keyring = Keyring(max_idle=max_idle)
        for cvr in COMPANIES:
            self.keyring.add(cvr, lambda cvr=cvr: self.open(cvr))

    def open(self, cvr):
        self.opened.append(cvr)
        return ClientSecretCredential(
            self.environment,
            client_id="system",
            client_secret=SECRET,
            certificate=Certificate.from_p12(P12[cvr], password=""),
            transport=_http.MockTransport(self.portals[cvr].handle),
        )


def used(auth, *statuses):
    """The tokens that a call carries."""
    seen, statuses = [], list(statuses)

    def answer(request):
        seen.append(request.headers["authorization"].removeprefix("Bearer "))
        return _http.Response(statuses.pop(0) if statuses else 200)

    with _http.Client(transport=_http.MockTransport(answer), auth=auth) as client:
        client.get("https://api.example/x")
    return seen


def landed():
    """Wait until the threads of token requests have ended, and let go of what they held."""
    join([thread for thread in threading.enumerate() if thread.name == "skifteportal-token"])
