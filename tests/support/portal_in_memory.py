"""Calling the sandbox's portal in memory, without sockets: for the tests of the sandbox."""

import json
from decimal import Decimal
from urllib.parse import urlencode

import attrs
from canaries import canary

from skifteportal.sandbox import Client, Request
from skifteportal.sandbox.callers import caller_for
from skifteportal.sandbox.pdf_page import one_page_pdf
from skifteportal.sandbox.tokens import Caller

__all__ = [
    "ALL_OVER",
    "CLAIMS_OVER",
    "CLIENT",
    "CLOSED_CASE",
    "EXAMPLE_CASE",
    "GUIDE_CPR",
    "GUIDE_ESTATE",
    "HANDED_ON_CASE",
    "IONE_KOSS",
    "ISSUER",
    "LIQUIDATOR",
    "MANAGER",
    "NEW_CASE",
    "OPEN_DEADLINE",
    "OTHER_LIQUIDATOR",
    "PDF",
    "Api",
    "Login",
    "Reply",
    "contents",
]

ISSUER = "https://sysauth.sandbox.test"
CLIENT = Client(id="anmelder", secret=canary("0f2d-sandbox-client-secret", "client secret"))
GUIDE_CPR = canary("4634875520", "CPR number")
GUIDE_ESTATE = "e25d84d3-7aec-4361-84da-93125cb83f08"
IONE_KOSS = "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f0002"
OPEN_DEADLINE = "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f0003"
CLAIMS_OVER = "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f0004"
ALL_OVER = "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f0005"
EXAMPLE_CASE = "ddf07fc5-d4af-43b0-9d55-44637c1fb2a8"
NEW_CASE = "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f1002"
CLOSED_CASE = "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f1003"
HANDED_ON_CASE = "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f1004"
LIQUIDATOR = (
    "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f3001"  # of the first, the third, and once of the fourth
)
OTHER_LIQUIDATOR = "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f3002"  # of the fourth
MANAGER = {"type": "PERSON", "person": {"personId": "5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f2003"}}
PDF = one_page_pdf("Bilag")


class Reply:
    def __init__(self, answer):
        self.status = answer.status
        self.answer = answer
        self.content = answer.body

    def __getitem__(self, header):
        value = self.answer.header(header)
        assert value is not None, header
        return value

    @property
    def json(self):
        return json.loads(self.content, parse_float=Decimal)

    @property
    def code(self):
        return self.json.get("fejlkode")


class Api:
    """Calls the portal's APIs in memory, as one company or another."""

    def __init__(self, portal):
        self.portal = portal
        self.company = "11111111"
        self.profile = ""

    def acting_for(self, profile):
        """The same caller with a delegated token."""
        other = Api(self.portal)
        other.profile = profile
        return other

    def token(self, company=None, kind="direct", profile=""):
        caller = (
            caller_for(self.portal, company=self.company, profile=profile)
            if profile
            else Caller(company=company or self.company, kind=kind)
        )
        return self.portal.access_token(attrs.evolve(caller, client=CLIENT.id))

    def __call__(
        self, method, path, body=None, *, content=None, headers=None, token=None, company=None
    ):
        token = token or self.token(company, profile=self.profile)
        sent = {"Authorization": f"Bearer {token}"}
        if body is not None:
            content = json.dumps(body).encode()
        if content is not None:
            sent["Content-Type"] = "application/json"
        merged = {**sent, **(headers or {})}
        request = Request(
            role="api",
            method=method,
            target=path,
            headers=tuple((name, value) for name, value in merged.items() if value is not None),
            body=content or b"",
        )
        return Reply(self.portal.handle(request))

    def krav(self, estate=GUIDE_ESTATE, *, company=None, **fields):
        body = {"beloeb": 123, "endeligt": False, **fields}
        reply = self("POST", f"/doedsbojournaler/{estate}/krav", body, company=company)
        assert reply.status == 201, reply.content
        return reply.json["id"]

    def upload(self, *, content=PDF, name='filename="test.pdf"', company=None):
        """Put a document into the document store, and return its id."""
        headers = {"Content-Type": "application/octet-stream", "Content-Disposition": name}
        reply = self("POST", "/v2/dokumenter", content=content, headers=headers, company=company)
        assert reply.status == 201, reply.content
        return reply.json["id"]

    def bilag(self, path, *, content=PDF, name='filename="test.pdf"', **headers):
        wanted = {"Content-Type": "application/pdf", "Content-Disposition": name, **headers}
        return self("POST", f"{path}/bilag", content=content, headers=wanted)


class Login:
    """Asks the portal's login in memory for tokens."""

    path = "/realms/sts/protocol/openid-connect/token"

    def __init__(self, portal, certificate):
        self.portal = portal
        self.certificate = certificate

    def __call__(
        self,
        *,
        method="POST",
        path=None,
        content=None,
        kind="application/x-www-form-urlencoded",
        **changes,
    ):
        form = {
            "client_id": CLIENT.id,
            "client_secret": CLIENT.secret,
            "grant_type": "client_credentials",
            "scope": "openid",
        }
        form.update(changes)
        body = urlencode(
            {name: value for name, value in form.items() if value is not None}
        ).encode()
        request = Request(
            role="sysauth",
            method=method,
            target=path or self.path,
            headers=(("Content-Type", kind),),
            body=body if content is None else content,
            certificate=self.certificate,
        )
        return Reply(self.portal.handle(request))


def contents(memory):
    """Return everything that is kept, whatever its places."""
    dump = json.loads(b"".join(memory.dump()))
    return dump["meta"], dump["objects"], dump["files"]
