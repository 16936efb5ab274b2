"""A portal on loopback that answers as Keycloak does, and the command run against it."""

import json
import ssl

import attrs
import oces
import pytest
from canaries import canary, search
from click.testing import CliRunner
from cryptography.hazmat.primitives.serialization import Encoding
from tls_server import TlsServer

from skifteportal.auth.cli import command
from skifteportal.auth.cli._system import System

CLIENT_ID = "advokatsystem-s"
SECRET = canary("kage-med-rosiner-3b1f", "the client secret")
WRONG_SECRET = canary("kage-uden-rosiner-9c2e", "a wrong client secret")
TOKEN = canary("eyJhbGciOiJSUzI1NiJ9.made-up-direct-token.sig", "the direct token")
DELEGATED = canary("eyJhbGciOiJSUzI1NiJ9.made-up-delegated-token.sig", "the delegated token")
PROFILE = canary("5f0c2a1e-6a43-4e58-9d3e-0f6a3f1d2c4b", "a liquidator's profile")
NO_CLIENT = "Invalid client or Invalid client credentials"


def refusal(status, error, description=""):
    return status, {"error": error, "error_description": description}


def issued(token):
    return 200, {"access_token": token, "expires_in": 300, "token_type": "Bearer"}


class FakePortal:
    """Login, exchange and API; a test changes what it answers."""

    def __init__(self):
        self.registered = True
        self.login_answers = []  # what it answers in turn; the last one from then on
        self.exchange_override = None
        self.get = lambda path, authorization: (200, [])
        self.forms, self.gets = [], []
        self.accepts_any_scope = False  # and then takes the client too

    def login(self, form, shown):
        self.forms.append(form)
        if self.login_answers:
            return self.login_answers.pop(0) if self.login_answers[1:] else self.login_answers[0]
        if "client_assertion" not in form:
            if form["client_id"] != CLIENT_ID:
                return refusal(401, "invalid_client", NO_CLIENT)
            if form["client_secret"] != SECRET:
                return refusal(401, "unauthorized_client", NO_CLIENT)
            if form["scope"] != "openid" and not self.accepts_any_scope:
                return refusal(400, "invalid_scope", "Invalid scopes")
        if not self.registered and form["scope"] == "openid":
            return refusal(401, "unauthorized_client", NO_CLIENT)
        return issued(TOKEN)

    def exchange(self, form, shown):
        self.forms.append(form)
        return self.exchange_override or issued(DELEGATED)

    def answer_get(self, path, authorization):
        self.gets.append((path, authorization))
        return self.get(path, authorization)


@attrs.define
class Setup:
    """A portal and an env file that fits it."""

    portal: FakePortal
    folder: object
    settings: dict

    def env_file(self, **changed):
        path = self.folder / ".env"
        merged = {**self.settings, **changed}
        path.write_text("".join(f"{k}={v}\n" for k, v in merged.items() if v is not None))
        return str(path)


@pytest.fixture
def start(tmp_path, p12, password):
    """Start a portal; gives a Setup in which all is well."""
    servers = []

    def start(*, version=None, trusted="root", **more):
        portal = FakePortal()
        ca_file, login = oces.server_certificate(tmp_path)
        ca_file, open_to_all = oces.server_certificate(tmp_path)
        root = getattr(oces.authority(), trusted)
        login.load_verify_locations(cadata=root.public_bytes(Encoding.DER))
        login.verify_mode = ssl.CERT_REQUIRED
        if version:
            login.minimum_version = login.maximum_version = version
        for context, answer in ((login, portal.login), (open_to_all, portal.exchange)):
            server = TlsServer(context, answer, get=portal.answer_get, **more)
            servers.append(server.__enter__())
        auth, rest = servers[-2:]
        settings = {
            "AUTH_URL": auth.url,
            "EXCHANGE_URL": rest.url,
            "API_URL": rest.url,
            "AUTH_CA": ca_file.name,
            "AUTH_CLIENT_ID": CLIENT_ID,
            "AUTH_CLIENT_SECRET": SECRET,
            "AUTH_CERT": p12,
            "AUTH_CERT_PASSWORD": password,
        }
        return Setup(portal, tmp_path, settings)

    yield start
    for server in servers:
        server.__exit__()


@pytest.fixture
def setup(start):
    return start()


@attrs.frozen
class Ran:
    exit_code: int
    output: str
    stdout: str
    stderr: str

    @property
    def json(self):
        return json.loads(self.stdout)

    @property
    def first(self):
        """Step and finding of the first failure; their outcome if there is none."""
        steps = self.json["steps"]
        failed = [(step["id"], step["finding"]) for step in steps if step["outcome"] == "failed"]
        assert self.exit_code == (1 if failed else 0)
        assert self.json["ok"] is not bool(failed)
        assert self.json["report"]["first_failure"] == (failed[0][0] if failed else None)
        return failed[0] if failed else None


def no_names(host, port):
    """A resolver that knows this machine only, so that no test asks a name server."""
    if host != "127.0.0.1":
        raise OSError(-2, "Name or service not known")


@pytest.fixture
def run(monkeypatch):
    """Run the command in this process."""
    for variable in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(variable, raising=False)

    def run(*arguments, answers="", system=None):
        result = CliRunner().invoke(
            command(),
            [str(argument) for argument in arguments],
            input=answers,
            obj=system or System(resolve=no_names),
        )
        if not {"--show-token", "--show-assertion"} & set(arguments):
            search(result.output, "the command's output")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(result.exit_code, result.output, result.stdout, result.stderr)

    return run


@pytest.fixture
def doctor(run):
    """Run the doctor for its JSON."""

    def doctor(*arguments, **more):
        return run("doctor", "--format", "json", *arguments, **more)

    return doctor
