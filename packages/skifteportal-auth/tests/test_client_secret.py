"""Login variant A from the outside."""

import copy
import pickle
import threading
from datetime import UTC, datetime, timedelta

import oces
import pytest
from canaries import canary

from skifteportal.auth import (
    Certificate,
    CertificateExpired,
    CertificateExpiresSoon,
    CertificateFileUnreadable,
    ClientRefused,
    ClientSecretCredential,
    SignedAssertionCredential,
    WrongEnvironment,
    WrongPassword,
)
from skifteportal.core import _http
from skifteportal.core.credentials import DirectAuth
from skifteportal.core.environments import PRODUCTION, Environment
from skifteportal.core.errors import ConfigurationError

SECRET = canary("0f1e2d3c-not-a-real-secret", "the client secret")
ACCESS_TOKEN = canary("eyJhbGciOiJSUzI1sInR5c.made-up-token", "the access token")


class Login:
    """The token endpoint, in this process."""

    def __init__(self):
        self.requests = []
        self.answer = lambda: _http.Response(
            200, json={"access_token": ACCESS_TOKEN, "expires_in": 300}
        )
        self.transport = _http.MockTransport(self.handle)

    def handle(self, request):
        self.requests.append(request)
        return self.answer()


@pytest.fixture
def login():
    return Login()


@pytest.fixture
def credential(environment, certificate, login, time):
    return ClientSecretCredential(
        environment,
        client_id="anmelder",
        client_secret=SECRET,
        certificate=certificate,
        transport=login.transport,
        clock=time.clock,
    )


def call(credential, environment):
    seen = []

    def answer(request):
        seen.append(request.headers["authorization"])
        return _http.Response(200)

    with _http.Client(transport=_http.MockTransport(answer), auth=credential.direct()) as client:
        client.get(environment.api_url + "/x")
    return seen


def test_the_login_of_the_guide(credential, environment, login):
    assert call(credential, environment) == [f"Bearer {ACCESS_TOKEN}"]
    (request,) = login.requests
    assert str(request.url) == ("https://sysauth.example/realms/sts/protocol/openid-connect/token")
    assert request.content.decode() == (
        f"client_id=anmelder&client_secret={SECRET}&grant_type=client_credentials&scope=openid"
    )


def test_nothing_is_sent_before_it_is_needed(credential, login):
    credential.direct()
    assert not login.requests


def test_direct_is_the_same_each_time(credential, environment, certificate):
    auth = credential.direct()
    assert auth is credential.direct()
    assert isinstance(auth, DirectAuth)
    assert auth.environment is credential.environment is environment
    assert auth.rate_limit_key == "anmelder"
    assert credential.certificate is certificate


def test_200_threads_with_clients_of_their_own_log_in_once(credential, environment, login):
    latch, found = threading.Barrier(200), []

    def run():
        latch.wait()
        found.extend(call(credential, environment))

    threads = [threading.Thread(target=run) for _ in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [f"Bearer {ACCESS_TOKEN}"] * 200
    assert len(login.requests) == 1


def test_a_wrong_secret_says_what_to_check(credential, environment, login):
    login.answer = lambda: _http.Response(401, json={"error": "unauthorized_client"})
    with pytest.raises(ClientRefused) as caught:
        call(credential, environment)
    text = str(caught.value)
    assert "(401 unauthorized_client). Check that the client id and its secret" in text
    assert "for the environment 'prøve'" in text
    assert "the company of the certificate (CVR 30808460)" in text


def test_repr_shows_no_secret(credential):
    assert repr(credential) == "<ClientSecretCredential prøve cvr=30808460>"


def test_an_id_and_a_secret_that_were_swapped_leak_nothing(environment, certificate, login):
    login.answer = lambda: _http.Response(401, json={"error": "invalid_client"})
    swapped = ClientSecretCredential(
        environment,
        client_id=SECRET,
        client_secret="anmelder",
        certificate=certificate,
        transport=login.transport,
    )
    with pytest.raises(ClientRefused, match="are not swapped") as caught:
        call(swapped, environment)
    assert SECRET not in f"{caught.value} {swapped!r} {swapped.direct()!r}"


@pytest.mark.parametrize("duplicate", [pickle.dumps, copy.copy, copy.deepcopy])
def test_it_can_not_be_pickled_or_copied(credential, duplicate):
    with pytest.raises(TypeError, match="it holds secrets"):
        duplicate(credential)


@pytest.mark.parametrize("argument", ["client_id", "client_secret"])
@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", "is empty, or has spaces"),
        (SECRET + "\n", "or a line break around it"),
        (SECRET.encode(), "must be str, not bytes"),
        (None, "must be str, not NoneType"),
    ],
)
def test_an_id_or_secret_that_can_not_be_right(environment, certificate, argument, value, said):
    told = {"client_id": "anmelder", "client_secret": SECRET} | {argument: value}
    with pytest.raises(ConfigurationError, match=f"^{argument} .*{said}"):
        ClientSecretCredential(environment, certificate=certificate, **told)


def test_the_wrong_environment_is_refused_at_once(certificate):
    with pytest.raises(WrongEnvironment):
        ClientSecretCredential(
            PRODUCTION, client_id="anmelder", client_secret=SECRET, certificate=certificate
        )


