"""What the sandbox's tests share: a portal in memory, a caller of its APIs, and one that runs."""

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import settings
from portal_in_memory import CLIENT, ISSUER, Api, Login

from skifteportal.sandbox import ManualClock, Portal, Sandbox
from skifteportal.sandbox.pki import Company, make_root, organisation_certificate

settings.register_profile("untimed", deadline=None)  # no test depends on how busy the machine is
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def signing_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="session")
def certificate_of(signing_key):
    """Make a company's certificate, DER, by CVR number; whole subject parts may be given instead."""
    root = make_root(signing_key, now=datetime(2026, 1, 1, tzinfo=UTC))

    def make(cvr):
        company = Company(
            cvr=cvr, name="A/S", certificate_name="A/S", uuid="46e7b1ab-6f3a-4a3b-9c55-000000000001"
        )
        start = datetime(2026, 1, 1, tzinfo=UTC)
        made = organisation_certificate(
            company, signing_key.public_key(), issuer=root, not_before=start
        )
        return made.public_bytes(Encoding.DER)

    return make


@pytest.fixture
def clock():
    return ManualClock()


@pytest.fixture
def make_portal(clock, signing_key):
    def make(**options):
        options.setdefault("clock", clock)
        return Portal(clients=[CLIENT], issuer=ISSUER, signing_key=signing_key, **options)

    return make


@pytest.fixture
def portal(make_portal):
    return make_portal()


@pytest.fixture
def api(portal):
    return Api(portal)


@pytest.fixture
def login(portal, certificate_of):
    return Login(portal, certificate_of("11111111"))


@pytest.fixture(scope="session")
def sandbox_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("sandbox") / "folder"


@pytest.fixture(scope="session")
def running(sandbox_folder):
    with Sandbox.start(folder=sandbox_folder) as sandbox:
        yield sandbox
