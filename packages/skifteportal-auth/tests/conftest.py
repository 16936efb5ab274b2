"""What the login's tests share: a clock that stands still, and certificates of a made-up authority."""

from time import time as now

import attrs
import oces
import pytest

from canaries import canary
from skifteportal.auth import Certificate
from skifteportal.auth._clock import Clock
from skifteportal.core.environments import Environment

PASSWORD = canary("blåbærgrød-Æ47", "the .p12 password")


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