class TestAgeing:
    """A certificate that expires while the program runs."""

    @pytest.fixture
    def ageing(self, environment, login, time):
        now = datetime.fromtimestamp(time.wall, UTC).replace(microsecond=0)
        issued = oces.authority().issue(
            key=oces.ec_key("leaf"), not_before=now, not_after=now + timedelta(days=31)
        )

        def make():
            return ClientSecretCredential(
                environment,
                client_id="anmelder",
                client_secret=SECRET,
                certificate=Certificate.from_p12(issued.p12(), password=""),
                transport=login.transport,
                clock=time.clock,
            )

        return make

    def test_it_warns_where_the_credential_is_made(self, ageing, time):
        ageing()
        time.pass_(2 * 86400)
        with pytest.warns(CertificateExpiresSoon, match="in 28 days") as caught:
            ageing()
        assert caught[0].filename == __file__

    def test_it_logs_once_a_day(self, ageing, environment, time, caplog):
        credential = ageing()

        def logged():
            call(credential, environment)
            records = [r for r in caplog.records if "expires in" in r.getMessage()]
            caplog.clear()
            return [record.getMessage() for record in records]

        assert logged() == []
        time.pass_(2 * 86400)
        assert logged() == ["the certificate in the given bytes (CVR 30808460) expires in 28 days"]
        time.monotonic += 600  # a new token, on the same day
        assert logged() == []
        time.pass_(86400)
        assert len(logged()) == 1

    def test_expired_it_is_refused_before_the_handshake(self, ageing, environment, login, time):
        credential = ageing()
        time.pass_(32 * 86400)
        with pytest.raises(CertificateExpired):
            call(credential, environment)
        assert not login.requests
        with pytest.raises(CertificateExpired):
            ageing()


class TestEnvFile:
    """The sandbox's .env file, or one written by hand."""

    @pytest.fixture
    def write(self, tmp_path, p12, password):
        def write(**changes):
            (tmp_path / "anmelder.p12").write_bytes(p12.read_bytes())
            settings = {
                "AUTH_URL": "https://127.0.0.1:1",
                "EXCHANGE_URL": "https://127.0.0.1:2",
                "API_URL": "https://127.0.0.1:3",
                "AUTH_CLIENT_ID": "anmelder",
                "AUTH_CLIENT_SECRET": SECRET,
                "AUTH_CERT": "anmelder.p12",
                "AUTH_CERT_PASSWORD": password,
            } | changes
            lines = [f"{key}='{value}'\n" for key, value in settings.items() if value is not None]
            (tmp_path / ".env").write_text("".join(lines), encoding="utf-8")
            return tmp_path / ".env"

        return write

    def test_it_makes_a_credential(self, write, login):
        credential = ClientSecretCredential.from_env_file(
            write(), name="sandbox", transport=login.transport
        )
        assert credential.environment == Environment(
            name="sandbox",
            auth_url="https://127.0.0.1:1",
            exchange_url="https://127.0.0.1:2",
            api_url="https://127.0.0.1:3",
        )
        assert credential.certificate.cvr == "30808460"
        assert call(credential, credential.environment) == [f"Bearer {ACCESS_TOKEN}"]
        assert f"client_secret={SECRET}".encode() in login.requests[0].content

    def test_an_absolute_path_to_the_certificate(self, write, p12):
        credential = ClientSecretCredential.from_env_file(str(write(AUTH_CERT=p12)))
        assert credential.certificate.source == str(p12)

    def test_what_is_lacking_is_named(self, write):
        path = write(AUTH_CLIENT_SECRET=None, AUTH_CERT="", AUTH_CERT_PASSWORD=None)
        with pytest.raises(ConfigurationError) as caught:
            ClientSecretCredential.from_env_file(path)
        assert str(caught.value) == (
            f"The env file {path} lacks AUTH_CLIENT_SECRET, AUTH_CERT, AUTH_CERT_PASSWORD."
        )

    def test_a_password_may_be_empty(self, write, issued):
        path = write(AUTH_CERT_PASSWORD="")
        (path.parent / "anmelder.p12").write_bytes(issued.p12())
        assert ClientSecretCredential.from_env_file(path).certificate.cvr == "30808460"

    def test_a_wrong_password_and_a_missing_file_are_told_apart(self, write, wrong):
        with pytest.raises(WrongPassword):
            ClientSecretCredential.from_env_file(write(AUTH_CERT_PASSWORD=wrong))
        with pytest.raises(CertificateFileUnreadable):
            ClientSecretCredential.from_env_file(write(AUTH_CERT="none.p12"))


def test_a_proxy_that_can_be_none_is_refused_at_once(environment, certificate):
    with pytest.raises(ConfigurationError, match="proxy must begin with http://"):
        ClientSecretCredential(
            environment,
            client_id="anmelder",
            client_secret=SECRET,
            certificate=certificate,
            proxy=canary("bruger:kodeord@proxy.example:8080", "a proxy's password"),
        )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"environment": None}, "environment must be an Environment, .* not NoneType"),
        ({"certificate": "anmelder.p12"}, "certificate must be a Certificate, .* not str"),
    ],
)
def test_its_parts_are_of_their_kinds(environment, certificate, wrong, said):
    parts = {"environment": environment, "certificate": certificate} | wrong
    chosen = parts.pop("environment")
    with pytest.raises(ConfigurationError, match=said):
        ClientSecretCredential(chosen, client_id="anmelder", client_secret=SECRET, **parts)
    with pytest.raises(ConfigurationError, match=said):
        SignedAssertionCredential(chosen, signer=certificate, **parts)
