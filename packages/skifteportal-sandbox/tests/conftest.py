"""What the sandbox's tests share: a portal in memory, a caller of its APIs, and one that runs."""

import base64
import shutil
from datetime import UTC, datetime
from types import SimpleNamespace

import jwt
import pytest
from control_port import ControlPort
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import settings
from portal_in_memory import CLIENT, ISSUER, LIQUIDATOR, Api, Login

from skifteportal.sandbox import ManualClock, Portal, Sandbox
from skifteportal.sandbox.memory import Memory
from skifteportal.sandbox.pki import (
    Company,
    make_issuing,
    make_root,
    organisation_certificate,
    revocation_list,
)
from skifteportal.sandbox.trust import Trust

START = datetime(2026, 1, 1, tzinfo=UTC)

settings.register_profile("untimed", deadline=None)  # no test depends on how busy the machine is
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def signing_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="session")
def other_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="session")
def authorities(signing_key, other_key):
    """The root, and the authority that it lets issue certificates."""
    root = make_root(signing_key, now=START)
    return root, make_issuing(other_key, root=root, now=START)


@pytest.fixture(scope="session")
def issue(authorities, signing_key):
    """Issue a company's certificate."""

    def issue(key=None, *, cvr="90000001", uuid="46e7b1ab-6f3a-4a3b-9c55-000000000001"):
        company = Company(cvr=cvr, name="A/S", certificate_name="A/S", uuid=uuid)
        key = key or signing_key.public_key()
        return organisation_certificate(company, key, issuer=authorities[1], not_before=START)

    return issue


@pytest.fixture(scope="session")
def trust(authorities):
    root, issuing = authorities
    return Trust(root=root.certificate, revoked=revocation_list(issuing, revoked=[], now=START))


@pytest.fixture(scope="session")
def signer(authorities, issue, signing_key):
    """Who signs assertions: 90000001, with key and chain."""
    chain = (issue(), *(above.certificate for above in reversed(authorities)))
    der = [base64.b64encode(one.public_bytes(Encoding.DER)).decode() for one in chain]
    return SimpleNamespace(key=signing_key, x5c=der)


@pytest.fixture(scope="session")
def certificate_of(issue):
    """Make a company's certificate, DER, by CVR number."""

    def make(cvr, **options):
        return issue(cvr=cvr, **options).public_bytes(Encoding.DER)

    return make


@pytest.fixture
def clock():
    return ManualClock()


@pytest.fixture
def make_portal(clock, signing_key, trust):
    def make(**options):
        given = {"clock": clock, "login_clock": clock, "trust": trust, **options}
        return Portal(clients=[CLIENT], issuer=ISSUER, signing_key=signing_key, **given)

    return make


@pytest.fixture
def memory(clock):
    return Memory(clients=[CLIENT], clock=clock)


@pytest.fixture
def portal(make_portal):
    return make_portal()


@pytest.fixture
def api(portal):
    return Api(portal)


@pytest.fixture
def liquidator(api):
    """The API user that acts for the example case's liquidator."""
    return api.acting_for(LIQUIDATOR)


@pytest.fixture
def login(portal, certificate_of):
    return Login(portal, certificate_of("11111111"))


@pytest.fixture
def sign(signer, clock):
    """Sign an assertion as 90000001, for a login with 11111111's certificate; None leaves a claim out."""

    def sign(*, key=None, algorithm="RS256", x5c=None, **changes):
        claims = {
            "iss": "https://test.local",
            "sub": "11111111",
            "aud": ISSUER,
            "exp": int(clock.moment.timestamp()) + 60,
            "jti": "0b60c02a-46c3-4cc9-b0fc-dd87f81ff0b7",
            **changes,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        headers = {"x5c": signer.x5c if x5c is None else x5c}
        return jwt.encode(claims, key or signer.key, algorithm, headers=headers)

    return sign


@pytest.fixture(scope="session")
def sandbox_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("sandbox") / "folder"


@pytest.fixture(scope="module")
def controlled(sandbox_folder, running, tmp_path_factory):
    """One that runs, to be told what to do; `running` stays as it is."""
    folder = tmp_path_factory.mktemp("controlled") / "folder"
    shutil.copytree(sandbox_folder, folder)
    with Sandbox.start(folder=folder) as started:
        yield started


@pytest.fixture
def controlled_api(controlled):
    controlled.reset()
    return Api(controlled.portal)


@pytest.fixture
def ask(controlled, controlled_api):
    """Its control port."""
    return ControlPort(controlled)


@pytest.fixture(scope="session")
def running(sandbox_folder):
    with Sandbox.start(folder=sandbox_folder) as sandbox:
        yield sandbox
